"""Titles as they are said, and as they are asked for."""

from __future__ import annotations

import pytest

from assistant.films.people import is_named
from assistant.films.title_query import readings, years_in
from assistant.films.titles import parts_of, ways_said


def test_decades_and_short_years_are_understood():
    assert years_in(["the", "eighties"]) == (1980, 1989)
    assert years_in(["nineteen", "fifties"]) == (1950, 1959)
    assert years_in(["from", "ninety", "nine"]) == (1999, 1999)
    assert years_in(["ninety", "nine"]) is None


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("The Godfather Part II", ["the godfather part two"]),
        ("Rocky IV", ["rocky four"]),
        ("Malcolm X", ["malcolm x", "malcolm ten"]),
        ("V for Vendetta", ["v for vendetta"]),
        ("Henry V", ["henry v", "henry five"]),
        ("Star Wars: Episode I – The Phantom Menace", ["star wars episode one the phantom menace"]),
        ("8½", ["eight and a half"]),
        ("Se7en", ["seven", "se seven en"]),
        ("Dr. No", ["doctor no", "dr no"]),
        ("10,000 BC", ["ten thousand bc"]),
        ("Ocean's Eleven", ["oceans eleven"]),
        ("Amélie", ["amelie"]),
        ("…", []),
    ],
)  # fmt: skip
def test_titles_are_said_as_people_say_them(title: str, said: list[str]):
    assert [" ".join(way) for way in ways_said(title)] == said


def test_titles_have_short_names():
    assert parts_of("Star Wars: Episode V – The Empire Strikes Back") == [
        "Star Wars", "Episode V", "The Empire Strikes Back",
    ]  # fmt: skip
    assert parts_of("Punch-Drunk Love") == []


def test_the_ways_to_understand_an_answer_begin_with_the_answer_itself():
    found = readings("it was her from twenty thirteen by spike jonze")
    assert " ".join(found[0].words) == "it was her from twenty thirteen by spike jonze"
    assert any(
        one.words == ("her",) and one.years == (2013, 2013) and one.people == ("spike", "jonze") for one in found
    )
    assert readings("") == []


def test_people_are_known_by_the_sound_of_their_names():
    assert is_named(["spike", "jones"], "Spike Jonze")
    assert is_named(["jones"], "Spike Jonze")
    assert is_named(["scorsese"], "Martin Scorsese")
    assert not is_named(["the", "wind"], "Ang Lee")
    assert not is_named(["me"], "Ang Lee")
    assert not is_named([], "Ang Lee")
