"""Films named in recordings: from the sound, through the real recognisers, to the year in the delivered files."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tools.paths import RECORDINGS

DEFAULT = resources.files("assistant.dialogue").joinpath("interview.toml").read_text(encoding="utf-8")
LIMIT_S = 120


@pytest.fixture
def short_interview(tmp_path: Path) -> Path:
    """The default interview from the question for the film on."""
    head, *questions = DEFAULT.split("[[question]]\n")
    names = ("film", "about", "stars", "review")
    kept = [question for question in questions if question.startswith(tuple(f'id = "{name}"' for name in names))]
    assert len(kept) == len(names)
    path = tmp_path / "short.toml"
    path.write_text("[[question]]\n".join([head, *kept]).replace('kind = "about"', 'kind = "about"\nmost = 2'), "utf-8")
    return path


def replay(tmp_path: Path, script: Path, answers: dict[str, str], *options: str) -> dict[str, Any]:
    folder = tmp_path / "answers"
    folder.mkdir()
    usual = {"about": "fluent/about-1", "stars": "her/stars", "review": "her/review"}
    for name, recording in {**usual, **answers}.items():
        shutil.copy(RECORDINGS / f"{recording}.flac", folder / f"{name}.flac")
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "replay", folder, "--json", "--script", script, "--data", tmp_path / "data",
         "--out", tmp_path / "out", *options],
        capture_output=True, text=True, timeout=LIMIT_S, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_which_of_several_films_is_meant_gets_into_every_file(tmp_path: Path, short_interview: Path):
    answers = {"film-1": "films/hamlet", "film-2": "films/nineteen-ninety-six"}
    document = replay(tmp_path, short_interview, answers)
    assert document["status"] == "sent"
    assert document["film"] == {"title": "Hamlet", "year": 1996, "imdb_id": "tt0116477", "rating": 4.5}
    asked = [
        turn["text"] for turn in document["turns"] if turn["question"] == "film" and turn["speaker"] == "assistant"
    ]
    assert len(asked) == 2
    assert "1948, 1996, 2000" in asked[1]
    assert any("What did Hamlet do" in turn["text"] for turn in document["turns"])
    paths = {delivered["outlet"]: Path(delivered["path"]) for delivered in document["delivered"]}
    text = paths["markdown"].read_text(encoding="utf-8")
    assert 'film: "Hamlet"\nyear: 1996\nimdb_id: "tt0116477"\n' in text
    with paths["letterboxd_csv"].open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["imdbID"], row["Title"], row["Year"]) == ("tt0116477", "Hamlet", "1996")


def test_a_film_read_back_that_nobody_says_no_to_is_taken(tmp_path: Path, short_interview: Path):
    answers = {"film": "films/eternal-sunshine", "about": "her/about-1"}
    document = replay(tmp_path, short_interview, answers, "--strength", "verbatim")
    assert document["status"] == "sent"
    assert document["film"]["title"] == "Eternal Sunshine of the Spotless Mind"
    assert document["film"]["imdb_id"] == "tt0338013"
    asked = [
        turn["text"] for turn in document["turns"] if turn["question"] == "film" and turn["speaker"] == "assistant"
    ]
    assert asked[1].startswith("Do you mean Eternal Sunshine of the Spotless Mind, from 2004")
    assert "unless you say no" in asked[2]
    told = next(turn for turn in document["turns"] if turn["question"] == "about" and turn["speaker"] == "person")
    fillers = {filler["word"] for filler in told["analysis"]["fillers"]}
    assert fillers
    # Verbatim, they are in the review.
    assert fillers <= set(document["review"]["text"].lower().replace(".", "").split())
