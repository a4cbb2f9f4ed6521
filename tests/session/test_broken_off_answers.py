"""What is kept of an answer that is broken off, wherever that happens."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import numpy as np
import pytest

from assistant.asr.biased_recogniser import BiasedRecogniser
from assistant.asr.endpointing import EndpointTimeouts
from assistant.asr.listener import Listener
from assistant.assessment.prosody import ProsodyMeter
from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Frame
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import default_script
from assistant.fillers.detector import FilledPauseDetector
from assistant.kiosk import Kiosk, KioskLog
from assistant.kiosk.settings import KioskSettings
from assistant.session.assembly import LoadedEar, make_ear
from assistant.session.components import SessionComponents, Watcher
from assistant.session.session import Session
from assistant.store import Store, Turn
from assistant.tts.voice import SilentVoice
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment
from tests.support.recordings import sound_of
from tools.paths import RECORDINGS

HESITANT = RECORDINGS / "hesitant.flac"


class Blocks:
    """A recording that comes in long pieces, so that words are there at the first; then it is silent for good."""

    name = "blocks"
    dropped = 0

    def __init__(self, samples: int) -> None:
        sound = np.concatenate((sound_of(HESITANT), np.zeros(60 * RATE_HZ, np.int16)))
        self._frames = (Frame(sound[at : at + samples], at) for at in range(0, len(sound), samples))

    def attend(self, label: str | None) -> None: ...

    def read(self) -> Frame | None:
        return next(self._frames, None)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def __enter__(self) -> Blocks:
        return self

    def __exit__(self, *_: object) -> None: ...


class Ended(BaseException):
    """What SIGTERM is made into, here."""


@pytest.fixture(scope="module")
def ear() -> LoadedEar:
    return make_ear(None)


@pytest.fixture
def sigterm_is_raised() -> Iterator[None]:
    def on_terminate(number: int, frame: FrameType | None) -> NoReturn:
        raise Ended

    usual = signal.signal(signal.SIGTERM, on_terminate)
    yield
    signal.signal(signal.SIGTERM, usual)


def broken_off(ear: LoadedEar, folder: Path, samples: int, error: type[BaseException]) -> Turn:
    """The answer that is in the store after a session that `error` ended."""
    with Store(folder) as store:
        parts = SessionComponents(Blocks(samples), ear.listener, ear.model, SilentVoice(), store, KioskLog(), ())
        session = Session(parts, Conversation(default_script()))
        with pytest.raises(error):
            session.run()
        assert store.session(session.id).status == "abandoned"
        [turn] = [turn for turn in store.turns(session.id) if turn.speaker == "person"]
        return turn


def at_call(number: int, do: Callable[[], object], method: Callable[..., Any]) -> Callable[..., Any]:
    """The same method, which does something first when it is called for the time `number`, counted from 0."""
    calls = iter(range(1_000_000))

    def called(*given: Any) -> Any:
        if next(calls) == number:
            do()
        return method(*given)

    return called


def interrupt() -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("call", "samples"),
    [(0, FRAME_SAMPLES), (1, FRAME_SAMPLES), (5, FRAME_SAMPLES), (0, 4 * RATE_HZ), (1, 4 * RATE_HZ)],
)
@pytest.mark.parametrize(
    ("part", "method"),
    [(BiasedRecogniser, "accept"), (FilledPauseDetector, "feed"), (ProsodyMeter, "feed"), (Listener, "_hear")],
)
def test_wherever_hearing_is_broken_off_all_that_was_heard_is_kept(
    ear: LoadedEar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: type, method: str, call: int, samples: int
):
    monkeypatch.setattr(part, method, at_call(call, interrupt, getattr(part, method)))
    turn = broken_off(ear, tmp_path, samples, KeyboardInterrupt)
    assert turn.analysis is not None
    if samples > RATE_HZ and part is not Listener:
        assert turn.text.startswith("i went to the cinema um with my")
        assert any(filler["word"] == "um" for filler in turn.analysis["fillers"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("method", ["accept", "finish"])
@pytest.mark.usefixtures("sigterm_is_raised")
def test_a_signal_while_the_recogniser_works_is_heeded_when_the_frame_is_heard(
    ear: LoadedEar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, number: signal.Signals
):
    signalled = at_call(0, lambda: os.kill(os.getpid(), number), getattr(BiasedRecogniser, method))
    monkeypatch.setattr(BiasedRecogniser, method, signalled)
    error = Ended if number is signal.SIGTERM else KeyboardInterrupt
    turn = broken_off(ear, tmp_path, 4 * RATE_HZ, error)
    assert turn.text.startswith("i went to the cinema um with my")


@pytest.mark.usefixtures("sigterm_is_raised")
def test_a_kiosk_that_is_told_to_end_ends_though_nothing_can_be_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_: object) -> NoReturn:
        raise ValueError("nothing to be saved")

    monkeypatch.setattr(
        BiasedRecogniser, "accept", at_call(0, lambda: os.kill(os.getpid(), signal.SIGTERM), BiasedRecogniser.accept)
    )
    for part, method in ((Listener, "finish"), (Store, "end_session"), (Store, "forget")):
        monkeypatch.setattr(part, method, fail)
    settings = KioskSettings(data=tmp_path, out=tmp_path, aloud=False, ask_first=False)
    kiosk = Kiosk(settings, lambda: Blocks(FRAME_SAMPLES))
    with pytest.raises(Ended):
        kiosk.run(sessions=1)
    assert caplog.text.count("nothing to be saved") == 3


def test_what_was_said_of_a_long_answer_is_on_disk_before_it_is_over(
    ear: LoadedEar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("assistant.session.turn_recorder.BRIEFLY", EndpointTimeouts(long_s=2.0, patience="patient"))
    kept: list[str] = []

    class Looking(Watcher):
        def long_answer(self) -> None:
            self.said_so_far = True

        def caption(self, text: str) -> None:
            if hasattr(self, "said_so_far"):
                kept.append(" ".join(turn.text for turn in store.turns(session.id) if turn.speaker == "person"))

        def heard(self, answer: Answer, assessment: Assessment | None) -> None:
            raise Ended

    with Store(tmp_path) as store:
        parts = SessionComponents(Blocks(FRAME_SAMPLES), ear.listener, ear.model, SilentVoice(), store, Looking(), ())
        session = Session(parts, Conversation(default_script()))
        with pytest.raises(Ended):
            session.run()
        [turn] = [turn for turn in store.turns(session.id) if turn.speaker == "person"]
    assert kept[0].startswith("i went to the cinema")
    assert turn.text.startswith("i went to the cinema um with my")
    assert len(turn.text) > len(kept[0])
