"""The sound of one answer, kept in one place."""

from __future__ import annotations

import numpy as np
from typing_extensions import Self

from assistant.audio.frame import RATE_HZ, Samples

_ROOM_SAMPLES = 10 * RATE_HZ
"""Initial capacity; it doubles whenever it is full, so that keeping an answer takes linear time."""


class AnswerAudio:
    """The sound of one answer: int16 mono at 16 kHz.

    The listener adds to it; all others read from it and remember only how far they have read. So whenever an answer is
    broken off, each of them can catch up with everything that was heard.

    Parameters
    ----------
    samples : ndarray of int16, shape (n,), optional
        The first samples.
    """

    def __init__(self, samples: Samples | None = None) -> None:
        self._kept = _Kept()
        self._start = 0
        if samples is not None:
            self.append(samples)

    def append(self, samples: Samples) -> None:
        """Add the next samples."""
        self._kept.append(samples)

    def __len__(self) -> int:
        """Samples so far."""
        return self._kept.count - self._start

    @property
    def duration_s(self) -> float:
        """Seconds so far."""
        return len(self) / RATE_HZ

    @property
    def samples(self) -> Samples:
        """All of it so far, read-only."""
        return self.since(0)

    def since(self, start: int) -> Samples:
        """Everything from sample number `start` on, read-only."""
        return self._kept.between(self._start + start, self._kept.count)

    def between(self, start_s: float, end_s: float) -> Samples:
        """The sound between two moments, or the part of it that exists, read-only."""
        first = max(0, int(start_s * RATE_HZ))
        return self._kept.between(self._start + first, min(self._start + int(end_s * RATE_HZ), self._kept.count))

    def beginning_at(self, start: int) -> Self:
        """The same sound with its second 0 at sample number `start`; it grows together with this one."""
        part = type(self)()
        part._kept, part._start = self._kept, self._start + start
        return part


class _Kept:
    """Samples one after another in one array."""

    def __init__(self) -> None:
        self._room: Samples = np.empty(0, np.int16)
        self.count = 0

    def append(self, samples: Samples) -> None:
        end = self.count + len(samples)
        if end > len(self._room):
            room = np.empty(max(end, 2 * len(self._room), _ROOM_SAMPLES), np.int16)
            room[: self.count] = self._room[: self.count]
            self._room = room
        self._room[self.count : end] = samples
        self.count = end

    def between(self, start: int, end: int) -> Samples:
        view = self._room[start:end]
        view.flags.writeable = False
        return view
