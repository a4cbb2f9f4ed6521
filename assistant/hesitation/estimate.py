"""Hesitation and discomfort: two estimates, each with the evidence that it is made of.

A first, plain form: every kind of event is held against what is usual, its surplus in standard deviations times a
weight is its share of the log-odds, and the score is the logistic function of their sum. The evidence rows add up to
the log-odds, so whoever asks "why?" can add them up.

The two are kept apart because the literature keeps them apart: fillers, pauses and slow starts tell hesitation
(Brennan & Williams 1995; Clark & Fox Tree 2002), while anxiety raises every disturbance except "um" (Kasl & Mahl
1965) and brings more silence (Laukka et al. 2008). So fillers are no evidence of discomfort here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.hearing.answer import Pause, Word
from assistant.hesitation import norms
from assistant.hesitation.baseline import Baseline
from assistant.hesitation.measures import Measures

FEWEST_WORDS = 8
SHORTEST_S = 3.0
_FEWEST_CONFIDENCE = 0.5
_INTERVAL_SD = 1.28
"""An interval of 80 %."""
_STRONG = 0.75


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason.

    Attributes
    ----------
    kind : str
        "prior", "filled_pause", "silent_pause", "long_pause", "repeat", "slow_start" or "trailing_off".
    at_s : float or None
        Where in the answer, in seconds; None for what is missing or concerns all of it.
    word : str or None
        The word it is about: the filler, the repeated one, the one that was paused before.
    value : float
        What was found: a count, or seconds.
    norm : float
        What is usual for this speaker in an answer of this length, in the same unit.
    weight : float
        Its share of the log-odds; all weights of an estimate add up to log(score / (1 - score)).
    """

    kind: str
    at_s: float | None
    word: str | None
    value: float
    norm: float
    weight: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A probability-like score from 0 to 1 with an 80 % interval, or the reason why there is none."""

    score: float | None
    low: float | None
    high: float | None
    abstained: str | None
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_strong(self) -> bool:
        """Whether it is worth speaking of."""
        return self.score is not None and self.score >= _STRONG


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of event: how often it is usual, how much a standard deviation more of it weighs, where it happened.

    Of an `underheard` kind a lack says nothing: the recogniser lets few fillers and repeats through.
    """

    name: str
    norm: float
    weight: float
    found: Callable[[Measures], Sequence[tuple[float, str, float]]]
    """Time, word and value of each event."""
    underheard: bool = False


def _words(words: Sequence[Word]) -> list[tuple[float, str, float]]:
    return [(word.start_s, word.word, 1.0) for word in words]


def _pauses(pauses: Sequence[Pause]) -> list[tuple[float, str, float]]:
    return [(pause.start_s, pause.before, 1.0) for pause in pauses]


def _kinds(*, filled: float, silent: float, long: float, repeat: float) -> tuple[_Kind, ...]:
    return (
        _Kind("filled_pause", norms.FILLED_PAUSES_PER_WORD, filled, lambda m: _words(m.fillers), underheard=True),
        _Kind("silent_pause", norms.SILENT_PAUSES_PER_WORD, silent, lambda m: _pauses(m.silent_pauses)),
        _Kind("long_pause", norms.LONG_PAUSES_PER_WORD, long, lambda m: _pauses(m.long_pauses)),
        _Kind("repeat", norms.REPEATS_PER_WORD, repeat, lambda m: _words(m.repeats), underheard=True),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """What an estimate is made of. `prior` are the log-odds of an answer in which everything is as usual."""

    prior: float
    kinds: tuple[_Kind, ...]
    slow_start: float
    trailing_off: float


_HESITATION = _Scale(
    prior=-1.2, kinds=_kinds(filled=0.9, silent=0.8, long=0.8, repeat=0.7), slow_start=0.6, trailing_off=0.7
)
_DISCOMFORT = _Scale(
    prior=-1.8, kinds=_kinds(filled=0.0, silent=0.6, long=0.7, repeat=0.9), slow_start=0.4, trailing_off=0.7
)


def estimate_hesitation(measures: Measures, baseline: Baseline) -> Estimate:
    """How hesitant an answer sounds, against what is usual for this speaker."""
    return _estimate(_HESITATION, measures, baseline)


def estimate_discomfort(measures: Measures, baseline: Baseline) -> Estimate:
    """How ill at ease an answer sounds; fillers don't count."""
    return _estimate(_DISCOMFORT, measures, baseline)


def _reason_to_abstain(measures: Measures) -> str | None:
    if measures.words < FEWEST_WORDS:
        return f"fewer than {FEWEST_WORDS} words"
    if measures.speaking_s < SHORTEST_S:
        return f"shorter than {SHORTEST_S:g} s"
    if measures.confidence < _FEWEST_CONFIDENCE:
        return "too little of it was understood"
    return None


def _estimate(scale: _Scale, measures: Measures, baseline: Baseline) -> Estimate:
    reason = _reason_to_abstain(measures)
    if reason is not None:
        return Estimate(None, None, None, reason)
    rows = [Evidence("prior", None, None, 0.0, 0.0, scale.prior)]
    variance = 0.0
    for kind in scale.kinds:
        if not kind.weight:
            continue
        events = kind.found(measures)
        usual = baseline.rate(kind.norm, [len(kind.found(a)) for a in baseline.answers]) * measures.words
        deviations = (len(events) - usual) / math.sqrt(usual + 1)
        if kind.underheard:
            deviations = max(deviations, 0.0)
        variance += kind.weight**2 * (len(events) + 0.5) / (usual + 1)
        rows += _rows(kind.name, events, usual, kind.weight * deviations)
    if measures.latency_s is not None:
        usual = baseline.latency_s
        deviations = math.log(max(measures.latency_s, 0.1) / usual) / norms.LATENCY_SPREAD
        # Only slowness speaks: who answers at once is quick, not the opposite of hesitant.
        weight = scale.slow_start * min(max(deviations, 0.0), 3.0)
        rows.append(Evidence("slow_start", 0.0, None, measures.latency_s, round(usual, 3), round(weight, 4)))
        variance += (scale.slow_start * 0.3) ** 2
    if measures.trailing is not None:
        word = measures.trailing
        rows.append(Evidence("trailing_off", word.start_s, word.word, 1.0, norms.TRAILING_OFF, scale.trailing_off))
    odds = sum(row.weight for row in rows)
    spread = _INTERVAL_SD * math.sqrt(variance)
    return Estimate(_logistic(odds), _logistic(odds - spread), _logistic(odds + spread), None, tuple(rows))


def _rows(kind: str, events: Sequence[tuple[float, str, float]], usual: float, weight: float) -> list[Evidence]:
    if not events:
        return [Evidence(kind, None, None, 0.0, round(usual, 3), round(weight, 4))]
    share = len(events)
    return [
        Evidence(kind, at_s, word, value, round(usual / share, 3), round(weight / share, 4))
        for at_s, word, value in events
    ]


def _logistic(odds: float) -> float:
    return round(1 / (1 + math.exp(-odds)), 3)
