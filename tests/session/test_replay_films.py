"""Films named in recordings: from the sound, through the real recognisers, to the year in the delivered files."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.support.replays import SHORT, replay, short_conversation


def test_which_of_several_films_is_meant_gets_into_every_file(tmp_path: Path):
    recordings = {**SHORT, "film-1": "films/hamlet", "film-2": "films/nineteen-ninety-six"}
    del recordings["film"]
    document = replay(tmp_path, *short_conversation(tmp_path, recordings, most=2)).document
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


def test_a_film_read_back_that_nobody_says_yes_to_is_not_taken_and_nothing_is_sent(tmp_path: Path):
    recordings = {**SHORT, "film": "films/eternal-sunshine", "about": "her/about-1"}
    conversation = short_conversation(tmp_path, recordings, most=2)
    document = replay(tmp_path, *conversation, "--strength", "verbatim").document
    assert document["status"] == "unsent"
    assert document["film"]["title"] == "Eternal Sunshine"
    assert document["film"]["imdb_id"] is None
    asked = [
        turn["text"] for turn in document["turns"] if turn["question"] == "film" and turn["speaker"] == "assistant"
    ]
    assert asked[1].startswith("Do you mean Eternal Sunshine of the Spotless Mind, from 2004")
    assert asked[2].startswith("Is it Eternal Sunshine of the Spotless Mind")
    assert any("I'm not sure of the title. Eternal Sunshine" in turn["text"] for turn in document["turns"])
    told = next(turn for turn in document["turns"] if turn["question"] == "about" and turn["speaker"] == "person")
    fillers = {filler["word"] for filler in told["analysis"]["fillers"]}
    assert fillers
    # Verbatim, they are in the review.
    assert fillers <= set(document["review"]["text"].lower().replace(".", "").split())
