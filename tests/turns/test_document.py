"""The JSON in which measures and estimates are told."""

from __future__ import annotations

import json

import pytest

from assistant.assessment.speaker_model import SpeakerModel
from assistant.turns.answer import Answer, SecondTranscript, Word
from assistant.turns.assessment import Prosody
from assistant.turns.document import Analysis
from assistant.turns.user_turn import UserTurn
from tests.support.answers import spoken

HESITANT = "i um (1.2) i guess (0.9) i used to (0.6) i used to be um (1.4) a flirt in uh school but"
VOICE = Prosody(pitch_median_hz=120.0, pitch_range_semitones=6.0, voiced_s=5.0, energy_dbfs=-28.0, floor_dbfs=-75.0)


def document(text: str, prosody: Prosody | None = None) -> dict:
    answer = spoken(text)
    told = Analysis.of(
        UserTurn(1, answer, SpeakerModel().assess(answer, prosody)), source="answer.wav", model="a model"
    ).to_json()
    copy: dict = json.loads(json.dumps(told))
    assert copy == told
    return told


@pytest.mark.parametrize("text", [HESITANT, "i don't know", "yes", ""])
def test_every_analysis_has_the_same_fields(text: str):
    full, other = document(HESITANT, VOICE), document(text)
    assert other.keys() == full.keys()
    assert other["measures"].keys() == full["measures"].keys()
    assert other["hesitation"].keys() == full["hesitation"].keys() == full["discomfort"].keys()


def test_the_scores_and_their_reasons_are_those_of_the_contract():
    hesitation = document(HESITANT)["hesitation"]
    assert {"score", "low", "high", "abstained", "evidence"} <= hesitation.keys()
    for row in hesitation["evidence"]:
        assert {"kind", "at_s", "word", "value", "norm", "usual", "weight"} == row.keys()
    for estimate in (hesitation, document("yes")["hesitation"]):
        assert (estimate["score"] is None) == (estimate["abstained"] is not None)


def test_measures_are_told_with_their_units_and_places():
    measures = document(HESITANT, VOICE)["measures"]
    assert measures["words"] == 15
    assert measures["fillers_per_100_words"] == pytest.approx(20.0)
    assert measures["pause_longest_s"] == pytest.approx(1.4)
    assert [word["word"] for word in measures["hedges"]] == ["i"]
    assert [word["word"] for word in measures["repeats"]] == ["i", "i"]
    assert measures["trailing"]["word"] == "but"
    assert measures["prosody"]["pitch_median_hz"] == 120.0
    assert not measures["non_answer"]


@pytest.mark.parametrize("text", [HESITANT, "i don't know", "yes", ""])
def test_what_was_written_is_read_again(text: str):
    told = document(text, VOICE)
    assert Analysis.from_json(told).to_json() == told


def test_words_say_who_heard_them_and_the_second_hearing_stands_beside_them():
    words = (Word("joaquin", 0.5, 0.9, 0.9, by="whisper", written="Joaquin"), Word("is", 0.9, 1.0, 1.0))
    answer = Answer(words, second_hearing=SecondTranscript("whisper", "base", "Joaquin is,"))
    told = Analysis.of(UserTurn(1, answer), source="answer.wav", model="a model").to_json()
    assert [word["by"] for word in told["words"]] == ["whisper", "vosk"]
    assert told["second_hearing"] == {"engine": "whisper", "model": "base", "text": "Joaquin is,"}
    assert Analysis.from_json(told).words == words
    assert document(HESITANT)["second_hearing"] is None


def test_a_word_stored_before_there_was_a_second_ear_was_heard_by_the_first():
    stored = {"words": [{"word": "so", "start_s": 0.0, "end_s": 0.3, "confidence": 1.0}]}
    assert Analysis.from_json(stored).words == (Word("so", 0.0, 0.3, 1.0, by="vosk"),)


def test_an_analysis_with_less_in_it_is_read_and_one_that_makes_no_sense_is_not():
    assert Analysis.from_json({"text": "so", "fillers": None}) == Analysis(text="so")
    for damaged in ({"words": 7}, {"words": [{"word": "so"}]}, {"hesitation": {"score": "high"}}):
        with pytest.raises(ValueError, match="Analysis"):
            Analysis.from_json(damaged)
