"""Listening to recordings as the program does, without a conversation."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.asr.endpointing import ENDLESS
from assistant.asr.events import Event, TurnEnded
from assistant.asr.listener import Listener
from assistant.asr.recogniser import Recogniser
from assistant.audio.condition import Conditioner
from assistant.audio.frame import Samples
from assistant.audio.recording import Recording
from assistant.turns.answer import Answer, Word
from assistant.turns.audio import AnswerAudio

PIECE = 320
"""Samples to process at a time: 20 ms, as from a microphone."""


def samples_of(path: Path) -> Samples:
    """A whole recording in the program's format: int16 mono at 16 kHz, shape (n,)."""
    blocks = []
    with Recording(path) as recording:
        while (samples := recording.read()) is not None:
            blocks.append(samples)
    return np.concatenate(blocks)


def recognise(recogniser: Recogniser, samples: Samples, piece: int = PIECE) -> tuple[Word, ...]:
    """The words that a recogniser hears in it, `piece` samples at a time."""
    recogniser.begin()
    sound = AnswerAudio()
    for start in range(0, len(samples), piece):
        sound.append(samples[start : start + piece])
        recogniser.accept(sound)
    return tuple(recogniser.finish(sound))


def listen(listener: Listener, samples: Samples) -> tuple[Answer, list[Event]]:
    """Process it as one answer, no matter how long its silences; return the answer and the events on the way."""
    listener.begin(ENDLESS)
    conditioner = Conditioner()
    events: list[Event] = []
    for start in range(0, len(samples), PIECE):
        events += listener.feed(conditioner.frame(samples[start : start + PIECE], start))
    events += listener.finish()
    return next(event.answer for event in events if isinstance(event, TurnEnded)), events
