"""The unit of sound that everything is made of, and what it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from typing_extensions import Self

RATE_HZ = 16_000
"""Sampling rate of everything heard, in Hz: what the recogniser and the voice activity detector were trained on."""

FRAME_SAMPLES = 320
"""Usual length of a frame: 20 ms. A source may hand out shorter ones, at a recording's end."""

Samples = npt.NDArray[np.int16]
"""Mono samples, int16."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch in which one value was repeated, as where a device or a network drops out.

    A true silence begins as a sound fades, and nearly always has some noise in it.

    Attributes
    ----------
    start, end : int
        On the audio clock, in samples.
    broke_off_at, resumed_at : int
        The highest amplitude in the 5 ms before it and after it. A hole in the middle of a word breaks off something
        loud; one that began in a soft spot may end in something loud.
    """

    start: int
    end: int
    broke_off_at: int
    resumed_at: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """How a frame's sound came, before anything was done to it.

    Attributes
    ----------
    offset : float
        Its mean, the direct current; full scale is 1.
    clipped : int
        How many of its samples reach full scale.
    silent_for : int
        For how many samples up to its end there was nothing, not even noise: only zeros.
    holes : tuple of Hole
        Those of 40 ms or more that ended 5 ms before its end or earlier, and weren't told yet.
    """

    offset: float = 0.0
    clipped: int = 0
    silent_for: int = 0
    holes: tuple[Hole, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of sound with its place on the audio clock.

    Attributes
    ----------
    samples : ndarray of int16, shape (n,)
        Mono, at `RATE_HZ`, high-passed (see `assistant.audio.condition`).
    start : int
        Samples heard from this source before this frame, lost ones counted. This is the only clock there is.
    condition : Condition
    """

    samples: Samples
    start: int
    condition: Condition = Condition()

    @property
    def end(self) -> int:
        """Place on the audio clock right after this frame, in samples."""
        return self.start + len(self.samples)


class AudioSource(Protocol):
    """Where sound comes from. Constructors touch nothing; `open` may fail."""

    @property
    def name(self) -> str:
        """What to call it in captions and reports."""

    @property
    def dropped(self) -> int:
        """Samples lost since `open`, because nobody fetched them in time."""

    def open(self) -> None:
        """Start hearing."""

    def close(self) -> None:
        """Stop hearing and let go of the device or file. May be called twice."""

    def attend(self, label: str | None) -> None:
        """Hear from here on; what came before is past and gone. Recordings may be chosen by `label`."""

    def read(self) -> Frame | None:
        """The next frame, waiting for it if need be; None where a recording ends, and with it the turn."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
