"""Whole conversations replayed through the real recogniser, as a user of the command line sees them."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tools.paths import RECORDINGS

LIMIT_S = 120


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "assistant", *map(str, arguments)]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=LIMIT_S, stdin=subprocess.DEVNULL, check=False
    )


def replay(tmp_path: Path, *sources: str | Path, options: tuple[str | Path, ...] = ()) -> dict[str, Any]:
    done = run("replay", *sources, "--json", "--data", tmp_path / "data", "--out", tmp_path / "out", *options)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.fixture(scope="module")
def her(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """The bundled conversation, replayed once for all tests of this file that look at it."""
    tmp_path = tmp_path_factory.mktemp("her")
    return replay(tmp_path, RECORDINGS / "her", options=("--name", "Ms. Ada Lovelace")), tmp_path


def test_the_whole_conversation_ends_in_a_sent_review(her: tuple[dict[str, Any], Path]):
    document, _ = her
    assert document["status"] == "sent"
    assert document["profile"]["romance"] == "non-romantic"
    assert document["profile"]["voice"] == "both"
    assert "magnolia" in document["profile"]["emotional_movies"]
    assert document["film"] == {"title": "Her", "year": 2013, "imdb_id": "tt1798709", "rating": 4.5}
    assert "Ms. Ada Lovelace" in document["turns"][0]["text"]


def test_the_hesitation_in_the_first_answer_is_noticed_and_asked_about(her: tuple[dict[str, Any], Path]):
    document, _ = her
    questions = [turn["question"] for turn in document["turns"] if turn["speaker"] == "person"]
    assert questions[:3] == ["romance", "discomfort", "voice"]
    first = next(turn for turn in document["turns"] if turn["speaker"] == "person")
    assert first["analysis"]["hesitation"]["score"] >= 0.75
    assert first["agreed"] is True


def test_every_sentence_of_the_review_is_traced_to_what_was_said(her: tuple[dict[str, Any], Path]):
    document, _ = her
    sentences = document["review"]["sentences"]
    assert len(sentences) >= 5
    for sentence in sentences:
        assert sentence["from"]
        for passage in sentence["from"]:
            turn = document["turns"][passage["turn"]]
            assert turn["speaker"] == "person"
            assert 0 <= passage["start_s"] < passage["end_s"] <= turn["analysis"]["duration_s"]
            heard = {word["word"] for word in turn["analysis"]["words"]}
            assert heard & set(sentence["text"].lower().rstrip(".?").split())


def test_the_review_is_on_disk_as_markdown_and_as_a_row_to_import(her: tuple[dict[str, Any], Path]):
    document, tmp_path = her
    paths = {delivered["outlet"]: Path(delivered["path"]) for delivered in document["delivered"]}
    assert set(paths) == {"markdown", "letterboxd_csv"}
    text = paths["markdown"].read_text(encoding="utf-8")
    assert 'film: "Her"' in text
    assert "year: 2013" in text
    assert 'imdb_id: "tt1798709"' in text
    assert document["review"]["sentences"][0]["text"] in text
    with paths["letterboxd_csv"].open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["imdbID"], row["Title"], row["Year"]) == ("tt1798709", "Her", "2013")
    assert row["Rating"] == "4.5"
    assert all(path.is_relative_to(tmp_path / "out") for path in paths.values())


def test_a_turns_analysis_has_the_fields_of_the_contract(her: tuple[dict[str, Any], Path]):
    document, _ = her
    analysis = next(turn for turn in document["turns"] if turn["speaker"] == "person")["analysis"]
    assert {
        "source", "duration_s", "model", "text", "words", "fillers", "pauses", "response_latency_s", "hesitation",
        "discomfort",
    } <= set(analysis)  # fmt: skip
    assert set(analysis["words"][0]) == {"word", "start_s", "end_s", "confidence"}
    assert set(analysis["pauses"][0]) == {"start_s", "end_s", "before"}
    assert set(analysis["hesitation"]) >= {"score", "low", "high", "abstained", "evidence"}
    assert set(analysis["hesitation"]["evidence"][0]) >= {"kind", "at_s", "word", "value", "norm", "weight"}


@pytest.mark.slow
def test_the_same_recording_gives_the_same_document_but_for_the_sessions_name(
    her: tuple[dict[str, Any], Path],
):
    document, tmp_path = her
    again = replay(tmp_path, RECORDINGS / "her", options=("--name", "Ms. Ada Lovelace"))
    assert {**again, "session": None} == {**document, "session": None}


@pytest.mark.slow
def test_one_file_with_all_answers_is_cut_at_its_turn_ends(tmp_path: Path):
    document = replay(tmp_path, RECORDINGS / "her.flac")
    assert document["status"] == "sent"
    assert document["film"]["title"] == "Her"
    assert document["film"]["rating"] == 4.5


@pytest.mark.slow
def test_a_fluent_speaker_is_not_told_that_they_hesitate(tmp_path: Path):
    document = replay(tmp_path, RECORDINGS / "fluent")
    assert document["status"] == "sent"
    assert document["profile"]["romance"] == "romantic"
    assert document["profile"]["voice"] == "funny"
    assert "discomfort" not in {turn["question"] for turn in document["turns"]}


def test_nobody_there_ends_politely_with_everything_kept(tmp_path: Path):
    document = replay(tmp_path, RECORDINGS / "silence.flac")
    assert document["status"] == "abandoned"
    assert document["review"] is None
    assert document["delivered"] == []
    assert "Goodbye" in document["turns"][-1]["text"]


def test_a_refusal_is_taken_and_the_next_question_asked(tmp_path: Path):
    document = replay(tmp_path, RECORDINGS / "refusal.flac")
    assert document["profile"]["romance"] is None
    assert any("leave it out" in turn["text"] for turn in document["turns"])


def test_the_spoken_commands_are_recognised(tmp_path: Path):
    commands = [RECORDINGS / "commands" / f"{name}.flac" for name in ("what-can-i-say", "stop", "yes")]
    document = replay(tmp_path, *commands)
    texts = [turn["text"] for turn in document["turns"]]
    assert any("repeat that, skip, go back" in text for text in texts)
    assert any("Do you want to stop" in text for text in texts)
    assert document["status"] == "abandoned"


def test_a_dictated_sentence_that_contains_send_review_sends_nothing(tmp_path: Path):
    folder = tmp_path / "answers"
    folder.mkdir()
    for answer in (RECORDINGS / "fluent").glob("*.flac"):
        (folder / answer.name).write_bytes(answer.read_bytes())
    (folder / "review.flac").write_bytes((RECORDINGS / "contains-send-review.flac").read_bytes())
    document = replay(tmp_path, folder)
    assert any("send review" in turn["text"] for turn in document["turns"] if turn["speaker"] == "person")
    assert document["status"] == "unsent"
    assert document["delivered"] == []


@pytest.mark.parametrize(
    ("source", "words"),
    [("telephone.flac", 5), ("stereo-44100.flac", 5), ("noisy.flac", 5), ("hesitant.flac", 20), ("fluent.flac", 20)],
)
def test_analyse_hears_every_kind_of_recording(source: str, words: int):
    done = run("analyse", RECORDINGS / source, "--json")
    assert done.returncode == 0, done.stderr
    [analysis] = json.loads(done.stdout)
    truth = json.loads((RECORDINGS / source).with_suffix(".json").read_text(encoding="utf-8"))
    assert len(analysis["words"]) >= words
    assert analysis["duration_s"] == pytest.approx(truth["duration_s"], abs=0.02)


def test_analyse_finds_the_pauses_that_were_put_in():
    [analysis] = json.loads(run("analyse", RECORDINGS / "hesitant.flac", "--json").stdout)
    truth = json.loads((RECORDINGS / "hesitant.json").read_text(encoding="utf-8"))
    wanted = [item for item in truth["items"] if item["kind"] == "pause" and item["end_s"] - item["start_s"] >= 0.4]
    for pause in wanted:
        assert any(
            abs(found["start_s"] - pause["start_s"]) < 0.2 and abs(found["end_s"] - pause["end_s"]) < 0.2
            for found in analysis["pauses"]
        ), pause


def test_analyse_tells_hesitant_from_fluent_in_words_for_people():
    done = run("analyse", RECORDINGS / "hesitant.flac", RECORDINGS / "fluent.flac")
    assert done.returncode == 0
    scores = [float(line.split()[1]) for line in done.stdout.splitlines() if line.strip().startswith("hesitation ")]
    assert len(scores) == 2
    assert scores[0] > scores[1]


def test_the_second_hearing_gives_the_wording_and_vosk_the_times(tmp_path: Path):
    document = replay(tmp_path, RECORDINGS / "fluent", options=("--second-hearing", "sphinx"))
    assert document["review"] is not None
    assert all(sentence["from"] for sentence in document["review"]["sentences"])


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_at_any_moment_keeps_what_was_said(tmp_path: Path, number: signal.Signals, code: int):
    process = subprocess.Popen(
        command("replay", RECORDINGS / "her", "--data", tmp_path / "data", "--out", tmp_path / "out"),
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if "bit of both" in line:
            break
    time.sleep(0.2)
    process.send_signal(number)
    _, errors = process.communicate(timeout=LIMIT_S)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    kept = sqlite_turns(tmp_path / "data")
    assert any("bit of both" in text for text in kept)


def sqlite_turns(data: Path) -> list[str]:
    import sqlite3

    with sqlite3.connect(data / "assistant.sqlite3") as database:
        assert database.execute("SELECT status FROM sessions").fetchall() == [("abandoned",)]
        return [row[0] for row in database.execute("SELECT text FROM turns WHERE speaker = 'person'")]


def test_kept_audio_is_the_answers_sound_and_none_is_kept_unless_asked(tmp_path: Path):
    import soundfile

    replay(tmp_path, RECORDINGS / "refusal.flac")
    assert not list(tmp_path.rglob("*.flac"))
    document = replay(tmp_path, RECORDINGS / "refusal.flac", options=("--keep-audio",))
    files = sorted(tmp_path.rglob("*.flac"))
    assert files
    first = next(turn for turn in document["turns"] if turn["speaker"] == "person")
    durations = [soundfile.info(str(file)).duration for file in files]
    assert any(abs(duration - first["analysis"]["duration_s"]) < 0.05 for duration in durations)
    assert all(file.stat().st_mode & 0o077 == 0 for file in files if os.name == "posix")
