"""What is usual for this speaker: at first the norm, then more and more their own answers.

The norm counts as much as three answers would. Rates are Gamma–Poisson: the speaker's own rate has a Gamma
distribution whose mean is the norm and whose weight is the words of three answers, and counts in answers sharpen it.
Times are log-normal: their logarithm has a normal distribution whose mean was "seen" three times. Shares are
Beta–Bernoulli in the same way. (For all three see Gelman et al. 2013, *Bayesian Data Analysis*, chapter 2.)
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
    """A Gamma distribution of a speaker's rate of events per word: `shape` events in `words` words."""

    shape: float
    words: float

    @property
    def per_word(self) -> float:
        """Its mean."""
        return self.shape / self.words


@dataclass(frozen=True, slots=True)
class UsualValue:
    """A normal distribution of a speaker's next value.

    Attributes
    ----------
    mean : float
        On the scale of the norm: a natural logarithm, or semitones.
    mean_sd : float
        How uncertain that mean is.
    spread : float
        Standard deviation from one answer to the next, not counting the uncertainty of the mean.
    """

    mean: float
    mean_sd: float
    spread: float


class Baseline:
    """What is usual for one speaker, learned within a session."""

    def __init__(self) -> None:
        self._answers: list[Measures] = []

    def copy(self) -> Baseline:
        """The same, learning on its own from here on."""
        copy = Baseline()
        copy._answers = list(self._answers)
        return copy

    def learn(self, measures: Measures) -> None:
        """Add an answer to the baseline; one that says "I don't know" or nothing at all is ignored."""
        if measures.words and not measures.non_answer:
            self._answers.append(measures)

    def forget(self, measures: Measures) -> None:
        """Remove an answer again."""
        self._answers = [each for each in self._answers if each is not measures]

    @property
    def answers(self) -> int:
        """The number of answers learned from."""
        return len(self._answers)

    def rate(self, norm: Rate, count: Callable[[Measures], int]) -> UsualRate:
        """The usual events per word for this speaker; `count` returns those of an answer."""
        events = sum(count(answer) for answer in self._answers)
        words = sum(answer.words for answer in self._answers)
        return UsualRate(norm.per_word * PRIOR_WORDS + events, PRIOR_WORDS + words)

    def typical(self, norm: Typical, value: Callable[[Measures], float | None]) -> UsualValue:
        """The usual natural logarithm of a quantity for this speaker; `value` returns that quantity for an answer."""
        found = [value(answer) for answer in self._answers]
        logs = [math.log(each) for each in found if each is not None]
        answers = PRIOR_ANSWERS + len(logs)
        mean = (math.log(norm.median) * PRIOR_ANSWERS + sum(logs)) / answers
        return UsualValue(mean, norm.spread / math.sqrt(answers), norm.spread)

    def own(self, spread: float, fewest: int, value: Callable[[Measures], float | None]) -> UsualValue | None:
        """The usual value of a quantity without a norm: None until `fewest` answers have it."""
        values = [each for each in map(value, self._answers) if each is not None]
        if len(values) < fewest:
            return None
        return UsualValue(sum(values) / len(values), spread / math.sqrt(len(values)), spread)

    def share(self, norm: Share, happened: Callable[[Measures], bool]) -> float:
        """The share of this speaker's answers in which something usually happens (0–1)."""
        times = sum(happened(answer) for answer in self._answers)
        return (norm.of_answers * PRIOR_ANSWERS + times) / (PRIOR_ANSWERS + len(self._answers))
