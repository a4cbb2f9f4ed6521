"""What an estimate is, and the evidence it consists of."""

from __future__ import annotations

from dataclasses import dataclass, replace

THRESHOLD = 0.5
"""An estimate is spoken of where its whole interval lies above this: where it is likelier than not, and surely so. See
docs/sensing.md for what that does."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason.

    Attributes
    ----------
    kind : str
        "prior", "filled_pause", "silent_pause", "boundary_pause", "long_pause", "pause_length", "lengthened",
        "repeat", "restart", "cut_off", "hedge", "apology", "correction", "trailing_off", "slow_start", "slow_speech"
        or "pitch_rise".
    at_s : float or None
        Where in the answer, in seconds; None for what is missing or concerns all of it.
    word : str or None
        The word it is about: the filler, the repeated one, the one that was paused before.
    value : float
        What was found: a count; or seconds, syllables a second, or semitones.
    norm : float
        What is usual in the population in an answer of this length, in the same unit; 0 where there is no norm.
    usual : float
        What is usual for this speaker, the norm included that stands in for what isn't known of them yet.
    weight : float
        Its share of the log-odds; all weights of an estimate add up to log(score / (1 - score)).
    """

    kind: str
    at_s: float | None
    word: str | None
    value: float
    norm: float
    usual: float
    weight: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """How likely it is that an answer is above what is usual for its speaker, or why that can't be told.

    Attributes
    ----------
    score : float or None
        The probability, 0–1; None where `abstained` says why.
    low, high : float or None
        An interval of 80 % for it: how far it would move if what is usual for this speaker were known for sure. Given
        also where it is the reason to abstain.
    abstained : str or None
        Why there is no score.
    evidence : tuple of Evidence
    leaning : float or None
        The probability that the evidence adds up to, also where the interval spans the threshold and nothing should
        be said of it.
    threshold : float
        What the interval was held against.
    """

    score: float | None
    low: float | None
    high: float | None
    abstained: str | None
    evidence: tuple[Evidence, ...] = ()
    leaning: float | None = None
    threshold: float = THRESHOLD

    @property
    def is_strong(self) -> bool:
        """Whether it is worth speaking of: all of its interval is above the threshold."""
        return self.score is not None and self.low is not None and self.low > self.threshold

    def withdrawn(self, reason: str) -> Estimate:
        """The same evidence without a score, because there is reason to drop it: the person said otherwise."""
        return replace(self, score=None, abstained=reason)
