"""What is usual for this speaker: the norm at first, their own answers more and more."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.hesitation.measures import Measures
from assistant.hesitation.norms import LATENCY_MEDIAN_S

_PRIOR_WORDS = 90
"""The norm counts like three answers of thirty words."""

_PRIOR_ANSWERS = 3


class Baseline:
    """A speaker's own usual, learned within a session.

    Rates are the posterior mean of a Gamma–Poisson model whose prior is the norm; the latency is the mean of logarithms
    with the norm weighing as much as three answers.
    """

    def __init__(self) -> None:
        self._answers: list[Measures] = []

    def learn(self, measures: Measures) -> None:
        """Take an answer into the baseline."""
        self._answers.append(measures)

    def rate(self, norm: float, counts: Sequence[int]) -> float:
        """Events a word, usual for this speaker.

        Parameters
        ----------
        norm
            Events a word in the population.
        counts
            Events in each of this speaker's answers.
        """
        words = sum(answer.words for answer in self._answers)
        return (norm * _PRIOR_WORDS + sum(counts)) / (_PRIOR_WORDS + words)

    @property
    def answers(self) -> tuple[Measures, ...]:
        """The answers it was learned from."""
        return tuple(self._answers)

    @property
    def latency_s(self) -> float:
        """Usual time in seconds to begin an answer."""
        logs = [math.log(max(a.latency_s, 0.1)) for a in self._answers if a.latency_s is not None]
        return math.exp((math.log(LATENCY_MEDIAN_S) * _PRIOR_ANSWERS + sum(logs)) / (_PRIOR_ANSWERS + len(logs)))
