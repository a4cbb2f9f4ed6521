"""Films and people that are named in passing, and everyday words that are neither."""

from __future__ import annotations

import pytest

from assistant.films.catalogue import Catalogue
from assistant.films.entry import Entry
from assistant.films.film import Film
from assistant.films.mentions import films_named, people_named


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue()


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
def test_films_are_named_as_they_are_written(catalogue: Catalogue, said: str, titles: list[str]):
    assert list(films_named(catalogue, said)) == titles


@pytest.mark.parametrize(
    "said",
    ["the gravity of it", "it's like a love story", "i saw her on the beach", "in the end we were in love", "",
     "the city is full of people but", "she has big eyes", "the frozen lake"],
)  # fmt: skip
def test_everyday_words_are_no_films(catalogue: Catalogue, said: str):
    assert list(films_named(catalogue, said)) == []


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("i came for isabelle huppert's face", ["Isabelle Huppert"]),
        ("penelope cruz cooks and almodovar films it", ["Penélope Cruz", "Almodóvar"]),
        ("it has daniel day lewis in it and tarantino's fingerprints", ["Daniel Day-Lewis", "Tarantino"]),
        ("de niro and robert downey junior shout", ["De Niro", "Robert Downey"]),
        ("heath ledger scared me more than kathleen did", ["Heath Ledger", "Kathleen"]),
        ("the new jack black cartoon", ["Jack Black"]),
        ("my uncle frank slept but my friend nick didn't", ["uncle Frank", "friend Nick"]),
    ],
)
def test_people_are_named_as_they_are_written(catalogue: Catalogue, said: str, names: list[str]):
    assert list(people_named(catalogue, said)) == names


@pytest.mark.parametrize(
    "said",
    ["i will smith a ring for her", "an ice cube in a glass", "at the edge of the bed", "mark my words", "she rose",
     "he left a mark strong enough to see", "my friend will come", "my sister drew that", "three or five of them",
     "to be frank the bill was long", "i had a burger", ""],
)  # fmt: skip
def test_everyday_words_are_no_people(catalogue: Catalogue, said: str):
    assert list(people_named(catalogue, said)) == []


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("jodie whittingale's the best of them", ["Jodie Whittingale"]),
        ("gemma de roquefeuil cries a lot", ["Gemma de Roquefeuil"]),
        ("i like gordon levitt in it", ["Gordon-Levitt"]),
        ("maureen kinda liked it and gemma everybody knows", ["Maureen", "Gemma"]),
        ("on gemma dvd or not", ["Gemma"]),
    ],
)
def test_a_first_name_makes_a_last_name_of_a_word_that_is_none(catalogue: Catalogue, said: str, names: list[str]):
    assert list(people_named(catalogue, said)) == names


def test_the_people_of_own_films_are_known(catalogue: Catalogue):
    own = Catalogue(own=[Entry(Film("A Quiet Harbour", 2023), directors=("Ottoline Brask",))])
    assert list(people_named(own, "ottoline brask made it")) == ["Ottoline Brask"]
    assert list(people_named(catalogue, "ottoline brask made it")) == []
