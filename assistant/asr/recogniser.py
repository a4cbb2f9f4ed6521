"""Offline speech recognition with Vosk."""

from __future__ import annotations

import ctypes
import json
import os
from pathlib import Path
from typing import Any, Protocol

from assistant.audio.frame import RATE_HZ
from assistant.deferred_signals import interrupts_held_back
from assistant.errors import ModelError
from assistant.turns.answer import Word
from assistant.turns.audio import AnswerAudio

_RENEW_SAMPLES = 3600 * RATE_HZ
"""Vosk counts samples in 32 bits, which a kiosk would exceed after 37 hours of speech; so we renew it each hour."""


_PIECE_SAMPLES = RATE_HZ // 10
"""Vosk is fed this much at a time: its partial results cost the same no matter how little is new."""


class Recogniser(Protocol):
    """Turns the sound of one answer into words."""

    def begin(self) -> None:
        """Start a new answer."""

    def accept(self, sound: AnswerAudio) -> None:
        """Process what has been added to the sound of the answer; second 0 is its first sample."""

    @property
    def caption(self) -> str:
        """The words understood so far; the last ones may still change."""

    def finish(self, sound: AnswerAudio) -> tuple[Word, ...]:
        """Return all words of the answer with their times in seconds, including sound not accepted yet."""

    def release(self) -> None:
        """Let go of the memory that only the last answers needed."""


class VoskRecogniser:
    """Vosk, fed continuously within an answer.

    Vosk splits its output after half a second of silence; we join those segments, because a hesitant answer goes on
    after a pause. Vosk counts the samples since it was made, so we keep the count at `begin` and subtract it.

    Parameters
    ----------
    model : Path
        Folder of a Vosk model.
    """

    def __init__(self, model: Path) -> None:
        self._model_dir = model
        self._model: Any = None
        self._kaldi: Any = None
        self._fed = 0
        self._began = 0
        self._read = 0
        self._words: list[Word] = []
        self._partial = ""

    def load(self) -> None:
        """Load the model (about 0.6 s for the small English one).

        Raises
        ------
        ModelError
            If Vosk can't read it.
        """
        import vosk

        # -2 is below Kaldi's warnings, which would mix with the captions on standard error.
        vosk.SetLogLevel(-2)
        try:
            # Vosk prints a traceback when a half-made object is thrown away.
            with interrupts_held_back():
                if self._model is None:
                    self._model = vosk.Model(str(self._model_dir))
                self._kaldi = vosk.KaldiRecognizer(self._model, RATE_HZ)
        except Exception as error:
            raise ModelError(
                f"The speech model in {self._model_dir} can't be loaded: Vosk says “{error}”. "
                "“assistant models verify” says what is wrong; “assistant models install” repairs it."
            ) from error
        # Final results have words with times; partial results stay text, because with words they lag by a whole second.
        self._kaldi.SetWords(True)
        self._fed = 0

    @property
    def model(self) -> Any:  # noqa: ANN401 - Vosk has no types
        """The loaded `vosk.Model`, for another recogniser to share."""
        if self._model is None:
            self.load()
        return self._model

    def begin(self) -> None:
        """Start a new answer."""
        if self._kaldi is None or self._fed >= _RENEW_SAMPLES:
            self.load()
        restart_dither()
        self._began = self._fed
        self._read = 0
        self._words = []
        self._partial = ""

    def accept(self, sound: AnswerAudio) -> None:
        """Process what has been added to `sound`."""
        if len(sound) - self._read >= _PIECE_SAMPLES:
            self._feed(sound)

    def _feed(self, sound: AnswerAudio) -> None:
        samples = sound.since(self._read)
        self._read += len(samples)
        self._fed += len(samples)
        if self._kaldi.AcceptWaveform(samples.tobytes()):
            self._keep(self._kaldi.Result())
            self._partial = ""
        else:
            self._partial = json.loads(self._kaldi.PartialResult()).get("partial", "")

    @property
    def caption(self) -> str:
        """The words understood so far."""
        return " ".join([*(word.word for word in self._words), *self._partial.split()])

    def finish(self, sound: AnswerAudio) -> tuple[Word, ...]:
        """Return all words of the answer."""
        if len(sound) > self._read:
            self._feed(sound)
        if self._fed > self._began:
            self._keep(self._kaldi.FinalResult())
        self._partial = ""
        return tuple(self._words)

    def release(self) -> None:
        """Let go of the parts of the graph that were put together for what has been heard, 130 MB in a conversation.

        Within one they stay: with them, Vosk takes a third less time.
        """
        self._kaldi = None

    def _keep(self, result: str) -> None:
        self._words += words_in(result, self._began / RATE_HZ)


def restart_dither() -> None:
    """Let Kaldi's dither start over, so that the same sound gives the same result every time.

    Kaldi adds noise of about one bit to the sound, drawn from C's ``rand``, which runs on from answer to answer.
    Without it (``--dither=0``), words next to digital silence are lost. Call this before the first sample. On Windows,
    every thread and library has its own ``rand``, and this does nothing.
    """
    if os.name == "posix":
        ctypes.CDLL(None).srand(1)


def words_in(result: str, offset_s: float = 0.0) -> list[Word]:
    """The words of one of Vosk's results, in seconds since `offset_s` of Vosk's count."""
    return [
        Word(
            word=found["word"],
            start_s=round(found["start"] - offset_s, 3),
            end_s=round(found["end"] - offset_s, 3),
            confidence=round(found["conf"], 3),
        )
        for found in json.loads(result).get("result", ())
    ]
