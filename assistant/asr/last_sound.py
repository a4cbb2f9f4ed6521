"""How the sound before a silence ends: in pitch, in level, and drawn out or not.

People who are done let their voice fall; those who search for words keep it up, or hold the last sound. It's measured
when they fall silent, and has to be ready at once, so pitch comes from an autocorrelation (Rabiner 1977, *IEEE
Transactions on Acoustics, Speech, and Signal Processing* 25) of the last three seconds: 4 ms of work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.audio.frame import RATE_HZ, Samples

REACH_S: Final = 3.0
"""Sound to measure, up to the last voice."""

_HOP = RATE_HZ // 100
_WINDOW = 3 * RATE_HZ // 80
"""37.5 ms: more than two periods of the lowest voice."""
_SIZE = 1024
_LOWEST_HZ, _HIGHEST_HZ = 70.0, 400.0
_VOICED = 0.5
"""Of the autocorrelation's peak, relative to that at 0."""
_AS_HIGH = 0.9
_SOFTEST_DB = -25.0
"""Relative to the loud frames. Softer ones are the room, or somebody else."""
_LOUD_PERCENTILE = 90
_SILENT_DB = 40.0
"""Of a frame's power: a tone at -98 dB of full scale."""
_LAST_FRAMES, _SLOPE_FRAMES = 12, 30
_MOST_SEMITONES, _MOST_DB = 12.0, 20.0
_STEADY_DB = 6.0
"""How much the spectrum of a held sound may differ from that at its end, root mean square over the bands."""
_BANDS = 16
_FLOOR = 1e-9


@dataclass(frozen=True, slots=True)
class LastSound:
    """How the sound before a silence ends.

    Attributes
    ----------
    pitch_semitones : float
        Pitch of the last 0.12 s of voice, relative to the median.
    fall_semitones : float
        By how much the pitch falls over the last 0.3 s of voice.
    level_db : float
        Level of the last 0.12 s of voice, relative to the loud frames.
    held_s : float
        How long the last sound was held without changing.
    """

    pitch_semitones: float = 0.0
    fall_semitones: float = 0.0
    level_db: float = 0.0
    held_s: float = 0.0


def last_sound(samples: Samples) -> LastSound:
    """Measure how speech ends.

    Parameters
    ----------
    samples : ndarray of int16, shape (n,)
        Sound at 16 kHz up to the last voice.
    """
    if len(samples) < _WINDOW + _SLOPE_FRAMES * _HOP:
        return LastSound()
    frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_HOP].astype(np.float32)
    windowed = (frames - frames.mean(axis=1, keepdims=True)) * np.hanning(_WINDOW).astype(np.float32)
    power = np.square(np.abs(np.fft.rfft(windowed, _SIZE)))
    levels_db = 10 * np.log10(power.sum(axis=1) + _FLOOR)
    loud_db = float(np.percentile(levels_db, _LOUD_PERCENTILE))
    if loud_db < _SILENT_DB:
        return LastSound()
    pitches = np.where(levels_db > loud_db + _SOFTEST_DB, _pitches(power), 0.0)
    voiced = np.flatnonzero(pitches)
    if len(voiced) < _SLOPE_FRAMES // 2:
        return LastSound(held_s=_held_s(power, levels_db, loud_db))
    tones = 12 * np.log2(pitches[voiced])
    median = float(np.median(tones))
    lately = tones[voiced > voiced[-1] - _SLOPE_FRAMES]
    half = len(lately) // 2
    fall = float(np.median(lately[:half]) - np.median(lately[half:])) if half else 0.0
    last = voiced[voiced > voiced[-1] - _LAST_FRAMES]
    return LastSound(
        pitch_semitones=_within(float(np.median(12 * np.log2(pitches[last]))) - median, _MOST_SEMITONES),
        fall_semitones=_within(fall, _MOST_SEMITONES),
        level_db=_within(float(np.mean(levels_db[last])) - loud_db, _MOST_DB),
        held_s=_held_s(power, levels_db, loud_db),
    )


def _pitches(power: NDArray[np.float32]) -> NDArray[np.float64]:
    """Pitch in Hz of each frame; 0 if it has none."""
    first, last = int(RATE_HZ / _HIGHEST_HZ), int(RATE_HZ / _LOWEST_HZ)
    similar = np.fft.irfft(power)[:, : last + 2]
    # A window makes its own autocorrelation fall; dividing by that leaves the sound's.
    window = np.fft.irfft(np.square(np.abs(np.fft.rfft(np.hanning(_WINDOW), _SIZE))))[: last + 2]
    similar = similar / (similar[:, :1] + _FLOOR) / (window / window[0])
    middle = similar[:, first:-1]
    peaks = np.where((middle > similar[:, first - 1 : -2]) & (middle >= similar[:, first + 1 :]), middle, 0.0)
    highest = peaks.max(axis=1)
    # Two periods are as similar as one.
    found = (peaks >= _AS_HIGH * highest[:, None]).argmax(axis=1) + first
    return np.where(highest >= _VOICED, RATE_HZ / found, 0.0)


def _held_s(power: NDArray[np.float32], levels_db: NDArray[np.float32], loud_db: float) -> float:
    """How long before its end the sound was the same as there."""
    bands = 10 * np.log10(power[:, : _BANDS * 16].reshape(len(power), _BANDS, 16).sum(axis=2) + _FLOOR)
    heard = np.flatnonzero(levels_db > loud_db + _SOFTEST_DB)
    if len(heard) < 2 * _LAST_FRAMES:
        return 0.0
    end = int(heard[-1]) - 3
    shape = bands - bands.mean(axis=1, keepdims=True)
    anchor = shape[max(0, end - 5) : end + 1].mean(axis=0)
    differs = np.sqrt(np.mean(np.square(shape[: end + 1] - anchor), axis=1)) > _STEADY_DB
    changed = np.flatnonzero(differs | (levels_db[: end + 1] <= loud_db + _SOFTEST_DB))
    since = int(changed[-1]) + 1 if len(changed) else 0
    return (end + 1 - since) * _HOP / RATE_HZ


def _within(value: float, most: float) -> float:
    return min(max(value, -most), most)
