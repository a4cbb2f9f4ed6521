"""The films that come with the program, and the script that makes them out of the table they come from."""

from __future__ import annotations

import json
import lzma
import sqlite3
import zipfile
from pathlib import Path

import pytest

from assistant.english.phonetics import sounds_of
from assistant.films.film_table import FILMS_FILE, FOLDER, PEOPLE_FILE, VendoredTable
from assistant.films.titles import pack, title_variants
from tools.command import ToolError
from tools.corpus.make_films import (
    TABLE,
    american_films,
    cannes_films,
    columns_of,
    compressed,
    films_of,
    listed_films,
    main,
    merged,
)


@pytest.fixture(scope="module")
def columns() -> dict[str, dict]:
    return {name: json.loads(lzma.decompress((FOLDER / name).read_bytes())) for name in (FILMS_FILE, PEOPLE_FILE)}


def test_the_extract_is_small_and_says_where_it_is_from(columns: dict[str, dict]):
    assert sum((FOLDER / name).stat().st_size for name in columns) <= 700_000
    assert all("CC0" in file["source"] and "Wikidata" in file["source"] for file in columns.values())
    assert "CC0" in (FOLDER / "SOURCE.md").read_text("utf-8")


def test_the_extract_holds_every_film_once(columns: dict[str, dict]):
    films, people = columns[FILMS_FILE], columns[PEOPLE_FILE]
    numbered = [imdb for imdb in films["imdb"] if imdb]
    assert len(set(numbered)) == len(numbered) > 17_470
    lengths = {len(films[name]) for name in ("title", "year", "imdb", "renown", "said")}
    assert lengths | {len(people["directors"]), len(people["players"])} == {21_281}
    assert {1940, 2014, 2015, 2024} <= set(films["year"]) <= set(range(1940, 2025))
    assert not [title for title in films["title"] if title.startswith("Untitled ")]
    assert all(0 <= renown <= 99 for renown in films["renown"])
    assert not [title for title in films["title"] if title.endswith("film)") or title != title.strip()]


def test_what_was_worked_out_before_is_what_is_worked_out_now(columns: dict[str, dict]):
    films = columns[FILMS_FILE]
    assert films["said"] == [pack(title) for title in films["title"]]
    assert all(sounds == sounds_of(word) for word, sounds in films["sounds"].items())


def test_forms_are_kept_and_given_back_alike():
    films = VendoredTable()
    given: dict[int, list[str]] = {}
    for number, words, _ in films.forms():
        given.setdefault(number, []).append(words)
    for number in range(0, len(films.titles), 50):
        forms = title_variants(films.titles[number])
        assert given[number] == [*forms.whole, *forms.parts], films.titles[number]


def table(path: Path, rows: list[tuple]) -> Path:
    connection = sqlite3.connect(path)
    connection.execute('CREATE TABLE omdb (ID, imdbID, Title, Year, Director, "Cast", Oscars)')
    connection.execute("CREATE TABLE tomatoes (ID, Reviews, BoxOffice)")
    for number, (imdb, title, year, director, cast, oscars, reviews, dollars) in enumerate(rows):
        connection.execute(
            "INSERT INTO omdb VALUES (?, ?, ?, ?, ?, ?, ?)", (number, imdb, title, year, director, cast, oscars)
        )
        connection.execute("INSERT INTO tomatoes VALUES (?, ?, ?)", (number, reviews, dollars))
    connection.commit()
    connection.close()
    return path


ROWS = [
    ("tt0000002", "Zed", 2010, "B. Two, C. Three, D. Four", "Known Player, Nobody Else", 4, 300, 2e9),
    ("tt0000001", "Faust (2011 film)", 2011, "A. One", "Aaron First, Known Player", 0, 40, None),
    ("tt0000003", "Old", 1950, "", "", None, 40, None),
    ("tt0000003", "Old", 1950, "", "", None, 40, None),
]


def test_the_script_makes_the_same_bytes_twice(tmp_path: Path):
    made = [
        {name: compressed(each) for name, each in columns_of(films_of(path)).items()}
        for path in (table(tmp_path / "a.db", ROWS), table(tmp_path / "b.db", ROWS))
    ]
    assert made[0] == made[1]
    assert list(made[0]) == [FILMS_FILE, PEOPLE_FILE]


def test_the_script_cleans_titles_and_knows_who_is_known(tmp_path: Path):
    films = films_of(table(tmp_path / "a.db", ROWS))
    assert [film.title for film in films] == ["Faust", "Old", "Zed"]
    assert [film.players for film in films] == [["Known Player"], [], ["Known Player", "Nobody Else"]]
    assert [film.directors for film in films] == [["A. One"], [], ["B. Two", "C. Three"]]
    faust, old, zed = (film.renown for film in films)
    assert faust < old < zed == 99


AMERICAN = """\
title,year,directors,cast,wikipedia,status
Zed,2011,B. Two. The,Nobody Else,Zed,
Mother Road,2019,F. Gary Gray and Tyler Perry. The,Lee Batchler;Ann Batchler (writers);Known Player;Aaron First,,
Untitled Mother Road sequel,2023,,Known Player,,upcoming
True Love,2023,Gareth Edwards,Known Player;Aaron First,,upcoming
The Voice,2020,Tina Fey.,Tina Fey;(narrator),,
"""
SHOWN = """\
year,title,original_title,director,languages,countries_of_origin,run_time,imdb_url
2020,The Voice,La voix,Tina Fey,fr,FR,1h,https://www.imdb.com/title/tt0000009/
1951,Old,,A. One,fr,FR,1h,https://www.imdb.com/title/tt0000003/
"""
LISTED = """\
title,year,directors,announced_as
The Creator,2023,Gareth Edwards,True Love
"""


def test_the_newer_films_are_told_apart_and_each_is_there_once(tmp_path: Path):
    newer = merged(listed_films(LISTED), cannes_films(SHOWN), american_films(AMERICAN))
    films = {film.title: film for film in films_of(table(tmp_path / "a.db", ROWS), newer)}
    assert [(film.title, film.year) for film in films.values()] == [
        ("Faust", 2011), ("Mother Road", 2019), ("Old", 1950), ("The Creator", 2023), ("The Voice", 2020), ("Zed", 2010)
    ]  # fmt: skip
    assert films["Mother Road"].directors == ["F. Gary Gray", "Tyler Perry"]
    assert films["Mother Road"].players == ["Known Player", "Aaron First"]
    assert films["The Creator"].players == ["Known Player", "Aaron First"]
    assert (films["The Voice"].imdb, films["The Voice"].players) == ("tt0000009", ["Tina Fey"])


def test_a_newer_film_is_as_well_known_as_its_people_or_for_being_listed(tmp_path: Path):
    newer = merged(listed_films(LISTED), american_films(AMERICAN))
    films = {film.title: film.renown for film in films_of(table(tmp_path / "a.db", ROWS), newer)}
    assert films["The Voice"] < films["Mother Road"] < films["The Creator"]


def test_a_table_that_was_changed_is_refused(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "bokeh.whl", "w") as wheel:
        wheel.write(table(tmp_path / "movies.db", ROWS), TABLE)
    files = {"--wheel": "bokeh.whl", "--cannes": "bokeh.whl", "--american": "american.csv"}
    arguments = [part for option, name in files.items() for part in (option, str(tmp_path / name))]
    with pytest.raises(ToolError, match=r"bokeh\.whl isn't the release that this script knows"):
        main(arguments)
