"""Whatever a device or file gives, made into mono int16 at `RATE_HZ`, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import RATE_HZ, Samples

if TYPE_CHECKING:
    import soxr

_FULL_SCALE = 32_768.0
_OPPOSITE = 0.01
"""Power of the mean over that of the loudest channel below which the channels cancel each other (-20 dB)."""
_AGREEING = 0.04
"""The same ratio above which they no longer do; higher, so that the choice doesn't flutter."""
_MEMORY_S = 1.0
"""Time constant, in seconds, of the powers that the choice is made by."""

Floats = npt.NDArray[np.float32]


class Mixdown:
    """Several channels into one: their mean, or the loudest of them where the mean would cancel out.

    Two channels in opposite phase (a balanced microphone on a stereo plug, a "widened" recording) have no mean to speak
    of. Constructor touches nothing; a stateful stream.

    Parameters
    ----------
    channels : int
    rate_hz : float
        Rate of the incoming sound.
    """

    def __init__(self, channels: int, rate_hz: float) -> None:
        self._channels = channels
        self._memory = _MEMORY_S * rate_hz
        self._shares = np.full(channels, 1 / channels, np.float32)
        self._powers = np.zeros(channels)
        self._power_of_mean = 0.0
        self._only: int | None = None

    def feed(self, block: Floats) -> Floats:
        """Mix a block of shape (n, channels) down to shape (n,)."""
        if self._channels == 1:
            return np.ascontiguousarray(block[:, 0])
        mean: Floats = block @ self._shares
        if len(block):
            self._choose(block, mean)
        return mean if self._only is None else np.ascontiguousarray(block[:, self._only])

    def _choose(self, block: Floats, mean: Floats) -> None:
        keep = float(np.exp(-len(block) / self._memory))
        self._powers = keep * self._powers + (1 - keep) * np.einsum("ij,ij->j", block, block) / len(block)
        self._power_of_mean = keep * self._power_of_mean + (1 - keep) * float(mean @ mean) / len(block)
        loudest = int(np.argmax(self._powers))
        if self._only is None:
            if self._power_of_mean < _OPPOSITE * self._powers[loudest]:
                self._only = loudest
        elif self._power_of_mean > _AGREEING * self._powers[loudest]:
            self._only = None


class Resampler:
    """A stream of any rate and number of channels into mono int16 at `RATE_HZ`.

    Once flushed, it has handed out exactly ``round(n * RATE_HZ / rate_hz)`` samples for the `n` that it was fed, and
    sample `k` of the result lies at second ``k / RATE_HZ`` of the input. Sound that is mono int16 at `RATE_HZ` already
    comes out bit for bit. Looking ahead makes the result lag by 22 ms on average (40 ms at most) from 44.1 or 48 kHz.

    Parameters
    ----------
    rate_hz : float
        Rate of the incoming sound.
    channels : int

    Attributes
    ----------
    bad_samples : int
        Values that weren't numbers (NaN, infinity) so far; each was made silence.
    """

    def __init__(self, rate_hz: float, channels: int = 1) -> None:
        self.bad_samples = 0
        self._rate_hz = rate_hz
        self._channels = channels
        self._mixdown = Mixdown(channels, rate_hz)
        self._stream: soxr.ResampleStream | None = None
        self._fed = 0
        self._given = 0

    def feed(self, block: npt.NDArray[np.int16] | npt.NDArray[np.floating]) -> Samples:
        """Take a block of shape (n, channels), or (n,) where mono; return what is ready.

        Parameters
        ----------
        block : ndarray of int16 or float
            Floats have full scale at 1.0; what exceeds it is clipped.

        Returns
        -------
        ndarray of int16, shape (m,)
            May be empty, because a resampler must look ahead.
        """
        mono = self._mixdown.feed(self._as_floats(block))
        self._fed += len(mono)
        return self._give(self._convert(mono, last=False))

    def flush(self) -> Samples:
        """Return the rest and end the stream; the next `feed` begins a new one."""
        rest = self._give(self._convert(np.zeros(0, np.float32), last=True))
        missing = round(self._fed * RATE_HZ / self._rate_hz) - self._given
        exact = rest[: max(0, len(rest) + missing)] if missing < 0 else np.pad(rest, (0, missing))
        self._stream, self._fed, self._given = None, 0, 0
        return exact

    def _as_floats(self, block: npt.NDArray[np.int16] | npt.NDArray[np.floating]) -> Floats:
        floats: Floats = block.reshape(-1, self._channels).astype(np.float32)
        if block.dtype == np.int16:
            floats /= np.float32(_FULL_SCALE)
            return floats
        bad = ~np.isfinite(floats)
        self.bad_samples += int(np.count_nonzero(bad))
        floats[bad] = 0.0
        # A single wild value would ring through the filter; so the clipping comes first.
        np.clip(floats, -1.0, 1.0, out=floats)
        return floats

    def _convert(self, mono: Floats, *, last: bool) -> Floats:
        if self._rate_hz == RATE_HZ:
            return mono
        if self._stream is None:
            import soxr

            self._stream = soxr.ResampleStream(self._rate_hz, RATE_HZ, 1, dtype="float32", quality="HQ")
        return np.asarray(self._stream.resample_chunk(mono, last=last), dtype=np.float32)

    def _give(self, floats: Floats) -> Samples:
        self._given += len(floats)
        whole = np.rint(floats * np.float32(_FULL_SCALE))
        return np.asarray(np.clip(whole, -32_768, 32_767), dtype=np.int16)
