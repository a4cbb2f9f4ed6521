"""Breaking in, by the audio clock alone: a voice that takes time, a microphone that hears meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.asr.interruption import LASTS_S, Interruption
from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Frame, Samples
from assistant.audio.microphone import Microphone
from assistant.audio.replay import replay_of
from assistant.session.assembly import LoadedEar, make_barge_in, make_ear
from assistant.session.barge_in import BargeIn
from assistant.session.components import SessionComponents
from assistant.session.options import SessionOptions
from assistant.store import Store
from assistant.tts.voice import SilentVoice
from tests.support.interrupting_user import SENTENCES, InterruptingUser
from tests.support.recordings import sound_of
from tools.paths import RECORDINGS

STOP = RECORDINGS / "commands" / "stop.flac"
SPOKEN_S = 0.06
"""A letter takes so long to say."""


def um() -> Samples:
    """Somebody who says "um" and no more."""
    path = RECORDINGS / "hesitant.flac"
    items = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["items"]
    filler = max((item for item in items if item["kind"] == "filler"), key=lambda item: item["end_s"] - item["start_s"])
    sound = sound_of(path)[round(filler["start_s"] * RATE_HZ) : round(filler["end_s"] * RATE_HZ)]
    return np.concatenate((np.zeros(4800, np.int16), sound, np.zeros(4800, np.int16)))


class Desk(SilentVoice):
    """A microphone and headphones: while the voice speaks, the audio clock runs on."""

    name = "desk"
    dropped = 0

    def __init__(self) -> None:
        self.now = self.read_up_to = 0
        self.sound = np.zeros(600 * RATE_HZ, np.int16)
        self.spoken_s: dict[str, float] = {}

    def play(self, samples: Samples) -> None:
        self.sound[self.now : self.now + len(samples)] = samples

    def say(self, text: str, *, stop: Callable[[], bool] | None = None) -> None:
        began = self.now
        while self.now - began < SPOKEN_S * len(text) * RATE_HZ and not (stop is not None and stop()):
            self.now += 160
        self.spoken_s[text] = (self.now - began) / RATE_HZ

    def attend(self, label: str | None) -> None:
        self.read_up_to = self.now

    def poll(self) -> Frame | None:
        return self.read() if self.read_up_to + FRAME_SAMPLES <= self.now else None

    def read(self) -> Frame:
        start, self.read_up_to = self.read_up_to, self.read_up_to + FRAME_SAMPLES
        self.now = max(self.now, self.read_up_to)
        return Frame(self.sound[start : self.read_up_to], start)

    def open(self) -> None: ...

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def ear() -> LoadedEar:
    return make_ear(None)


Talk = Callable[..., list[str]]


@pytest.fixture
def talk(ear: LoadedEar, tmp_path: Path) -> Talk:
    def talking(desk: Desk, person: InterruptingUser, *, headphones: bool = True) -> list[str]:
        with Store(tmp_path) as store:
            parts = SessionComponents(desk, ear.listener, ear.model, desk, store, person, (), commands=ear.commands)
            return person.talk(replace(parts, barge_in=BargeIn(desk) if headphones else None))

    return talking


def command(desk: Desk, name: str) -> Callable[[], object]:
    return lambda: desk.play(sound_of(RECORDINGS / "commands" / f"{name}.flac"))


def test_what_is_said_in_the_middle_of_a_sentence_stops_it_and_is_heard_from_its_beginning(talk: Talk):
    desk = Desk()
    person = InterruptingUser(SENTENCES[1], command(desk, "stop"), command(desk, "continue"), command(desk, "not-now"))
    log = talk(desk, person)
    stopped = log.index("○ stop")
    assert log[stopped - 1] == f"● {SENTENCES[1]}"
    assert log[stopped + 3 : stopped + 6] == [f"● {text}" for text in SENTENCES[1:]]


def test_a_sentence_is_broken_off_at_once(talk: Talk):
    desk = Desk()
    person = InterruptingUser(SENTENCES[1], command(desk, "stop"), command(desk, "not-now"))
    talk(desk, person)
    # Its first sound comes after 0.3 s of silence.
    assert 0.3 + LASTS_S <= desk.spoken_s[SENTENCES[1]] < 1.0
    assert SENTENCES[2] not in desk.spoken_s


def test_how_fast_somebody_answered_who_broke_in_is_not_told(talk: Talk):
    desk = Desk()
    person = InterruptingUser(SENTENCES[2], command(desk, "not-now"))
    talk(desk, person)
    assert person.log[-2] == "○ not now"
    assert person.heard_last.interrupts
    assert person.heard_last.response_latency_s is None


def test_a_sound_without_a_word_interrupts_once_and_then_all_is_said_again(talk: Talk):
    desk = Desk()

    def hem() -> None:
        desk.play(um())

    person = InterruptingUser(SENTENCES[1], hem, command(desk, "not-now"))
    log = talk(desk, person)
    again = [at for at, line in enumerate(log) if line == f"● {SENTENCES[1]}"]
    assert len(again) == 2, log
    assert again[1] == again[0] + 2
    assert log[again[1] :][:3] == [f"● {text}" for text in SENTENCES[1:]]


def test_without_headphones_nothing_is_heard_while_the_assistant_speaks(talk: Talk):
    desk = Desk()
    person = InterruptingUser(SENTENCES[1], command(desk, "stop"), first_answer=command(desk, "not-now"))
    log = talk(desk, person, headphones=False)
    assert "○ stop" not in log
    assert [f"● {text}" for text in SENTENCES] == [line for line in log if line[2:] in SENTENCES]


def frames(sound: Samples) -> Iterable[Frame]:
    return (Frame(sound[at : at + FRAME_SAMPLES], at) for at in range(0, len(sound), FRAME_SAMPLES))


def test_a_click_is_no_interruption_and_what_is_kept_does_not_grow():
    interruption = Interruption()
    interruption.begin()
    sound = np.zeros(20 * RATE_HZ, np.int16)
    sound[5 * RATE_HZ :][:800] = 20_000
    for frame in frames(sound):
        interruption.feed(frame)
        assert interruption.begun == () or interruption.begun[-1].end - interruption.begun[0].start <= 1.6 * RATE_HZ
    assert not interruption.noticed


def test_a_recording_never_breaks_in():
    chosen = SessionOptions(headphones=True)
    assert make_barge_in(chosen, replay_of([STOP], [])) is None
    assert make_barge_in(chosen, Microphone()) is not None
    assert make_barge_in(SessionOptions(), Microphone()) is None
    assert make_barge_in(SessionOptions(headphones=True, aloud=False), Microphone()) is None
