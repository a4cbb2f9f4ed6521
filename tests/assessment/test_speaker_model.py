"""What is usual for a speaker, and what they say about it."""

from __future__ import annotations

import pytest

from assistant.assessment import norms
from assistant.assessment.assessor import Pace
from assistant.assessment.baseline import PRIOR_WORDS, Baseline
from assistant.assessment.measures import measure
from assistant.assessment.speaker_model import SpeakerModel
from assistant.turns.assessment import THRESHOLD, Measures
from tests.support.answers import spoken

FLUENT = "i love films that make me cry because they tell me something about my life"
HESITANT = "i um (1.2) i guess (0.9) i used to (0.6) i used to be um (1.4) a flirt in uh school but"


def fillers(measures: Measures) -> int:
    return len(measures.fillers)


def test_a_speaker_of_whom_nothing_is_known_is_taken_to_be_like_others():
    baseline = Baseline()
    assert baseline.rate(norms.FILLED_PAUSE, fillers).per_word == pytest.approx(norms.FILLED_PAUSE.per_word)
    latency = baseline.typical(norms.RESPONSE_LATENCY_S, lambda measures: measures.latency_s)
    assert 2.718281828**latency.mean == pytest.approx(norms.RESPONSE_LATENCY_S.median)


def test_the_norm_counts_like_three_answers_of_thirty_words():
    baseline = Baseline()
    answer = measure(spoken(f"um {FLUENT} and {FLUENT}"))
    assert answer.words == 31
    for _ in range(3):
        baseline.learn(answer)
    rate = baseline.rate(norms.FILLED_PAUSE, fillers)
    assert rate.words == PRIOR_WORDS + 93
    halfway = (norms.FILLED_PAUSE.per_word * 90 + 3) / 183
    assert rate.per_word == pytest.approx(halfway)


def test_a_usual_time_is_learned_on_the_scale_of_logarithms():
    baseline = Baseline()
    before = baseline.typical(norms.RESPONSE_LATENCY_S, lambda measures: measures.latency_s)
    for _ in range(3):
        baseline.learn(measure(spoken(FLUENT, latency_s=3.6)))
    after = baseline.typical(norms.RESPONSE_LATENCY_S, lambda measures: measures.latency_s)
    assert 2.718281828**after.mean == pytest.approx((0.9 * 3.6) ** 0.5, rel=1e-3)
    assert after.mean_sd < before.mean_sd


def test_what_says_nothing_teaches_nothing():
    baseline = Baseline()
    baseline.learn(measure(spoken("i don't know", latency_s=5.0)))
    baseline.learn(measure(spoken("")))
    assert baseline.answers == 0


def test_a_speaker_who_always_hesitates_becomes_the_measure_of_themselves():
    speaker = SpeakerModel()
    leanings = [speaker.assess(spoken(HESITANT)).hesitation.leaning for _ in range(6)]
    assert all(leaning is not None for leaning in leanings)
    assert leanings == sorted(leanings, key=lambda leaning: -(leaning or 0))
    assert (leanings[-1] or 0) < 0.5 < (leanings[0] or 0)


def test_the_interval_narrows_as_the_speaker_gets_known():
    speaker = SpeakerModel()
    widths = []
    for _ in range(6):
        estimate = speaker.assess(
            spoken("i saw it with my um (0.6) father and we went home in the rain after it")
        ).hesitation
        assert estimate.low is not None
        assert estimate.high is not None
        widths.append(estimate.high - estimate.low)
    assert widths[-1] < widths[0]


def test_a_no_raises_what_is_asked_for_during_the_rest_of_the_session():
    speaker = SpeakerModel()
    assert speaker.threshold == THRESHOLD
    speaker.assess(spoken(HESITANT))
    speaker.disagreed()
    once = speaker.threshold
    speaker.disagreed()
    assert THRESHOLD < once < speaker.threshold < 1
    assert speaker.assess(spoken(FLUENT)).hesitation.threshold == speaker.threshold


def test_after_a_no_the_same_answer_is_no_longer_spoken_of():
    doubtful = (
        "i saw it with my um (0.7) father and we uh (0.6) went to the (0.8) old house in the um (0.6) rain with him"
    )
    trusting = SpeakerModel()
    assert trusting.assess(spoken(doubtful)).hesitation.is_strong
    warned = SpeakerModel()
    warned.disagreed()
    assert not warned.assess(spoken(doubtful)).hesitation.is_strong


def test_what_they_agreed_to_is_not_taken_for_their_usual():
    kept, agreed = SpeakerModel(), SpeakerModel()
    kept.assess(spoken(HESITANT))
    agreed.agreed(agreed.assess(spoken(HESITANT)))
    again = [speaker.assess(spoken(HESITANT)).hesitation.leaning or 0 for speaker in (kept, agreed)]
    assert again[0] < again[1]
    assert again[1] == SpeakerModel().assess(spoken(HESITANT)).hesitation.leaning


def test_a_withdrawn_impression_has_no_score_of_that_feeling_but_keeps_its_evidence():
    impression = SpeakerModel().assess(spoken(HESITANT))
    assert impression.hesitation.is_strong
    withdrawn = impression.withdrawn("hesitation")
    assert withdrawn.hesitation.score is None
    assert not withdrawn.hesitation.is_strong
    assert withdrawn.hesitation.abstained == "the person did not agree"
    assert withdrawn.hesitation.evidence == impression.hesitation.evidence
    assert withdrawn.discomfort == impression.discomfort
    assert impression.withdrawn("discomfort").discomfort.abstained == "the person did not agree"


def test_patience_follows_this_speakers_own_pauses_within_bounds():
    pace = Pace()
    assert pace.stretch == 1.0
    pace.learn(spoken("i (0.3) was (0.4) there").pauses)
    assert pace.stretch == 1.0
    stretches = []
    for _ in range(12):
        pace.learn(spoken("i (1.4) was (1.6) there (1.8) once").pauses)
        stretches.append(pace.stretch)
    assert 1.0 < stretches[0] < stretches[1] < stretches[-1] == 2.0
