"""Small sounds, synthesised when they are needed: short, soft, and nothing like a voice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from assistant.audio.frame import Samples

_FULL_SCALE = 32_767


@dataclass(frozen=True, slots=True)
class _Notes:
    """Sine tones one after another, each swelling and fading (Hann, 1893): a tone that is cut off clicks."""

    pitches_hz: tuple[float, ...]
    length_s: float
    level_dbfs: float


class SmallSound(Enum):
    """What there is to hear."""

    LISTENING = _Notes((660.0, 880.0), 0.045, -34.0)
    """It is the person's turn."""
    THINKING = _Notes((392.0,), 0.09, -38.0)
    """It is at work and can't hear anything now."""
    SENT = _Notes((523.25, 659.25, 783.99), 0.11, -30.0)
    """The review has gone out."""

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.value.length_s * len(self.value.pitches_hz)

    def samples(self, rate_hz: int) -> Samples:
        """The sound at a rate.

        Returns
        -------
        ndarray of int16, shape (n,)
        """
        notes = self.value
        return np.concatenate([_tone(pitch_hz, notes, rate_hz) for pitch_hz in notes.pitches_hz])


def _tone(pitch_hz: float, notes: _Notes, rate_hz: int) -> Samples:
    count = round(notes.length_s * rate_hz)
    peak = _FULL_SCALE * 10 ** (notes.level_dbfs / 20) * np.sqrt(2)
    wave = np.sin(2 * np.pi * pitch_hz * np.arange(count) / rate_hz) * np.hanning(count)
    tone: Samples = np.round(peak * wave).astype(np.int16)
    return tone


def ending_with(sound: SmallSound, samples: Samples, rate_hz: int) -> Samples:
    """Speech with a sound in the silence at its end, so that it takes no longer.

    Parameters
    ----------
    sound : SmallSound
    samples : ndarray of int16, shape (n,)
    rate_hz : int
    """
    added = sound.samples(rate_hz)[-len(samples) :]
    mixed = samples.astype(np.int32)
    mixed[len(mixed) - len(added) :] += added
    return np.clip(mixed, -_FULL_SCALE, _FULL_SCALE).astype(np.int16)
