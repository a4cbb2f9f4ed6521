"""What makes prompts audible."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np
from typing_extensions import Self

from assistant.audio.devices import Device, DeviceStream, Direction, open_stream
from assistant.audio.frame import Samples
from assistant.audio.portaudio import PORTAUDIO, Buffer, Callback, Status, Times
from assistant.errors import DeviceError

_LATENCY_S = 0.03
"""Wished latency. Measured: one Python thread that computes without pause is not heard; two crackle below 45 ms, which
would begin every prompt some 20 ms later."""
_OPEN_LIMIT_S = 3.0
_SILENT_S = 1.0
"""A callback that hasn't come for this long means that the speaker is gone."""
_POLL_S = 0.01
_ATTEMPTS = 3
_RETRY_S = 0.25
_LONG_AWAY_S = 1.0
"""After this long without a speaker, what was begun is played from its beginning."""


class _Clip:
    """What is being played, as interleaved bytes for one stream; shared with PortAudio's thread."""

    def __init__(self, data: bytes, byte_rate: float) -> None:
        self.data = data
        self.byte_rate = byte_rate
        self.at = 0
        self.heard_at: float | None = None
        self.ends_at = 0.0
        self.done = threading.Event()

    def fill(self, out: Buffer, delay_s: float) -> None:
        now = time.monotonic()
        if self.heard_at is None:
            self.heard_at = now + delay_s
        part = self.data[self.at : self.at + len(out)]
        out[: len(part)] = part
        out[len(part) :] = bytes(len(out) - len(part))
        self.at += len(part)
        if self.at == len(self.data):
            self.ends_at = now + delay_s + len(part) / self.byte_rate
            self.done.set()


class Player:
    """Plays int16 mono sound on a speaker. The constructor touches nothing; `open` and `play` may fail.

    The stream stays open between prompts and plays silence, so that the next prompt begins at once and sound cards that
    swallow the beginning of a stream swallow none of it.

    Parameters
    ----------
    wanted : str, int or None
        Part of the device's name, or its number; None for the system's default.
    return_s : float
        How long a vanished speaker is waited for while something is to be played.
    on_trouble : callable, optional
        Gets a sentence when the speaker is waited for, and when it is back.
    on_start : callable, optional
        Called at the beginning of each `play` with the seconds from its call until the first sample left the speaker,
        the output's latency included as PortAudio reports it. Measured with
        PulseAudio 16: 30 to 44 ms.
    """

    def __init__(
        self,
        wanted: str | int | None = None,
        *,
        return_s: float = 0.0,
        on_trouble: Callable[[str], None] | None = None,
        on_start: Callable[[float], None] | None = None,
    ) -> None:
        self._wanted = wanted
        self._return_s = return_s
        self._on_trouble = on_trouble
        self._on_start = on_start
        self._stream: DeviceStream | None = None
        self._clip: _Clip | None = None
        self._last = 0.0
        self._turn = threading.Lock()

    @property
    def name(self) -> str:
        """The device's name; before `open`, what was asked for."""
        if self._stream is not None:
            return self._stream.device.name
        return "default speaker" if self._wanted is None else str(self._wanted)

    def open(self) -> None:
        """Open the stream ahead of the first prompt.

        Raises
        ------
        DeviceError
            No such speaker, or it can't be opened; the sentence says what there is.
        """
        self.close()
        self._stream = self._connected()

    def close(self) -> None:
        """Stop playing and let go of the speaker. May be called twice, and returns in seconds even if it hangs."""
        self.stop()
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def play(self, samples: Samples, rate_hz: int, stop: Callable[[], bool] | None = None) -> float:
        """Play, and return when the last sample has left the speaker.

        If the speaker vanishes, it is opened once more (by then the default may be another one), and playing resumes;
        after more than a second without one, from the beginning.

        Parameters
        ----------
        samples : ndarray of int16, shape (n,)
        rate_hz : int
            Their rate; any.
        stop : callable, optional
            Asked about every 10 ms; playing stops when it says True. `stop` does the same from another thread.

        Returns
        -------
        float
            Seconds of `samples` that were played: all of them, or fewer where it was stopped.

        Raises
        ------
        DeviceError
            No such speaker, or it was lost; in a few seconds at the latest, or `return_s` later.
        """
        called = time.monotonic()
        with self._turn:
            played = 0
            for attempt in range(_ATTEMPTS):
                asked = time.monotonic()
                stream = self._ready(lost=attempt > 0)
                if time.monotonic() - asked > _LONG_AWAY_S:
                    played = 0
                clip = _clip_for(samples[played:], rate_hz, stream)
                self._clip = clip
                try:
                    over = self._wait(clip, stream, called if attempt == 0 else None, stop)
                finally:
                    self._clip = None
                played = min(len(samples), played + round(clip.at / clip.byte_rate * rate_hz))
                if over:
                    return played / rate_hz
            raise DeviceError(_lost(self.name))

    def stop(self) -> None:
        """Stop playing at once, from any thread. What the device holds already (some 30 ms) is still heard."""
        clip, self._clip = self._clip, None
        if clip is not None:
            clip.done.set()

    def _wait(self, clip: _Clip, stream: DeviceStream, called: float | None, stop: Callable[[], bool] | None) -> bool:
        """Wait until `clip` is over and return True, or False where the stream was lost."""
        self._last = time.monotonic()
        while not clip.done.wait(_POLL_S):
            called = self._tell_start(clip, called)
            if stop is not None and stop():
                return True
            if stream.ended.is_set() or time.monotonic() - self._last > _SILENT_S:
                return False
        self._tell_start(clip, called)
        while (
            (left := clip.ends_at - time.monotonic()) > 0 and self._clip is clip and not (stop is not None and stop())
        ):
            time.sleep(min(left, _POLL_S))
        return True

    def _tell_start(self, clip: _Clip, called: float | None) -> float | None:
        if called is None or clip.heard_at is None:
            return called
        if self._on_start is not None:
            self._on_start(clip.heard_at - called)
        return None

    def _ready(self, *, lost: bool) -> DeviceStream:
        stream = self._stream
        if stream is not None and not lost and not stream.ended.is_set():
            return stream
        name = self.name
        self.close()
        try:
            self._stream = self._connected()
        except DeviceError as error:
            if stream is None:
                raise
            self._stream = self._waited_for(name, error)
        return self._stream

    def _waited_for(self, name: str, error: DeviceError) -> DeviceStream:
        deadline = time.monotonic() + self._return_s
        if self._return_s:
            self._tell(f"The speaker '{name}' is gone. Waiting {self._return_s:g} s for it to come back.")
        while time.monotonic() < deadline:
            time.sleep(_RETRY_S)
            try:
                stream = self._connected()
            except DeviceError as still:
                error = still
            else:
                self._tell(f"The speaker '{stream.device.name}' is back.")
                return stream
        raise DeviceError(_lost(name)) from error

    def _tell(self, sentence: str) -> None:
        if self._on_trouble is not None:
            self._on_trouble(sentence)

    def _connected(self) -> DeviceStream:
        """Open the stream; where that fails, have PortAudio look for devices again, and try once more."""
        try:
            return open_stream(self._wanted, Direction.OUTPUT, self._prepare, _LATENCY_S, _OPEN_LIMIT_S)
        except DeviceError:
            PORTAUDIO.restart(_OPEN_LIMIT_S)
            return open_stream(self._wanted, Direction.OUTPUT, self._prepare, _LATENCY_S, _OPEN_LIMIT_S)

    def _prepare(self, device: Device, channels: int) -> Callback:
        def callback(out: Buffer, frames: int, times: Times, status: Status) -> None:
            self._last = time.monotonic()
            clip = self._clip
            if clip is None or clip.done.is_set():
                out[:] = bytes(len(out))
            else:
                clip.fill(out, max(0.0, times.outputBufferDacTime - times.currentTime))

        return callback

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _clip_for(samples: Samples, rate_hz: int, stream: DeviceStream) -> _Clip:
    if rate_hz != stream.rate_hz:
        import soxr

        samples = soxr.resample(samples, rate_hz, stream.rate_hz)
    data = np.repeat(samples, stream.channels).astype(np.int16).tobytes()
    clip = _Clip(data, stream.rate_hz * stream.channels * 2)
    if not data:
        clip.done.set()
    return clip


def _lost(name: str) -> str:
    return f"The speaker '{name}' was lost. Plug it in again, or use --no-voice and read the captions."
