"""Measures and estimates of how an answer was said."""

from __future__ import annotations

import math

import pytest
from spoken import spoken

from assistant.hesitation.baseline import Baseline
from assistant.hesitation.estimate import Estimate, estimate_discomfort, estimate_hesitation
from assistant.hesitation.measures import measure
from assistant.hesitation.speaker import Speaker

FLUENT = "i love films that make me cry because they tell me something about my life"
HESITANT = "i um (1.2) i guess (0.9) i used to (0.6) i used to be um (1.4) a flirt in uh school but"


def hesitation(text: str, *, latency_s: float = 0.5) -> Estimate:
    return estimate_hesitation(measure(spoken(text, latency_s=latency_s)), Baseline())


def score_of(text: str, *, latency_s: float = 0.5) -> float:
    score = hesitation(text, latency_s=latency_s).score
    assert score is not None
    return score


def test_a_hesitant_answer_scores_above_a_fluent_one():
    assert score_of(HESITANT) > 0.9
    assert score_of(FLUENT) < 0.3


def test_the_score_rises_with_every_kind_of_evidence():
    plain = "i used to be a flirt when i was in school"
    assert score_of("i used to be um a um flirt um when i was in school") > score_of(plain)
    assert score_of("i used to be (1.3) a flirt (1.2) when i (1.1) was in school") > score_of(plain)
    assert score_of("i used to i used to be be a flirt when i was in school") > score_of(plain)
    assert score_of(f"{plain} but") > score_of(plain)
    assert score_of(plain, latency_s=4.0) > score_of(plain)


def test_evidence_adds_up_to_the_score():
    estimate = hesitation(HESITANT)
    assert estimate.score is not None
    odds = sum(row.weight for row in estimate.evidence)
    assert 1 / (1 + math.exp(-odds)) == pytest.approx(estimate.score, abs=0.002)


def test_every_filler_is_named_with_its_time_and_the_norm():
    rows = [row for row in hesitation(HESITANT).evidence if row.kind == "filled_pause"]
    assert [row.word for row in rows] == ["um", "um", "uh"]
    assert all(row.at_s is not None and row.norm > 0 and row.value == 1 for row in rows)


def test_the_interval_holds_the_score():
    for text in (FLUENT, HESITANT):
        estimate = hesitation(text)
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.score is not None
        assert estimate.low < estimate.score < estimate.high


@pytest.mark.parametrize(
    ("text", "confidence", "reason"),
    [("i um don't know", 1.0, "fewer than 8 words"), (FLUENT, 0.3, "too little of it was understood")],
)
def test_a_short_or_unclear_answer_gets_no_score_but_a_reason(text: str, confidence: float, reason: str):
    estimate = estimate_hesitation(measure(spoken(text, confidence=confidence)), Baseline())
    assert estimate.score is None
    assert estimate.abstained == reason
    assert not estimate.is_strong


def test_a_quick_answer_of_eight_words_is_still_too_short():
    assert hesitation("a b c d e f g h").abstained == "shorter than 3 s"


def test_fillers_are_no_evidence_of_discomfort():
    with_fillers = "i um used to be um a flirt um when i was in school"
    without = with_fillers.replace("um ", "")
    discomfort = [estimate_discomfort(measure(spoken(text)), Baseline()) for text in (with_fillers, without)]
    assert discomfort[0].score == discomfort[1].score
    assert not [row for row in discomfort[0].evidence if row.kind == "filled_pause"]


def test_words_meant_twice_are_no_repeats_and_phrases_said_twice_are():
    assert measure(spoken("it was very very good no no really")).repeats == ()
    assert [word.word for word in measure(spoken("i used to i used to go the the sea")).repeats] == ["i", "the"]


def test_a_speaker_who_always_hesitates_becomes_the_measure_of_themselves():
    speaker = Speaker()
    scores = [speaker.hear(spoken(HESITANT)).hesitation.score for _ in range(6)]
    assert all(score is not None for score in scores)
    assert scores == sorted(scores, key=lambda score: -(score or 0))
    assert (scores[-1] or 0) < (scores[0] or 0)


def test_a_silent_answer_is_abstained_from():
    assert Speaker().hear(spoken("")).hesitation.abstained is not None
