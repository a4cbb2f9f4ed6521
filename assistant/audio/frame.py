"""The unit of sound that everything is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RATE_HZ = 16_000
"""Sampling rate of everything heard, in Hz: what the recogniser and the voice activity detector were trained on."""

FRAME_SAMPLES = 320
"""Usual length of a frame: 20 ms. A source may hand out shorter ones, at a recording's end."""

Samples = npt.NDArray[np.int16]
"""Mono samples, int16."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of sound with its place on the audio clock.

    Attributes
    ----------
    samples : ndarray of int16, shape (n,)
        Mono, at `RATE_HZ`.
    start : int
        Samples heard from this source before this frame, lost ones counted. This is the only clock there is.
    """

    samples: Samples
    start: int

    @property
    def end(self) -> int:
        """Place on the audio clock right after this frame, in samples."""
        return self.start + len(self.samples)
