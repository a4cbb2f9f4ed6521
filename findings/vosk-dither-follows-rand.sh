#!/usr/bin/env bash
# vosk 0.3.45 gives other confidences each time it hears the same sound: Kaldi adds dither, and draws it from C's rand(),
# one stream for the whole process. Whatever else has drawn from it, another recogniser included, so changes the result;
# a new recogniser doesn't start it over. srand() does: called before the first sample, it makes results identical, with
# the model as it is and the dither left on, which --dither=0 loses words without.
#
# Seen with vosk 0.3.45 and its small English model (in the wheel videogrep 2.3.0), espeak-ng 1.51, Python 3.11, x86-64:
#   five new recognisers in one process, the same 4 s      5 different results
#   the same, srand(1) before each                         1 result
# Needs espeak-ng. Exits 1 if that is no longer so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check vosk==0.3.45
"$folder/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --dest "$folder" videogrep==2.3.0
espeak-ng -w "$folder/said.wav" "The music stayed in my head for days, and the ending is about the letters that he writes."
"$folder/venv/bin/python" - "$folder" <<'END'
import ctypes
import json
import sys
import wave
import zipfile
from pathlib import Path

import vosk

folder = Path(sys.argv[1])
with zipfile.ZipFile(next(folder.glob("videogrep-*.whl"))) as wheel:
    wheel.extractall(folder / "wheel")
vosk.SetLogLevel(-1)
model = vosk.Model(str(next((folder / "wheel").rglob("am")).parent))
with wave.open(str(folder / "said.wav")) as said:
    rate_hz, sound = said.getframerate(), said.readframes(said.getnframes())


def hear() -> tuple[float, ...]:
    recogniser = vosk.KaldiRecognizer(model, rate_hz)
    recogniser.SetWords(True)
    recogniser.AcceptWaveform(sound)
    return tuple(word["conf"] for word in json.loads(recogniser.FinalResult())["result"])


def hear_from_the_start() -> tuple[float, ...]:
    ctypes.CDLL(None).srand(1)
    return hear()


as_it_comes = len({hear() for _ in range(5)})
started_over = len({hear_from_the_start() for _ in range(5)})
print(f"different results of five: {as_it_comes}, with srand(1) before each: {started_over}")
as_seen = as_it_comes > 1 and started_over == 1
print("as seen" if as_seen else "that has changed")
sys.exit(not as_seen)
END
