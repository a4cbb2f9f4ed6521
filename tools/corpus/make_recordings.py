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
import sys
from pathlib import Path

from tools.command import ToolError, parser_for, require
from tools.corpus.check import check
from tools.corpus.production import NEEDS, make
from tools.corpus.script import load
from tools.paths import RECORDINGS


def main() -> int:
    """Run the command and return its exit code."""
    options = _options()
    try:
        script = load(options.script)
        chosen = [each for each in script if each.file.startswith(tuple(options.names) or "")]
        if not chosen:
            print(f"No recording in '{options.script}' begins with {' or '.join(options.names)}.", file=sys.stderr)
            return 2
        if options.check:
            check(chosen, options.out, options.model)
        else:
            require(NEEDS)
            make(chosen, script, options.out)
    except ToolError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


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


if __name__ == "__main__":
    sys.exit(main())
