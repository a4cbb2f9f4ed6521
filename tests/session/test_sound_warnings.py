"""What is told while a conversation goes on of a microphone that can't be heard well."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from assistant.asr.endpointing import EndpointTimeouts
from assistant.asr.sound_quality import MUTED, QUIET
from assistant.audio.condition import Conditioner
from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Frame, Samples
from assistant.kiosk import wait_for_voice
from assistant.session.assembly import LoadedEar, make_ear
from assistant.session.components import Watcher
from assistant.session.turn_listener import TurnListener
from tests.support.recordings import sound_of
from tools.paths import RECORDINGS

VOICE = sound_of(RECORDINGS / "fluent" / "romance.flac")


class Heard:
    """A microphone that hears this sound, and then nothing at all."""

    name = "microphone"
    dropped = 0

    def __init__(self, sound: Samples) -> None:
        silence = np.zeros(60 * RATE_HZ, np.int16)
        self._frames = self._made(np.concatenate((sound, silence)))

    def _made(self, sound: Samples) -> Iterator[Frame]:
        conditioner = Conditioner()
        for at in range(0, len(sound), FRAME_SAMPLES):
            yield conditioner.frame(sound[at : at + FRAME_SAMPLES], at)

    def attend(self, label: str | None) -> None: ...

    def read(self) -> Frame | None:
        return next(self._frames)


class Notes(Watcher):
    """Notes each warning with how much had been heard by then, in seconds."""

    def __init__(self) -> None:
        self.heard_s = 0.0
        self.warnings: list[tuple[str, float]] = []

    def sound(self, frame: Frame) -> None:
        self.heard_s = frame.end / RATE_HZ

    def warned(self, sentence: str) -> None:
        self.warnings.append((sentence, self.heard_s))


@pytest.fixture(scope="module")
def ear() -> LoadedEar:
    return make_ear(None)


def warnings(ear: LoadedEar, sound: Samples, turns: int) -> list[tuple[str, float]]:
    notes = Notes()
    listener = TurnListener(Heard(sound), ear.listener, notes, None)  # type: ignore[arg-type]
    for number in range(turns):
        listener.listen(number, EndpointTimeouts(beginning_s=5.0), keep=lambda *_: None)
    return notes.warnings


def test_a_muted_microphone_is_told_within_three_seconds_and_once(ear: LoadedEar):
    [(told, after_s)] = warnings(ear, np.zeros(0, np.int16), turns=3)
    assert told == MUTED
    assert after_s == pytest.approx(3.0, abs=0.1)


def test_a_voice_that_is_far_too_quiet_is_told_after_its_first_answer_and_once(ear: LoadedEar):
    quiet = (VOICE * 10 ** (-30 / 20)).astype(np.int16)
    told = warnings(ear, np.concatenate((quiet, quiet)), turns=2)
    assert [sentence for sentence, _ in told if sentence != MUTED] == [QUIET]


def test_a_voice_as_it_should_be_is_no_cause_for_warnings(ear: LoadedEar):
    assert warnings(ear, VOICE, turns=1) == []


def test_a_kiosk_notices_that_its_microphone_delivers_nothing():
    told: list[str] = []
    wait_for_voice(
        Heard(np.concatenate((np.zeros(4 * RATE_HZ, np.int16), VOICE))),  # type: ignore[arg-type]
        lambda: told.append(MUTED),
    )
    assert told
