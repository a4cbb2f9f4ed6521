"""What the speaker plays, by the moment at which it is heard: an echo canceller's reference."""

from __future__ import annotations

from collections import deque

import numpy as np

from assistant.audio.frame import RATE_HZ, Samples

_REMEMBERED = 3
"""So many prompts are kept; what is older can't be heard any more."""


class Played:
    """Prompts that were played, each with the moment of its beginning.

    Moments are seconds on the clock of `time.monotonic`, as the sound system tells them.
    """

    def __init__(self) -> None:
        self._prompts: deque[tuple[float, Samples]] = deque(maxlen=_REMEMBERED)

    def add(self, samples: Samples, rate_hz: int, heard_at: float) -> None:
        """Take note that `samples` are being played, the first of them heard at `heard_at`."""
        if rate_hz != RATE_HZ:
            import soxr

            samples = soxr.resample(samples, rate_hz, RATE_HZ)
        self._prompts.append((heard_at, samples))

    def at(self, moment: float, count: int) -> Samples:
        """The `count` samples at `RATE_HZ` that are played from a moment on; silence where there is no prompt."""
        playing = np.zeros(count, np.int16)
        for began, samples in self._prompts:
            start = round((moment - began) * RATE_HZ)
            first, last = max(0, start), min(len(samples), start + count)
            if first < last:
                playing[first - start : last - start] = samples[first:last]
        return playing
