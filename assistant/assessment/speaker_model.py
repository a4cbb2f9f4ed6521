"""A speaker, whose answers are assessed one after another."""

from __future__ import annotations

import math

from assistant.assessment.baseline import Baseline
from assistant.assessment.estimate import estimate_discomfort, estimate_hesitation
from assistant.assessment.measures import measure
from assistant.turns.answer import Answer
from assistant.turns.assessment import THRESHOLD, Assessment, Prosody

_RAISED_BY = math.log(3)
"""A "no" triples the odds that an estimate needs: 0.5 becomes 0.75, then 0.9. Ours."""


class SpeakerModel:
    """Estimates each answer against the ones before it.

    Parameters
    ----------
    threshold : float
        Probability that an estimate's whole interval must exceed for the estimate to be mentioned.
    """

    def __init__(self, threshold: float = THRESHOLD) -> None:
        self._baseline = Baseline()
        self._threshold = threshold

    @property
    def threshold(self) -> float:
        """The current threshold of estimates; each `disagreed` raises it for the rest of the session."""
        return self._threshold

    def copy(self) -> SpeakerModel:
        """The same, learning on its own from here on."""
        copy = SpeakerModel(self._threshold)
        copy._baseline = self._baseline.copy()
        return copy

    def assess(self, answer: Answer, prosody: Prosody | None = None) -> Assessment:
        """Estimate an answer, then learn from it."""
        measures = measure(answer, prosody)
        assessment = Assessment(
            estimate_hesitation(measures, self._baseline, self._threshold),
            estimate_discomfort(measures, self._baseline, self._threshold),
            measures,
        )
        self._baseline.learn(measures)
        return assessment

    def agreed(self, assessment: Assessment) -> None:
        """Note that an answer was as it seemed: so it isn't usual for them, and leaves the baseline."""
        self._baseline.forget(assessment.measures)

    def disagreed(self) -> None:
        """Note that an answer wasn't as it seemed: it stays in the baseline, and the threshold rises."""
        odds = self._threshold / (1 - self._threshold) * math.exp(_RAISED_BY)
        self._threshold = odds / (1 + odds)
