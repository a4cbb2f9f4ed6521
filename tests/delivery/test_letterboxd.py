"""Reviews as a CSV file for Letterboxd."""

import csv
import os
from pathlib import Path

import pytest

from assistant.delivery.letterboxd import HEADER, MAX_BYTES, LetterboxdCsv, curly
from assistant.delivery.outlet import UndeliverableError
from assistant.films.film import Film
from tests.support.outbox import announced, item


def delivered(folder, what, intent=None, note=lambda intent: None):
    return Path(LetterboxdCsv(folder).deliver(what, intent, note)["path"])


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def texts(path):
    return [row["Review"] for row in rows(path)]


def test_a_review_becomes_a_row_under_the_header_that_letterboxd_wants(tmp_path):
    path = delivered(tmp_path, item())
    assert path == tmp_path / "letterboxd.csv"
    assert path.read_bytes() == (
        b"imdbID,Title,Year,Rating,WatchedDate,Rewatch,Tags,Review\r\n"
        b"tt1798709,Her,2013,4.5,2026-11-22,,,It stayed with me.\r\n"
    )


def test_further_reviews_are_appended_under_one_header(tmp_path):
    for text in ("One.", "Two.", "Three."):
        path = delivered(tmp_path, item(text))
    assert texts(path) == ["One.", "Two.", "Three."]
    assert path.read_text().count("imdbID") == 1


def test_quotes_become_curly_and_new_lines_become_br_in_the_review_alone(tmp_path):
    film = Film('The "Quoted", One', 1999)
    row = rows(delivered(tmp_path, item('"It\'s," she said\n\r\nthen: "no".', film, 4.0)))[0]
    assert row["Review"] == "“It’s,” she said<br><br>then: “no”."
    assert row["Title"] == 'The "Quoted", One'
    assert row["Rating"] == "4"


def test_what_is_unknown_is_left_empty(tmp_path):
    row = rows(delivered(tmp_path, item(film=Film("千と千尋の神隠し"), rating=None)))[0]
    assert (row["imdbID"], row["Year"], row["Rating"]) == ("", "", "")
    assert row["Title"] == "千と千尋の神隠し"


@pytest.mark.parametrize("text", ["=1+2", "+1", "-1 out of ten", "@home", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula_for_a_spreadsheet_and_a_row_is_still_written_once(tmp_path, text):
    told = item(text, Film("+1", 2013))
    noted = []
    for _ in range(2):
        path = delivered(tmp_path, told, noted[-1] if noted else None, noted.append)
    (row,) = rows(path)
    assert row["Title"] == " +1"
    assert row["Review"].startswith(f" {text[0]}")


def test_letterboxd_takes_no_review_without_a_film(tmp_path):
    with pytest.raises(UndeliverableError, match="without a film; the Markdown file has it"):
        delivered(tmp_path, item(film=None))
    assert not (tmp_path / "letterboxd.csv").exists()


def test_a_review_of_hours_is_refused(tmp_path):
    with pytest.raises(UndeliverableError, match="too long"):
        delivered(tmp_path, item("word " * 30_000))


def test_a_full_file_is_followed_by_a_second_one(tmp_path):
    for number in range(25):
        delivered(tmp_path, item(f"{number} " + "ö" * 45_000))
    paths = [tmp_path / name for name in ("letterboxd.csv", "letterboxd-2.csv", "letterboxd-3.csv")]
    assert all(path.stat().st_size <= MAX_BYTES for path in paths)
    assert paths[0].stat().st_size > MAX_BYTES - 100_000
    assert [text.split()[0] for path in paths for text in texts(path)] == [str(n) for n in range(25)]
    # A first file that was imported and deleted doesn't come back to be filled a second time.
    paths[0].unlink()
    assert delivered(tmp_path, item()) == paths[2]


@pytest.mark.parametrize(("too_long_by", "name"), [(0, "letterboxd.csv"), (1, "letterboxd-2.csv")])
def test_a_file_is_filled_up_to_its_last_byte(tmp_path, too_long_by, name):
    first = delivered(tmp_path, item("One."))
    header, row = first.read_bytes().splitlines(keepends=True)
    rows_before, rest = divmod(MAX_BYTES + too_long_by - len(header) - len(row), len(row))
    longer = row.replace(b"One.", b"O" * rest + b"One.")
    first.write_bytes(header + longer + row * (rows_before - 1))
    assert delivered(tmp_path, item("Two.")).name == name
    assert first.stat().st_size == MAX_BYTES - (len(row) - 1 if too_long_by else 0)


def test_a_row_that_was_written_before_the_crash_is_not_written_again(tmp_path):
    notes = []
    path = delivered(tmp_path, item(), note=notes.append)
    assert delivered(tmp_path, item(), intent=notes[-1]) == path
    assert len(rows(path)) == 1


def test_a_row_that_was_only_announced_before_the_crash_is_written(tmp_path):
    delivered(tmp_path, item("Earlier."))
    intent = announced(lambda note: delivered(tmp_path, item(), note=note))
    delivered(tmp_path, item("Another one."))
    path = delivered(tmp_path, item(), intent=intent)
    assert texts(path) == ["Earlier.", "Another one.", "It stayed with me."]


def test_two_people_with_the_same_words_have_a_row_each(tmp_path):
    notes = []
    delivered(tmp_path, item())
    path = delivered(tmp_path, item(), note=notes.append)
    assert len(rows(path)) == 2
    delivered(tmp_path, item(), intent=notes[-1])
    assert len(rows(path)) == 2


def test_a_file_that_was_edited_and_sorted_after_the_crash_is_understood(tmp_path):
    notes = []
    delivered(tmp_path, item("Earlier."))
    path = delivered(tmp_path, item('Said "this", and that.'), note=notes.append)
    kept = rows(path)[::-1]
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # as a spreadsheet saves it
        sheet = csv.DictWriter(file, HEADER, quoting=csv.QUOTE_ALL, lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(kept)
    before = path.read_bytes()
    assert delivered(tmp_path, item('Said "this", and that.'), intent=notes[-1]) == path
    assert path.read_bytes() == before
    delivered(tmp_path, item("Later."))
    assert path.read_bytes().startswith(before)
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 4


def test_a_file_that_was_deleted_after_the_crash_is_begun_anew(tmp_path):
    notes = []
    path = delivered(tmp_path, item(), note=notes.append)
    path.unlink()
    assert texts(delivered(tmp_path, item(), intent=notes[-1])) == ["It stayed with me."]


def test_a_last_line_without_its_end_is_completed(tmp_path):
    path = delivered(tmp_path, item("One."))
    path.write_bytes(path.read_bytes().rstrip())
    delivered(tmp_path, item("Two."))
    assert texts(path) == ["One.", "Two."]


@pytest.mark.parametrize(
    "content",
    [b"Title,Review\r\nHer,Mine\r\n", b"", b"\x00\xff\x00", ",".join(HEADER).encode() + b'\r\ntt1,Her,2013,4,,,,"open'],
)
def test_a_file_that_a_row_would_be_spoilt_in_is_left_alone(tmp_path, content):
    (tmp_path / "letterboxd.csv").write_bytes(content)
    path = delivered(tmp_path, item())
    assert path.name == "letterboxd-2.csv"
    assert texts(path) == ["It stayed with me."]
    assert (tmp_path / "letterboxd.csv").read_bytes() == content


def test_a_folder_by_that_name_is_passed_over(tmp_path):
    (tmp_path / "letterboxd.csv").mkdir()
    assert delivered(tmp_path, item()).name == "letterboxd-2.csv"


def test_a_link_stays_a_link_and_permissions_stay_as_they_were(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    path = delivered(tmp_path / "elsewhere", item("One."))
    path.chmod(0o640)
    link = tmp_path / "letterboxd.csv"
    link.symlink_to(path)
    delivered(tmp_path, item("Two."))
    assert link.is_symlink()
    assert texts(path) == ["One.", "Two."]
    assert path.stat().st_mode & 0o777 == 0o640


def test_two_processes_that_append_lose_nothing(tmp_path):
    children = []
    for name in "abc":
        child = os.fork()
        if child == 0:
            done = 1
            try:
                for number in range(10):
                    delivered(tmp_path, item(f"{name}{number}"))
                done = 0
            finally:
                os._exit(done)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert sorted(texts(tmp_path / "letterboxd.csv")) == [f"{name}{n}" for name in "abc" for n in range(10)]


@pytest.mark.parametrize(
    ("straight", "typeset"),
    [
        ('"Hello," she said.', "“Hello,” she said."),
        ("It's the actors' film, isn't it?", "It’s the actors’ film, isn’t it?"),
        ("She calls it 'fine'.", "She calls it ‘fine’."),
        ("\"'Fine', he says\"", "“‘Fine’, he says”"),
        ("rock 'n' roll of the '90s", "rock ’n’ roll of the ’90s"),
        ("'Tis a film ('cause I say so)", "’Tis a film (’cause I say so)"),
        ('I wanted—"more"—and but—"', "I wanted—“more”—and but—”"),
        ('("Her")', "(“Her”)"),
        ('Already “curly” and "not"', "Already “curly” and “not”"),
        ('A " that stands " free', "A “ that stands ” free"),
        ("", ""),
    ],
)
def test_quotes_open_and_close_on_the_right_side(straight, typeset):
    assert curly(straight) == typeset
