"""How well what was heard agrees with the truth in time: pauses, latency, fillers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.turns.answer import Answer, Pause


@dataclass(slots=True)
class Agreement:
    """Collected over recordings; errors in seconds."""

    boundary_errors_s: list[float] = field(default_factory=list)
    latency_errors_s: list[float] = field(default_factory=list)
    filler_rate_errors: list[float] = field(default_factory=list)
    pauses_found: int = 0
    pauses_heard: int = 0
    pauses_there: int = 0
    fillers_heard: int = 0
    fillers_there: int = 0

    def add(self, heard: Answer, truth: Answer) -> None:
        """Take in a recording."""
        pairs = _matched(heard.pauses, truth.pauses)
        for one, other in pairs:
            self.boundary_errors_s += [abs(one.start_s - other.start_s), abs(one.end_s - other.end_s)]
        self.pauses_found += len(pairs)
        self.pauses_heard += len(heard.pauses)
        self.pauses_there += len(truth.pauses)
        self.fillers_heard += len(heard.fillers)
        self.fillers_there += len(truth.fillers)
        if heard.speech_start_s is not None and truth.speech_start_s is not None:
            self.latency_errors_s.append(abs(heard.speech_start_s - truth.speech_start_s))
        if heard.words:
            # With the true fillers given, the rate can only be wrong by the number of words.
            rates = (100 * len(truth.fillers) / len(answer.words) for answer in (heard, truth))
            self.filler_rate_errors.append(abs(next(rates) - next(rates)))

    @property
    def pause_f1(self) -> float:
        """Harmonic mean of precision and recall of the pauses."""
        return 2 * self.pauses_found / max(self.pauses_heard + self.pauses_there, 1)


def of_errors(errors: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    median, high = np.percentile(errors, [50, 95])
    return float(median), float(high)


def _matched(heard: Sequence[Pause], there: Sequence[Pause]) -> list[tuple[Pause, Pause]]:
    """Pauses that are the same: they overlap by half of the shorter, each used once."""
    pairs = []
    left = list(heard)
    for pause in there:
        overlaps = [(min(each.end_s, pause.end_s) - max(each.start_s, pause.start_s), each) for each in left]
        overlap, best = max(overlaps, key=lambda pair: pair[0], default=(0.0, pause))
        if overlap > 0.5 * min(best.duration_s, pause.duration_s):
            pairs.append((best, pause))
            left.remove(best)
    return pairs
