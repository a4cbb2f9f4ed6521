"""What is usual for this speaker: the norm at first, their own answers more and more.

The norm counts as much as three answers would. Rates are Gamma–Poisson: the speaker's own rate has a Gamma
distribution whose mean is the norm and whose weight is the words of three answers, and counts in answers sharpen it.
Times are log-normal: their logarithm has a normal distribution whose mean was "seen" three times. Shares are
Beta–Bernoulli in the same way. (Gelman et al. 2013, *Bayesian Data Analysis*, chapter 2, has all three.)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from assistant.assessment.norms import Rate, Share, Typical
from assistant.turns.assessment import Measures

PRIOR_ANSWERS = 3
PRIOR_WORDS = 90
"""Three answers of thirty words."""


@dataclass(frozen=True, slots=True)
class UsualRate:
    """A Gamma distribution of a speaker's rate of events a word: `shape` events in `words` words."""

    shape: float
    words: float

    @property
    def per_word(self) -> float:
        """Its mean."""
        return self.shape / self.words


@dataclass(frozen=True, slots=True)
class UsualValue:
    """A normal distribution of what a speaker's next value may be.

    Attributes
    ----------
    mean : float
        On the scale of the norm: a natural logarithm, or semitones.
    mean_sd : float
        How uncertain that mean is.
    spread : float
        Standard deviation from one answer to the next, the mean's own uncertainty not counted.
    """

    mean: float
    mean_sd: float
    spread: float


class Baseline:
    """A speaker's own usual, learned within a session."""

    def __init__(self) -> None:
        self._answers: list[Measures] = []

    def learn(self, measures: Measures) -> None:
        """Take an answer into the baseline; one that says "I don't know" or nothing at all teaches nothing."""
        if measures.words and not measures.non_answer:
            self._answers.append(measures)

    def forget(self, measures: Measures) -> None:
        """Take an answer out again."""
        self._answers = [each for each in self._answers if each is not measures]

    @property
    def answers(self) -> int:
        """How many answers it was learned from."""
        return len(self._answers)

    def rate(self, norm: Rate, count: Callable[[Measures], int]) -> UsualRate:
        """Events a word, usual for this speaker; `count` gives those of an answer."""
        events = sum(count(answer) for answer in self._answers)
        words = sum(answer.words for answer in self._answers)
        return UsualRate(norm.per_word * PRIOR_WORDS + events, PRIOR_WORDS + words)

    def typical(self, norm: Typical, value: Callable[[Measures], float | None]) -> UsualValue:
        """The natural logarithm of a quantity, usual for this speaker; `value` gives that of an answer."""
        found = [value(answer) for answer in self._answers]
        logs = [math.log(each) for each in found if each is not None]
        answers = PRIOR_ANSWERS + len(logs)
        mean = (math.log(norm.median) * PRIOR_ANSWERS + sum(logs)) / answers
        return UsualValue(mean, norm.spread / math.sqrt(answers), norm.spread)

    def own(self, spread: float, fewest: int, value: Callable[[Measures], float | None]) -> UsualValue | None:
        """A quantity for which there is no norm: None until there are `fewest` answers with it."""
        values = [each for each in map(value, self._answers) if each is not None]
        if len(values) < fewest:
            return None
        return UsualValue(sum(values) / len(values), spread / math.sqrt(len(values)), spread)

    def share(self, norm: Share, happened: Callable[[Measures], bool]) -> float:
        """In what share of this speaker's answers something usually happens (0–1)."""
        times = sum(happened(answer) for answer in self._answers)
        return (norm.of_answers * PRIOR_ANSWERS + times) / (PRIOR_ANSWERS + len(self._answers))
