"""Hesitation and discomfort: two estimates, each with its evidence.

An estimate is the probability that an answer is above what is usual for its speaker. Every kind of evidence is compared
with that; its weight is the logarithm of how much likelier it is above the usual, and the weights add up to the
log-odds of the score, so that anyone who asks "why?" can add them up. `cues` says what counts, and `baseline` and
`norms` say what is usual.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.assessment import likelihood, norms
from assistant.assessment.baseline import Baseline, UsualValue
from assistant.assessment.cues import (
    DISCOMFORT,
    HESITATION,
    NON_ANSWER,
    PITCH_SHARE,
    CountCue,
    CueEvent,
    CueModel,
    DurationCue,
)
from assistant.assessment.likelihood import LogRatio
from assistant.turns.assessment import THRESHOLD, Estimate, Evidence, Measures

FEWEST_WORDS = 8
SHORTEST_S = 3.0
_FEWEST_CONFIDENCE = 0.5
_MOST_HALLUCINATED = 0.25
"""The largest share of recognised words that may have had no voice under them."""
_MOST_LOST_S = 0.5
_SOFTEST_DBFS = -54.0
"""The first words of a quieter voice are missed, and that looks like hesitation."""
_LEAST_ABOVE_FLOOR_DB = 15.0
"""If the voice is less far above the room's noise, pauses are hidden: other people are talking, or a machine is on."""

_INTERVAL_SD = 1.2816
"""An interval of 80 %."""

_MOST_OF_A_KIND = 2.5
"""The most that one kind of evidence may weigh, in log-odds, so that a single recognition error can't decide."""

_FEWEST_OWN_PITCHES = 2


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Evidence rows of one kind; their sum if the speaker's usual were known, and how far that may be off."""

    rows: tuple[Evidence, ...]
    centre: float
    below: float
    above: float


def estimate_hesitation(measures: Measures, baseline: Baseline, threshold: float = THRESHOLD) -> Estimate:
    """Estimate how hesitant an answer sounds, compared with what is usual for this speaker.

    Parameters
    ----------
    measures
    baseline
        What is usual for the speaker.
    threshold
        Probability to compare the interval with: if the interval spans it, there is no score.
    """
    reason = _unclear(measures)
    if measures.non_answer:
        return _abstained(reason, threshold) if reason else estimate(NON_ANSWER, measures, baseline, threshold)
    reason = reason or _too_little(measures)
    return _abstained(reason, threshold) if reason else estimate(HESITATION, measures, baseline, threshold)


def estimate_discomfort(measures: Measures, baseline: Baseline, threshold: float = THRESHOLD) -> Estimate:
    """Estimate how ill at ease an answer sounds; fillers don't count. For the parameters see `estimate_hesitation`."""
    reason = _unclear(measures)
    if reason is None and measures.non_answer:
        reason = "there was no answer to go on"
    reason = reason or _too_little(measures)
    return _abstained(reason, threshold) if reason else estimate(DISCOMFORT, measures, baseline, threshold)


def _abstained(reason: str, threshold: float) -> Estimate:
    return Estimate(None, None, None, reason, threshold=threshold)


def _unclear(measures: Measures) -> str | None:
    recognised = measures.words + measures.hallucinated_words
    if not measures.words:
        return f"fewer than {FEWEST_WORDS} words"
    if measures.confidence < _FEWEST_CONFIDENCE:
        return "too little of it was understood"
    if measures.lost_s > _MOST_LOST_S:
        return f"{measures.lost_s:.1f} s of sound were lost"
    if measures.prosody is not None and measures.prosody.energy_dbfs < _SOFTEST_DBFS:
        return "the voice is too quiet"
    noisy = measures.prosody is not None and measures.prosody.above_floor_db < _LEAST_ABOVE_FLOOR_DB
    if noisy or measures.hallucinated_words > _MOST_HALLUCINATED * recognised:
        return "too much noise"
    return None


def _too_little(measures: Measures) -> str | None:
    if measures.words < FEWEST_WORDS:
        return f"fewer than {FEWEST_WORDS} words"
    if measures.speaking_s < SHORTEST_S:
        return f"shorter than {SHORTEST_S:g} s"
    return None


def estimate(scale: CueModel, measures: Measures, baseline: Baseline, threshold: float = THRESHOLD) -> Estimate:
    """Add up the evidence of a scale in an answer, no matter how little there is."""
    rows = [Evidence("prior", None, None, 0.0, 0.0, 0.0, round(scale.prior, 4))]
    kinds = list(_weigh(scale, measures, baseline))
    for weighed in kinds:
        rows += weighed.rows
    odds = sum(row.weight for row in rows)
    centre = scale.prior + sum(weighed.centre for weighed in kinds)
    below = math.hypot(*(weighed.below for weighed in kinds))
    above = math.hypot(*(weighed.above for weighed in kinds))
    score = _probability(odds)
    low = _probability(min(centre - _INTERVAL_SD * below, odds))
    high = _probability(max(centre + _INTERVAL_SD * above, odds))
    spans = low <= threshold <= high
    return Estimate(
        score=None if spans else score,
        low=low,
        high=high,
        abstained=f"the interval from {low:.0%} to {high:.0%} spans the threshold" if spans else None,
        evidence=tuple(rows),
        leaning=score,
        threshold=threshold,
    )


def _probability(odds: float) -> float:
    return round(1 / (1 + math.exp(-odds)), 6)


def _weigh(scale: CueModel, measures: Measures, baseline: Baseline) -> Iterator[_Weighed]:
    for counted in scale.counted:
        yield _weigh_counted(counted, scale, measures, baseline)
    for timed in scale.timed:
        value = timed.value(measures)
        if value is not None:
            yield _weigh_timed(timed, value, scale, measures, baseline)
    if scale.trailing_off > 1:
        yield _weigh_trailing(scale, measures, baseline)
    if scale.pitch_rise and measures.prosody is not None:
        usual = baseline.own(norms.PITCH_SPREAD_SEMITONES, _FEWEST_OWN_PITCHES, _pitch_semitones)
        if usual is not None:
            yield _weigh_pitch(scale, usual, measures)


def _weigh_counted(counted: CountCue, scale: CueModel, measures: Measures, baseline: Baseline) -> _Weighed:
    events = counted.events(measures)
    words = measures.words
    usual = baseline.rate(counted.norm, lambda answer: len(counted.events(answer)))
    ratio = likelihood.of_count(len(events), words, usual, counted.times, counted.share)
    doubt = sum(likelihood.of_doubt(event.confidence, words, usual, counted.times) for event in events)
    rows = _rows(
        counted.kind,
        events,
        norm=words * counted.norm.per_word,
        usual=words * usual.per_word,
        weight=_limited(scale.sharpness * ratio.weight),
    )
    return _weighed(rows, scale, ratio, doubt)


def _weighed(rows: tuple[Evidence, ...], scale: CueModel, ratio: LogRatio, doubt: float = 0.0) -> _Weighed:
    centre, deviation = scale.sharpness * ratio.centre, scale.sharpness * math.sqrt(ratio.variance + doubt)
    # Anything beyond the limit makes no difference, and neither does doubt about it.
    middle = _limited(centre)
    return _Weighed(rows, middle, middle - _limited(centre - deviation), _limited(centre + deviation) - middle)


def _rows(kind: str, events: Sequence[CueEvent], *, norm: float, usual: float, weight: float) -> tuple[Evidence, ...]:
    """A row for each event with its share of the whole; without events, a single row without a place."""
    if not events:
        return (Evidence(kind, None, None, 0.0, round(norm, 3), round(usual, 3), round(weight, 4)),)
    part = len(events)
    return tuple(
        Evidence(
            kind, event.at_s, event.word, 1.0, round(norm / part, 3), round(usual / part, 3), round(weight / part, 4)
        )
        for event in events
    )


def _weigh_timed(timed: DurationCue, value: float, scale: CueModel, measures: Measures, baseline: Baseline) -> _Weighed:
    usual = baseline.typical(timed.norm, timed.value)
    of_mean = UsualValue(usual.mean, usual.mean_sd, usual.spread / math.sqrt(max(timed.repeated(measures), 1)))
    ratio = likelihood.of_value(math.log(value), of_mean, timed.shift, timed.share)
    at_s, word = timed.at(measures)
    weight = _limited(scale.sharpness * ratio.weight)
    row = Evidence(
        timed.kind, at_s, word, round(value, 3), timed.norm.median, round(math.exp(usual.mean), 3), round(weight, 4)
    )
    return _weighed((row,), scale, ratio)


def _weigh_trailing(scale: CueModel, measures: Measures, baseline: Baseline) -> _Weighed:
    word = measures.trailing
    norm = norms.TRAILING_OFF
    usual = baseline.share(norm, lambda answer: answer.trailing is not None)
    ratio = likelihood.of_happening(word is not None, usual, baseline.answers, scale.trailing_off)
    row = Evidence(
        "trailing_off",
        word.start_s if word else None,
        word.word if word else None,
        float(word is not None),
        norm.of_answers,
        round(usual, 3),
        round(_limited(scale.sharpness * ratio.weight), 4),
    )
    return _weighed((row,), scale, ratio)


def _weigh_pitch(scale: CueModel, usual: UsualValue, measures: Measures) -> _Weighed:
    pitch = _pitch_semitones(measures)
    assert pitch is not None
    ratio = likelihood.of_value(pitch, usual, scale.pitch_rise, PITCH_SHARE)
    weight = _limited(scale.sharpness * ratio.weight)
    row = Evidence("pitch_rise", None, None, round(pitch - usual.mean, 2), 0.0, 0.0, round(weight, 4))
    return _weighed((row,), scale, ratio)


def _pitch_semitones(measures: Measures) -> float | None:
    """Median pitch in semitones above 1 Hz, a scale that matches how we hear differences in pitch."""
    return 12 * math.log2(measures.prosody.pitch_median_hz) if measures.prosody else None


def _limited(weight: float) -> float:
    return min(max(weight, -_MOST_OF_A_KIND), _MOST_OF_A_KIND)
