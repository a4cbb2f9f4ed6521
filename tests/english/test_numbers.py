"""Numbers in words, and words in numbers."""

from __future__ import annotations

import pytest

from assistant.english.numbers import in_words, number_at_start, ordinal_in_words, ways_to_say, year_in


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


@pytest.mark.parametrize(
    ("said", "number", "size"),
    [("three hundred and two films", 302, 4), ("two thousand", 2000, 2), ("forty two", 42, 2), ("zero", 0, 1),
     ("a film", 0, 0), ("twenty and", 20, 1), ("one two", 1, 1)],
)  # fmt: skip
def test_a_number_is_read_from_the_words_that_begin_with_it(said: str, number: int, size: int):
    assert number_at_start(said.split()) == (number, size)
