"""What to do about an answer: take the film, ask which, or take the title as it was said."""

from __future__ import annotations

import pytest

from assistant.films.catalogue import FilmCatalogue
from assistant.films.decision import Decision, Found, Unknown, Which, choose, decide, otherwise
from assistant.films.film import Film, FilmEntry
from assistant.films.film_table import EntryTable


@pytest.fixture(scope="module")
def catalogue() -> FilmCatalogue:
    return FilmCatalogue()


def years(decision: Decision | None) -> list[int | None]:
    assert isinstance(decision, Which)
    return [match.entry.film.year for match in decision.matches]


def found(decision: Decision | None) -> Film:
    assert isinstance(decision, Found)
    return decision.match.entry.film


@pytest.mark.parametrize("spoken", ["her", "inception", "the godfather part two", "h e r", "robocop by paul verhoeven"])
def test_a_title_said_plainly_is_sure(catalogue: FilmCatalogue, spoken: str):
    decision = decide(catalogue, spoken)
    assert isinstance(decision, Found)
    assert decision.sure


@pytest.mark.parametrize(
    ("spoken", "title"),
    [("in hair and vice", "Inherent Vice"), ("eternal sunshine", "Eternal Sunshine of the Spotless Mind")],
)
def test_a_title_half_heard_or_half_said_is_to_be_read_back(catalogue: FilmCatalogue, spoken: str, title: str):
    decision = decide(catalogue, spoken)
    assert isinstance(decision, Found)
    assert decision.match.entry.film.title == title
    assert not decision.sure
    assert title not in [match.entry.film.title for match in decision.others]


def test_two_hearings_that_differ_are_not_sure(catalogue: FilmCatalogue):
    alike, different = decide(catalogue, "elf", ["elf"]), decide(catalogue, "health", ["elf"])
    assert found(alike).title == found(different).title == "Elf"
    assert isinstance(alike, Found)
    assert isinstance(different, Found)
    assert alike.sure
    assert not different.sure


@pytest.mark.parametrize(("spoken", "other"), [("parasite", "harris sight"), ("shoplifters", "chapters")])
def test_a_long_title_heard_word_for_word_is_sure_whatever_the_other_hearing(
    catalogue: FilmCatalogue, spoken: str, other: str
):
    decision = decide(catalogue, spoken, [other])
    assert found(decision).title == spoken.capitalize()
    assert isinstance(decision, Found)
    assert decision.sure


def test_a_title_between_other_words_needs_both_hearings(catalogue: FilmCatalogue):
    decision = decide(catalogue, "called kitchen", ["cold kitchen"])
    assert isinstance(decision, Found)
    assert not decision.sure


@pytest.mark.parametrize("spoken", ["joker", "a quiet place", "jurassic world"])
def test_a_whole_title_is_not_one_that_goes_on(catalogue: FilmCatalogue, spoken: str):
    decision = decide(catalogue, spoken)
    assert found(decision).title.lower() == spoken
    assert isinstance(decision, Found)
    assert decision.sure


def test_films_of_one_title_are_asked_for_by_year(catalogue: FilmCatalogue):
    assert years(decide(catalogue, "hamlet")) == [1948, 1996, 2000]
    assert years(decide(catalogue, "the film is called godzilla")) == [1998, 2014]


def test_a_film_far_better_known_than_its_namesakes_is_taken_but_read_back(catalogue: FilmCatalogue):
    decision = decide(catalogue, "titanic")
    assert isinstance(decision, Found)
    assert decision.match.entry.film.year == 1997
    assert not decision.sure


@pytest.mark.parametrize(
    ("spoken", "year"), [("parasite", 2019), ("suspiria", 2018), ("barbie", 2023), ("the zone of interest", 2023)]
)
def test_a_recent_film_is_meant_rather_than_old_ones_that_few_people_know(
    catalogue: FilmCatalogue, spoken: str, year: int
):
    decision = decide(catalogue, spoken)
    assert found(decision).year == year
    assert isinstance(decision, Found)
    assert decision.sure


@pytest.mark.parametrize(
    ("spoken", "choices"), [("dune", [1984, 2021]), ("aladdin", [1992, 2019]), ("ghostbusters", [1984, 2016])]
)
def test_a_remake_and_the_classic_that_it_remakes_are_asked_for_by_year(
    catalogue: FilmCatalogue, spoken: str, choices: list[int]
):
    assert years(decide(catalogue, spoken)) == choices


def test_a_film_of_another_year_than_was_said_is_only_taken_after_a_yes(catalogue: FilmCatalogue):
    for spoken, sure in (
        ("barbie", True),
        ("barbie from twenty twenty three", True),
        ("barbie from ninety nine", False),
    ):
        decision = decide(catalogue, spoken)
        assert found(decision).title == "Barbie"
        assert isinstance(decision, Found)
        assert decision.sure == sure


def test_an_obscure_film_is_only_taken_after_a_yes():
    films = EntryTable(
        [FilmEntry(Film(title, 1982), renown=renown) for title, renown in (("Herons", 30), ("Owls", 50))]
    )
    catalogue = FilmCatalogue(films)
    obscure, known = decide(catalogue, "herons"), decide(catalogue, "owls")
    assert isinstance(obscure, Found)
    assert isinstance(known, Found)
    assert not obscure.sure
    assert known.sure
    hinted = decide(catalogue, "herons from nineteen eighty two")
    assert isinstance(hinted, Found)
    assert hinted.sure


def test_after_a_no_the_next_film_like_it_is_proposed(catalogue: FilmCatalogue):
    decision = decide(catalogue, "the ghost rider")
    assert found(decision).title == "Ghost Rider"
    assert isinstance(decision, Found)
    proposed = []
    while (decision := otherwise(decision)) is not None:
        proposed.append(found(decision).title)
    assert "The Ghost Writer" in proposed[:2]


def test_after_a_no_nothing_unlike_is_proposed(catalogue: FilmCatalogue):
    decision = decide(catalogue, "punch drunk love")
    assert isinstance(decision, Found)
    assert decision.others
    assert otherwise(decision) is None


def test_a_year_said_at_once_needs_no_question(catalogue: FilmCatalogue):
    assert found(decide(catalogue, "godzilla from nineteen ninety eight")).year == 1998


def test_films_of_one_title_and_year_are_asked_for_by_director():
    table = EntryTable(
        [
            FilmEntry(Film("Leo", 2023), ("Lokesh Kanagaraj",), renown=50),
            FilmEntry(Film("Leo", 2023), ("Robert Marianetti",), renown=50),
        ]
    )
    decision = decide(FilmCatalogue(table), "leo")
    assert isinstance(decision, Which)
    assert decision.by == "director"
    chosen = choose(decision, "the one by robert marianetti")
    assert isinstance(chosen, Found)
    assert chosen.match.entry.directors == ("Robert Marianetti",)


def test_of_namesakes_the_one_that_the_person_has_is_meant():
    catalogue = FilmCatalogue(own=[FilmEntry(Film("Hamlet", 1996), renown=60, own=True)])
    assert found(decide(catalogue, "hamlet")).year == 1996


@pytest.mark.parametrize(
    ("answer", "year"),
    [
        ("nineteen ninety six", 1996),
        ("the one from ninety six", 1996),
        ("the forties one", 1948),
        ("two thousand", 2000),
        ("the first one", 1948),
        ("the newer one", 2000),
        ("the second", 1996),
        ("kenneth branagh's", 1996),
        ("the one with ethan hawke", 2000),
    ],
)
def test_which_one_is_understood(catalogue: FilmCatalogue, answer: str, year: int):
    which = decide(catalogue, "hamlet")
    assert isinstance(which, Which)
    assert found(choose(which, answer)).year == year


@pytest.mark.parametrize("answer", ["", "i don't know", "nineteen twelve", "no"])
def test_what_says_nothing_about_which_one_chooses_none(catalogue: FilmCatalogue, answer: str):
    which = decide(catalogue, "hamlet")
    assert isinstance(which, Which)
    assert choose(which, answer) is None


def test_a_decade_with_two_of_them_asks_again():
    table = EntryTable([FilmEntry(Film("Pulse", year), renown=50) for year in (1988, 2001, 2006)])
    which = decide(FilmCatalogue(table), "pulse")
    assert isinstance(which, Which)
    assert years(choose(which, "from the aughts")) == [2001, 2006]


@pytest.mark.parametrize(
    ("spoken", "title"),
    [
        ("salt on the windowsill", "Salt on the Windowsill"),
        ("it was the woman who counted trains", "The Woman Who Counted Trains"),
        ("well i just watched nine herons i think", "Nine Herons"),
        ("gone with the wind", "Gone with the Wind"),
    ],
)
def test_a_title_that_nobody_knows_is_taken_as_it_was_said(catalogue: FilmCatalogue, spoken: str, title: str):
    decision = decide(catalogue, spoken)
    assert isinstance(decision, Unknown)
    assert decision.title == title
    assert not decision.spelled


def test_an_unknown_title_can_be_spelled(catalogue: FilmCatalogue):
    decision = decide(catalogue, "it's spelled k a n g u v a")
    assert isinstance(decision, Unknown)
    assert decision.title == "Kanguva"
    assert decision.spelled


def test_where_nothing_was_said_there_is_no_title(catalogue: FilmCatalogue):
    decision = decide(catalogue, "")
    assert isinstance(decision, Unknown)
    assert decision.title is None
