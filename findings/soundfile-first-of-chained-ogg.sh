#!/usr/bin/env bash
# Ogg streams may follow one another in a file (RFC 3533 calls that chaining); radio streams and recorders that start
# a new stream at each pause write such files. soundfile 0.13.1 (libsndfile 1.2.2) reads the first stream and reports
# its length as the file's, without an error. PyAV 18.1.0 decodes all of them, but its container's `duration` is that of
# one stream, too: neither figure shows that anything is missing; only decoding to the end does.
#
# Seen with soundfile 0.13.1, PyAV 18.1.0, Python 3.11, x86-64; three streams of 2 s each, one after another:
#   Vorbis   soundfile 2.0 of 6 s, frames 2.0 s   PyAV 6.0 s, duration 2.0 s
#   Opus     soundfile 2.0 of 6 s, frames 2.0 s   PyAV 6.0 s, duration 2.0 s
# Exits 1 if that is no longer so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check soundfile==0.13.1 av==18.1.0 numpy==2.2.6
"$folder/venv/bin/python" - <<'END'
import io
import sys

import av
import numpy as np
import soundfile

RATE_HZ, STREAM_S, STREAMS = 16_000, 2, 3
times = np.arange(STREAM_S * RATE_HZ) / RATE_HZ
as_seen = True
for subtype in ("VORBIS", "OPUS"):
    chain = b""
    for number in range(STREAMS):
        stream = io.BytesIO()
        tone = 0.3 * np.sin(2 * np.pi * 220 * 2**number * times)
        soundfile.write(stream, tone, RATE_HZ, format="OGG", subtype=subtype)
        chain += stream.getvalue()
    with soundfile.SoundFile(io.BytesIO(chain)) as file:
        promised_s, read_s = file.frames / RATE_HZ, len(file.read()) / RATE_HZ
    with av.open(io.BytesIO(chain)) as container:
        duration_s = (container.duration or 0) / 1e6
        decoded_s = sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))
    print(
        f"{subtype}: soundfile {read_s:.1f} of {STREAMS * STREAM_S} s, frames {promised_s:.1f} s; "
        f"PyAV {decoded_s:.1f} s, duration {duration_s:.1f} s"
    )
    as_seen &= round(promised_s, 1) == round(read_s, 1) == STREAM_S
    as_seen &= round(decoded_s, 1) == STREAMS * STREAM_S and round(duration_s, 1) == STREAM_S
print("as seen" if as_seen else "that has changed")
sys.exit(not as_seen)
END
