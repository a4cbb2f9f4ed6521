"""What a program gets that imports the assistant."""

from __future__ import annotations

import subprocess
import sys

import pytest

import assistant
from tools.paths import RECORDINGS


def test_all_that_is_offered_is_there_and_nothing_else():
    assert all(getattr(assistant, name) is not None for name in assistant.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'hear'"):
        _ = assistant.hear


def test_importing_the_assistant_loads_nothing_heavy():
    loaded = subprocess.run(
        [sys.executable, "-c", "import assistant, assistant.session, sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "assistant.session" in loaded
    assert not {"numpy", "pydantic", "vosk", "rich", "assistant.asr"} & set(loaded)


def test_a_recording_is_analysed_in_one_line():
    analysis = assistant.analyse(RECORDINGS / "fluent" / "romance.flac")
    assert analysis.text.startswith("i am romantic")
    assert analysis.hesitation is not None
    assert analysis.to_json()["source"].endswith("romance.flac")
