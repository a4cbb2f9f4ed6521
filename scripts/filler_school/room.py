"""What lies between a mouth and the program: another voice and pace, a room, a microphone, noise, a telephone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.audio.frame import RATE_HZ, Samples

Sound = NDArray[np.float64]

SYNTHETIC_SPEEDS: Final = (0.8, 1.28)
REAL_SPEEDS: Final = (0.86, 1.22)
"""People's own speeds and pitches vary by themselves."""

_ROOM_SHARE, _COLOUR_SHARE, _TELEPHONE_SHARE, _ROUGH_SHARE = 0.5, 0.7, 0.6, 0.3
_LEVEL = 1 / 12
_SOUNDING = 0.01
_TELEPHONE_HZ = 8_000


@dataclass(frozen=True, slots=True)
class Heard:
    """Sound as the program gets it, int16 mono at 16 kHz; what was at 1 s is at 1 s / `speed` now."""

    samples: Samples
    speed: float


def heard(sound: NDArray[np.float32], rate_hz: int, chance: np.random.Generator, speeds: tuple[float, float]) -> Heard:
    """The sound in a drawn room.

    Parameters
    ----------
    sound : float32 array, shape (n,)
        Between -1 and 1.
    rate_hz : int
    chance : numpy.random.Generator
    speeds : (float, float)
        The least and the most that it is sped up; pitch and formants go with it.
    """
    import soxr

    speed = float(np.exp(chance.uniform(*np.log(speeds))))
    here: Sound = soxr.resample(sound.astype(np.float32), rate_hz * speed, RATE_HZ).astype(np.float64)
    sounding = here[np.abs(here) > _SOUNDING]
    here *= _LEVEL / np.sqrt(np.mean(np.square(sounding)) + 1e-9) if len(sounding) else 1.0
    if chance.random() < _ROOM_SHARE:
        here = _reverberant(here, chance)
    if chance.random() < _COLOUR_SHARE:
        here = _coloured(here, chance)
    here = _noisy(here, chance)
    if chance.random() < _TELEPHONE_SHARE:
        here = _telephoned(here, chance)
    else:
        here *= chance.uniform(0.08, 0.95) / (np.abs(here).max() + 1e-9)
    return Heard((np.clip(here, -1.0, 1.0) * 32767).astype(np.int16), speed)


def _reverberant(sound: Sound, chance: np.random.Generator) -> Sound:
    """The sound and its reverberation: noise that falls by 60 dB in 0.08 to 0.5 s."""
    length = int(RATE_HZ * chance.uniform(0.08, 0.5))
    response = chance.normal(size=length) * np.exp(-6.9 * np.arange(length) / length)
    response *= chance.uniform(0.05, 0.6) / np.sqrt(np.square(response).sum())
    response[0] = 1.0
    size = len(sound) + length
    both: Sound = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)
    return both[: len(sound)]


def _coloured(sound: Sound, chance: np.random.Generator) -> Sound:
    """A microphone of its own: up to 4 dB an octave of tilt, and bumps of some dB."""
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
    tilt_db = chance.uniform(-4.0, 4.0) * np.log2(np.maximum(hertz, 100.0) / 1000.0)
    bumps_db = np.interp(np.log2(np.maximum(hertz, 60.0)), np.linspace(6, 13, 8), chance.normal(0.0, 2.5, 8))
    coloured: Sound = np.fft.irfft(np.fft.rfft(sound) * 10 ** ((tilt_db + bumps_db) / 20), len(sound))
    return coloured


def _noisy(sound: Sound, chance: np.random.Generator) -> Sound:
    """Noise 8 to 45 dB below, white or falling towards high frequencies."""
    snr_db = chance.uniform(8.0, 45.0)
    noise = chance.normal(size=len(sound))
    if chance.random() < 0.5:
        hertz = np.maximum(1.0, np.fft.rfftfreq(len(sound), 1 / RATE_HZ) / 60.0)
        noise = np.fft.irfft(np.fft.rfft(noise) / hertz ** chance.uniform(0.3, 1.0), len(sound))
    wanted = np.sqrt(np.mean(np.square(sound))) * 10 ** (-snr_db / 20)
    noise *= wanted / (np.sqrt(np.mean(np.square(noise))) + 1e-9)
    return sound + np.asarray(noise, np.float64)


def _telephoned(sound: Sound, chance: np.random.Generator) -> Sound:
    """Over a telephone: 8 kHz, 150–350 to 3000–3600 Hz, 8 bits of µ-law; at times rough as from a low-rate codec."""
    import soxr

    low_hz, high_hz = chance.uniform(150.0, 350.0), chance.uniform(3000.0, 3600.0)
    line: Sound = soxr.resample(sound.astype(np.float32), RATE_HZ, _TELEPHONE_HZ).astype(np.float64)
    hertz = np.maximum(np.fft.rfftfreq(len(line), 1 / _TELEPHONE_HZ), 1.0)
    # Butterworth's magnitudes, of third and fourth order.
    gain = 1 / np.sqrt((1 + (low_hz / hertz) ** 6) * (1 + (hertz / high_hz) ** 8))
    line = np.fft.irfft(np.fft.rfft(line) * gain, len(line))
    line = _mu_law(line * (chance.uniform(0.15, 0.9) / (np.abs(line).max() + 1e-9)))
    if chance.random() < _ROUGH_SHARE:
        line = line + chance.normal(size=len(line)) * np.abs(line) * 0.05
    back: Sound = soxr.resample(line.astype(np.float32), _TELEPHONE_HZ, RATE_HZ).astype(np.float64)
    return back


def _mu_law(sound: Sound) -> Sound:
    """There and back through the 8 bits of ITU-T G.711."""
    steps = np.round(np.sign(sound) * np.log1p(255.0 * np.abs(sound)) / np.log(256.0) * 127.0) / 127.0
    return np.asarray(np.sign(steps) * (256.0 ** np.abs(steps) - 1.0) / 255.0)
