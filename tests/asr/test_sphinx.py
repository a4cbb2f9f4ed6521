from __future__ import annotations

import importlib.metadata
import json
from difflib import SequenceMatcher

import numpy as np
import pytest
import soundfile

from assistant.asr.sphinx import SphinxRecogniser
from assistant.asr.whisper import Transcription
from assistant.audio.frame import RATE_HZ, Samples
from assistant.errors import UsageError
from tools.paths import RECORDINGS


def recorded(name: str) -> Samples:
    samples: Samples = soundfile.read(str(RECORDINGS / name), dtype="int16")[0]
    return samples


@pytest.fixture
def sphinx() -> SphinxRecogniser:
    pytest.importorskip("pocketsphinx", reason="there is no ready-made pocketsphinx for this machine")
    recogniser = SphinxRecogniser()
    recogniser.load()
    return recogniser


@pytest.mark.parametrize("answer", ["fluent/romance", "fluent/film"])
def test_sphinx_hears_what_was_said_and_when(sphinx: SphinxRecogniser, answer: str):
    said = json.loads((RECORDINGS / f"{answer}.json").read_text())["text"].split()
    samples = recorded(f"{answer}.flac")
    heard = sphinx.hear(samples, ["Her"])
    (words,) = [each.words for each in heard.hypotheses]
    assert SequenceMatcher(None, said, [word.text for word in words]).ratio() > 0.7
    assert all(0 < word.probability <= 1 for word in words)
    assert all(0 <= word.start_s < word.end_s <= len(samples) / RATE_HZ for word in words)
    assert heard.verbatim == ()


def test_where_nothing_was_recorded_nothing_is_understood(sphinx: SphinxRecogniser):
    assert sphinx.hear(np.zeros(0, np.int16)) == Transcription()


def test_sphinx_that_is_not_installed_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch):
    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", missing)
    with pytest.raises(UsageError, match=r"pip install 'voice-review-assistant\[sphinx\]'"):
        SphinxRecogniser().load()
