"""How well results agree with the truth, in counts and times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.turns.answer import Answer, Pause


@dataclass(slots=True)
class Retrieval:
    """Counts of items found, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of found items that are there."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of existing items that were found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass(slots=True)
class Agreement:
    """How well pauses, latency and fillers agree with the truth, over recordings; errors in seconds."""

    boundary_errors_s: list[float] = field(default_factory=list)
    latency_errors_s: list[float] = field(default_factory=list)
    filler_rate_errors: list[float] = field(default_factory=list)
    pauses: Retrieval = field(default_factory=Retrieval)
    fillers_heard: int = 0
    fillers_there: int = 0

    def add(self, heard: Answer, truth: Answer) -> None:
        """Add a recording."""
        pairs = _matched(heard.pauses, truth.pauses)
        for one, other in pairs:
            self.boundary_errors_s += [abs(one.start_s - other.start_s), abs(one.end_s - other.end_s)]
        self.pauses.right += len(pairs)
        self.pauses.wrong += len(heard.pauses) - len(pairs)
        self.pauses.missed += len(truth.pauses) - len(pairs)
        self.fillers_heard += len(heard.fillers)
        self.fillers_there += len(truth.fillers)
        if heard.speech_start_s is not None and truth.speech_start_s is not None:
            self.latency_errors_s.append(abs(heard.speech_start_s - truth.speech_start_s))
        if heard.words:
            # With the true fillers given, the rate can only be wrong by the number of words.
            rates = (100 * len(truth.fillers) / len(answer.words) for answer in (heard, truth))
            self.filler_rate_errors.append(abs(next(rates) - next(rates)))


def of_errors(errors: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    median, high = np.percentile(errors, [50, 95])
    return float(median), float(high)


def _matched(heard: Sequence[Pause], there: Sequence[Pause]) -> list[tuple[Pause, Pause]]:
    """Matching pauses, which overlap by half of the shorter one; each is used once."""
    pairs = []
    left = list(heard)
    for pause in there:
        overlaps = [(min(each.end_s, pause.end_s) - max(each.start_s, pause.start_s), each) for each in left]
        overlap, best = max(overlaps, key=lambda pair: pair[0], default=(0.0, pause))
        if overlap > 0.5 * min(best.duration_s, pause.duration_s):
            pairs.append((best, pause))
            left.remove(best)
    return pairs
