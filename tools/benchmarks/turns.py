"""Measure turn-taking: how often people are cut off in a pause, and how long they wait for a reply.

As eot-bench does: of the pauses inside answers, the share that is taken for their end, against the time from the end of
an answer to the decision that it is over. The same on the same files for a fixed silence, and for Smart Turn v3.2
(BSD-2-Clause, fetched from the wheel of pipecat-ai), which is asked 0.2 s into a silence, as its makers do; where it
says no, a time-out decides. Nothing was fitted to these recordings.

  python -m tools.benchmarks.turns --generated FOLDER --speech FOLDER --work DIR [--picture]

`tools.corpus.turns judge` makes the generated ones. The speech is a folder with `real-speech` and `fillers` in it.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.asr.endpointing import EndOfTurn, EndpointTimeouts, Patience, end_of_turn
from assistant.audio.frame import RATE_HZ, Samples
from tools.command import parser_for, run_command
from tools.corpus.packages import Package
from tools.paths import ROOT
from tools.training.fit_turns import ended_after_s, is_answered
from tools.turn_taking import (
    Answer,
    Ear,
    Labelled,
    conversations,
    generated,
    is_kept_back,
    labelled,
    monologues,
    utterances,
)

PIPECAT: Final = Package("pipecat-ai", "1.14.0", "wheel", "BSD-2-Clause")
PICTURE: Final = ROOT / "docs" / "turns.svg"

BUDGETS: Final = (0.02, 0.05, 0.10, 0.20)
"""The shares of pauses cut at which latencies are compared."""
_CHOICES: Final = frozenset({"romance", "voice", "yes_no", "stars", "review"})
_MOST_S: Final = 3.0
_ASKED_S: Final = 0.2
_HEARD_S: Final = 8.0


@dataclass(frozen=True, slots=True)
class Point:
    """A setting's share of pauses cut, and median and 90th percentile of the latency in seconds."""

    cut: float
    median_s: float
    p90_s: float


Decision = Callable[[Labelled], float]
"""After how many seconds of a silence a turn is taken to be over."""


def point(silences: Sequence[Labelled], decide: Decision) -> Point:
    """Measure a way to decide."""
    cut = [decide(each) <= each.silence.length_s for each in silences if each.holds]
    latencies_s = [decide(each) for each in silences if not each.holds]
    return Point(float(np.mean(cut)), float(np.median(latencies_s)), float(np.percentile(latencies_s, 90)))


def best_within(points: Iterable[Point], budget: float) -> Point | None:
    """The quickest of the settings that cut no more than the budget."""
    return min(
        (each for each in points if each.cut <= budget), key=lambda each: (each.median_s, each.p90_s), default=None
    )


def by_patience(model: EndOfTurn, patience: Patience) -> Decision:
    """The program, as it is set."""
    return lambda each: ended_after_s(each, model, EndpointTimeouts(patience=patience))


def by_evidence(model: EndOfTurn) -> list[Decision]:
    """The program at lower and higher thresholds."""
    usual = model.thresholds["usual"]
    shifted = [replace(model, thresholds={"usual": usual + by * model.slope}) for by in np.arange(-2.0, 2.0, 0.04)]
    return [by_patience(each, "usual") for each in shifted]


def by_silence() -> list[Decision]:
    """A fixed silence."""

    def deciding(needed_s: float) -> Decision:
        return lambda _: needed_s

    return [deciding(float(each)) for each in np.arange(0.2, _MOST_S, 0.02)]


def by_smart_turn(says: dict[tuple[str, float], float]) -> list[Decision]:
    """Smart Turn's probability at 0.2 s against a threshold, and a time-out."""

    def deciding(threshold: float, timeout_s: float) -> Decision:
        return lambda each: _ASKED_S if says[each.recording, each.silence.start_s] >= threshold else timeout_s

    thresholds = [*np.arange(0.05, 0.95, 0.05), 0.95, 0.97, 0.98, 0.99, 0.995, 0.999]
    return [deciding(float(one), float(other)) for one, other in product(thresholds, np.arange(0.3, 3.01, 0.1))]


def smart_turn_says(
    silences: Sequence[Labelled], sounds: dict[str, Callable[[], Samples]], work: Path
) -> dict[tuple[str, float], float]:
    """What Smart Turn says 0.2 s into each silence: the probability that the turn is over."""
    kept = work / "smart-turn.json"
    said: dict[str, float] = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    sound: tuple[str, Samples] | None = None
    for each in track(silences, description="Smart Turn", console=Console(stderr=True)):
        name = f"{each.recording} {each.silence.start_s}"
        if name not in said:
            if sound is None or sound[0] != each.recording:
                sound = each.recording, sounds[each.recording]()
            said[name] = _smart_turn(work)(sound[1][: int((each.silence.start_s + _ASKED_S) * RATE_HZ)])
    kept.write_text(json.dumps(said), "utf-8")
    return {
        (each.recording, each.silence.start_s): said[f"{each.recording} {each.silence.start_s}"] for each in silences
    }


@cache
def _smart_turn(work: Path) -> Callable[[Samples], float]:
    import onnxruntime

    folder = PIPECAT.unpacked(work) / "pipecat" / "audio" / "turn" / "smart_turn"
    spec = importlib.util.spec_from_file_location("smart_turn_features", folder / "_whisper_features.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "data" / "smart-turn-v3.2-cpu.onnx"), options)

    def probability(samples: Samples) -> float:
        count = int(_HEARD_S * RATE_HZ)
        heard = samples[-count:].astype(np.float32) / 32768.0
        features = module.compute_whisper_log_mel_features(np.pad(heard, (count - len(heard), 0)), do_normalize=True)
        return float(np.asarray(session.run(None, {"input_features": features[None]})[0]).ravel()[0])

    return probability


def judged_by(speech: Path, made: Path, ear: Ear) -> list[Answer]:
    """The answers that nothing was fitted to: other texts, other voices, other people."""
    people = [*utterances(speech / "fillers"), *conversations(speech / "real-speech", ear)]
    kept_back = [each for each in people if each.corpus == "meetings" or is_kept_back(each.speaker)]
    return [*generated(made, "judge"), *kept_back, *monologues(speech / "fillers")]


def groups(silences: Sequence[Labelled]) -> dict[str, list[Labelled]]:
    """The silences by where they come from; those after an answer to the point, which is taken at once, apart."""
    made = [each for each in silences if each.corpus == "generated"]
    return {
        "generated answers": [each for each in made if not is_answered(each)],
        "real people": [each for each in silences if each.corpus != "generated" and not is_answered(each)],
        "choices, commands, yes and no": [each for each in made if is_answered(each)],
    }


def frontier(silences: Sequence[Labelled], ways: Sequence[Decision]) -> list[Point]:
    """The settings that no other one beats in both cuts and median latency, in the order of cuts."""
    points = sorted({point(silences, way) for way in ways}, key=lambda each: (each.cut, each.median_s))
    best: list[Point] = []
    for each in points:
        if not best or each.median_s < best[-1].median_s:
            best.append(each)
    return best


def ways_to_decide(says: dict[tuple[str, float], float]) -> dict[str, list[Decision]]:
    """What is compared."""
    return {
        "the program": by_evidence(end_of_turn()),
        "Smart Turn v3.2": by_smart_turn(says),
        "fixed silence": by_silence(),
    }


def report(silences: Sequence[Labelled], ways: dict[str, list[Decision]]) -> None:
    """Print the tables."""
    model, console = end_of_turn(), Console(width=110)
    for group, members in groups(silences).items():
        holds = sum(each.holds for each in members)
        title = f"{group}: {holds} pauses, {len(members) - holds} ends; latency in s, median and 90th percentile"
        table = Table("pauses cut", *ways, title=title)
        points = {name: [point(members, way) for way in each] for name, each in ways.items()}
        for budget in BUDGETS:
            table.add_row(f"≤ {budget:.0%}", *(_told(best_within(each, budget)) for each in points.values()))
        console.print(table)
        table = Table("as it is set", "pauses cut", "latency", "of choices", title=group)
        for patience in ("brisk", "usual", "patient"):
            decide = by_patience(model, patience)
            found = point(members, decide)
            choices = [each for each in members if each.kind in _CHOICES]
            answered = [decide(each) for each in choices if not each.holds]
            told = f"{np.median(answered):.2f}, {np.percentile(answered, 90):.2f}" if answered else "–"
            table.add_row(patience, f"{found.cut:.1%}", _told(found), told)
        console.print(table)
    table = Table(
        "of the usual setting", "pauses", "cut", "ends", "latency", title="by kind of question, place, corpus"
    )
    decide = by_patience(model, "usual")
    for of in ("kind", "place", "corpus"):
        for name in sorted({getattr(each, of) for each in silences}):
            some = [each for each in silences if getattr(each, of) == name]
            cut = [decide(each) <= each.silence.length_s for each in some if each.holds]
            latencies = [decide(each) for each in some if not each.holds]
            table.add_row(
                f"{of} {name}",
                str(len(cut)),
                f"{np.mean(cut):.1%}" if cut else "–",
                str(len(latencies)),
                f"{np.median(latencies):.2f}, {np.percentile(latencies, 90):.2f}" if latencies else "–",
            )
    console.print(table)


def _told(found: Point | None) -> str:
    return f"{found.median_s:.2f}, {found.p90_s:.2f}" if found is not None else "–"


_WIDTH, _HEIGHT, _LEFT, _TOP, _PANEL, _TALL = 760, 330, 60, 40, 310, 230
_MOST_CUT, _MOST_LATENCY_S = 0.5, 2.0
_COLOURS: Final = {"the program": "#1b7f5c", "Smart Turn v3.2": "#c2571a", "fixed silence": "#5a6478"}


def drawing(curves: dict[str, dict[str, list[Point]]]) -> str:
    """An SVG of the curves, a panel for each group: median latency against the share of pauses that are cut."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12" role="img" aria-label="Median latency against the share of pauses that are cut off">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for number, (group, lines) in enumerate(curves.items()):
        left = _LEFT + number * (_PANEL + 60)
        parts.append(
            f'<text x="{left}" y="{_TOP - 14}" fill="#222222" font-weight="bold">{group}: pauses cut off</text>'
        )
        for tick in range(6):
            x, y = left + _PANEL * tick / 5, _TOP + _TALL * (1 - tick / 5)
            parts += [
                f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_TOP + _TALL}" stroke="#e3e6ea"/>',
                f'<line x1="{left}" y1="{y:.1f}" x2="{left + _PANEL}" y2="{y:.1f}" stroke="#e3e6ea"/>',
                f'<text x="{x:.1f}" y="{_TOP + _TALL + 16}" fill="#444444" text-anchor="middle">'
                f"{_MOST_LATENCY_S * tick / 5:.1f}</text>",
                f'<text x="{left - 6}" y="{y + 4:.1f}" fill="#444444" text-anchor="end">'
                f"{_MOST_CUT * tick / 5:.0%}</text>",
            ]
        for name, points in lines.items():
            seen = [each for each in points if each.cut <= _MOST_CUT and each.median_s <= _MOST_LATENCY_S]
            path = " ".join(
                f"{left + _PANEL * each.median_s / _MOST_LATENCY_S:.1f},{_TOP + _TALL * (1 - each.cut / _MOST_CUT):.1f}"
                for each in seen
            )
            parts.append(f'<polyline points="{path}" fill="none" stroke="{_COLOURS[name]}" stroke-width="2"/>')
        parts.append(
            f'<text x="{left + _PANEL / 2}" y="{_TOP + _TALL + 34}" fill="#444444" text-anchor="middle">'
            "median latency in seconds</text>"
        )
    for number, (name, colour) in enumerate(_COLOURS.items()):
        x = _LEFT + 160 * number
        parts += [
            f'<rect x="{x}" y="{_HEIGHT - 18}" width="18" height="4" fill="{colour}"/>',
            f'<text x="{x + 24}" y="{_HEIGHT - 12}" fill="#222222">{name}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    """Measure and print."""
    parser = parser_for("tools.benchmarks.turns", __doc__)
    parser.add_argument("--generated", type=Path, required=True, metavar="FOLDER", help="what tools.corpus.turns made")
    parser.add_argument("--speech", type=Path, required=True, metavar="FOLDER", help="real speech")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="keeps what was heard")
    parser.add_argument("--picture", action="store_true", help=f"draw {PICTURE.relative_to(ROOT)}")
    options = parser.parse_args()
    ear = Ear(options.work)
    answers = judged_by(options.speech, options.generated, ear)
    silences = list(labelled(track(answers, description="listening", console=Console(stderr=True)), ear))
    says = smart_turn_says(silences, {each.name: each.read for each in answers}, options.work)
    ways = ways_to_decide(says)
    report(silences, ways)
    if options.picture:
        curves = {
            group: {name: frontier(members, each) for name, each in ways.items()}
            for group, members in list(groups(silences).items())[:2]
        }
        PICTURE.write_text(drawing(curves), "utf-8")
        print(f"Drawn: {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    run_command(main)
