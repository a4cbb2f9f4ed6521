"""How much each moment sounds like a filled pause ("uh", "um"), no matter what words a recogniser finds in it."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.audio.frame import RATE_HZ, Samples
from assistant.fillers.features import COLUMNS, HOP_SAMPLES, Rows, Spectrum

ROWS_PER_S: Final = RATE_HZ // HOP_SAMPLES
"""The network judges one row every 10 ms."""

_RIGHT = (2, 4, 8, 8)
"""How many future rows each layer looks at: 0.22 s in all, the time that live detection has to wait."""


class _Layer:
    """A dilated convolution over time, fed piece by piece.

    Parameters
    ----------
    weights : float32 array, shape (taps, columns in, columns out)
    bias : float32 array, shape (columns out,)
    dilation : int
        Rows between taps.
    right : int
        Number of rows that it looks at after the judged one.
    """

    def __init__(self, weights: Rows, bias: Rows, dilation: int, right: int) -> None:
        self._weights = weights
        self._bias = bias
        self._dilation = dilation
        self._reach = (len(weights) - 1) * dilation
        self._left = self._reach - right
        self._right = right
        self.reset()

    def reset(self) -> None:
        self._held = np.zeros((self._left, self._weights.shape[1]), np.float32)

    def feed(self, rows: Rows) -> Rows:
        held = np.concatenate((self._held, rows))
        count = max(0, len(held) - self._reach)
        out: Rows = np.tile(self._bias, (count, 1))
        for tap, weights in enumerate(self._weights):
            out += held[tap * self._dilation : tap * self._dilation + count] @ weights
        np.maximum(out, 0.0, out=out)
        if held.shape[1] == out.shape[1]:
            out += held[self._left : self._left + count]
        self._held = held[count:]
        return out

    def finish(self, rows: Rows) -> Rows:
        ahead = np.zeros((self._right, self._weights.shape[1]), np.float32)
        return np.concatenate((self.feed(rows), self.feed(ahead)))


class FilledPauseNetwork:
    """A small convolutional network over `Spectrum`: log-odds of a filled pause for every 10 ms.

    Four layers of five taps with dilations 1, 2, 4 and 8 and shortcuts (after Bai, Kolter & Koltun 2018, *An empirical
    evaluation of generic convolutional and recurrent networks for sequence modeling*), 0.6 s of context in all. For its
    training data, and how to train it again, see ``tools.training.train_fillers``.
    """

    def __init__(self) -> None:
        stored = np.load(str(files("assistant.fillers") / "network.npz"))
        self._layers = [
            _Layer(stored[f"weights{n}"].astype(np.float32), stored[f"bias{n}"].astype(np.float32), 2**n, right)
            for n, right in enumerate(_RIGHT)
        ]
        self._out: Rows = stored["out"].astype(np.float32)
        self._out_bias = float(stored["out_bias"])
        self._spectrum = Spectrum()
        self._rows: list[Rows] = []
        self._odds: list[NDArray[np.float32]] = []
        self.reset()

    def reset(self) -> None:
        """Start a new answer."""
        self._spectrum.reset()
        self._rows = [np.zeros((0, COLUMNS), np.float32)]
        self._odds = [np.zeros(0, np.float32)]
        for layer in self._layers:
            layer.reset()

    def feed(self, samples: Samples) -> NDArray[np.float32]:
        """Process more int16 samples at 16 kHz; return log-odds of the moments that can now be judged, shape (n,)."""
        rows = self._spectrum.feed(samples)
        self._rows.append(rows)
        for layer in self._layers:
            rows = layer.feed(rows)
        return self._judged(rows)

    def finish(self) -> NDArray[np.float32]:
        """Return log-odds of the last moments."""
        rows = self._spectrum.finish()
        self._rows.append(rows)
        for layer in self._layers:
            rows = layer.finish(rows)
        return self._judged(rows)

    def _judged(self, rows: Rows) -> NDArray[np.float32]:
        odds = rows @ self._out + self._out_bias
        self._odds.append(odds)
        return odds

    @property
    def odds(self) -> NDArray[np.float32]:
        """Log-odds of everything judged since the answer began, one for every 10 ms."""
        self._odds = [np.concatenate(self._odds)]
        return self._odds[0]

    @property
    def rows(self) -> Rows:
        """Its input (see `Spectrum`), one row for every 10 ms; the last ones aren't judged yet."""
        self._rows = [np.concatenate(self._rows)]
        return self._rows[0]
