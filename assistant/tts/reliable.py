"""An engine with a time limit and a second chance."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import TimeoutError as OutOfTime
from pathlib import Path

import numpy as np

from assistant.errors import VoiceError
from assistant.tts.engine import Engine
from assistant.tts.speech import Speech, trim_silence
from assistant.tts.thread import EngineThread
from assistant.tts.wording import speakable

_log = logging.getLogger(__name__)

_LIMIT_A_SIGN_S = 0.02
_MEMORY = Path("/dev/shm")  # noqa: S108 (files in memory; each prompt gets a private folder there)
_RATE_OF_NOTHING_HZ = 22_050


class ReliableEngine:
    """An engine that is replaced, once a text, when it hangs or fails; given up when it hangs again.

    Parameters
    ----------
    make : callable
        Makes an engine.
    limit_s : float
        How long one rendering may take, in seconds; long texts get more.
    """

    def __init__(self, make: Callable[[], Engine], limit_s: float) -> None:
        self._make = make
        self._limit_s = limit_s
        self._thread: EngineThread | None = None

    def open(self) -> None:
        """Start the engine.

        Raises
        ------
        VoiceError
            It isn't there, or doesn't start.
        """
        thread = EngineThread(self._make)
        try:
            thread.open(self._limit_s)
        except Exception as error:
            thread.leave()
            raise as_voice_error(error) from error
        self._thread = thread

    def leave(self) -> None:
        """Let go of the engine."""
        if self._thread is not None:
            self._thread.leave()
            self._thread = None

    def render(self, text: str) -> Speech:
        """The sound of `text`; of no length where there is nothing in it to say.

        Raises
        ------
        VoiceError
            It failed twice, or the engine was given up before.
        """
        said = speakable(text)
        if not said:
            return Speech(np.zeros(0, np.int16), _RATE_OF_NOTHING_HZ, text)
        if self._thread is None:
            raise VoiceError("The voice stopped answering and was given up.")
        try:
            return self._attempt(self._thread, said, text)
        except (OutOfTime, VoiceError, OSError) as error:
            _log.warning("%s It is started anew.", as_voice_error(error))
        self.leave()
        self.open()
        try:
            return self._attempt(self._thread, said, text)
        except OutOfTime as error:
            self.leave()
            raise as_voice_error(error) from error

    def _attempt(self, thread: EngineThread, said: str, text: str) -> Speech:
        limit_s = self._limit_s + _LIMIT_A_SIGN_S * len(said)
        # A prompt may contain the person's name: where the machine keeps files in memory, it goes there.
        memory = _MEMORY if os.access(_MEMORY, os.W_OK | os.X_OK) else None
        # Not TemporaryDirectory: at the program's end it is taken away before the renderer is closed, in mid-writing.
        folder = Path(tempfile.mkdtemp(prefix="assistant-voice-", dir=memory))
        try:
            thread.synthesise(said, folder / "prompt.wav", limit_s)
            return _read(folder / "prompt.wav", text)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def as_voice_error(error: Exception) -> VoiceError:
    """The error as one of the voice's, in a sentence."""
    if isinstance(error, VoiceError):
        return error
    if isinstance(error, OutOfTime):
        return VoiceError("The voice didn't answer in time.")
    return VoiceError(f"The voice failed: {error}.")


def _read(path: Path, text: str) -> Speech:
    import soundfile

    try:
        samples, rate_hz = soundfile.read(path, dtype="int16", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise VoiceError(f"The voice wrote no sound that can be read: {error}.") from error
    spoken = trim_silence(samples[:, 0], rate_hz)
    if not spoken.size:
        raise VoiceError("The voice gave nothing but silence. Is the chosen voice fully installed?")
    return Speech(spoken, rate_hz, text)
