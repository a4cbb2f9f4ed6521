"""What came out of a loudspeaker, on a machine that may have been too busy to keep up."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_FRAMES_PER_S = 1_000


def without_gaps(samples: NDArray[Any], rate_hz: int, above: int = 1_000) -> NDArray[Any]:
    """The milliseconds that sound: if a busy machine lets the sound server run dry, it puts silence between them."""
    frame = rate_hz // _FRAMES_PER_S
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    return np.asarray(frames[np.abs(frames.astype(int)).max(axis=1) > above].ravel())
