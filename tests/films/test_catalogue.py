"""Finding films by what a recogniser makes of their titles, in the catalogue that comes with the program."""

from __future__ import annotations

import pytest

from assistant.films.catalogue import FilmCatalogue
from assistant.films.film import Film, FilmEntry
from assistant.films.film_table import EntryTable


@pytest.fixture(scope="module")
def catalogue() -> FilmCatalogue:
    return FilmCatalogue()


def first(catalogue: FilmCatalogue, spoken: str, *also: str) -> tuple[str, int | None]:
    film = catalogue.find(spoken, also)[0].entry.film
    return film.title, film.year


@pytest.mark.parametrize(
    ("spoken", "title", "year"),
    [
        ("her", "Her", 2013),
        ("hur", "Her", 2013),
        ("up", "Up", 2009),
        ("in hair and vice", "Inherent Vice", 2014),
        ("punch drunk love", "Punch-Drunk Love", 2002),
        ("i'm a lee", "Amélie", 2001),
        ("clouds of sales maria", "Clouds of Sils Maria", 2014),
        ("in session", "Inception", 2010),
        ("sky fall", "Skyfall", 2012),
        ("pans labyrinth", "Pan's Labyrinth", 2006),
        ("pan's labyrinth", "Pan's Labyrinth", 2006),
        ("bridget jones diary", "Bridget Jones's Diary", 2001),
        ("anatomy of a fall", "Anatomy of a Fall", 2023),
        ("portrait of a lady on fire", "Portrait of a Lady on Fire", 2019),
        ("dune part two", "Dune: Part Two", 2024),
    ],
)
def test_a_title_is_found_by_its_sound(catalogue: FilmCatalogue, spoken: str, title: str, year: int):
    assert first(catalogue, spoken) == (title, year)


@pytest.mark.parametrize(
    ("spoken", "title"),
    [
        ("two thousand and one a space odyssey", "2001: A Space Odyssey"),
        ("two thousand one a space odyssey", "2001: A Space Odyssey"),
        ("twelve angry men", "12 Angry Men"),
        ("eight and a half", "8½"),
        ("se seven", "Seven"),
        ("one hundred and twenty seven hours", "127 Hours"),
        ("one twenty seven hours", "127 Hours"),
        ("apollo thirteen", "Apollo 13"),
        ("apollo 13", "Apollo 13"),
        ("friday the thirteenth part two", "Friday the 13th Part 2"),
        ("the godfather part two", "The Godfather Part II"),
        ("the godfather part three", "The Godfather Part III"),
        ("rocky four", "Rocky IV"),
        ("rocky for", "Rocky IV"),
        ("malcolm x", "Malcolm X"),
        ("gremlins to the new batch", "Gremlins 2: The New Batch"),
        ("fast and furious six", "Fast & Furious 6"),
        ("five hundred days of summer", "(500) Days of Summer"),
    ],
)
def test_numbers_are_understood_as_words(catalogue: FilmCatalogue, spoken: str, title: str):
    assert first(catalogue, spoken)[0] == title


@pytest.mark.parametrize(
    ("spoken", "title"),
    [
        ("godfather", "The Godfather"),
        ("the the godfather", "The Godfather"),
        ("a grand budapest hotel", "The Grand Budapest Hotel"),
        ("mister and missus smith", "Mr. & Mrs. Smith"),
        ("tango and cash", "Tango & Cash"),
        ("doctor strangelove", "Dr. Strangelove"),
        ("les miserables", "Les Misérables"),
        ("face off", "Face/Off"),
        ("wall e", "WALL-E"),
    ],
)
def test_articles_signs_and_accents_make_no_difference(catalogue: FilmCatalogue, spoken: str, title: str):
    assert first(catalogue, spoken)[0] == title


@pytest.mark.parametrize(
    ("spoken", "title"),
    [
        ("eternal sunshine", "Eternal Sunshine of the Spotless Mind"),
        ("spotless mind", "Eternal Sunshine of the Spotless Mind"),
        ("the two towers", "The Lord of the Rings: The Two Towers"),
        ("the meyerowitz stories", "The Meyerowitz Stories (New and Selected)"),
        ("the empire strikes back", "Star Wars: Episode V – The Empire Strikes Back"),
        ("lord of the rings the two towers", "The Lord of the Rings: The Two Towers"),
    ],
)
def test_part_of_a_title_is_enough(catalogue: FilmCatalogue, spoken: str, title: str):
    assert first(catalogue, spoken)[0] == title


@pytest.mark.parametrize(
    "spoken",
    [
        "the film is called her",
        "it was her",
        "well i just saw her i think",
        "um i watched the movie called hur",
        "it was her from twenty thirteen",
        "her by spike jonze",
        "well the film is called her by spike jones please",
        "her with joaquin phoenix",
        "h e r",
        "it's spelled h e r",
        "her spelled h e are",
    ],
)
def test_words_around_a_title_are_no_part_of_it(catalogue: FilmCatalogue, spoken: str):
    assert first(catalogue, spoken) == ("Her", 2013)


@pytest.mark.parametrize(
    ("spoken", "title"),
    [
        ("i saw the devil", "I Saw the Devil"),
        ("this is england", "This Is England"),
        ("stand by me", "Stand by Me"),
        ("from dusk till dawn", "From Dusk till Dawn"),
        ("so i married an axe murderer", "So I Married an Axe Murderer"),
        ("dances with wolves", "Dances with Wolves"),
        ("death race two thousand", "Death Race 2000"),
    ],
)
def test_a_title_that_looks_like_a_lead_in_or_a_hint_is_a_title(catalogue: FilmCatalogue, spoken: str, title: str):
    assert first(catalogue, spoken)[0] == title


@pytest.mark.parametrize(
    ("spoken", "year"),
    [
        ("hamlet from nineteen ninety six", 1996),
        ("hamlet from two thousand", 2000),
        ("hamlet the one from ninety six", 1996),
        ("i mean the hamlet that came out in nineteen ninety six", 1996),
        ("the nineteen forty eight hamlet", 1948),
        ("hamlet by kenneth branagh", 1996),
        ("hamlet directed by laurence olivier", 1948),
        ("hamlet with ethan hawke", 2000),
        ("hamlet from the forties", 1948),
    ],
)
def test_a_year_or_a_name_tells_films_of_one_title_apart(catalogue: FilmCatalogue, spoken: str, year: int):
    assert first(catalogue, spoken) == ("Hamlet", year)


def test_a_hint_that_fits_is_told(catalogue: FilmCatalogue):
    assert catalogue.find("hamlet from nineteen ninety six")[0].hinted
    assert not catalogue.find("hamlet")[0].hinted


def test_without_a_hint_the_best_known_comes_first(catalogue: FilmCatalogue):
    assert first(catalogue, "titanic") == ("Titanic", 1997)
    assert [match.entry.film.year for match in catalogue.find("titanic")[:2]] == [1997, 1953]


def test_matches_are_ranked_and_their_likeness_is_a_share(catalogue: FilmCatalogue):
    found = catalogue.find("the godfather part two", most=8)
    assert len(found) == 8
    assert [match.cost for match in found] == sorted(match.cost for match in found)
    assert len({match.entry.film for match in found}) == 8
    assert found[0].likeness == 1.0
    assert all(0 <= match.likeness <= 1 for match in found)


def test_a_second_hearing_helps_where_the_first_misheard(catalogue: FilmCatalogue):
    assert first(catalogue, "the site him")[0] != "Poseidon"
    assert first(catalogue, "the site him", "poseidon") == ("Poseidon", 2006)


def test_nothing_is_found_in_nothing(catalogue: FilmCatalogue):
    assert catalogue.find("") == []
    assert catalogue.find(" – ") == []
    assert FilmCatalogue(EntryTable([])).find("her") == []
    assert FilmCatalogue(EntryTable([])).find("h e r") == []


def test_an_entry_knows_its_people_and_its_number(catalogue: FilmCatalogue):
    entry = catalogue.find("her")[0].entry
    assert entry.film == Film("Her", 2013, "tt1798709")
    assert entry.directors == ("Spike Jonze",)
    assert "Joaquin Phoenix" in entry.players
    assert not entry.own


def own(title: str, year: int | None = None, renown: int = 60) -> FilmEntry:
    return FilmEntry(Film(title, year), renown=renown, own=True)


def test_own_films_that_are_newer_are_found():
    catalogue = FilmCatalogue(own=[own("Past Lives", 2023), own("Dune: Part Two", 2024), own("Se7en")])
    assert first(catalogue, "past lives") == ("Past Lives", 2023)
    assert first(catalogue, "passed lives") == ("Past Lives", 2023)
    assert first(catalogue, "dune part two") == ("Dune: Part Two", 2024)
    assert catalogue.find("past lives")[0].entry.own


def test_an_own_film_that_is_known_already_is_there_once_and_keeps_its_number():
    plain, mine = FilmCatalogue(), FilmCatalogue(own=[own("Hamlet", 2000), own("Godfather", 1972)])
    assert len(mine) == len(plain)
    found = mine.find("hamlet")
    assert found[0].entry.film == Film("Hamlet", 2000, "tt0171359")
    assert found[0].entry.own
    assert plain.find("hamlet")[0].entry.film.year == 1948


def test_an_own_film_without_a_year_is_the_best_known_of_its_title():
    mine = FilmCatalogue(own=[own("Titanic")])
    assert [(each.entry.film.year, each.entry.own) for each in mine.find("titanic")[:2]] == [
        (1997, True),
        (1953, False),
    ]


def test_an_own_film_of_another_year_is_another_film():
    assert len(FilmCatalogue(own=[own("Hamlet", 2026)])) == len(FilmCatalogue()) + 1


def test_the_phrases_to_listen_for_are_the_best_known_and_the_own():
    phrases = FilmCatalogue(own=[own("Past Lives", 2023)]).phrases(200)
    assert "past lives" in phrases
    assert "inception" in phrases
    assert "the lord of the rings the return of the king" in phrases
    assert 200 <= len(phrases) < 400
