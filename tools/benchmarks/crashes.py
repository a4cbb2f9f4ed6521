"""Kill conversations with ``kill -9`` between the last answer and after delivery; count what is lost or doubled.

Each conversation goes to all six outlets; the servers are on this machine. The exit code is 1 if anything is lost or
doubled.

  python -m tools.benchmarks.crashes [TIMES [SEED]]
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tools.command import parser_for, run_command
from tools.simulation.crashes import ENVIRONMENT, CrashTest


def main() -> int:
    """Run the command and return its exit code."""
    parser = parser_for("tools.benchmarks.crashes", __doc__)
    parser.add_argument("times", nargs="?", type=int, default=200, metavar="TIMES", help="how many conversations (200)")
    parser.add_argument("seed", nargs="?", type=int, default=5, metavar="SEED", help="of the moments (5)")
    options = parser.parse_args()
    os.environ.update(ENVIRONMENT)
    with tempfile.TemporaryDirectory() as folder:
        tally = CrashTest(Path(folder), options.seed).run(options.times)
    print(tally)
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    run_command(main)
