"""How words sound."""

from __future__ import annotations

import pytest

from assistant.english.phonetics import likeness, sounds_of


@pytest.mark.parametrize(
    ("one", "other"),
    [("her", "hur"), ("knight", "night"), ("reign", "rain"), ("four", "for"), ("greece", "grease"), ("write", "right"),
     ("phil", "fill"), ("whale", "wail"), ("sea", "see"), ("jim", "gym"), ("ate", "eight"), ("know", "no")],
)  # fmt: skip
def test_what_sounds_alike_is_of_nearly_the_same_sounds(one: str, other: str):
    different = [pair for pair in zip(sounds_of(one), sounds_of(other), strict=True) if set(pair) not in ({"s", "z"},)]
    assert all(a == b for a, b in different)


def test_what_sounds_different_is_of_different_sounds():
    assert sounds_of("her") != sounds_of("hair")
    assert sounds_of("vice") != sounds_of("voice")


def test_words_are_as_alike_as_they_sound_wherever_one_ends():
    assert likeness(["a", "lone"], ["alone"]) == 1.0
    assert likeness(["sat"], ["sad"]) > 0.8 > likeness(["story"], ["glory"])
