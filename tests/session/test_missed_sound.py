"""What a session does when the microphone was away in the middle of an answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.turns.answer import Answer, LostSound
from tests.support.answers import spoken
from tests.support.scripted_session import held

MISSED = "I couldn't hear you for a moment."


def cut(text: str, missed_s: float = 2.0) -> Answer:
    return replace(spoken(text), lost=(LostSound(0.2, 0.2 + missed_s),))


def test_whoever_was_cut_off_is_asked_again_and_what_was_heard_is_kept(tmp_path: Path):
    said = held(tmp_path, cut("i am ro"), spoken("romantic"))
    question = said.index("Are you romantic or non-romantic?")
    assert said[question:][:5] == [
        "Are you romantic or non-romantic?",
        "i am ro",
        MISSED,
        "Are you romantic or non-romantic?",
        "romantic",
    ]
    assert said[question + 5].startswith("Would you like your review to have")


def test_a_long_answer_with_a_gap_counts_and_the_person_is_told(tmp_path: Path):
    told = "they make me cry and i like that about them"
    said = held(tmp_path, spoken("romantic"), spoken("funny"), cut(told))
    at = said.index(told)
    assert said[at + 1] == MISSED
    assert said[at + 2] != said[at - 1]


def test_nobody_is_asked_the_same_more_than_three_times_for_a_loose_plug(tmp_path: Path):
    said = held(tmp_path, *6 * [cut("romantic")])
    assert said.count("Are you romantic or non-romantic?") == 4


@pytest.mark.parametrize(("missed_s", "live"), [(0.3, True), (2.0, False)])
def test_a_busy_machine_or_a_damaged_recording_is_no_reason_to_ask_again(tmp_path: Path, missed_s: float, live: bool):
    assert MISSED not in held(tmp_path, cut("romantic", missed_s), live=live)
