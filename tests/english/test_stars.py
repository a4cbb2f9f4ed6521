"""Stars as people give them."""

from __future__ import annotations

import random

import pytest

from assistant.english.stars import LEAST_STARS, MOST_STARS, hear_stars, understand_stars


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("four", 4.0),
        ("four and a half stars", 4.5),
        ("for and a half", 4.5),
        ("three point five out of five", 3.5),
        ("half a star", 0.5),
        ("one and a half", 1.5),
        ("a one", 1.0),
        ("for me it's three stars", 3.0),
        ("to", 2.0),
        ("it would be a four", 4.0),
        ("three stars no more", 3.0),
        ("full marks", 5.0),
        ("3.5 stars", 3.5),
        ("4/5", 4.0),
        ("4 1/2", 4.5),
        ("ten", None),
        ("six out of five", None),
        ("zero", None),
        ("it was great", None),
    ],
)
def test_stars_are_understood_in_halves_up_to_five(text: str, stars: float | None):
    assert understand_stars(text) == stars


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("not five but four stars", 4.0),
        ("four no three and a half", 3.5),
        ("five no wait four", 4.0),
        ("five i mean four", 4.0),
        ("four stars wait no make it three", 3.0),
        ("it's not a five it's a four", 4.0),
        ("can't give it five so four", 4.0),
        ("five is too much so four", 4.0),
        ("i was going to say five but let's say four", 4.0),
        ("i wanted to give it five but it's four", 4.0),
    ],
)
def test_of_stars_that_are_corrected_the_corrected_ones_count_and_are_read_back(text: str, stars: float):
    heard = hear_stars(text)
    assert heard.rating == stars
    assert heard.worked_out


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("nine out of ten", 4.5),
        ("seven out of ten stars", 3.5),
        ("ninety out of a hundred", None),
        ("ten out of ten", 5.0),
        ("two out of four", 2.5),
        ("three out of four stars", None),
        ("eight point five out of ten", None),
        ("five minus a half", 4.5),
        ("i would have given it five but the ending costs one", 4.0),
        ("five stars minus half a star for the music", 4.5),
        ("it loses a star for the ending so four", 4.0),
        ("between three and four stars", 3.5),
    ],
)
def test_other_scales_and_sums_are_worked_out_as_far_as_halves_go(text: str, stars: float | None):
    assert understand_stars(text) == stars


@pytest.mark.parametrize(
    "text",
    [
        "two thumbs up",
        "three or four",
        "three or four stars",
        "three to four stars",
        "three maybe four",
        "almost five",
        "would have been five but the ending ruined it",
        "it would be five but no",
        "four for the acting but two for the story",
        "twelve of us saw it",
        "one of the best",
        "not five",
        "more than three",
    ],
)
def test_what_gives_no_certain_number_is_asked_about(text: str):
    heard = hear_stars(text)
    assert heard.rating is None
    assert not heard.declined


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("i watched it two times and give it four stars", 4.0),
        ("the best one i have seen five stars", 5.0),
        ("twelve of us saw it and we all gave it four", 4.0),
        ("three out of four people left but it's five stars", 5.0),
        ("no more than three", 3.0),
        ("four stars because two hours went by quickly", 4.0),
    ],
)
def test_numbers_of_other_things_are_no_stars(text: str, stars: float):
    assert understand_stars(text) == stars


@pytest.mark.parametrize("text", ["i don't know", "i'm not sure", "no stars", "none", "i do not know really"])
def test_who_gives_no_stars_is_not_asked_again(text: str):
    assert hear_stars(text).declined


def test_whatever_is_said_stars_are_halves_in_range_or_none():
    words = "no not but five four half a and one out of ten stars minus between would have been for costs to ½ 3.5 4/5"
    some = random.Random(5)
    for _ in range(3000):
        rating = understand_stars(" ".join(some.choices(words.split(), k=some.randint(0, 12))))
        assert rating is None or (LEAST_STARS <= rating <= MOST_STARS and (2 * rating).is_integer())
