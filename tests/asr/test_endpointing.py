"""When a turn is over."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from assistant.asr.endpointing import (
    MOST_S,
    EndpointTimeouts,
    Patience,
    TurnCompletion,
    end_of_turn,
    is_unfinished,
    turn_evidence,
)
from assistant.asr.last_sound import LastSound
from assistant.asr.voice_activity import SpeechSegment

FILLERS = frozenset({"um", "uh"})
BRIEFLY = EndpointTimeouts()
AT_LENGTH = EndpointTimeouts(at_length=True)
FALLING = LastSound(pitch_semitones=-4.0, fall_semitones=3.0, level_db=-10.0, held_s=0.05)
HELD = LastSound(pitch_semitones=1.0, fall_semitones=0.0, level_db=-3.0, held_s=0.35)


def needed(
    text: str,
    completeness: TurnCompletion = TurnCompletion.UNKNOWN,
    timeouts: EndpointTimeouts = BRIEFLY,
    *,
    sound: LastSound | None = None,
    pauses_s: tuple[float, ...] = (),
) -> float:
    """The silence after which a turn with this text is over."""
    begins = [0.0]
    for pause_s in pauses_s:
        begins.append(begins[-1] + 1.0 + pause_s)
    speech = [SpeechSegment(begin_s, begin_s + 1.0) for begin_s in begins]
    evidence = turn_evidence(text, completeness, timeouts, speech, fillers=FILLERS, sound=sound)
    return end_of_turn().silence_needed_s(evidence, timeouts)


def test_a_choice_that_was_named_or_a_command_is_over_soonest():
    for text in ("introspective", "yes", "send review", "stop that", "four and a half stars"):
        assert needed(text, TurnCompletion.ANSWERED) <= 0.4
        assert needed(text, TurnCompletion.ANSWERED) < needed(text)


def test_a_choice_with_a_but_after_it_is_no_answer_yet():
    for text in ("romantic but", "yes um", "non romantic and"):
        assert needed(text, TurnCompletion.ANSWERED) > 2 * needed("romantic", TurnCompletion.ANSWERED)


def test_an_answer_that_misses_the_question_is_given_time_to_get_there():
    text = "when i was at school"
    assert needed(text, TurnCompletion.INCOMPLETE) > needed(text)
    assert needed(text, TurnCompletion.INCOMPLETE) > needed("romantic", TurnCompletion.ANSWERED)


@pytest.mark.parametrize(
    "text", ["maybe that's because of magnolia but", "i was um", "it reminds me of the", "well uh"]
)
def test_a_trailing_but_a_filler_or_half_a_phrase_keeps_the_turn_open(text: str):
    assert is_unfinished(text, FILLERS)
    for timeouts in (BRIEFLY, AT_LENGTH):
        assert needed(text, timeouts=timeouts) > needed("it reminds me of my mother", timeouts=timeouts)
        assert needed(text, timeouts=timeouts) >= 1.0


def test_where_several_sentences_are_expected_one_is_hardly_ever_all():
    assert needed("i saw it with my sister", timeouts=AT_LENGTH) > needed("i saw it with my sister")


def test_somebody_whose_voice_has_fallen_is_done_sooner_than_one_who_holds_the_last_sound():
    assert needed("i saw it with my sister", sound=FALLING) < needed("i saw it with my sister", sound=HELD)


def test_somebody_who_pauses_long_is_waited_for_longer_but_not_after_a_plain_answer():
    slow = replace(BRIEFLY, pace=1.8)
    assert needed("i like them", timeouts=slow) > needed("i like them")
    assert needed("i like them", pauses_s=(2.0, 2.5, 1.8)) > needed("i like them", pauses_s=(0.3, 0.4, 0.3))
    assert needed("romantic", TurnCompletion.ANSWERED, slow) <= 0.4


@pytest.mark.parametrize("text", ["i like them", "i like them and", "it made me sad"])
def test_patience_is_a_setting(text: str):
    waits = [needed(text, timeouts=EndpointTimeouts(patience=each)) for each in ("brisk", "usual", "patient")]
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]


@pytest.mark.parametrize("patience", ["brisk", "usual", "patient"])
def test_nobody_waits_forever_or_is_cut_off_between_two_words(patience: Patience):
    for text in ("", "well and", "romantic", "it was um"):
        for completeness in TurnCompletion:
            timeouts = EndpointTimeouts(patience=patience, pace=2.0)
            assert timeouts.shortest_s <= needed(text, completeness, timeouts) <= MOST_S[patience]


def test_the_longer_a_silence_the_more_probable_is_the_end():
    evidence = turn_evidence("i like them", TurnCompletion.UNKNOWN, BRIEFLY, ())
    odds = [end_of_turn().log_odds(evidence, silence_s) for silence_s in (0.2, 0.35, 0.5, 0.8, 1.2, 2.0, 60.0)]
    assert odds == sorted(odds)
    needed_s = end_of_turn().silence_needed_s(evidence, BRIEFLY)
    assert end_of_turn().log_odds(evidence, needed_s) == pytest.approx(end_of_turn().thresholds["usual"], abs=1e-6)


def test_every_kind_of_evidence_has_its_weight_and_every_patience_its_thresholds():
    evidence = turn_evidence("i like them", TurnCompletion.UNKNOWN, BRIEFLY, (), sound=FALLING)
    assert set(evidence.features()) == set(end_of_turn().weights)
    assert set(end_of_turn().thresholds) == {"brisk", "usual", "patient"}


def test_silence_alone_is_not_an_unfinished_phrase():
    assert not is_unfinished("", FILLERS)


def test_nobody_waits_for_a_dictionary_in_mid_answer():
    ask = (
        "from assistant.asr.endpointing import EndpointTimeouts, TurnCompletion, is_unfinished, turn_evidence\n"
        "assert is_unfinished('it rained and that', frozenset())\n"
        "turn_evidence('i really like that', TurnCompletion.UNKNOWN, EndpointTimeouts(), ())"
    )
    loaded = "import sys\nassert 'lemminflect' not in sys.modules"
    subprocess.run([sys.executable, "-c", f"{ask}\n{loaded}"], check=True)
