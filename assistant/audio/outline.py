"""The outline of a sound: its lowest and highest sample in each short step, small enough to draw."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import RATE_HZ, Samples

STEPS_PER_S = 80
"""Steps a second: a picture has a column of pixels for each."""

_STEP = RATE_HZ // STEPS_PER_S
_FULL_SCALE = 32768.0
_SMALLEST_PEAK = 0.02
"""Sound that is quieter than this, of full scale, is drawn as quiet as it is: silence shall not look like a storm."""


class Outline:
    """Takes in sound block by block and keeps two numbers for each step of 12.5 ms.

    Ten minutes are 192 kB, and memory doesn't grow beyond that however the sound comes.
    """

    def __init__(self) -> None:
        self._lows: list[npt.NDArray[np.int16]] = []
        self._highs: list[npt.NDArray[np.int16]] = []
        self._rest = np.zeros(0, np.int16)

    def feed(self, samples: Samples) -> None:
        """Take in the next block, of any length."""
        sound = np.concatenate((self._rest, samples))
        whole = len(sound) // _STEP * _STEP
        steps = sound[:whole].reshape(-1, _STEP)
        self._lows.append(steps.min(axis=1))
        self._highs.append(steps.max(axis=1))
        self._rest = sound[whole:]

    def extremes(self, start_s: float, end_s: float) -> list[tuple[float, float]]:
        """Lowest and highest sample of each step between two times, from -1 to 1, where 1 is the sound's peak."""
        between = slice(round(start_s * STEPS_PER_S), round(end_s * STEPS_PER_S))
        lows, highs = self._scaled()
        return [(float(low), float(high)) for low, high in zip(lows[between], highs[between], strict=True)]

    def levels(self, start_s: float, end_s: float, columns: int) -> list[float]:
        """The amplitude in each of some columns between two times, from 0 to 1, where 1 is the sound's peak."""
        lows, highs = self._scaled()
        heights = np.maximum(highs, -lows)
        edges = np.linspace(start_s, end_s, columns + 1) * STEPS_PER_S
        return [
            float(heights[round(start) : max(round(end), round(start) + 1)].max(initial=0.0))
            for start, end in zip(edges, edges[1:], strict=False)
        ]

    def _scaled(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        lows = np.concatenate([np.zeros(0, np.int16), *self._lows]) / _FULL_SCALE
        highs = np.concatenate([np.zeros(0, np.int16), *self._highs]) / _FULL_SCALE
        peak = max(float(highs.max(initial=0.0)), float(-lows.min(initial=0.0)), _SMALLEST_PEAK)
        return lows / peak, highs / peak

