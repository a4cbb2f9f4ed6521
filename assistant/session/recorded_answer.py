"""Analyses a recording as one answer, without a conversation."""

from __future__ import annotations

from pathlib import Path

from typing_extensions import Self

from assistant.asr.endpointing import ENDLESS
from assistant.asr.listener import Listener
from assistant.assessment.assessor import SpeechAssessor
from assistant.audio.condition import Conditioner
from assistant.audio.frame import Frame
from assistant.audio.recording import Recording
from assistant.session.assembly import LoadedEar, make_ear
from assistant.session.components import Watcher
from assistant.session.turn_listener import TurnListener
from assistant.turns.document import Analysis
from assistant.turns.user_turn import UserTurn


class RecordedAnswer:
    """An `AudioSource`: one recording from its first to its last sample. The constructor touches nothing.

    Parameters
    ----------
    path : Path
    """

    dropped = 0

    def __init__(self, path: Path) -> None:
        self._recording = Recording(path)
        self._conditioner = Conditioner()
        self._heard = 0
        self.name = str(path)

    @property
    def duration_s(self) -> float:
        """Its length in seconds, if the file says."""
        return self._recording.duration_s

    @property
    def note(self) -> str | None:
        """After reading, a sentence for a person about what is wrong with it although it can be used."""
        return self._recording.note

    def open(self) -> None:
        """Open the file.

        Raises
        ------
        AudioFileError
            If it can't be used.
        """
        self._recording.open()
        self._conditioner = Conditioner()
        self._heard = 0

    def close(self) -> None:
        """Close the file. May be called twice."""
        self._recording.close()

    def attend(self, label: str | None) -> None:
        """Do nothing: there is one answer."""

    def read(self) -> Frame | None:
        """The next block of sound; None at the end.

        Raises
        ------
        AudioFileError
            If nothing of the file can be decoded.
        """
        samples = self._recording.read()
        if samples is None:
            return None
        frame = self._conditioner.frame(samples, self._heard)
        self._heard = frame.end
        return frame

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def analyse(path: Path, ear: LoadedEar | None = None) -> Analysis:
    """Analyse what can be heard in a recording: words, fillers, pauses, hesitation, discomfort.

    Parameters
    ----------
    path : Path
        It counts as one answer, to a question that ended where the recording begins.
    ear : LoadedEar, optional
        The listener, from `assistant.session.make_ear`; otherwise loaded for this call, which takes a second.

    Raises
    ------
    AudioFileError
        If it can't be used.
    ModelError
        If the speech model is missing or damaged.
    """
    ear = ear or make_ear(None)
    with RecordedAnswer(path) as source:
        turn = hear_answer(source, ear.listener)
    return Analysis.of(turn, source=str(path), model=ear.model)


def hear_answer(source: RecordedAnswer, listener: Listener, watcher: Watcher | None = None) -> UserTurn:
    """Process an open recording as one answer that began when the recording did.

    Raises
    ------
    AudioFileError
        If it can't be used.
    """
    turns = TurnListener(source, listener, watcher or Watcher(), SpeechAssessor())
    return turns.listen(0, ENDLESS, keep=lambda *_: None)
