"""The recordings whose truth is known, and their sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from assistant.audio.frame import RATE_HZ, Samples


def sound_of(path: Path) -> Samples:
    """All samples of a recording at 16 kHz."""
    samples, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == RATE_HZ
    return np.asarray(samples, np.int16)
