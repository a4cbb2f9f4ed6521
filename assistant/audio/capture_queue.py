"""What the microphone's callback does: enqueue, and count what doesn't fit."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass

import numpy as np

from assistant.audio.frame import Samples
from assistant.audio.library import Buffer, Status, Times


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of sound as captured: interleaved int16, and its place among all frames captured, lost ones counted."""

    data: bytes
    start: int
    frames: int

    def samples(self, channels: int) -> Samples:
        """As an array of shape (frames, channels)."""
        return np.frombuffer(self.data, np.int16).reshape(-1, channels)


class CaptureQueue:
    """A bounded queue between PortAudio's thread and the reader's.

    Each number is written by one of the two threads only, which is why there is no lock to wait for.

    Parameters
    ----------
    rate_hz : float
    limit_s : float
        How much sound is kept for a reader that doesn't come, in seconds; what comes then is dropped.

    Attributes
    ----------
    position : int
        Frames captured so far, lost ones counted.
    dropped : int
        Frames lost so far: no room in the queue, or PortAudio's own buffer overran.
    began : float or None
        When frame 0 was captured, on the clock of `time.monotonic`; None as long as nothing has come.
    last : float
        When the last block came, on the same clock; before that, when the intake was made.
    """

    def __init__(self, rate_hz: float, limit_s: float) -> None:
        self.position = 0
        self.dropped = 0
        self.began: float | None = None
        self.last = time.monotonic()
        self._rate_hz = rate_hz
        self._limit = round(limit_s * rate_hz)
        self._queue: queue.SimpleQueue[Chunk] = queue.SimpleQueue()
        self._put = 0
        self._fetched = 0
        self._due: float | None = None

    def callback(self, data: Buffer, frames: int, times: Times, status: Status) -> None:
        """Take a block from PortAudio."""
        self.last = time.monotonic()
        if self.began is None:
            self.began = self.last - frames / self._rate_hz
        if status.input_overflow and self._due is not None:
            overrun = max(0, round((times.inputBufferAdcTime - self._due) * self._rate_hz))
            self.dropped += overrun
            self.position += overrun
        self._due = times.inputBufferAdcTime + frames / self._rate_hz
        if self._put - self._fetched + frames <= self._limit:
            self._queue.put(Chunk(bytes(data), self.position, frames))
            self._put += frames
        else:
            self.dropped += frames
        self.position += frames

    def fetch(self, wait_s: float) -> Chunk | None:
        """The next block, waiting for it; None where none came in time."""
        try:
            chunk = self._queue.get(timeout=wait_s)
        except queue.Empty:
            return None
        self._fetched += chunk.frames
        return chunk
