import importlib.metadata
import json
from difflib import SequenceMatcher

import numpy as np
import pytest
import soundfile

from assistant.asr.second_hearing import SecondHearing
from assistant.errors import UsageError
from tools.paths import RECORDINGS


def recorded(name):
    samples, rate_hz = soundfile.read(RECORDINGS / name, dtype="int16")
    assert rate_hz == 16_000
    return samples


@pytest.fixture
def troubles():
    return []


@pytest.fixture
def sphinx(troubles):
    hearing = SecondHearing("sphinx", troubles.append)
    hearing.load()
    return hearing


@pytest.mark.parametrize("answer", ["fluent/romance", "fluent/voice", "fluent/film"])
def test_sphinx_hears_what_was_said(sphinx, troubles, answer):
    said = json.loads((RECORDINGS / f"{answer}.json").read_text())["text"].split()
    heard = sphinx.transcribe(recorded(f"{answer}.flac")).split()
    assert SequenceMatcher(None, said, heard).ratio() > 0.7
    assert troubles == []


def test_where_nothing_was_recorded_nothing_is_understood(sphinx, troubles):
    assert sphinx.transcribe(np.zeros(0, np.int16)) is None
    assert sphinx.transcribe((np.random.default_rng(0).normal(size=32_000) * 500).astype(np.int16)) is None
    assert troubles == []


def test_an_engine_that_fails_says_so_once_and_loses_no_answer(sphinx, troubles, monkeypatch):
    def fail(*_):
        raise RuntimeError("the model file is gone")

    monkeypatch.setattr("pocketsphinx.pocketsphinx.Decoder", fail)
    answer = recorded("fluent/film.flac")
    assert sphinx.transcribe(answer) is None
    assert sphinx.transcribe(answer) is None
    assert troubles == [
        "The second hearing by 'sphinx' failed (the model file is gone). Going on with the first alone."
    ]


def test_words_come_in_lower_case_with_the_punctuation_that_the_engine_gives(sphinx, monkeypatch):
    monkeypatch.setattr("speech_recognition.Recognizer.recognize_sphinx", lambda *_, **__: " It's Her,\n I think. ")
    sphinx.load()
    assert sphinx.transcribe(recorded("fluent/film.flac")) == "it's her, i think."


def test_an_engine_that_hears_only_blanks_understood_nothing(sphinx, monkeypatch):
    monkeypatch.setattr("speech_recognition.Recognizer.recognize_sphinx", lambda *_, **__: " ")
    sphinx.load()
    assert sphinx.transcribe(recorded("fluent/film.flac")) is None


@pytest.mark.parametrize("engine", ["google", "Google_Cloud", "azure", "openai"])
def test_an_engine_that_would_send_the_voice_away_is_refused(engine):
    with pytest.raises(UsageError, match=r"nothing leaves the machine.*sphinx, whisper, faster-whisper"):
        SecondHearing(engine).load()


def test_vosk_is_refused_because_it_is_the_first_hearing():
    with pytest.raises(UsageError, match=r"first hearing already.*sphinx"):
        SecondHearing("vosk").load()


def test_an_unknown_engine_is_answered_with_those_there_are():
    with pytest.raises(UsageError, match=r"called 'ear-trumpet'.*sphinx, whisper, faster-whisper"):
        SecondHearing("ear-trumpet").load()


@pytest.mark.parametrize(
    ("engine", "command"),
    [
        ("sphinx", r"pip install 'voice-review-assistant\[sphinx\]'"),
        ("whisper", "pip install openai-whisper"),
        ("faster_whisper", "pip install faster-whisper"),
    ],
)
def test_an_engine_that_is_not_installed_is_named_with_the_command_that_installs_it(engine, command, monkeypatch):
    def missing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", missing)
    with pytest.raises(UsageError, match=command):
        SecondHearing(engine).load()


def test_a_hearing_that_was_not_loaded_understands_nothing():
    assert SecondHearing("sphinx").transcribe(recorded("fluent/film.flac")) is None
