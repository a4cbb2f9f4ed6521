"""When a turn is over."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.asr.endpointing import EndpointTimeouts, TurnCompletion, is_unfinished, silence_needed_s

FILLERS = frozenset({"um", "uh"})


def needed(text: str, completeness: TurnCompletion = TurnCompletion.UNKNOWN) -> float:
    return silence_needed_s(text, completeness, fillers=FILLERS, patience=EndpointTimeouts())


def test_a_plain_answer_is_over_after_the_usual_silence():
    assert needed("i love them") == EndpointTimeouts().usual_s


def test_a_choice_that_was_named_is_over_sooner():
    assert (
        needed("introspective", TurnCompletion.ANSWERED) == EndpointTimeouts().answered_s < EndpointTimeouts().usual_s
    )


def test_an_answer_that_misses_the_question_is_given_time_to_get_there():
    assert (
        needed("when i was at school", TurnCompletion.INCOMPLETE)
        == EndpointTimeouts().lacking_s
        > EndpointTimeouts().usual_s
    )


@pytest.mark.parametrize("text", ["maybe that's because of magnolia but", "i was um", "it reminds me of the", "well"])
def test_a_trailing_but_a_filler_or_half_a_phrase_keeps_the_turn_open(text: str):
    assert is_unfinished(text, FILLERS)
    assert needed(text) == EndpointTimeouts().unfinished_s


def test_a_command_that_ends_on_a_small_word_is_not_waited_for():
    assert needed("stop that", TurnCompletion.ANSWERED) == EndpointTimeouts().answered_s


def test_silence_alone_is_not_an_unfinished_phrase():
    assert not is_unfinished("", FILLERS)


def test_nobody_waits_for_a_dictionary_in_mid_answer():
    ask = "from assistant.asr.endpointing import is_unfinished\nassert is_unfinished('it rained and that', frozenset())"
    loaded = "import sys\nassert 'lemminflect' not in sys.modules"
    subprocess.run([sys.executable, "-c", f"{ask}\n{loaded}"], check=True)
