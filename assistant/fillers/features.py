"""The input of the filled-pause network: the shape of the spectrum, voicing, pitch and level, every 10 ms."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.audio.frame import RATE_HZ, Samples

Rows = NDArray[np.float32]

HOP_SAMPLES: Final = 160
"""A row every 10 ms."""
BANDS: Final = 32
COLUMNS: Final = BANDS + 3
"""Mel bands, then voicing, pitch, level."""

_LOWEST_HZ, _HIGHEST_HZ = 120.0, 3700.0
"""No wider than a telephone line, so that a voice looks the same over one as close to a microphone."""
_WINDOW = 400
_FFT = 512
_DECIMATION = 4
_PITCH_WINDOW = 160
_PITCH_FFT = 512
_LAGS = np.arange(10, 67)
"""At 4 kHz: 400 to 60 Hz."""
_LOWPASS_TAPS = 33
_REACH = _PITCH_WINDOW // 2 * _DECIMATION + _LOWPASS_TAPS // 2
"""A row depends on this many samples to either side of its middle."""
_LEVEL_FALL_DB = 0.03
"""The running level falls by 3 dB a second."""
_ORDINARY_LEVEL_DB = -45.0


def _mel(hz: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """O'Shaughnessy's formula (1987, *Speech Communication*)."""
    return np.asarray(2595.0 * np.log10(1.0 + np.asarray(hz) / 700.0))


def _filter_bank() -> Rows:
    """Triangular mel filters of unit weight; shape (FFT bins, bands)."""
    edges = 700.0 * (10.0 ** (np.linspace(_mel(_LOWEST_HZ), _mel(_HIGHEST_HZ), BANDS + 2) / 2595.0) - 1.0)
    bins = np.fft.rfftfreq(_FFT, 1.0 / RATE_HZ)
    rising = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    weights = np.maximum(0.0, np.minimum(rising, falling))
    return np.asarray((weights / weights.sum(axis=1, keepdims=True)).T, np.float32)


def _lowpass() -> Rows:
    """A windowed sinc that keeps frequencies below 1.5 kHz: enough for pitch, at a quarter of the work."""
    n = np.arange(_LOWPASS_TAPS) - _LOWPASS_TAPS // 2
    taps = np.sinc(2 * 1500.0 / RATE_HZ * n) * np.hamming(_LOWPASS_TAPS)
    return np.asarray(taps / taps.sum(), np.float32)


def _window_autocorrelation() -> NDArray[np.float64]:
    """The autocorrelation of the window itself (Boersma 1993, *IFA Proceedings* 17)."""
    own = np.fft.irfft(np.abs(np.fft.rfft(_PITCH_TAPER, _PITCH_FFT)) ** 2)[: _LAGS[-1] + 2]
    return np.asarray(own / own[0])


_BANK = _filter_bank()
_LOWPASS = _lowpass()
_TAPER = np.hanning(_WINDOW).astype(np.float32)
_PITCH_TAPER = np.hanning(_PITCH_WINDOW).astype(np.float32)
_TAPER_AUTOCORRELATION = _window_autocorrelation()


class Spectrum:
    """Turns sound into rows of `COLUMNS` numbers, as it comes in.

    A row's columns: each mel band's level above the row's own mean level, in tens of dB; voicing, -1 to 1; pitch in
    octaves above 162 Hz, 0 without voice; level below the loudest of the last seconds. So the loudness and colour of
    the line cancel out as well as they can without knowing what comes next. The rows don't depend on how the sound was
    cut into pieces.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Start a new answer."""
        self._held = np.zeros(_REACH, np.float32)
        self._level_db = _ORDINARY_LEVEL_DB

    def feed(self, samples: Samples) -> Rows:
        """Process more int16 mono samples at 16 kHz; return the completed rows, shape (n, COLUMNS), float32."""
        held = np.concatenate((self._held, samples.astype(np.float32) / 32768.0))
        count = max(0, (len(held) - 2 * _REACH - 1) // HOP_SAMPLES + 1)
        self._held = held[count * HOP_SAMPLES :]
        return self._rows(held, count)

    def finish(self) -> Rows:
        """Return the last rows, whose context is filled up with silence."""
        return self.feed(np.zeros(_REACH, np.int16))

    def _rows(self, held: Rows, count: int) -> Rows:
        if count == 0:
            return np.zeros((0, COLUMNS), np.float32)
        mel_db, mean_db = _mel_levels(held, count)
        voicing, octaves = _pitch(held, count)
        rows = np.empty((count, COLUMNS), np.float32)
        rows[:, :BANDS] = (mel_db - mean_db[:, None]) / 10.0
        rows[:, BANDS] = 2.0 * voicing - 1.0
        rows[:, BANDS + 1] = np.where(voicing > 0.35, octaves - 0.7, 0.0)
        rows[:, BANDS + 2] = np.clip((mean_db - self._levels(mean_db)) / 15.0 + 1.0, -3.0, 2.0)
        return rows

    def _levels(self, mean_db: NDArray[np.float32]) -> NDArray[np.float64]:
        levels = np.empty(len(mean_db))
        for row, level_db in enumerate(mean_db):
            self._level_db = levels[row] = max(self._level_db - _LEVEL_FALL_DB, float(level_db))
        return levels


def _windows(samples: Rows, count: int, *, width: int, first: int, hop: int) -> Rows:
    """`count` windows of `width` samples, `hop` apart, from sample `first` on."""
    return np.lib.stride_tricks.sliding_window_view(samples, width)[first : first + count * hop : hop]


def _mel_levels(held: Rows, count: int) -> tuple[Rows, Rows]:
    """Level of each band and of the whole, in dB."""
    frames = _windows(held, count, width=_WINDOW, first=_REACH - _WINDOW // 2, hop=HOP_SAMPLES) * _TAPER
    power = (np.abs(np.fft.rfft(frames, _FFT)) ** 2).astype(np.float32)
    mel_db = 10.0 * np.log10(power @ _BANK + 1e-9)
    mean_db = 10.0 * np.log10(power[:, 4:120].mean(axis=1) + 1e-9)
    return mel_db.astype(np.float32), mean_db.astype(np.float32)


def _pitch(held: Rows, count: int) -> tuple[Rows, Rows]:
    """Voicing (0–1) and pitch in octaves above 100 Hz, by autocorrelation after Boersma (1993)."""
    low = np.convolve(held, _LOWPASS, "valid")[::_DECIMATION]
    hop = HOP_SAMPLES // _DECIMATION
    frames = _windows(low, count, width=_PITCH_WINDOW, first=0, hop=hop) * _PITCH_TAPER
    frames -= frames.mean(axis=1, keepdims=True) * (_PITCH_TAPER / _PITCH_TAPER.mean())
    own = np.fft.irfft(np.abs(np.fft.rfft(frames, _PITCH_FFT)) ** 2)[:, : _LAGS[-1] + 2]
    own = own / (own[:, :1] + 1e-5) / _TAPER_AUTOCORRELATION
    here, shorter, longer = own[:, _LAGS], own[:, _LAGS - 1], own[:, _LAGS + 1]
    peaks = (here >= shorter) & (here >= longer)
    # Long lags are penalised a little, as they are sometimes two or three times the true one.
    best = np.where(peaks, here * (1.0 - 0.002 * (_LAGS - _LAGS[0])), -1.0).argmax(axis=1)
    row = np.arange(count)
    voicing = np.where(peaks[row, best], np.clip(here[row, best], 0.0, 1.0), 0.0)
    before, at, after = shorter[row, best], here[row, best], longer[row, best]
    shift = np.clip(0.5 * (before - after) / np.minimum(before - 2.0 * at + after, -1e-6), -0.5, 0.5)
    octaves = np.log2(RATE_HZ / _DECIMATION / (_LAGS[best] + shift) / 100.0)
    return voicing.astype(np.float32), octaves.astype(np.float32)
