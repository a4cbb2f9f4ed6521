"""How much likelier something is in an answer above a speaker's usual than in a usual one.

Log-likelihood ratios of independent pieces of evidence add up to log-odds (Good 1950, *Probability and the Weighing of
Evidence*). We don't know for sure what is usual for this speaker: the weight is the mean over all possibilities, and
the range shows how the weight would vary if we knew.

Nobody shows trouble in every way at once. So we assume that in an answer above the usual, each kind of evidence is
raised with its own chance, `share`, and is as usual otherwise: then evidence that is present counts in full, and
evidence that is missing counts little.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assistant.assessment.baseline import PRIOR_ANSWERS, UsualRate, UsualValue


@dataclass(frozen=True, slots=True)
class LogRatio:
    """A weight of evidence, in log-odds.

    Attributes
    ----------
    weight : float
    centre : float
        The weight if the speaker's usual were known, about half-way through its range.
    variance : float
        Variance of the weight in that case.
    """

    weight: float
    centre: float
    variance: float


def of_count(events: int, words: int, usual: UsualRate, times: float, share: float) -> LogRatio:
    """Weigh a count of events in a number of words; if raised, they come `times` as often.

    Raised or not, the count is Poisson and the rate Gamma, so the count is negative binomial.
    """
    raised = usual.words + times * words
    level = math.log((usual.words + words) / raised)
    weight, certainty = _mixed(usual.shape * level + events * (math.log(times) + level), share)
    # The rate given this answer, weighted by how certain it is that it is raised.
    shape, heard = usual.shape + events, usual.words + words * (1 + (times - 1) * certainty)
    centre, steepness = _mixed(events * math.log(times) - (times - 1) * words * shape / heard, share)
    return LogRatio(weight, centre, (steepness * (times - 1) * words / heard) ** 2 * shape)


def of_doubt(confidence: float, words: int, usual: UsualRate, times: float) -> float:
    """Variance added by one event that was recognised with a `confidence` (0–1) below 1."""
    step = math.log(times * (usual.words + words) / (usual.words + times * words))
    return step**2 * confidence * (1 - confidence)


def of_value(value: float, usual: UsualValue, shift: float, share: float) -> LogRatio:
    """Weigh a value that is normally distributed, and `shift` higher on average if raised."""
    spread, mean = usual.spread**2, usual.mean_sd**2
    above = value - usual.mean
    weight, certainty = _mixed(shift * (above - shift / 2) / (spread + mean), share)
    # The mean given this value, weighted in the same way.
    nearer = (above - certainty * shift) * mean / (spread + mean)
    centre, steepness = _mixed(shift * (above - nearer - shift / 2) / spread, share)
    return LogRatio(weight, centre, (steepness * shift / spread) ** 2 * mean * spread / (spread + mean))


def of_happening(happened: bool, usual: float, answers: int, times: float) -> LogRatio:
    """Weigh something that usually happens in a share `usual` of answers, and above that with odds `times` as high."""
    share_sd = math.sqrt(usual * (1 - usual) / (PRIOR_ANSWERS + answers + 1))
    tilted = 1 + (times - 1) * usual
    weight = math.log((times if happened else 1.0) / tilted)
    return LogRatio(weight, weight, ((times - 1) / tilted * share_sd) ** 2)


def _mixed(weight: float, share: float) -> tuple[float, float]:
    """The weight of something that is raised with a chance of `share`, and how certain it is that it was raised."""
    ratio = share * math.exp(min(weight, 50.0))
    return math.log(ratio + 1 - share), ratio / (ratio + 1 - share)
