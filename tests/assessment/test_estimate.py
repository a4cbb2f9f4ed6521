"""The two estimates: what raises them, what they consist of, and when there is none."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from assistant.assessment.baseline import Baseline
from assistant.assessment.estimate import estimate_discomfort, estimate_hesitation
from assistant.assessment.measures import measure
from assistant.assessment.speaker_model import SpeakerModel
from assistant.turns.answer import Answer, LostSound
from assistant.turns.assessment import Estimate, Prosody
from tests.support.answers import spoken

FLUENT = "i love films that make me cry because they tell me something about my life"
HESITANT = "i um (1.2) i guess (0.9) i used to (0.6) i used to be um (1.4) a flirt in uh school but"
UNEASY = "i (1.6) i was i used to be (1.5) sorry that sounds silly i guess i was (1.8) in in love with the (1.4) but"
VOICE = Prosody(pitch_median_hz=120.0, pitch_range_semitones=6.0, voiced_s=5.0, energy_dbfs=-28.0, floor_dbfs=-75.0)


def hesitation(text: str, *, latency_s: float = 0.5) -> Estimate:
    return estimate_hesitation(measure(spoken(text, latency_s=latency_s)), Baseline())


def discomfort(text: str, *, latency_s: float = 0.5) -> Estimate:
    return estimate_discomfort(measure(spoken(text, latency_s=latency_s)), Baseline())


def leaning_of(text: str, *, latency_s: float = 0.5) -> float:
    leaning = hesitation(text, latency_s=latency_s).leaning
    assert leaning is not None
    return leaning


def test_a_hesitant_answer_scores_above_a_fluent_one():
    hesitant, fluent = hesitation(HESITANT), hesitation(FLUENT)
    assert hesitant.score is not None
    assert fluent.score is not None
    assert hesitant.score > 0.9
    assert fluent.score < 0.3
    assert hesitant.is_strong
    assert not fluent.is_strong


def test_the_estimate_rises_with_every_kind_of_evidence():
    plain = "i used to be a flirt when i was in school"
    assert leaning_of("i used to be um a um flirt um when i was in school") > leaning_of(plain)
    assert leaning_of("i used to be (1.3) a flirt (1.2) when i (1.1) was in school") > leaning_of(plain)
    assert leaning_of("i used to i used to be be a flirt when i was in school") > leaning_of(plain)
    assert leaning_of("i was i used to be a flirt when i was in school") > leaning_of(plain)
    assert leaning_of("i guess i used to be kind of a flirt when i was in school") > leaning_of(plain)
    assert leaning_of(f"{plain} but") > leaning_of(plain)
    assert leaning_of(plain, latency_s=4.0) > leaning_of(plain)


def test_a_silence_inside_a_clause_weighs_more_than_one_between_two():
    inside = "i saw it with my (0.6) father and we went home after it"
    between = "i saw it with my father (0.6) and we went home after it"
    assert leaning_of(inside) > leaning_of(between)


@pytest.mark.parametrize("text", [FLUENT, HESITANT, UNEASY, f"{FLUENT} um"])
def test_the_evidence_adds_up_to_the_scores_log_odds(text: str):
    for estimate in (hesitation(text), discomfort(text)):
        assert estimate.leaning is not None
        odds = sum(row.weight for row in estimate.evidence)
        assert odds == pytest.approx(math.log(estimate.leaning / (1 - estimate.leaning)), abs=1e-3)


def test_every_filler_is_named_with_its_time_the_norm_and_the_speakers_own_usual():
    speaker = SpeakerModel()
    for _ in range(3):
        speaker.assess(spoken(f"um {FLUENT} um um"))
    rows = [row for row in speaker.assess(spoken(HESITANT)).hesitation.evidence if row.kind == "filled_pause"]
    assert [row.word for row in rows] == ["um", "um", "uh"]
    assert all(row.at_s is not None and row.value == 1 for row in rows)
    assert all(0 < row.norm < row.usual for row in rows)


def test_the_interval_holds_the_estimate():
    for text in (FLUENT, HESITANT):
        estimate = hesitation(text)
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.score is not None
        assert estimate.low < estimate.score < estimate.high


def test_an_interval_that_spans_the_threshold_is_a_reason_to_abstain_and_is_told():
    estimate = hesitation(
        "i used to be um (0.8) a flirt when i was uh (0.7) in school with the others there", latency_s=1.2
    )
    assert estimate.low is not None
    assert estimate.high is not None
    assert estimate.low < estimate.threshold < estimate.high
    assert estimate.score is None
    assert estimate.abstained == f"the interval from {estimate.low:.0%} to {estimate.high:.0%} spans the threshold"
    assert estimate.leaning is not None
    assert not estimate.is_strong
    assert len(estimate.evidence) > 5


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (spoken("i um loved it"), "fewer than 8 words"),
        (spoken("a b c d e f g h"), "shorter than 3 s"),
        (spoken(FLUENT, confidence=0.3), "too little of it was understood"),
        (spoken(""), "fewer than 8 words"),
        (replace(spoken(HESITANT), hallucinated_words=12), "too much noise"),
        (replace(spoken(HESITANT), lost=(LostSound(0.0, 1.24),)), "1.2 s of sound were lost"),
    ],
)
def test_an_answer_too_short_or_unclear_gets_no_score_but_a_reason(answer: Answer, reason: str):
    for judge in (estimate_hesitation, estimate_discomfort):
        estimate = judge(measure(answer), Baseline())
        assert estimate.score is None
        assert estimate.leaning is None
        assert estimate.abstained == reason
        assert not estimate.is_strong


def test_a_voice_hardly_above_the_room_gets_no_score():
    noisy = Prosody(120.0, 6.0, 5.0, energy_dbfs=-28.0, floor_dbfs=-40.0)
    assert estimate_hesitation(measure(spoken(HESITANT), noisy), Baseline()).abstained == "too much noise"
    assert estimate_hesitation(measure(spoken(HESITANT), VOICE), Baseline()).score is not None


def test_fillers_are_no_evidence_of_discomfort():
    with_fillers = "i um used to be um a flirt um when i was in school"
    assert discomfort(with_fillers).leaning == discomfort(with_fillers.replace("um ", "")).leaning
    assert not [row for row in discomfort(HESITANT).evidence if row.kind == "filled_pause"]


def test_long_silences_restarts_and_apologies_without_an_um_are_discomfort():
    estimate = discomfort(UNEASY, latency_s=2.5)
    assert estimate.is_strong
    found = {row.kind for row in estimate.evidence if row.weight > 0}
    assert {"long_pause", "repeat", "restart", "apology", "trailing_off", "slow_start"} <= found
    assert not discomfort(FLUENT).is_strong


def test_a_pitch_above_the_speakers_own_counts_once_two_answers_are_known():
    high = Prosody(150.0, 6.0, 5.0, energy_dbfs=-28.0, floor_dbfs=-75.0)
    baseline = Baseline()
    leanings = []
    for _ in range(3):
        usual, raised = (estimate_discomfort(measure(spoken(FLUENT), prosody), baseline) for prosody in (VOICE, high))
        leanings.append((usual.leaning or 0, raised.leaning or 0))
        baseline.learn(measure(spoken(FLUENT), VOICE))
    assert [usual < raised for usual, raised in leanings] == [False, False, True]


def test_i_do_not_know_said_at_once_is_certain_and_said_late_is_not():
    quick = hesitation("i don't know", latency_s=0.3)
    slow = hesitation("um i don't know", latency_s=4.0)
    assert quick.score is not None
    assert quick.score < 0.2
    assert quick.leaning is not None
    assert slow.leaning is not None
    assert slow.leaning > 2 * quick.leaning
    assert {row.kind for row in quick.evidence} == {"prior", "filled_pause", "slow_start"}
    assert discomfort("i don't know").abstained == "there was no answer to go on"


def test_no_kind_of_evidence_decides_alone():
    for text in (f"{FLUENT} {'um ' * 12}", FLUENT):
        for row in hesitation(text, latency_s=60.0).evidence:
            assert abs(row.weight) <= 2.5
    fillers = [row.weight for row in hesitation(f"{FLUENT} {'um ' * 30}").evidence if row.kind == "filled_pause"]
    assert sum(fillers) == pytest.approx(2.5, abs=0.01)
