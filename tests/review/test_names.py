"""Which words are names: those that always have capitals, and people who are named in passing."""

from __future__ import annotations

import pytest

from assistant.english.lexicon import is_proper
from assistant.films.catalogue import FilmCatalogue
from assistant.films.film import Film, FilmEntry
from assistant.review import people_named
from assistant.review.writing import write
from tests.support.source_answers import tokens


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("we saw it in lisbon with two norwegians", "We saw it in Lisbon with two Norwegians."),
        ("the brazilian one is brazil's best film", "The Brazilian one is Brazil's best film."),
        ("it was a british film on a tuesday in may", "It was a British film on a Tuesday in May."),
        ("they moved to south africa and then to new zealand", "They moved to South Africa and then to New Zealand."),
        ("a night in buenos aires", "A night in Buenos Aires."),
        ("rio de janeiro is all blue", "Rio de Janeiro is all blue."),
        ("she came from turkey with a turkey", "She came from Turkey with a turkey."),
    ],
)  # fmt: skip
def test_places_and_peoples_have_capitals(spoken: str, sentence: str) -> None:
    assert write(tokens(spoken)) == sentence


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("i have it on vhs and on two dvds", "I have it on VHS and on two DVDs."),
        ("the cgi is better than on hbo", "The CGI is better than on HBO."),
        ("my tv's too small for imax", "My TV's too small for IMAX."),
        ("pfft the nth sequel", "Pfft the nth sequel."),
    ],
)
def test_abbreviations_are_written_in_capitals(spoken: str, sentence: str) -> None:
    assert write(tokens(spoken)) == sentence


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("i cried when mrs potter left", "I cried when Mrs Potter left."),
        ("then mister grey turns round", "Then Mister Grey turns round."),
        ("no mister you don't", "No mister you don't."),
    ],
)
def test_a_title_makes_a_name_of_the_word_behind_it(spoken: str, sentence: str) -> None:
    assert write(tokens(spoken)) == sentence


@pytest.mark.parametrize("word", "will may rose grace hope mark art rich penny china polish us it who burger".split())
def test_an_everyday_word_is_no_proper_noun(word: str) -> None:
    assert not is_proper(word)


def test_fluent_english_has_no_capitals_but_at_its_start() -> None:
    spoken = "the hunter drew a map of the reef and the baker in his pale coat rose with grace to hope for a jack"
    assert write(tokens(spoken)) == spoken[0].upper() + spoken[1:] + "."


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
