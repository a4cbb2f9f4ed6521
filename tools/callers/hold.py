"""Have personas call, and print what came of it.

    python -m tools.callers.hold [PERSONA…] [--runs N] [--log]     by default all of them, once each

Each holds a whole conversation by the audio clock, in a fraction of the time: what they say is rendered by a voice,
pauses and all, and whatever the assistant says takes time, so that they may speak over each other. A conversation is
right if it ends as it must, with the right title and stars, if every sentence is in the answer to the question that it
was said to, and none in another. Exits with 1 unless all are right.
"""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from assistant.session.assembly import make_catalogue, make_ear, make_second_ear
from tools.callers.calls import Outcome, call
from tools.callers.personas import PERSONAS
from tools.command import parser_for, run_command


def main() -> int:
    """Run the command."""
    parser = parser_for("tools.callers.hold", __doc__)
    parser.add_argument("persona", nargs="*", metavar="PERSONA", help=", ".join(PERSONAS))
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="conversations with each")
    parser.add_argument("--second-hearing", default="none", metavar="EAR", help="the second ear; by default none")
    parser.add_argument("--log", action="store_true", help="print what was said and heard where something went wrong")
    options = parser.parse_args()
    unknown = set(options.persona) - set(PERSONAS)
    if unknown:
        parser.error(f"There is no {', '.join(sorted(unknown))}. There are: {', '.join(PERSONAS)}.")
    console = Console(stderr=True)
    second_ear = make_second_ear(options.second_hearing, console.print)
    ear, films = make_ear(None, second_ear, live=True), make_catalogue(())
    table = Table(box=None, pad_edge=False)
    for column in ("persona", "right", "ends", "title", "stars", "sentences kept", "stolen", "lasts"):
        table.add_column(column, justify="left" if column == "persona" else "right")
    are_right = True
    for name in options.persona or PERSONAS:
        outcomes = []
        for run in range(options.runs):
            outcomes.append(call(PERSONAS[name], ear, films, run))
            if options.log and not outcomes[-1].is_right:
                console.print(f"\n{name}, run {run}:", *outcomes[-1].log, sep="\n", markup=False, highlight=False)
        table.add_row(name, *_figures(outcomes))
        console.print(f"{name}: {sum(outcome.is_right for outcome in outcomes)} of {len(outcomes)} right")
        are_right = are_right and all(outcome.is_right for outcome in outcomes)
    if second_ear is not None:
        second_ear.close()
    Console().print(table)
    return 0 if are_right else 1


def _figures(outcomes: list[Outcome]) -> list[str]:
    runs = len(outcomes)
    counts = [
        sum(outcome.is_right for outcome in outcomes),
        sum(outcome.ends for outcome in outcomes),
        sum(outcome.title for outcome in outcomes),
        sum(outcome.stars for outcome in outcomes),
    ]
    said = sum(outcome.said for outcome in outcomes)
    return [
        *(f"{count}/{runs}" for count in counts),
        f"{sum(outcome.kept for outcome in outcomes)}/{said}",
        str(sum(outcome.stolen for outcome in outcomes)),
        f"{sum(outcome.lasted_s for outcome in outcomes) / runs:.0f} s",
    ]


if __name__ == "__main__":
    run_command(main)
