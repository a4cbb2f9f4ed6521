"""Measure how well fillers are detected, and at what price in words, time and work.

Processes the project's own recordings, whose truth is exact, and folders of annotated speech if you name any: with the
stock model, and with the whole listener, with one ear and with both. docs/fillers.md has the last table and explains
how to read it. This takes about as long as the sound.

  python -m tools.benchmarks.fillers                    the project's own recordings
  python -m tools.benchmarks.fillers --annotated DIR    also a folder with a table of file, session, fillers and
                                                        transcript (.csv); may be repeated
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.asr.events import Event, FillerNoticed
from assistant.asr.listener import Listener
from assistant.asr.recogniser import VoskRecogniser
from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import RATE_HZ, Samples
from assistant.models import find
from assistant.turns.answer import Answer, Filler
from tools.benchmarks.scores import Retrieval
from tools.command import parser_for, run_command
from tools.listening import listen, recognise, samples_of
from tools.paths import RECORDINGS
from tools.training.annotated import annotated

Found = TypeVar("Found")


@dataclass(frozen=True)
class Recorded:
    """A recording and its truth; `spans` has the onsets and ends of its fillers in seconds, if they are known."""

    read: Callable[[], Samples]
    transcript: list[str]
    fillers: int
    spans: tuple[tuple[float, float], ...] | None


@dataclass(slots=True)
class Score(Retrieval):
    """The results for a set of recordings."""

    false_in_clean: int = 0
    clean_s: float = 0.0
    heard_s: float = 0.0
    errors: int = 0
    stock_errors: int = 0
    words: int = 0
    work_s: float = 0.0
    stock_work_s: float = 0.0
    delays_s: list[float] = field(default_factory=list)


def main() -> None:
    """Run the command."""
    parser = parser_for("tools.benchmarks.fillers", __doc__)
    parser.add_argument("--annotated", type=Path, action="append", default=[], metavar="DIR", help="annotated speech")
    options = parser.parse_args()
    from assistant.session.assembly import make_ear, make_second_ear

    console = Console(stderr=True)
    installed = find(None)
    if not installed.verbatim:
        sys.exit("There is no verbatim model here. Make it with “assistant models install”.")
    stock = VoskRecogniser(installed.path.with_name(installed.name.removesuffix("-verbatim")))
    stock.load()
    sets = {"own": _own_recordings()}
    for folder in options.annotated:
        for each in annotated(folder):
            recorded = Recorded(each.read, list(each.transcript), each.fillers, None)
            sets.setdefault(each.corpus, []).append(recorded)
    second = make_second_ear(None, sys.exit)
    assert second is not None
    with closing(second):
        listeners = {"one ear": make_ear(None).listener, "both": make_ear(None, second).listener}
        scores = {
            f"{name}, {ears}": score
            for name, recordings in sets.items()
            for ears, score in _measured(
                recordings, listeners, stock, frozenset(installed.fillers), name, console
            ).items()
        }
    Console().print(_table_of(scores))


def _own_recordings() -> list[Recorded]:
    found = []
    for truth_file in sorted(RECORDINGS.glob("**/*.json")):
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        items = truth.get("items", [])
        spans = tuple((item["start_s"], item["end_s"]) for item in items if item["kind"] == "filler")
        words = [item["word"] for item in items if item["kind"] == "word"]
        found.append(Recorded(partial(samples_of, truth_file.with_suffix(".flac")), words, len(spans), spans))
    return found


def _measured(
    recordings: Sequence[Recorded],
    listeners: Mapping[str, Listener],
    stock: VoskRecogniser,
    fillers: frozenset[str],
    name: str,
    console: Console,
) -> dict[str, Score]:
    scores = {ears: Score() for ears in listeners}
    # Word errors are compared with the same listener, so that only the verbatim model makes a difference.
    stock_listener = Listener(stock, VoiceActivity(), fillers=fillers)
    for recorded in track(recordings, description=name, console=console):
        samples = recorded.read()
        truth = [word for word in recorded.transcript if word not in fillers]
        _, stock_s = _timed(partial(recognise, stock, samples))
        plain, _ = listen(stock_listener, samples)
        stock_errors = _word_errors(truth, [word.word for word in plain.words])
        for ears, score in scores.items():
            (answer, events), work_s = _timed(partial(listen, listeners[ears], samples))
            score.stock_work_s += stock_s
            score.stock_errors += stock_errors
            score.work_s += work_s
            score.heard_s += len(samples) / RATE_HZ
            score.words += len(truth)
            _count(score, recorded, answer, events, fillers)
    return scores


def _count(score: Score, recorded: Recorded, answer: Answer, events: Sequence[Event], fillers: frozenset[str]) -> None:
    truth = [word for word in recorded.transcript if word not in fillers]
    score.errors += _word_errors(truth, [word.word for word in answer.words])
    right = _matched(recorded, answer.fillers)
    score.right += right
    score.wrong += len(answer.fillers) - right
    score.missed += recorded.fillers - right
    if not recorded.fillers:
        score.false_in_clean += len(answer.fillers)
        score.clean_s += answer.duration_s
    noticed = [event for event in events if isinstance(event, FillerNoticed)]
    for start_s, end_s in recorded.spans or ():
        live = [event.noticed_s - start_s for event in noticed if start_s - 0.1 < event.at_s < end_s]
        score.delays_s += live[:1]


def _timed(heard: Callable[[], Found]) -> tuple[Found, float]:
    began = time.process_time()
    found = heard()
    return found, time.process_time() - began


def _matched(recorded: Recorded, fillers: Sequence[Filler]) -> int:
    """The number of true fillers: by overlap if times are known, else by count."""
    if recorded.spans is None:
        return min(recorded.fillers, len(fillers))
    free = list(fillers)
    right = 0
    for start_s, end_s in recorded.spans:
        hit = next((each for each in free if each.start_s < end_s and start_s < each.end_s), None)
        if hit is not None:
            free.remove(hit)
            right += 1
    return right


def _word_errors(truth: Sequence[str], heard: Sequence[str]) -> int:
    """Substitutions, deletions and insertions of the best alignment (Levenshtein)."""
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(truth, heard))


def _table_of(scores: dict[str, Score]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for name in scores:
        table.add_column(name, justify="right")
    rows: list[tuple[str, Callable[[Score], str]]] = [
        ("sound", lambda s: f"{s.heard_s / 60:.1f} min"),
        ("fillers in it", lambda s: f"{s.right + s.missed}"),
        ("precision", lambda s: f"{s.precision:.2f}"),
        ("recall", lambda s: f"{s.recall:.2f}"),
        ("F1", lambda s: f"{s.f1:.2f}"),
        ("false alarms a minute without fillers", lambda s: f"{60 * s.false_in_clean / max(1.0, s.clean_s):.2f}"),
        (
            "live after the onset, median",
            lambda s: f"{statistics.median(s.delays_s):.2f} s of {len(s.delays_s)}" if s.delays_s else "–",
        ),
        ("word errors, stock", lambda s: f"{100 * s.stock_errors / s.words:.1f} %"),
        ("word errors, all listening", lambda s: f"{100 * s.errors / s.words:.1f} %"),
        ("work of stock Vosk, a second of sound", lambda s: f"{1000 * s.stock_work_s / s.heard_s:.0f} ms"),
        ("work of all listening", lambda s: f"{1000 * s.work_s / s.heard_s:.0f} ms ({s.work_s / s.stock_work_s:.2f}×)"),
    ]
    for label, value in rows:
        table.add_row(label, *(value(score) for score in scores.values()))
    return table


if __name__ == "__main__":
    run_command(main)
