"""How loud sound is: for a level meter, for telling sound from silence, and for drawing it."""

from __future__ import annotations

from array import array
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import RATE_HZ, Samples

SILENCE_DBFS = -100.0
"""The quietest level there is: that of digital silence, or of no samples at all."""

_FULL_SCALE = 32_768.0


def rms_dbfs(samples: Samples) -> float:
    """Level of a stretch of sound.

    Parameters
    ----------
    samples : ndarray of int16, shape (n,)

    Returns
    -------
    float
        Root mean square in dB relative to full scale (32768): 0 for a full square wave, -3.01 for a full sine,
        `SILENCE_DBFS` for zeros or an empty array.
    """
    return float(levels_dbfs(samples, max(1, len(samples)))[0]) if len(samples) else SILENCE_DBFS


def levels_dbfs(samples: Samples, window: int) -> npt.NDArray[np.float32]:
    """Level of each whole window of `window` samples; a remainder shorter than a window is left out.

    Returns
    -------
    ndarray of float32, shape (len(samples) // window,)
        As `rms_dbfs`.
    """
    whole = len(samples) // window * window
    windows = samples[:whole].reshape(-1, window).astype(np.float32) / _FULL_SCALE
    power = np.mean(np.square(windows), axis=1)
    levels = 10.0 * np.log10(np.maximum(power, np.finfo(np.float32).tiny))
    return np.asarray(np.maximum(levels, SILENCE_DBFS), dtype=np.float32)


STEPS_PER_S = 80
"""Steps a second: a picture has a column of pixels for each."""

_STEP = RATE_HZ // STEPS_PER_S
_SMALLEST_PEAK = 650
"""Sound that is quieter than this, 34 dB below full scale, is drawn as quiet as it is: silence shall not look like a
storm."""


class WaveformPeaks:
    """Takes in sound block by block and keeps two numbers for each step of 12.5 ms: ten minutes are 192 kB."""

    def __init__(self) -> None:
        self._lows, self._highs = array("h"), array("h")
        self._peak = _SMALLEST_PEAK
        self._rest = np.zeros(0, np.int16)

    def feed(self, samples: Samples) -> None:
        """Take in the next block, of any length."""
        sound = np.concatenate((self._rest, samples))
        whole = len(sound) // _STEP * _STEP
        steps = sound[:whole].reshape(-1, _STEP)
        lows, highs = steps.min(axis=1).tolist(), steps.max(axis=1).tolist()
        self._lows.extend(lows)
        self._highs.extend(highs)
        self._peak = max(self._peak, -min(lows, default=0), max(highs, default=0))
        self._rest = sound[whole:]

    def extremes(self, start_s: float, end_s: float) -> list[tuple[float, float]]:
        """Lowest and highest sample of each step between two times, from -1 to 1, where 1 is the sound's peak."""
        between = slice(round(start_s * STEPS_PER_S), round(end_s * STEPS_PER_S))
        peak = self._peak
        return [(low / peak, high / peak) for low, high in zip(self._lows[between], self._highs[between], strict=True)]

    def levels(self, start_s: float, end_s: float, columns: int) -> list[float]:
        """The amplitude in each of some columns between two times, from 0 to 1, where 1 is the sound's peak."""
        edges: npt.NDArray[np.float64] = np.linspace(start_s, end_s, columns + 1)
        return [
            max((max(-low, high) for low, high in self.extremes(start, end)), default=0.0)
            for start, end in pairwise(edges.tolist())
        ]
