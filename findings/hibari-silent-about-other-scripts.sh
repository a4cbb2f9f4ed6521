#!/usr/bin/env bash
# hibari-tts 0.2.1 speaks English. Text that it has no letters for gives an array of no samples, without an error or a
# warning: a sentence in another script is lost unless the caller looks. Text of nothing but punctuation gives 0.4 s of
# breath, two fifths as loud as its speech, so there being sound doesn't mean that something was said. `phonemize` tells
# both beforehand: none of the phonemes is a letter.
#
# Seen with hibari-tts 0.2.1, Python 3.11, x86-64:
#   "Hello."     1.1 s, peak .19     phonemes with letters
#   "你好"        0 samples           no phonemes
#   "!!!"        0.4 s, peak .07     punctuation alone
# Exits 1 if that is no longer so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check hibari-tts==0.2.1
"$folder/venv/bin/python" - <<'END'
import sys

import numpy as np
from hibari import Hibari

speaker = Hibari("heart")
seen = {}
for text in ("Hello.", "你好", "!!!"):
    sound = np.asarray(speaker(text), dtype=float)
    lettered = any(map(str.isalpha, "".join(speaker.phonemize(text))))
    seen[text] = (len(sound) / speaker.sample_rate, lettered)
    peak = float(np.abs(sound).max()) if len(sound) else 0.0
    print(f"{text}: {seen[text][0]:.2f} s, peak {peak:.3f}, phonemes {'with' if lettered else 'without'} letters")
as_seen = seen["Hello."][0] > 0.4 and seen["Hello."][1]
as_seen &= seen["你好"] == (0.0, False) and seen["!!!"][0] > 0.2 and not seen["!!!"][1]
print("as seen" if as_seen else "that has changed")
sys.exit(not as_seen)
END
