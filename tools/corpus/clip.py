"""Clips of speech with word times, finding silence in them, and the voices and synthesisers that speak them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tools.command import run_program

Sound = npt.NDArray[np.float32]
"""Mono samples between -1 and 1."""

OUT_FILE = "<out>"
"""Stands for the file to write in the command line of a synthesiser."""

_SILENCE_DB = -45.0
"""Relative to the peak. A voice is silent in steps below this level."""
_STEP_S = 0.005
_LEAST_SILENCE_S = 0.03


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word with its times in seconds."""

    word: str
    start_s: float
    end_s: float

    def later(self, seconds: float) -> TimedWord:
        """The same word, `seconds` later."""
        return TimedWord(self.word, self.start_s + seconds, self.end_s + seconds)


@dataclass(frozen=True, slots=True)
class Clip:
    """A phrase or a filler as a voice spoke it, with any silence around it.

    Attributes
    ----------
    sound : ndarray of float32, shape (n,)
    rate_hz : int
    words : tuple of TimedWord
        Times from the first sample.
    """

    sound: Sound
    rate_hz: int
    words: tuple[TimedWord, ...]


class Voice(Protocol):
    """A speaker. The same seed gives the same sound."""

    @property
    def name(self) -> str:
        """Its name in the truth."""

    @property
    def rate_hz(self) -> int:
        """Rate of everything it speaks."""

    def begin(self, seed: int) -> None:
        """Begin a recording: anything spoken from here on depends only on `seed` and the order of phrases."""

    def phrase(self, text: str, pace: float) -> Clip:
        """Speak `text`; `pace` 1 is the voice's own, 2 twice as slow."""

    def filler(self, word: str, pace: float) -> Clip:
        """Speak "um" or "uh" in a flat tone."""


def synthesise(command: Sequence[str], given: str = "") -> tuple[str, Sound, int]:
    """Run a synthesiser that writes a WAV file to `OUT_FILE`; return what it printed, the sound, and its rate in Hz.

    Raises
    ------
    ToolError
        If it isn't installed or fails.
    """
    import soundfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        named = [argument.replace(OUT_FILE, str(path)) for argument in command]
        printed = run_program(named, given=given, what=f"Speaking with {command[0]}")
        sound, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    return printed, sound[:, 0], rate_hz


def voiced_span(sound: Sound, rate_hz: int) -> tuple[float, float]:
    """First and last moment, in seconds, with sound."""
    loud = np.flatnonzero(~_quiet_steps(sound, rate_hz))
    step_s = _step(rate_hz) / rate_hz
    return float(loud[0]) * step_s, float(loud[-1] + 1) * step_s


def longest_silence(sound: Sound, rate_hz: int, start_s: float, end_s: float) -> tuple[float, float] | None:
    """Edges, in seconds, of the longest silence between two moments; None if there is none of at least 30 ms."""
    step_s = _step(rate_hz) / rate_hz
    quiet = _quiet_steps(sound, rate_hz)
    first, last = max(round(start_s / step_s), 0), min(round(end_s / step_s), len(quiet))
    # Loud guards at both ends, so that every silence has an onset and an end.
    guarded = np.concatenate(([False], quiet[first:last], [False])).astype(np.int8)
    change = np.diff(guarded)
    onsets, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    if not len(onsets):
        return None
    longest = int(np.argmax(ends - onsets))
    silence = (first + int(onsets[longest])) * step_s, (first + int(ends[longest])) * step_s
    return silence if silence[1] - silence[0] >= _LEAST_SILENCE_S - step_s / 2 else None


def _step(rate_hz: int) -> int:
    """Samples in a step. At 22 050 Hz it is just under 5 ms, so times are counted in samples, or they would drift."""
    return round(_STEP_S * rate_hz)


def _quiet_steps(sound: Sound, rate_hz: int) -> npt.NDArray[np.bool_]:
    step = _step(rate_hz)
    whole = sound[: len(sound) // step * step].reshape(-1, step)
    power = np.mean(np.square(whole, dtype=np.float64), axis=1)
    threshold = float(np.max(np.abs(sound))) ** 2 * 10 ** (_SILENCE_DB / 10)
    quiet: npt.NDArray[np.bool_] = power < threshold
    return quiet
