"""Which sides of a film a sentence speaks of."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.films.aspects import ASPECTS, Aspect, aspects_of, is_romantic, judges_film, what_mattered


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("it made me cry", {"feeling"}),
        ("the plot falls apart", {"story"}),
        ("she acted so well", {"performances"}),
        ("it is carefully directed", {"direction"}),
        ("the colours are warm", {"picture"}),
        ("i keep humming that song", {"music"}),
        ("i'd watch it again", {"again"}),
        ("it reminded me of home", {"meaning"}),
        ("the camera loves his face", {"picture", "performances"}),
        ("Cinematography, and the SOUNDTRACK!", {"picture", "music"}),
        ("he is played by a goat", {"performances"}),
        ("we played the record to bits", set()),
        ("i went there on a bus", set()),
        ("", set()),
    ],
)
def test_a_sentence_speaks_of_the_sides_that_its_words_name(text: str, aspects: set[str]) -> None:
    assert aspects_of(text) == aspects


def test_the_names_of_the_aspects_are_those_that_follow_ups_use() -> None:
    assert set(ASPECTS) == set(get_args(Aspect)) == {
        "story", "performances", "direction", "picture", "music", "feeling", "meaning", "again"
    }  # fmt: skip


def test_a_word_inside_another_is_not_that_word() -> None:
    assert aspects_of("the factory was plain and the exact date") == set()


@pytest.mark.parametrize("text", ["two people in love", "their marriage ends", "he writes love letters"])
def test_love_between_people_is_romantic(text: str) -> None:
    assert is_romantic(text)


def test_loving_the_colours_is_not_romantic() -> None:
    assert not is_romantic("i love the colours")


def test_who_judges_a_part_of_the_film_does_not_judge_the_film() -> None:
    assert judges_film("it's the best swedish dog film")
    assert not judges_film("the worst line of the film")


@pytest.mark.parametrize(
    ("texts", "mattered"),
    [
        (["the music was fine", "the ending stayed with me and i cried and the ending again"], "the ending"),
        (["the score and the soundtrack"], "the score"),
        (["i felt sad and cried and he acted well"], "what you felt"),
        (["it was all right"], None),
        ([], None),
    ],
)
def test_what_mattered_is_what_was_spoken_of_most_by_its_name_if_it_has_one(
    texts: list[str], mattered: str | None
) -> None:
    assert what_mattered(texts) == mattered
