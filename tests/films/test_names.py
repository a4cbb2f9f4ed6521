"""Names of people, as recognisers hear them."""

from __future__ import annotations

import pytest

from assistant.films.people import with_names
from assistant.turns.answer import Word

NAMES = (
    "Inherent Vice", "Paul Thomas Anderson", "Joaquin Phoenix", "Spike Jonze", "Stephen Tobolowsky", "Brad Pitt",
    "Anjelica Huston", "Will Smith", "Alejandro González Iñárritu",
)  # fmt: skip


def said(text: str) -> list[Word]:
    return [Word(word, at / 2, at / 2 + 0.4, 0.9) for at, word in enumerate(text.split())]


def spelled(text: str) -> str:
    return " ".join(word.word for word in with_names(said(text), NAMES))


@pytest.mark.parametrize(
    ("heard", "right"),
    [("i love stephen tobolowski here", "i love stephen tobolowsky here"),
     ("tobolowski is great", "tobolowsky is great"),
     ("spike jones made it", "spike jonze made it"),
     ("wacky angelica houston scares me", "wacky anjelica huston scares me"),
     ("it is alejandro gonzales inaritu again", "it is alejandro gonzalez inarritu again"),
     ("joaquin phoenix's face", "joaquin phoenix's face"),
     ("walking phoenix is sad", "walking phoenix is sad")],
)  # fmt: skip
def test_a_name_that_sounds_like_one_of_the_film_is_spelled_like_it(heard: str, right: str):
    assert spelled(heard) == right


@pytest.mark.parametrize(
    "text",
    ["i will smile at the end", "it is a bad pit to fall into", "my smith of an uncle", "the director is good",
     "in her vice she smiles", "we saw a phoenix rise from the ashes", "he spoke jokes all day"],
)  # fmt: skip
def test_words_that_are_no_names_stay(text: str):
    assert spelled(text) == text


def test_a_name_heard_as_more_words_takes_their_time():
    heard = said("so stephen to bolowsky falls")
    words = with_names(heard, NAMES)
    assert [word.word for word in words] == ["so", "stephen", "tobolowsky", "falls"]
    assert (words[1].start_s, words[2].end_s) == (heard[1].start_s, heard[3].end_s)
    assert words[1].end_s == words[2].start_s


def test_a_name_is_written_with_its_capitals_and_the_marks_of_the_second_ear():
    [first, last] = with_names(
        [Word("spike", 0.0, 0.4, 0.9, by="both", written="Spike"), Word("jones", 0.5, 0.9, 0.6, written="Jones,")],
        NAMES,
    )
    assert (first.written, last.written) == ("Spike", "Jonze,")
    assert last.word == "jonze"
    assert last.confidence == 0.6
