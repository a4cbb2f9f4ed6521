"""Films that are named in passing, and everyday words that are none."""

from __future__ import annotations

import pytest

from assistant.films.catalogue import FilmCatalogue
from assistant.films.mentions import films_named


@pytest.fixture(scope="module")
def catalogue() -> FilmCatalogue:
    return FilmCatalogue()


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("it's a bit like lost in translation but colder", ["Lost in Translation"]),
        ("maybe that's because of magnolia", ["Magnolia"]),
        ("i watched pulp fiction and blade runner", ["Pulp Fiction", "Blade Runner"]),
        ("eternal sunshine of the spotless mind is better", ["Eternal Sunshine of the Spotless Mind"]),
        ("better than the godfather", ["The Godfather"]),
    ],
)
def test_films_are_named_as_they_are_written(catalogue: FilmCatalogue, said: str, titles: list[str]):
    assert list(films_named(catalogue, said)) == titles


@pytest.mark.parametrize(
    "said",
    ["the gravity of it", "it's like a love story", "i saw her on the beach", "in the end we were in love", "",
     "the city is full of people but", "she has big eyes", "the frozen lake"],
)  # fmt: skip
def test_everyday_words_are_no_films(catalogue: FilmCatalogue, said: str):
    assert list(films_named(catalogue, said)) == []
