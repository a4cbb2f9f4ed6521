"""Somebody whose answers are listened to, one after another."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.hearing.answer import Answer
from assistant.hesitation.baseline import Baseline
from assistant.hesitation.estimate import Estimate, estimate_discomfort, estimate_hesitation
from assistant.hesitation.measures import measure


@dataclass(frozen=True, slots=True)
class Impression:
    """How an answer sounded."""

    hesitation: Estimate
    discomfort: Estimate


class Speaker:
    """Estimates each answer against the ones before it."""

    def __init__(self) -> None:
        self._baseline = Baseline()

    def hear(self, answer: Answer) -> Impression:
        """Estimate an answer, then learn from it."""
        measures = measure(answer)
        impression = Impression(
            estimate_hesitation(measures, self._baseline), estimate_discomfort(measures, self._baseline)
        )
        self._baseline.learn(measures)
        return impression
