"""Measure the processor time of composing a review from one long answer.

    python -m tools.benchmarks.composing [--rounds N]

The answer strings together those of the judging set until it has 360 words. Each round runs in a separate process with
the dictionary loaded, and composes twice: the second time, word forms that were looked up before are known. To compare
with another state of the program, run it there as well, taking turns.
"""

from __future__ import annotations

import multiprocessing
import statistics
import time

from assistant.config import parse_toml
from assistant.english import lexicon
from assistant.review import ReviewRequest, compose
from assistant.turns.user_turn import UserTurn
from tools.command import parser_for, run_command
from tools.notation import answer_of
from tools.paths import JUDGING_SETS

_WORDS = 360
_BETWEEN = " (0.8) "


def long_answer() -> UserTurn:
    """An answer of about 360 words, about the film."""
    pairs = parse_toml((JUDGING_SETS / "clean.toml").read_text(encoding="utf-8"))["pair"]
    said: list[str] = []
    words = 0
    for pair in pairs[::3]:
        answer = answer_of(pair["verbatim"])
        said.append(pair["verbatim"])
        words += len(answer.words)
        if words >= _WORDS:
            break
    return UserTurn(1, answer_of(_BETWEEN.join(said)), question="about")


def spent_s(_: int) -> tuple[float, float]:
    """Processor time of the first and of the second review in this process, in seconds."""
    lexicon.load()
    spent = []
    for _ in range(2):
        turn = long_answer()
        began_s = time.process_time()
        compose([turn], ReviewRequest(voice="introspective"))
        spent.append(time.process_time() - began_s)
    return spent[0], spent[1]


def main() -> None:
    """Run the command."""
    parser = parser_for("tools.benchmarks.composing", __doc__)
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="processes to measure in (default: 7)")
    rounds = parser.parse_args().rounds
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        measured = pool.map(spent_s, range(rounds), chunksize=1)
    print(f"A review of {len(long_answer().answer.words)} words, median of {rounds}:")
    for name, seconds in zip(("first", "second"), zip(*measured, strict=True), strict=True):
        print(f"  {name} in its process: {1000 * statistics.median(seconds):.0f} ms of processor time")


if __name__ == "__main__":
    run_command(main)
