"""Whole conversations replayed through the real recogniser, as a user of the command line sees them."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from assistant.audio.frame import RATE_HZ
from tests.support.replays import FIRST_EAR_ALONE, SHORT, Replayed, replay, short_conversation
from tools.listening import samples_of
from tools.paths import RECORDINGS
from tools.simulation.program import run, started


def test_the_whole_conversation_ends_in_a_sent_review(her: Replayed):
    document = her.document
    assert document["status"] == "sent"
    assert document["profile"]["romance"] == "non-romantic"
    assert document["profile"]["voice"] == "both"
    assert "magnolia" in document["profile"]["emotional_movies"]
    assert document["film"] == {"title": "Her", "year": 2013, "imdb_id": "tt1798709", "rating": 4.5}
    assert "Ms. Ada Lovelace" in document["turns"][0]["text"]


def test_the_hesitation_in_the_first_answer_is_noticed_and_asked_about(her: Replayed):
    document = her.document
    questions = [turn["question"] for turn in document["turns"] if turn["speaker"] == "person"]
    assert questions[:3] == ["romance", "discomfort", "voice"]
    first = next(turn for turn in document["turns"] if turn["speaker"] == "person")
    assert first["analysis"]["hesitation"]["score"] >= 0.75
    assert first["agreed"] is True


def test_every_sentence_of_the_review_is_traced_to_what_was_said(her: Replayed):
    document = her.document
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


def test_the_review_is_on_disk_as_markdown_and_as_a_row_to_import(her: Replayed):
    document = her.document
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
    assert all(path.is_relative_to(her.out) for path in paths.values())


def test_a_turns_analysis_has_the_fields_of_the_contract(her: Replayed):
    document = her.document
    analysis = next(turn for turn in document["turns"] if turn["speaker"] == "person")["analysis"]
    assert {
        "source", "duration_s", "model", "text", "words", "fillers", "pauses", "response_latency_s", "hesitation",
        "discomfort", "sound",
    } <= set(analysis)  # fmt: skip
    assert set(analysis["words"][0]) >= {"word", "start_s", "end_s", "confidence", "by"}
    assert set(analysis["pauses"][0]) == {"start_s", "end_s", "before"}
    assert set(analysis["hesitation"]) >= {"score", "low", "high", "abstained", "evidence"}
    assert set(analysis["hesitation"]["evidence"][0]) >= {"kind", "at_s", "word", "value", "norm", "weight"}


@pytest.mark.slow
def test_the_same_recordings_give_the_same_document_but_for_the_sessions_name(tmp_path: Path):
    folders = [tmp_path / name for name in ("once", "again")]
    for folder in folders:
        folder.mkdir()
    once, again = (comparable(replay(each, *short_conversation(each), ears=()).document, each) for each in folders)
    assert once["status"] == "sent"
    assert once == again


def comparable(document: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A document without what differs by itself: the session's name, and where its files were put."""
    paths = [{**one, "path": str(Path(one["path"]).relative_to(folder))} for one in document["delivered"]]
    return {**document, "session": None, "delivered": paths}


@pytest.mark.slow
def test_one_file_with_all_answers_is_cut_at_its_turn_ends(tmp_path: Path):
    folder, *script = short_conversation(tmp_path)
    answers = [samples_of(Path(folder) / f"{question}.flac") for question in SHORT]
    silence = np.zeros(3 * RATE_HZ, np.int16)
    whole = np.concatenate([sound for answer in answers for sound in (answer, silence)])
    soundfile.write(tmp_path / "whole.flac", whole, RATE_HZ)
    document = replay(tmp_path, tmp_path / "whole.flac", *script).document
    assert document["status"] == "sent"
    assert document["film"]["title"] == "Her"
    assert document["film"]["rating"] == 4.5


@pytest.mark.slow
def test_a_fluent_speaker_is_not_told_that_they_hesitate(fluent: Replayed):
    document = fluent.document
    assert document["status"] == "sent"
    assert document["profile"]["romance"] == "romantic"
    assert document["profile"]["voice"] == "funny"
    assert "discomfort" not in {turn["question"] for turn in document["turns"]}


def test_nobody_there_ends_politely_with_everything_kept(tmp_path: Path):
    document = replay(tmp_path, RECORDINGS / "silence.flac").document
    assert document["status"] == "abandoned"
    assert document["review"] is None
    assert document["delivered"] == []
    assert "Goodbye" in document["turns"][-1]["text"]


def test_a_refusal_is_taken_and_the_next_question_asked(refusal: Replayed):
    document = refusal.document
    assert document["profile"]["romance"] is None
    assert any("leave it out" in turn["text"] for turn in document["turns"])


def test_the_spoken_commands_are_recognised(tmp_path: Path):
    commands = [RECORDINGS / "commands" / f"{name}.flac" for name in ("what-can-i-say", "stop", "yes")]
    document = replay(tmp_path, *commands).document
    texts = [turn["text"] for turn in document["turns"]]
    assert any("repeat that, skip, go back" in text for text in texts)
    assert any("Do you want to stop" in text for text in texts)
    assert document["status"] == "abandoned"


def test_a_dictated_sentence_that_contains_send_review_sends_nothing(tmp_path: Path):
    recordings = {**SHORT, "review": "contains-send-review"}
    document = replay(tmp_path, *short_conversation(tmp_path, recordings)).document
    assert any("send review" in turn["text"] for turn in document["turns"] if turn["speaker"] == "person")
    assert document["status"] == "unsent"
    assert document["delivered"] == []


KINDS = {"telephone.flac": 5, "stereo-44100.flac": 5, "noisy.flac": 5, "hesitant.flac": 20, "fluent.flac": 20}
"""Recordings of every kind, and how many words are understood of each at the least."""


@pytest.fixture(scope="session")
def analyses(once: Callable[[str, Callable[[Path], object]], Path]) -> dict[str, dict[str, Any]]:
    """What `analyse` says of them, in one go."""

    def analyse(folder: Path) -> None:
        done = run("analyse", *(RECORDINGS / source for source in KINDS), *FIRST_EAR_ALONE, "--json")
        assert done.returncode == 0, done.stderr
        (folder / "analyses.json").write_text(done.stdout, encoding="utf-8")

    found = json.loads((once("analyses", analyse) / "analyses.json").read_text(encoding="utf-8"))
    return dict(zip(KINDS, found, strict=True))


@pytest.mark.parametrize(("source", "words"), KINDS.items())
def test_analyse_hears_every_kind_of_recording(analyses: dict[str, dict[str, Any]], source: str, words: int):
    truth = json.loads((RECORDINGS / source).with_suffix(".json").read_text(encoding="utf-8"))
    assert Path(analyses[source]["source"]).name == source
    assert len(analyses[source]["words"]) >= words
    assert analyses[source]["duration_s"] == pytest.approx(truth["duration_s"], abs=0.02)


def test_analyse_finds_the_pauses_that_were_put_in(analyses: dict[str, dict[str, Any]]):
    truth = json.loads((RECORDINGS / "hesitant.json").read_text(encoding="utf-8"))
    wanted = [item for item in truth["items"] if item["kind"] == "pause" and item["end_s"] - item["start_s"] >= 0.4]
    assert wanted
    for pause in wanted:
        assert any(
            abs(found["start_s"] - pause["start_s"]) < 0.2 and abs(found["end_s"] - pause["end_s"]) < 0.2
            for found in analyses["hesitant.flac"]["pauses"]
        ), pause


def test_analyse_tells_hesitant_from_fluent_in_words_for_people(analyses: dict[str, dict[str, Any]]):
    done = run("analyse", RECORDINGS / "fluent.flac", *FIRST_EAR_ALONE)
    assert done.returncode == 0
    (score,) = (float(line.split()[1]) for line in done.stdout.splitlines() if line.strip().startswith("hesitation "))
    assert score == pytest.approx(analyses["fluent.flac"]["hesitation"]["score"], abs=0.005)
    assert analyses["hesitant.flac"]["hesitation"]["score"] > score


def test_each_answer_says_what_the_second_ear_wrote(her: Replayed):
    written = {
        turn["question"]: turn["analysis"]["second_hearing"] for turn in her.document["turns"] if "analysis" in turn
    }
    assert written["voice"] == {"engine": "whisper", "model": "base", "text": "I think a bit of both."}


@pytest.mark.parametrize(("ear", "engine"), [("none", None), ("sphinx", "sphinx")])
def test_another_second_ear_or_none_can_be_chosen(tmp_path: Path, ear: str, engine: str | None):
    if engine is not None:
        pytest.importorskip("pocketsphinx", reason="there is no ready-made pocketsphinx for this machine")
    (analysis,) = json.loads(run("analyse", RECORDINGS / "refusal.flac", "--json", "--second-hearing", ear).stdout)
    assert (analysis["second_hearing"] or {}).get("engine") == engine
    assert analysis["text"] == "i'd rather not say"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_at_any_moment_keeps_what_was_said(tmp_path: Path, number: signal.Signals, code: int):
    data = tmp_path / "data"
    with started("replay", RECORDINGS / "fluent", "--data", data, "--out", tmp_path / "out") as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "○ i am romantic" in line:
                break
        process.stderr.readline()
        process.send_signal(number)
        _, errors = process.communicate()
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    assert ("Stopped. What was said is kept." in errors) == (number is signal.SIGINT)
    assert any(text.startswith("i am romantic") for text in sqlite_turns(data))


def sqlite_turns(data: Path) -> list[str]:
    with sqlite3.connect(data / "assistant.sqlite3") as database:
        assert database.execute("SELECT status FROM sessions").fetchall() == [("abandoned",)]
        return [row[0] for row in database.execute("SELECT text FROM turns WHERE speaker = 'person'")]


def test_kept_audio_is_the_answers_sound_and_none_is_kept_unless_asked(refusal: Replayed, tmp_path: Path):
    assert not list(refusal.folder.rglob("*.flac"))
    document = replay(tmp_path, RECORDINGS / "refusal.flac", "--keep-audio").document
    files = sorted(tmp_path.rglob("*.flac"))
    assert files
    first = next(turn for turn in document["turns"] if turn["speaker"] == "person")
    durations = [soundfile.info(str(file)).duration for file in files]
    assert any(abs(duration - first["analysis"]["duration_s"]) < 0.05 for duration in durations)
    assert all(file.stat().st_mode & 0o077 == 0 for file in files if os.name == "posix")
