"""The step `fluent`: counts false fillers in read speech without any, which nothing was fitted to."""

from __future__ import annotations

import argparse
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.asr.listener import Listener
from assistant.audio.frame import RATE_HZ
from assistant.session.assembly import make_ear, make_second_ear
from tools.listening import listen
from tools.training.examples import kept_for_classifier
from tools.training.real_speech import RealLine, real_lines


@dataclass
class _Tally:
    recordings: int = 0
    heard: int = 0
    duration_s: float = 0.0


def main(options: argparse.Namespace) -> None:
    """Run the step."""
    with ExitStack() as stack:
        second = make_second_ear(options.second, Console(stderr=True).print)
        if second is not None:
            stack.callback(second.close)
        _count(options, make_ear(options.model, second).listener)


def _count(options: argparse.Namespace, listener: Listener) -> None:
    # The network was trained on six in ten of all recordings, the classifier on the acted ones among the others.
    lines = [line for line in real_lines(options.work) if line.kind == "fluent" and not line.acted]
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    console = Console(stderr=True)
    for line in track(
        [line for line in lines if kept_for_classifier(line.name)], description="readings", console=console
    ):
        fillers, duration_s = _fillers_in(line, listener)
        for name in (line.name.partition("/")[0], "all"):
            tally = tallies[name]
            tally.recordings += 1
            tally.heard += fillers
            tally.duration_s += duration_s
    Console().print(_table(tallies))


def _fillers_in(line: RealLine, listener: Listener) -> tuple[int, float]:
    samples = line.samples()
    answer, _ = listen(listener, samples)
    return len(answer.fillers), len(samples) / RATE_HZ


def _table(tallies: dict[str, _Tally]) -> Table:
    table = Table("", "recordings", "minutes", "fillers heard", "a minute", box=None, pad_edge=False)
    for name in sorted(tallies, key=lambda name: name == "all"):
        tally = tallies[name]
        minutes = tally.duration_s / 60
        table.add_row(
            name, str(tally.recordings), f"{minutes:.1f}", str(tally.heard), f"{tally.heard / max(minutes, 1e-9):.2f}"
        )
    return table
