"""How wrong words are counted: the same in what was heard by one ear, the other, and both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.benchmarks.words import annotated, errors, half_of
from tools.command import ToolError


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("i'm gonna see it", "I am going to see it."),
        ("four point five stars", "four point five stars"),
        ("it was nineteen eighty four", "It was 1984."),
        ("some day at five o'clock", "Someday, at five o clock."),
        ("[noise] um the color", "the colour, uh"),
        ("a wildfire", "a wild-fire"),
    ],
)
def test_spellings_fillers_and_tags_are_no_errors(said: str, heard: str):
    assert errors(said, heard) == 0


def test_words_left_out_added_and_exchanged_are_errors():
    assert errors("the music carries everything", "music calories everything else") == 3


def test_halves_of_a_set_share_no_session_and_make_the_whole(tmp_path: Path):
    rows = [f"{number}-{take}.flac,{number},so" for number in range(20) for take in "ab"]
    (tmp_path / "set.csv").write_text("\n".join(["file,session,transcript", *rows]), "utf-8")
    halves = {half: [each.path.name for each in annotated(tmp_path, half)] for half in ("developing", "judging")}
    assert sorted(halves["developing"] + halves["judging"]) == sorted(row.split(",")[0] for row in rows)
    assert all(half_of(name.split("-")[0]) == half for half, names in halves.items() for name in names)


def test_a_folder_without_a_table_says_what_it_needs(tmp_path: Path):
    with pytest.raises(ToolError, match="columns file, session, transcript"):
        list(annotated(tmp_path, None))
