"""Rendered speech: sound that says a text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.audio.frame import Samples

LEAD_S = 0.02
"""Silence left before the first sound, in seconds: enough for a speaker to wake without a click."""

TAIL_S = 0.1
"""Silence left after the last sound, in seconds: a sentence that ends at once sounds cut off."""

_FLOOR = 0.004
"""What counts as silence, as a share of the loudest sample (−48 dB): below the softest "f" of a rendered voice."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A text and the sound of it.

    Attributes
    ----------
    samples : ndarray of int16, shape (n,)
        Mono, read-only.
    rate_hz : int
        Samples a second.
    text : str
        What is said, as the caller wrote it.
    """

    samples: Samples
    rate_hz: int
    text: str

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz


def trim_silence(samples: Samples, rate_hz: int) -> Samples:
    """Speech without the silence around it, but for `LEAD_S` before and `TAIL_S` after.

    Parameters
    ----------
    samples : ndarray of int16, shape (n,)
    rate_hz : int

    Returns
    -------
    ndarray of int16
        A copy, read-only; empty where all is silence.
    """
    loudness = np.abs(samples.astype(np.int32))
    heard = np.flatnonzero(loudness > _FLOOR * loudness.max(initial=0))
    if heard.size == 0:
        return np.zeros(0, np.int16)
    begin = max(0, int(heard[0]) - round(LEAD_S * rate_hz))
    end = int(heard[-1]) + 1 + round(TAIL_S * rate_hz)
    kept = np.pad(samples[begin:end], (0, max(0, end - len(samples))))
    kept.flags.writeable = False
    return kept
