"""Punctuation that is spoken, numbers in figures, and letters that make an abbreviation."""

from __future__ import annotations

import pytest

from assistant.english.dictation import mark_in, spoken_marks, with_marks
from assistant.english.letters import abbreviation_at
from assistant.english.numbers import in_figures


@pytest.mark.parametrize(
    ("said", "marks"),
    [
        ("i loved the ending period very warm exclamation mark", ".!"),
        ("it was sad comma but i laughed full stop", ",."),
        ("why did he leave her question mark i never knew", "?"),
        ("the end full stop new paragraph it begins again", ".\n"),
        ("i loved it period", "."),
    ],
)
def test_marks_that_are_dictated_are_found(said: str, marks: str):
    assert "".join(mark for _, _, mark in spoken_marks(said.split())) == marks


@pytest.mark.parametrize(
    "said",
    [
        "it is a period drama about my mother",
        "it is set in the victorian period and looks lovely",
        "it was a difficult period of my life",
        "the ending leaves a big question mark for me",
        "the comma in the title annoyed me",
        "the train came to a full stop",
    ],
)
def test_things_that_are_called_like_marks_are_none(said: str):
    assert spoken_marks(said.split()) == []


def test_a_mark_is_named_with_or_without_its_article():
    assert mark_in(["a", "full", "stop"]) == mark_in(["full", "stop"]) == "."
    assert mark_in(["full", "stops"]) is None
    assert with_marks("sad comma but lovely".split()) == "sad, but lovely"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("two hundred people", "200 people"),
        ("nineteen ninety four", "1994"),
        ("two thousand and thirteen", "2013"),
        ("one thousand times", "1,000 times"),
        ("two hundred and fifty dollars", "$250"),
        ("the nineteen sixties", "the 1960s"),
        ("fifty percent", "50%"),
        ("twelve of us", "12 of us"),
        ("missus brown", "mrs brown"),
        ("c n n", "cnn"),
        ("dogs and twenty thirteen", "dogs and 2013"),
    ],
)
def test_what_is_said_and_what_is_written_have_one_form(said: str, written: str):
    assert in_figures(said.split()) == in_figures(written.split())


@pytest.mark.parametrize(("said", "other"), [("two hundred", "300"), ("nineteen sixties", "1970s"), ("c n n", "bbc")])
def test_other_numbers_and_letters_have_another_form(said: str, other: str):
    assert in_figures(said.split()) != in_figures([other])


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("c n n", 3),
        ("u s", 2),
        ("f b i was", 3),
        ("c n n i think", 3),
        ("t v i think", 2),
        ("t v a lot", 2),
        ("c n n a lot", 3),
        ("n a s a sent", 4),
        ("in the u s a", 0),
        ("u s a", 3),
        ("d n a tests", 3),
        ("a b movie", 0),
        ("i a", 0),
        ("a d v d", 0),
    ],
)
def test_spelled_letters_make_an_abbreviation(said: str, size: int):
    assert abbreviation_at(said.split(), 0) == size
