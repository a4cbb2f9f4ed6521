"""Vosk itself, with recorded speech."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import soundfile

from assistant.asr import recogniser as module
from assistant.asr.recogniser import VoskRecogniser
from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Samples
from assistant.errors import ModelError
from assistant.models import find
from assistant.turns.answer import Word
from assistant.turns.audio import AnswerAudio
from tools.paths import RECORDINGS
from tools.simulation.program import unmeasured


def sound(name: str) -> Samples:
    samples: Samples = soundfile.read(str(RECORDINGS / name), dtype="int16")[0]
    return samples


def hear(recogniser: VoskRecogniser, samples: Samples) -> tuple[Word, ...]:
    recogniser.begin()
    heard = AnswerAudio()
    for at in range(0, len(samples), FRAME_SAMPLES):
        heard.append(samples[at : at + FRAME_SAMPLES])
        recogniser.accept(heard)
    return recogniser.finish(heard)


@pytest.fixture(scope="module")
def vosk() -> VoskRecogniser:
    recogniser = VoskRecogniser(find().path)
    recogniser.load()
    return recogniser


def test_word_times_count_from_the_beginning_of_each_answer(vosk: VoskRecogniser):
    first = hear(vosk, sound("her/film.flac"))
    second = hear(vosk, sound("her/film.flac"))
    assert [word.word for word in first] == ["it's", "the", "movie", "her"] == [word.word for word in second]
    assert [word.start_s for word in first] == pytest.approx([word.start_s for word in second], abs=0.05)


def test_the_same_sound_gives_the_same_result_to_the_last_digit(vosk: VoskRecogniser):
    def heard_anew() -> tuple[Word, ...]:
        vosk.load()
        return hear(vosk, sound("her/about-1.flac"))

    assert heard_anew() == heard_anew()


def test_an_answer_with_long_pauses_is_one_answer(vosk: VoskRecogniser):
    words = hear(vosk, sound("hesitant.flac"))
    assert len(words) > 25
    assert all(before.start_s <= after.start_s for before, after in pairwise(words))


def test_the_caption_grows_while_somebody_speaks(vosk: VoskRecogniser):
    vosk.begin()
    samples = sound("fluent/romance.flac")
    heard, captions = AnswerAudio(), []
    for at in range(0, len(samples), FRAME_SAMPLES):
        heard.append(samples[at : at + FRAME_SAMPLES])
        vosk.accept(heard)
        captions.append(vosk.caption)
    vosk.finish(heard)
    halfway = captions[len(captions) // 2]
    assert 0 < len(halfway) < len(captions[-1])


def test_a_recogniser_that_has_heard_an_hour_is_made_anew_and_goes_on(
    vosk: VoskRecogniser, monkeypatch: pytest.MonkeyPatch
):
    before = hear(vosk, sound("her/film.flac"))
    monkeypatch.setattr(module, "_RENEW_SAMPLES", RATE_HZ // 10)
    after = hear(vosk, sound("her/film.flac"))
    assert [word.word for word in after] == [word.word for word in before]
    assert after[0].start_s == pytest.approx(before[0].start_s, abs=0.05)


def test_silence_has_no_words(vosk: VoskRecogniser):
    vosk.begin()
    assert vosk.finish(AnswerAudio()) == ()


def test_voice_activity_is_found_without_reporting_home(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    activity = VoiceActivity()
    activity.reset()
    activity.feed(sound("fluent/romance.flac"))
    assert activity.stretches
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"


def test_a_model_that_vosk_cannot_read_is_told(tmp_path: Path):
    with pytest.raises(ModelError, match="can't be loaded"):
        VoskRecogniser(tmp_path).load()


INTERRUPTED = """
import os, signal, sys, threading
import vosk
from assistant.asr.recogniser import VoskRecogniser
from assistant.models import find

recogniser = VoskRecogniser(find().path)
threading.Timer(float(sys.argv[1]), lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    recogniser.load()
    threading.Event().wait(5)
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("after_s", [0.01, 0.1, 0.2])
def test_an_interrupt_while_the_model_loads_leaves_no_complaint_behind(after_s: float):
    command = [sys.executable, "-c", INTERRUPTED, str(after_s)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=unmeasured())
    assert (done.stdout, done.stderr) == ("interrupted\n", "")


def test_memory_that_is_let_go_of_between_answers_changes_nothing_that_is_heard(vosk: VoskRecogniser):
    before = hear(vosk, sound("her/film.flac"))
    vosk.release()
    assert hear(vosk, sound("her/film.flac")) == before
