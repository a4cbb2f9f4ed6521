"""How long somebody may take where others wait for their turn."""

from __future__ import annotations

from pathlib import Path

from assistant.asr.endpointing import EndpointTimeouts
from assistant.session.components import Limits
from tests.support.answers import spoken
from tests.support.scripted_session import held

STILL_THERE = "Are you still there?"
GONE = "I can't hear you any more, so I'll stop here. Goodbye."
ASKED = "Are you romantic or non-romantic?"


def test_who_is_silent_is_asked_once_whether_they_are_there_and_then_it_is_over(tmp_path: Path):
    said = held(tmp_path, limits=Limits(checks_presence=True))
    asked = said[said.index(ASKED) :]
    assert [line for line in asked if line] == [ASKED, STILL_THERE, ASKED, GONE]


def test_who_speaks_again_may_be_silent_again(tmp_path: Path):
    answers = [spoken(""), spoken("romantic"), spoken(""), spoken("funny")]
    said = held(tmp_path, *answers, limits=Limits(checks_presence=True))
    assert said.count(STILL_THERE) == 3
    assert said[-1] == GONE


def test_a_session_that_takes_too_long_ends_after_the_answer(tmp_path: Path):
    said = held(tmp_path, spoken("romantic"), spoken("funny"), limits=Limits(session_s=0.0))
    assert said[-2:] == ["romantic", "I have to stop here, for the next person. Thank you for talking with me."]


def test_an_answer_begins_and_ends_within_the_limits():
    timeouts = Limits(beginning_s=6.0, answer_s=120.0).applied_to(EndpointTimeouts(longest_s=180.0))
    assert (timeouts.beginning_s, timeouts.longest_s) == (6.0, 120.0)
    assert Limits().applied_to(timeouts) == timeouts
