"""What is written for Letterboxd against its published rules for imports, read by a reader of another make.

The rules are those of https://letterboxd.com/about/importing-data/: UTF-8, a first line with column names, a film by
one of LetterboxdURI, tmdbID, imdbID or Title, stars from 0.5 to 5 in halves, dates as YYYY-MM-DD, Year as YYYY, at
most 1 MB, and in a review only those tags that reviews may have.
"""

import random
import re
from datetime import date

import pytest

from assistant.delivery.letterboxd import LetterboxdCsv
from assistant.films.film import Film
from tests.support.outbox import item

COLUMNS = {
    *("LetterboxdURI", "tmdbID", "imdbID", "Title", "Year", "Directors", "Rating", "Rating10", "WatchedDate"),
    *("Rewatch", "Tags", "Review"),
}
TAGS = {"br", "b", "i", "strong", "em", "a", "blockquote"}
MOST_BYTES = 1_000_000


def imported(content):
    """The rows of a file, read character by character by RFC 4180, without Python's own reader, which wrote it."""
    assert len(content) <= MOST_BYTES
    assert not content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8", errors="strict")
    rows, row, field, quoted, place = [], [], "", False, 0
    while place < len(text):
        char = text[place]
        if quoted:
            if char == '"' and text[place + 1 : place + 2] == '"':
                field += '"'
                place += 1
            elif char == '"':
                quoted = False
            else:
                field += char
        elif char == '"':
            assert field == "", "a quote in the middle of a field that isn't quoted"
            quoted = True
        elif char == ",":
            row.append(field)
            field = ""
        elif text.startswith("\r\n", place):
            rows.append([*row, field])
            row, field = [], ""
            place += 1
        else:
            assert char not in "\r\n", "a line that ends otherwise than the others"
            field += char
        place += 1
    assert not (quoted or row or field), "the last line isn't whole"
    header, *rest = rows
    assert set(header) <= COLUMNS
    assert len(set(header)) == len(header)
    assert all(len(one) == len(header) for one in rest)
    return [dict(zip(header, one, strict=True)) for one in rest]


def check(row):
    assert row["imdbID"] or row["Title"], "no film"
    assert re.fullmatch(r"(tt\d{7,9})?", row["imdbID"])
    assert re.fullmatch(r"(\d{4})?", row["Year"])
    assert row["Rating"] in {"", *(f"{halves / 2:g}" for halves in range(1, 11))}
    assert date.fromisoformat(row["WatchedDate"]).isoformat() == row["WatchedDate"]
    assert row["Rewatch"] in {"", "true", "false"}
    assert '"' not in row["Review"], "a straight quote, which would have to be escaped"
    assert "'" not in row["Review"]
    assert not re.search(r"[\r\n]", row["Review"]), "a line break, which would have to be <br>"
    assert set(re.findall(r"</?(\w+)[^>]*>", row["Review"])) <= TAGS


def deliver(folder, text, film, rating=4.5):
    LetterboxdCsv(folder).deliver(item(text, film, rating), None, lambda intent: None)


@pytest.mark.parametrize("rating", [None, *(halves / 2 for halves in range(1, 11))])
def test_stars_are_halves_or_nothing(tmp_path, rating):
    deliver(tmp_path, "Fine.", Film("Her", 2013, "tt1798709"), rating)
    (row,) = imported((tmp_path / "letterboxd.csv").read_bytes())
    check(row)
    assert row["Rating"] == ("" if rating is None else f"{rating:g}")


def test_whatever_is_said_imports_as_it_was_meant(tmp_path):
    chance = random.Random(11)
    pieces = [*"\",'\n;\t=+-@<>&", "\r\n", "\r", "“", "’", "é", "千", "😀", "word", " ", "<br>", "\\", "\u2028", "\x85"]
    titles = ['"Her"', "Amélie, le film", "=HYPERLINK(1)", "千と千尋の神隠し", "What's Up, Doc?", "M"]
    texts = ["".join(chance.choices(pieces, k=chance.randrange(1, 60))) + "end" for _ in range(150)]
    for text in texts:
        deliver(tmp_path, text, Film(chance.choice(titles), chance.choice([None, 1931, 2013])))
    rows = imported((tmp_path / "letterboxd.csv").read_bytes())
    assert len(rows) == 150
    for row, text in zip(rows, texts, strict=True):
        check({**row, "Review": re.sub(r"<(?!br>)", "", row["Review"])})
        # Otherwise a spreadsheet would compute a title that looks like a formula.
        assert row["Title"].lstrip() in titles

        def letters(words):
            return re.sub(r"[\s\"'“”‘’]|<br>", "", words)

        assert letters(row["Review"]) == letters(text)


def test_a_collection_that_is_too_large_is_files_that_are_not(tmp_path):
    for number in range(30):
        deliver(tmp_path, f"{number} " + "ö, “wörd” " * 3_500, Film("Her", 2013, "tt1798709"))
    files = sorted(tmp_path.glob("letterboxd*.csv"))
    assert len(files) > 1
    rows = [row for file in files for row in imported(file.read_bytes())]
    assert len(rows) == 30
    for row in rows:
        check(row)
