"""Make the recordings for the tests, with the exact truth beside each.

Reads tests/recordings/scripts.toml: who says what, with pauses and fillers. Each phrase, filler and silence is made
separately and placed at a known time, so nobody has to listen for the truth. Two runs on one machine give the same
bytes.

  python -m tools.corpus.make_recordings                      all of them
  python -m tools.corpus.make_recordings her hesitant.flac    those whose names begin like this
  python -m tools.corpus.make_recordings --check --model DIR  how well Vosk understands them, in a table
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from assistant.asr.recogniser import VoskRecogniser
from tools.alignment import align
from tools.command import ToolError, parser_for, require, run_command
from tools.corpus.production import NEEDS, make
from tools.corpus.script import ScriptedRecording, load
from tools.listening import recognise, samples_of
from tools.notation import FILLERS
from tools.paths import RECORDINGS


def main() -> None:
    """Run the command."""
    options = _options()
    script = load(options.script)
    chosen = [each for each in script if each.file.startswith(tuple(options.names) or "")]
    if not chosen:
        raise ToolError(f"No recording in '{options.script}' begins with {' or '.join(options.names)}.")
    if options.check:
        _check(chosen, options.out, options.model)
    else:
        require(NEEDS)
        make(chosen, script, options.out)


def _options() -> argparse.Namespace:
    parser = parser_for("tools.corpus.make_recordings", __doc__)
    parser.add_argument("names", nargs="*", help="make or check only files whose names begin like this")
    parser.add_argument("--script", type=Path, default=RECORDINGS / "scripts.toml", metavar="FILE")
    parser.add_argument("--out", type=Path, default=RECORDINGS, metavar="DIR", help="where they go")
    parser.add_argument("--check", action="store_true", help="make nothing; let Vosk hear what is there")
    parser.add_argument("--model", type=Path, metavar="DIR", help="folder of the Vosk model for --check")
    options = parser.parse_args()
    if options.check and options.model is None:
        parser.error("--check needs --model DIR, the folder of a Vosk model")
    return options


@dataclass(frozen=True, slots=True)
class _Understood:
    """What Vosk understood of a recording.

    Attributes
    ----------
    pairs : tuple of (str, str)
        Words said and heard, aligned; without fillers, and without what was heard in their place. Empty for a word that
        was left out or added.
    shift_s : float
        Median distance between the edges of correctly heard words and the truth.
    """

    pairs: tuple[tuple[str, str], ...]
    shift_s: float

    @property
    def words(self) -> int:
        """Number of words said."""
        return sum(said != "" for said, _ in self.pairs)

    @property
    def errors(self) -> int:
        """Number of words substituted, left out or added."""
        return sum(said != heard for said, heard in self.pairs)

    @property
    def differences(self) -> str:
        """The differences: said → heard."""
        parts: list[str] = []
        for is_right, run in groupby(self.pairs, lambda pair: pair[0] == pair[1]):
            if not is_right:
                said, heard = (" ".join(filter(None, side)) for side in zip(*run, strict=True))
                parts.append(f"{said or '–'} → {heard or '–'}")
        return "; ".join(parts)


def _check(chosen: Sequence[ScriptedRecording], folder: Path, model: Path) -> None:
    """Print how well Vosk understands `chosen`."""
    recogniser = VoskRecogniser(model)
    recogniser.load()
    errors = words = 0
    print(f"{'file':30} {'words':>5} {'errors':>6} {'rate':>7} {'edges':>7}  said → heard")
    for recording in chosen:
        path = folder / recording.file
        if not path.is_file():
            raise ToolError(f"'{path}' isn't there yet. Make it with: python -m tools.corpus.make_recordings")
        heard = _compare(path, recogniser)
        errors += heard.errors
        words += heard.words
        print(
            f"{recording.file:30} {heard.words:5} {heard.errors:6} {heard.errors / max(heard.words, 1):7.1%}"
            f" {heard.shift_s * 1000:4.0f} ms  {heard.differences}"
        )
    print(f"{'all':30} {words:5} {errors:6} {errors / max(words, 1):7.1%}")


def _compare(path: Path, recogniser: VoskRecogniser) -> _Understood:
    """Recognise a recording as a whole, and compare with the truth beside it."""
    items = json.loads(path.with_suffix(".json").read_text("utf-8"))["items"]
    spoken = [item for item in items if item["kind"] == "word"]
    fillers = [(item["start_s"] - 0.05, item["end_s"] + 0.05) for item in items if item["kind"] == "filler"]
    # Plain Vosk hears fillers as other words ("um" as "i'm"): words heard on a filler don't count as errors.
    heard = [
        word
        for word in recognise(recogniser, samples_of(path))
        if word.word not in FILLERS
        and not any(start_s <= (word.start_s + word.end_s) / 2 <= end_s for start_s, end_s in fillers)
    ]
    pairs, shifts_s = [], []
    for left, right in align(spoken, heard, lambda item, word: float(item["word"] != word.word)):
        said, got = None if left is None else spoken[left], None if right is None else heard[right]
        pairs.append((said["word"] if said else "", got.word if got else ""))
        if said and got and said["word"] == got.word:
            shifts_s += [abs(said["start_s"] - got.start_s), abs(said["end_s"] - got.end_s)]
    return _Understood(tuple(pairs), float(np.median(shifts_s)) if shifts_s else 0.0)


if __name__ == "__main__":
    run_command(main)
