"""Spoken stretches with word times, and the voices that give them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]
"""Mono samples between -1 and 1."""


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
    """A phrase or a filler as a voice spoke it, with what silence there is round it.

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
        """What the truth calls it."""

    @property
    def rate_hz(self) -> int:
        """Rate of everything it speaks."""

    def begin(self, seed: int) -> None:
        """Begin a recording: what is spoken from here on depends on `seed` and the order of phrases alone."""

    def phrase(self, text: str, pace: float) -> Clip:
        """Speak `text`; `pace` 1 is the voice's own, 2 twice as slow."""

    def filler(self, word: str, pace: float) -> Clip:
        """Speak "um" or "uh" in a flat tone."""
