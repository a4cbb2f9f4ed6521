"""How loud sound is, for a level meter and for telling sound from silence."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import Samples

SILENCE_DBFS = -100.0
"""What digital silence, or no samples at all, is given as; the quietest level there is."""

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
    """Level of each whole window of `window` samples; a rest shorter than a window is left out.

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
