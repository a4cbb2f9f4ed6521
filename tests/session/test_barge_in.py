"""Breaking in, by the audio clock alone: a voice that takes time, a microphone that hears meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.asr.interruption import Interruption, Overlap, judge
from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Frame, Samples
from assistant.audio.microphone import Microphone
from assistant.audio.replay import replay_of
from assistant.session.assembly import LoadedEar, make_barge_in, make_ear
from assistant.session.barge_in import BargeIn, HalfDuplex
from assistant.session.components import SessionComponents
from assistant.session.options import SessionOptions
from assistant.store import Store
from tests.support.interrupting_user import SENTENCES, InterruptingUser
from tests.support.recordings import sound_of
from tools.paths import RECORDINGS
from tools.simulation.desk import SPOKEN_S, Desk

STOP = RECORDINGS / "commands" / "stop.flac"


def um() -> Samples:
    """Somebody who says "um" and no more."""
    path = RECORDINGS / "hesitant.flac"
    items = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["items"]
    filler = max((item for item in items if item["kind"] == "filler"), key=lambda item: item["end_s"] - item["start_s"])
    sound = sound_of(path)[round(filler["start_s"] * RATE_HZ) : round(filler["end_s"] * RATE_HZ)]
    return np.concatenate((np.zeros(4800, np.int16), sound, np.zeros(4800, np.int16)))


@pytest.fixture(scope="module")
def ear() -> LoadedEar:
    return make_ear(None)


Talk = Callable[..., list[str]]


@pytest.fixture
def talk(ear: LoadedEar, tmp_path: Path) -> Talk:
    def talking(desk: Desk, person: InterruptingUser, *, headphones: bool = True) -> list[str]:
        with Store(tmp_path) as store:
            parts = SessionComponents(desk, ear.listener, ear.model, desk, store, person, (), commands=ear.commands)
            barge_in = (BargeIn if headphones else HalfDuplex)(desk, Interruption(ear.words))
            return person.talk(replace(parts, barge_in=barge_in))

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
    # Its first sound comes after 0.3 s of silence, and it takes 0.4 s.
    assert 0.3 < desk.spoken_s(SENTENCES[1]) < 1.1
    assert SENTENCES[2] not in [text for text, _, _ in desk.spoken]


def test_how_fast_somebody_answered_who_broke_in_is_not_told(talk: Talk):
    desk = Desk()
    person = InterruptingUser(SENTENCES[2], command(desk, "not-now"))
    talk(desk, person)
    assert person.log[-2] == "○ not now"
    assert person.heard_last.interrupts
    assert person.heard_last.response_latency_s is None


def test_an_um_does_not_stop_the_reading(talk: Talk):
    desk = Desk()
    person = InterruptingUser(SENTENCES[1], lambda: desk.play(um()), first_answer=command(desk, "not-now"))
    log = talk(desk, person)
    assert [line for line in log if line[2:] in SENTENCES] == [f"● {text}" for text in SENTENCES]
    assert desk.spoken_s(SENTENCES[1]) == pytest.approx(SPOKEN_S * len(SENTENCES[1]), abs=0.05)


def test_a_yes_is_for_going_on_with_the_reading(talk: Talk):
    desk = Desk()
    person = InterruptingUser(SENTENCES[1], command(desk, "yes"), first_answer=command(desk, "not-now"))
    log = talk(desk, person)
    assert [line for line in log if line[2:] in SENTENCES] == [f"● {text}" for text in SENTENCES]
    assert "○ yes" not in log


def test_without_headphones_nothing_said_over_the_assistant_is_taken_for_an_answer(talk: Talk):
    desk = Desk()
    person = InterruptingUser(SENTENCES[1], command(desk, "stop"), first_answer=command(desk, "not-now"))
    log = talk(desk, person, headphones=False)
    assert "○ stop" not in log
    assert log[-3:-1] == ["● I spoke over you. Please say that again.", "○ not now"]


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
        assert interruption.overlap is not Overlap.INTERRUPTION


@pytest.mark.parametrize(
    ("voice_s", "silence_s", "text", "overlap"),
    [
        (0.0, 0.0, "", Overlap.NOTHING),
        (0.3, 0.0, "", Overlap.UNDECIDED),
        (0.3, 0.35, "", Overlap.NOISE),
        (0.3, 0.35, "the", Overlap.NOISE),
        (0.4, 0.1, "yeah", Overlap.UNDECIDED),
        (0.4, 0.35, "yeah", Overlap.BACK_CHANNEL),
        (0.5, 0.35, "mm hmm", Overlap.BACK_CHANNEL),
        (1.1, 0.35, "yeah i see", Overlap.BACK_CHANNEL),
        (0.5, 0.0, "stop", Overlap.INTERRUPTION),
        (0.9, 0.0, "yeah but", Overlap.INTERRUPTION),
        (0.9, 0.0, "", Overlap.INTERRUPTION),
        (1.3, 0.0, "yeah yeah", Overlap.INTERRUPTION),
    ],
)
def test_a_back_channel_a_noise_and_an_interruption_are_told_apart(
    voice_s: float, silence_s: float, text: str, overlap: Overlap
):
    assert judge(voice_s, silence_s, text) is overlap


def test_a_recording_never_breaks_in(ear: LoadedEar):
    chosen = SessionOptions(headphones=True)
    assert make_barge_in(chosen, replay_of([STOP], []), ear.words) is None
    assert make_barge_in(chosen, Microphone(), ear.words) is not None
