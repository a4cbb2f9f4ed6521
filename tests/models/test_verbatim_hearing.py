"""The verbatim model of the real one, heard with."""

from __future__ import annotations

import json

import pytest
import soundfile
from rapidfuzz.distance import Levenshtein

from assistant.cli.doctor import check_up
from assistant.models.catalogue import load_catalogue
from assistant.models.directory import VARIABLE
from assistant.models.installation import install
from assistant.models.installed import State, statuses
from tools.paths import RECORDINGS

RECORDING = RECORDINGS / "hesitant.flac"
TRUTH = json.loads(RECORDING.with_suffix(".json").read_text("utf-8"))
FILLERS = load_catalogue().language("en-us").fillers


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """The model as its makers made it, in a folder of its own."""
    installed = {status.name: status for status in statuses() if status.state is State.INSTALLED}
    default = installed.get(load_catalogue().default_name)
    if default is None:
        pytest.skip("no speech model is installed here (assistant models install)")
    folder = tmp_path_factory.mktemp("models") / default.name
    folder.symlink_to(default.path)
    return folder


@pytest.fixture(scope="module")
def verbatim(stock, tmp_path_factory):
    folder = tmp_path_factory.mktemp("verbatim") / stock.name
    folder.symlink_to(stock)
    return install(directory=folder.parent)


def heard(model):
    """The words that Vosk itself puts out, each with its confidence and times."""
    import vosk

    vosk.SetLogLevel(-1)
    samples, rate_hz = soundfile.read(RECORDING, dtype="int16")
    recogniser = vosk.KaldiRecognizer(vosk.Model(str(model)), rate_hz)
    recogniser.SetWords(True)
    pieces = (samples[begin : begin + 3200].tobytes() for begin in range(0, len(samples), 3200))
    results = [recogniser.Result() for piece in pieces if recogniser.AcceptWaveform(piece)]
    results.append(recogniser.FinalResult())
    return [word for result in results for word in json.loads(result).get("result", [])]


def plain(words):
    return [word["word"] for word in words if word["word"] not in FILLERS]


def test_vosk_hears_the_fillers_with_the_verbatim_model_and_without_it_none(stock, verbatim):
    said = [item for item in TRUTH["items"] if item["kind"] == "filler"]
    before, after = heard(stock), heard(verbatim)
    assert not any(word["word"] in {"um", "uh"} for word in before)
    for filler in said:
        assert any(
            word["word"] in FILLERS and word["start"] < filler["end_s"] and word["end"] > filler["start_s"]
            for word in after
        ), filler
    # The other words are heard no worse.
    words = [item["word"] for item in TRUTH["items"] if item["kind"] == "word"]
    errors_before, errors_after = (Levenshtein.distance(words, plain(each)) for each in (before, after))
    assert errors_after <= errors_before + 1
    assert Levenshtein.distance(plain(before), plain(after)) <= 6


def test_the_doctor_loads_the_model_and_tells_how_to_have_a_better_one(stock, verbatim, monkeypatch):
    def told(folder):
        monkeypatch.setenv(VARIABLE, str(folder.parent))
        finding = next(check_up(model=None, second_hearing="none", microphone=None, speaker=None))
        assert finding.trouble is None
        return finding.what

    assert told(verbatim) == f"{verbatim.name} loads"
    assert told(stock).startswith(f"{stock.name} loads. {stock.name} as it is misses most fillers")
    assert told(stock).endswith("assistant models install")
