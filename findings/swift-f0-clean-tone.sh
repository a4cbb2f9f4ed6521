#!/usr/bin/env bash
# swift-f0 0.3.0 hears no pitch in a loud, clean sine of 200 Hz, and hears it all along once noise is added that is
# 60 dB weaker: the network never met a spectrum without a floor. A tone out of a generator, as one tests a pitch tracker
# with, so tells less about it than a voice. Overtones are enough as well: the same tone as a pulse train is voiced.
#
# Seen with swift-f0 0.3.0, onnxruntime 1.28.0, numpy 2.4.6, Python 3.11, x86-64 (frames that are voiced, their pitch):
#   sine, 200 Hz, peak 0.3              0 %  confidence 0.44
#   the same, noise 60 dB below it     99 %  200 Hz  confidence 0.55
#   200 Hz with nineteen overtones    100 %  200 Hz  confidence 1.00
# Exits 1 if that is no longer so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  swift-f0==0.3.0 onnxruntime==1.28.0 numpy==2.4.6
ORT_DISABLE_TELEMETRY=1 "$folder/venv/bin/python" - <<'END'
import sys

import numpy as np
from swift_f0 import SAMPLE_RATE, SwiftF0

detector = SwiftF0(threads=1)
seconds = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
sine = 0.3 * np.sin(2 * np.pi * 200 * seconds)
noise = np.random.default_rng(0).standard_normal(len(seconds))
noise *= np.sqrt(np.mean(sine**2) / np.mean(noise**2)) * 10 ** (-60 / 20)
pulses = sum(np.sin(2 * np.pi * number * 200 * seconds) / number for number in range(1, 21))
sounds = {"sine": sine, "sine and noise": sine + noise, "pulses": 0.3 * pulses / np.abs(pulses).max()}

voiced = {}
for name, sound in sounds.items():
    result = detector.detect(sound.astype(np.float32), SAMPLE_RATE)
    inside = slice(12, -12)  # its view of the edges is cut off
    heard = result.confidence[inside] >= 0.5
    voiced[name] = heard.mean()
    pitch = f"{np.median(result.pitch_hz[inside][heard]):.0f} Hz" if heard.any() else "no pitch"
    print(f"{name:15} voiced {voiced[name]:4.0%}  {pitch:9} confidence {np.median(result.confidence[inside]):.2f}")
as_seen = voiced["sine"] < 0.05 and voiced["sine and noise"] > 0.95 and voiced["pulses"] > 0.95
print("as seen" if as_seen else "that has changed")
sys.exit(not as_seen)
END
