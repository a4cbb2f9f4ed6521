"""Numbers, spelled letters, sounds and the words around a title."""

from __future__ import annotations

import pytest

from assistant.english.numbers import in_words, ordinal_in_words, ways_to_say, year_in
from assistant.english.phonetics import sounds_of
from assistant.films.names import is_named
from assistant.films.spelling import letters_in
from assistant.films.title_query import readings, years_in
from assistant.films.titles import parts_of, ways_said, words_heard


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (13, "thirteen"), (40, "forty"), (101, "one hundred one"), (2001, "two thousand one"),
     (20_000, "twenty thousand"), (1_000_000, "one million")],
)  # fmt: skip
def test_numbers_are_put_in_words(number: int, words: str):
    assert " ".join(in_words(number)) == words


def test_numbers_are_said_in_several_ways():
    assert [" ".join(way) for way in ways_to_say("101")] == ["one hundred one", "one oh one"]
    assert [" ".join(way) for way in ways_to_say("1984")] == [
        "one thousand nine hundred eighty four",
        "nineteen eighty four",
    ]
    assert [" ".join(way) for way in ways_to_say("1900")][1] == "nineteen hundred"
    assert ways_to_say("007") == [["zero", "zero", "seven"]]
    assert len(ways_to_say("12345678901")[0]) == 11


@pytest.mark.parametrize(
    ("number", "word"), [(1, "first"), (13, "thirteenth"), (20, "twentieth"), (25, "twenty fifth")]
)
def test_ordinals_are_put_in_words(number: int, word: str):
    assert " ".join(ordinal_in_words(number)) == word


@pytest.mark.parametrize(
    ("words", "year"),
    [("nineteen eighty four", 1984), ("twenty thirteen", 2013), ("two thousand", 2000), ("two thousand and one", 2001),
     ("nineteen oh five", 1905), ("nineteen hundred", 1900), ("2013", 2013), ("twenty", None), ("nineteen", None),
     ("twenty four", None), ("two thousand maniacs", None), ("300", None), ("twenty oh one", 2001), ("", None)],
)  # fmt: skip
def test_years_are_understood(words: str, year: int | None):
    assert year_in(words.split()) == year


def test_decades_and_short_years_are_understood():
    assert years_in(["the", "eighties"]) == (1980, 1989)
    assert years_in(["nineteen", "fifties"]) == (1950, 1959)
    assert years_in(["from", "ninety", "nine"]) == (1999, 1999)
    assert years_in(["ninety", "nine"]) is None


@pytest.mark.parametrize(
    ("spoken", "spelled"),
    [("h e r", ["her"]), ("spelled see a are s", ["cars"]), ("a double l", ["all"]),
     ("it's spelled a double l i", ["alli"]),
     ("w a double u", ["waw"]), ("b as in boy i g", ["big"]), ("u p space t o w n", ["up", "town"]), ("are you", None),
     ("i a", None), ("her", None), ("spelled", None), ("m", None), ("e t the extra terrestrial", None),
     ("spelled with joy", None)],
)  # fmt: skip
def test_letters_are_told_from_words(spoken: str, spelled: list[str] | None):
    assert letters_in(words_heard(spoken)) == spelled


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
