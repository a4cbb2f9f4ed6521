"""People who are named in passing, and everyday words that are no names."""

from __future__ import annotations

import pytest

from assistant.films.catalogue import FilmCatalogue
from assistant.films.film import Film, FilmEntry
from assistant.review import people_named


@pytest.fixture(scope="module")
def catalogue() -> FilmCatalogue:
    return FilmCatalogue()


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
def test_people_are_named_as_they_are_written(catalogue: FilmCatalogue, said: str, names: list[str]):
    assert list(people_named(catalogue.people, said)) == names


@pytest.mark.parametrize(
    "said",
    ["i will smith a ring for her", "an ice cube in a glass", "at the edge of the bed", "mark my words", "she rose",
     "he left a mark strong enough to see", "my friend will come", "my sister drew that", "three or five of them",
     "to be frank the bill was long", "i had a burger", ""],
)  # fmt: skip
def test_everyday_words_are_no_people(catalogue: FilmCatalogue, said: str):
    assert list(people_named(catalogue.people, said)) == []


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
def test_a_first_name_makes_a_last_name_of_a_word_that_is_none(catalogue: FilmCatalogue, said: str, names: list[str]):
    assert list(people_named(catalogue.people, said)) == names


def test_the_people_of_own_films_are_known(catalogue: FilmCatalogue):
    own = FilmCatalogue(own=[FilmEntry(Film("A Quiet Harbour", 2023), directors=("Ottoline Brask",))])
    assert list(people_named(own.people, "ottoline brask made it")) == ["Ottoline Brask"]
    assert list(people_named(catalogue.people, "ottoline brask made it")) == []
