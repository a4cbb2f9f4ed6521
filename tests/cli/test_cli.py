"""The command line: help, exit codes, sentences instead of tracebacks."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.replays import FIRST_EAR_ALONE, Replayed
from tools.paths import RECORDINGS
from tools.simulation.program import command, run

FLUENT = RECORDINGS / "fluent"


def fails(code: int, *arguments: str | Path, **environment: str) -> str:
    """The sentence that a command fails with."""
    done = run(*arguments, **environment)
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize("arguments", [(), ("talk",), ("replay",), ("kiosk",), ("models", "install"), ("reviews",)])
def test_help_teaches_every_command(arguments: tuple[str, ...]):
    done = run(*arguments, "--help")
    assert done.returncode == 0
    assert len(done.stdout) > 100


def test_help_loads_no_heavy_library():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "assistant", "--help"], capture_output=True, text=True, check=True
    )
    for heavy in ("numpy", "vosk", "rich", "pydantic", "sounddevice", "onnxruntime"):
        assert f" {heavy}\n" not in done.stderr, heavy


@pytest.mark.parametrize(
    "arguments", [("replay",), ("sing",), ("replay", "x.wav", "--rate", "loud"), ("reviews", "show")]
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]):
    assert "Usage" in fails(2, *arguments)


def test_an_engine_for_a_second_hearing_that_there_is_not_is_wrong_usage(tmp_path: Path):
    assert "sphinx" in fails(2, "replay", FLUENT, "--second-hearing", "telepathy", "--data", tmp_path)


@pytest.mark.parametrize("command", ["replay", "analyse"])
def test_unusable_audio_is_exit_code_3_with_the_file_and_the_reason(tmp_path: Path, command: str):
    empty = tmp_path / "empty.wav"
    empty.touch()
    text = tmp_path / "text.wav"
    text.write_text("this is not audio")
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in (empty, text, folder, tmp_path / "nowhere.wav"):
        assert path.name in fails(3, command, path)


def test_a_script_with_a_mistake_is_exit_code_3_with_the_key(tmp_path: Path):
    script = tmp_path / "mine.toml"
    script.write_text("format = 1\nnaem = 'x'\n")
    assert "naem" in fails(3, "replay", FLUENT, "--script", script, "--data", tmp_path)


def test_a_store_from_a_newer_version_is_exit_code_3(tmp_path: Path):
    with sqlite3.connect(tmp_path / "assistant.sqlite3") as database:
        database.execute("PRAGMA user_version = 999")
    assert "newer" in fails(3, "replay", FLUENT, "--data", tmp_path)
    assert "newer" in fails(3, "reviews", "list", "--data", tmp_path)


def test_a_data_folder_that_is_a_file_is_exit_code_3(tmp_path: Path):
    file = tmp_path / "file"
    file.touch()
    assert "file" in fails(3, "reviews", "list", "--data", file)


def test_the_home_of_somebody_that_there_is_not_is_a_folder_that_is_not_there(tmp_path: Path):
    nobodys = "~nobody-of-that-name/x"
    replay = ("replay", RECORDINGS / "refusal.flac", "--data", tmp_path)
    assert nobodys in fails(3, *replay, "--settings", nobodys)
    assert nobodys in fails(5, *replay, "--model", nobodys)
    assert nobodys in fails(5, *replay, "--second-hearing", nobodys)
    assert nobodys in fails(5, *replay, ASSISTANT_MODELS=nobodys)


def test_a_missing_model_is_exit_code_5_and_says_how_to_get_it(tmp_path: Path):
    sentence = fails(5, "replay", FLUENT, "--data", tmp_path, ASSISTANT_MODELS=str(tmp_path / "none"))
    assert "assistant models install" in sentence


def test_a_model_of_the_wrong_kind_is_exit_code_5(tmp_path: Path):
    assert str(tmp_path) in fails(5, "analyse", RECORDINGS / "refusal.flac", "--model", tmp_path)


def test_without_a_microphone_talking_is_exit_code_4(tmp_path: Path):
    # A server that isn't there: PortAudio finds devices that can't be opened, or none.
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/nobody", "PULSE_RUNTIME_PATH": str(tmp_path)}
    sentence = fails(4, "talk", "--data", tmp_path, "--microphone", "yeti", **nowhere)
    assert "yeti" in sentence or "microphone" in sentence


def test_a_reader_that_has_gone_is_no_failure():
    with subprocess.Popen(
        command("analyse", RECORDINGS / "stereo-44100.flac", *FIRST_EAR_ALONE),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        told = process.stderr.read()
    assert (process.returncode, told) == (0, b"")


def test_the_reviews_commands_list_show_export_send_and_delete(fluent: Replayed, tmp_path: Path):
    data = ("--data", tmp_path / "data")
    assert f"no reviews yet in {tmp_path / 'data'}" in run("reviews", "list", *data).stdout
    assert not (tmp_path / "data").exists()
    told = fluent.document
    session = told["session"]
    shutil.copytree(fluent.data, tmp_path / "data")
    assert session in run("reviews", "list", *data).stdout
    assert told["review"]["text"] in run("reviews", "show", session, *data).stdout
    assert "turn" in run("reviews", "show", session, "--sources", *data).stdout
    assert json.loads(run("reviews", "show", session, "--json", *data).stdout) == told
    exported = Path(run("reviews", "export", session, "--out", tmp_path / "mine", *data).stdout.strip())
    assert told["review"]["text"] in exported.read_text(encoding="utf-8")
    assert run("reviews", "send", session, *data).returncode == 0
    assert (fluent.out / "letterboxd.csv").read_text(encoding="utf-8").count("Her") == 1
    again = run("reviews", "send", session, "--out", tmp_path / "elsewhere", *data)
    assert "arrived already" in again.stderr
    assert not (tmp_path / "elsewhere").exists()
    kept = run("reviews", "delete", session, *data, typed="n\n")
    assert (kept.returncode, kept.stdout) == (0, "Nothing was removed.\n")
    assert run("reviews", "delete", session, "--yes", *data).returncode == 0
    assert "no reviews yet" in run("reviews", "list", *data).stdout
    assert session in fails(3, "reviews", "show", session, *data)


def test_models_list_and_verify_tell_of_the_installed_model():
    assert "installed" in run("models", "list").stdout
    assert "is complete" in run("models", "verify").stdout


def test_voices_are_listed_and_one_that_there_is_not_is_an_error_that_lists_some():
    listed = run("voices").stdout
    assert "hibari:heart: Heart (American, female) [en-us]" in listed
    assert "pyttsx3:gmw/en-us: English (America) [en-us]" in listed
    assert "German" not in listed
    assert "English (America)" in fails(3, "voices", "hal 9000")
