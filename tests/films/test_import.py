"""Importing a Letterboxd export, as a person would: by the command."""

from __future__ import annotations

import io
import os
import sqlite3
import stat
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli.films import films
from assistant.errors import AssistantError
from assistant.films.letterboxd import OwnFilm, films_in
from assistant.films.library import FilmLibrary
from assistant.session.assembly import load_library

WATCHED = "Date,Name,Year,Letterboxd URI\n2023-09-01,Past Lives,2023,https://boxd.it/yZAk\n"
WATCHLIST = "Date,Name,Year,Letterboxd URI\n2024-03-02,Dune: Part Two,2024,https://boxd.it/u1Lm\n"
DIARY = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    '2024-01-05,"Good Luck to You, Leo Grande",2022,https://boxd.it/4Xy,4.5,Yes,"home, alone",2024-01-04\n'
)
RATINGS = "Date,Name,Year,Letterboxd URI,Rating\n2023-09-01,Past Lives,2023,https://boxd.it/yZAk,5\n"
REVIEWS = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
    '2023-09-01,Aftersun,2022,https://boxd.it/5,5,,"Said, ""wow"".\n\nThen, nothing.",,2023-09-01\n'
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(films, [str(argument) for argument in arguments])


def fails(*arguments: str | Path) -> str:
    """The sentence that an import fails with, by the exit code for unusable input."""
    done = run("import", *arguments)
    assert isinstance(done.exception, AssistantError), done.exception
    assert done.exception.exit_code == 3
    assert done.output == ""
    return done.exception.sentence


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def kept(folder: Path) -> dict[str, tuple[int | None, bool]]:
    return {film.title: (film.year, film.seen) for film in FilmLibrary(folder).films()}


def test_each_file_of_an_export_is_taken(tmp_path: Path):
    data = tmp_path / "data"
    for name, content in {"watched": WATCHED, "watchlist": WATCHLIST, "diary": DIARY, "reviews": REVIEWS}.items():
        assert run("import", written(tmp_path, f"{name}.csv", content), "--data", data).exit_code == 0
    assert kept(data) == {
        "Past Lives": (2023, True),
        "Dune: Part Two": (2024, False),
        "Good Luck to You, Leo Grande": (2022, True),
        "Aftersun": (2022, True),
    }


def test_the_zip_itself_is_taken_without_lists_and_what_was_deleted(tmp_path: Path):
    deleted = WATCHED.replace("Past Lives", "Cats")
    export = zipped(
        tmp_path / "letterboxd-ada-2026.zip",
        {
            "watched.csv": WATCHED,
            "watchlist.csv": WATCHLIST,
            "ratings.csv": RATINGS,
            "profile.csv": "Date Joined,Username\n2020-01-01,ada\n",
            "deleted/diary.csv": deleted,
            "lists/best.csv": "Letterboxd list export v7\n",
        },
    )
    done = run("import", export, "--data", tmp_path / "data")
    assert done.exit_code == 0
    assert ": 2 new, " in done.output
    assert kept(tmp_path / "data") == {"Past Lives": (2023, True), "Dune: Part Two": (2024, False)}


def test_a_zip_with_a_folder_round_it_is_taken(tmp_path: Path):
    export = zipped(
        tmp_path / "e.zip", {"letterboxd-ada/watched.csv": WATCHED, "letterboxd-ada/deleted/diary.csv": DIARY}
    )
    assert films_in(export) == [OwnFilm("Past Lives", 2023, seen=True)]


@pytest.mark.parametrize(
    "content",
    [
        WATCHED.encode("utf-8-sig"),
        WATCHED.replace("\n", "\r\n").encode(),
        WATCHED.replace("Past Lives", '"Past Lives"').encode(),
        (WATCHED + "\n\n").encode(),
        WATCHED.replace("Date,Name,Year,Letterboxd URI", "Name,Year").replace("2023-09-01,", "").encode(),
    ],
    ids=["byte order mark", "CRLF", "quotes", "empty lines", "fewer columns"],
)
def test_csv_is_read_however_it_was_saved(tmp_path: Path, content: bytes):
    assert films_in(written(tmp_path, "watched.csv", content)) == [OwnFilm("Past Lives", 2023, seen=True)]


def test_importing_twice_changes_nothing(tmp_path: Path):
    export = written(tmp_path, "watched.csv", WATCHED)
    first, second = (run("import", export, "--data", tmp_path / "data") for _ in range(2))
    assert ": 1 new, 0 now seen, 0 known before" in first.output
    assert ": 0 new, 0 now seen, 1 known before" in second.output
    assert kept(tmp_path / "data") == {"Past Lives": (2023, True)}


def test_a_film_of_the_watchlist_is_seen_once_it_was_watched_and_stays_so(tmp_path: Path):
    data = tmp_path / "data"
    wished = written(tmp_path, "watchlist.csv", WATCHED)
    run("import", wished, "--data", data)
    assert kept(data) == {"Past Lives": (2023, False)}
    assert "1 now seen" in run("import", written(tmp_path, "watched.csv", WATCHED), "--data", data).output
    run("import", wished, "--data", data)
    assert kept(data) == {"Past Lives": (2023, True)}


def test_a_film_without_a_year_is_kept_once(tmp_path: Path):
    export = written(tmp_path, "watched.csv", WATCHED.replace(",2023,", ",,"))
    for _ in range(2):
        run("import", export, "--data", tmp_path / "data")
    assert kept(tmp_path / "data") == {"Past Lives": (None, True)}


def test_an_imported_film_is_found(tmp_path: Path):
    watched = WATCHED.replace("Past Lives", "Nine Herons")
    assert "Nine Herons (" not in run("find", "nine", "hair", "runs", "--data", tmp_path).output
    run("import", written(tmp_path, "watched.csv", watched), "--data", tmp_path)
    found = run("find", "nine", "hair", "runs", "--data", tmp_path)
    assert "Nine Herons (2023, yours)" in found.output.splitlines()[1]


def test_find_tells_what_it_would_do():
    assert run("find", "her").output.startswith("Found:\n  100%  Her (2013; Spike Jonze; tt1798709)")
    assert run("find", "hamlet").output.startswith("Several; the year would tell:\n  100%  Hamlet (1948")
    assert run("find", "nine herons").output.startswith("Unknown, taken as said: Nine Herons\n")
    assert run("find", "in", "hair", "and", "vice").output.startswith("Probably:\n")


def test_the_films_of_a_person_are_theirs_alone(tmp_path: Path):
    own = FilmLibrary(tmp_path)
    own.add([OwnFilm("Past Lives", 2023, seen=True)])
    assert stat.S_IMODE(own.path.stat().st_mode) == 0o600


def test_nothing_is_kept_of_several_files_if_one_is_bad(tmp_path: Path):
    good, bad = written(tmp_path, "watched.csv", WATCHED), written(tmp_path, "diary.csv", "Rating\n5\n")
    assert "diary.csv" in fails(good, bad, "--data", tmp_path / "data")
    assert kept(tmp_path / "data") == {}


SPREADSHEET = "Date,Name,Year,Letterboxd URI\r\n2023-09-01,Amélie – encore,2001,https://boxd.it/y\r\n"
SEMICOLONS = SPREADSHEET.replace(",", ";")
TABS = SPREADSHEET.replace(",", "\t")


@pytest.mark.parametrize(
    "content",
    [
        SEMICOLONS.encode(),
        SEMICOLONS.encode("utf-8-sig"),
        SEMICOLONS.encode("cp1252"),
        SPREADSHEET.replace("– ", "").encode("cp1252").replace(b"lie", b"lie \x96"),
        SPREADSHEET.encode("mac-roman").replace(b"2001", b"2001.0").replace(b"https", b"\x8dhttps"),
        TABS.encode("utf-16"),
        TABS.encode("utf-16-le"),
        TABS.encode("utf-16-be"),
        ("sep=,\r\n" + SPREADSHEET).encode(),
        ("sep=;\r\n\r\n" + SEMICOLONS).encode("utf-8-sig"),
        SEMICOLONS.replace("2001", "2001,0").encode(),
        "".join(f'"{line}"\r\n' for line in SPREADSHEET.splitlines()).encode(),
        "".join(f'"{line}";;\r\n' for line in SPREADSHEET.splitlines()).encode("cp1252"),
        SPREADSHEET.replace("\r\n", "\r").encode(),
    ],
)
def test_an_export_that_a_spreadsheet_saved_is_read(tmp_path, content):
    assert films_in(written(tmp_path, "watched.csv", content)) == [OwnFilm("Amélie – encore", 2001, seen=True)]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("watched.csv", "", "no columns “Name” and “Year”"),
        ("watched.csv", "Date Joined,Username\n2020-01-01,ada\n", "no columns “Name” and “Year”"),
        ("watched.csv", "Date,Name,Year,Letterboxd URI\n", "no films"),
        ("watched.csv", WATCHED.replace(",2023,", ",soon,"), "Line 2 of"),
        ("watched.csv", WATCHED + "2023-09-01,Cut\n", "Line 3 of"),
        ("watched.csv", WATCHED + '2023-09-01,"Open,2020,x\n', "can't be read as CSV"),
        ("watched.csv", "Name,Year\nHer\0,2013\n", "isn't a text file"),
        ("export.zip", b"PK\x03\x04 and then nothing", "damaged or locked zip"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(tmp_path: Path, name: str, content: str | bytes, told: str):
    path = written(tmp_path, name, content)
    sentence = fails(path, "--data", tmp_path / "data")
    assert told in sentence
    assert name in sentence
    assert not (tmp_path / "data").exists()


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path):
    assert "No such file" in fails(tmp_path / "watched.csv")
    assert "is a folder" in fails(tmp_path)


def test_a_zip_of_something_else_is_named(tmp_path: Path):
    assert "isn't a Letterboxd export" in fails(zipped(tmp_path / "e.zip", {"holiday.txt": "sun"}))
    many = {f"{number}.txt": "" for number in range(10_001)}
    assert "holds 10001 files" in fails(zipped(tmp_path / "many.zip", many))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("watched.csv", "w") as member:
        member.write(WATCHED.encode())
        for _ in range(65):
            member.write(b"\n" * 2**20)
    assert bomb.stat().st_size < 2**20
    assert "unpacks to more" in fails(bomb)


def test_a_zip_that_was_changed_on_the_way_is_named(tmp_path: Path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("watched.csv", WATCHED)
    changed = buffer.getvalue().replace(b"Past Lives", b"Past Wives")
    assert "damaged" in fails(written(tmp_path, "e.zip", changed))


def test_a_damaged_store_of_films_is_named(tmp_path: Path):
    written(tmp_path, "films.sqlite3", "no database at all, but long enough to look at " * 20)
    sentence = fails(written(tmp_path, "watched.csv", WATCHED), "--data", tmp_path)
    assert "films.sqlite3" in sentence


def test_own_films_that_cannot_be_read_are_told_and_hold_nobody_up(tmp_path: Path):
    FilmLibrary(tmp_path).path.write_bytes(b"no database at all, and longer than a header of one" * 20)
    notes: list[str] = []
    assert load_library(tmp_path, notes.append) == []
    [note] = notes
    assert "import them again" in note


def test_films_that_another_program_keeps_locked_are_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("assistant.films.library._WAIT_S", 0.1)
    export = written(tmp_path, "watched.csv", WATCHED)
    run("import", export, "--data", tmp_path)
    with closing(sqlite3.connect(tmp_path / "films.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "in use by another program for 0.1 s. End that one" in fails(export, "--data", tmp_path)


def test_no_films_are_in_an_empty_file_of_them(tmp_path: Path):
    (tmp_path / "films.sqlite3").touch()
    assert kept(tmp_path) == {}


def test_a_review_as_long_as_it_likes_keeps_no_film_out(tmp_path: Path):
    long = written(tmp_path, "reviews.csv", REVIEWS.replace("Then, nothing.", "And then. " * 20_000))
    assert run("import", long, "--data", tmp_path / "data").exit_code == 0
    assert kept(tmp_path / "data") == {"Aftersun": (2022, True)}


def test_an_export_is_taken_from_a_pipe(tmp_path: Path):
    pipe = tmp_path / "watched.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(WATCHED,), daemon=True)
    writer.start()
    assert run("import", pipe, "--data", tmp_path / "data").exit_code == 0
    writer.join()
    assert kept(tmp_path / "data") == {"Past Lives": (2023, True)}


def test_an_empty_zip_is_called_no_export(tmp_path: Path):
    assert "holds none of" in fails(zipped(tmp_path / "letterboxd.zip", {}), "--data", tmp_path / "data")


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path):
    (tmp_path / "data").write_text("")
    told = fails(written(tmp_path, "watched.csv", WATCHED), "--data", tmp_path / "data")
    assert "there is a file where a folder should be" in told
