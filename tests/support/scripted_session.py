"""Sessions whose answers are written down: no sound, and next to no time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from assistant.asr.events import Event, TurnEnded
from assistant.audio.frame import FRAME_SAMPLES, Frame
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import default_script
from assistant.session.components import Limits, SessionComponents
from assistant.session.session import Session
from assistant.store import Store
from assistant.tts.voice import SilentVoice
from assistant.turns.answer import Answer
from assistant.turns.audio import AnswerAudio
from tests.support.answers import spoken


class Ears:
    """Source, listener and onlooker in one: hears one answer after another."""

    name = "words"
    dropped = 0

    def __init__(self, *answers: Answer) -> None:
        self._answers: Iterator[Answer] = iter(answers)
        self.audio = AnswerAudio()

    def read(self) -> Frame:
        return Frame(np.zeros(FRAME_SAMPLES, np.int16), 0)

    def begin(self, *_: object, **__: object) -> None: ...

    def feed(self, frame: Frame) -> list[Event]:
        return [TurnEnded(next(self._answers, spoken("")))]

    def __getattr__(self, name: str) -> Any:
        return lambda *_: None


def held(folder: Path, *answers: Answer, live: bool = True, limits: Limits | None = None) -> list[str]:
    """What is said in a session with these answers and silence after them."""
    ears: Any = Ears(*answers)
    within = limits or Limits()
    with Store(folder) as store:
        parts = SessionComponents(ears, ears, "words", SilentVoice(), store, ears, (), live=live, limits=within)
        session = Session(parts, Conversation(default_script(), sensing=False), sensing=False)
        session.run()
        return [turn.text for turn in store.turns(session.id)]
