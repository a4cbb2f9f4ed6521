"""The live microphone."""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from typing_extensions import Self

from assistant.audio.condition import Conditioner
from assistant.audio.devices import Device, DeviceStream, Direction, open_stream
from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Frame, Samples
from assistant.audio.portaudio import PORTAUDIO, Buffer, Callback, Status, Times
from assistant.audio.resample import Resampler
from assistant.errors import DeviceError

_LATENCY_S = 0.1
"""Wished latency: room for a busy machine to be late. PortAudio delivers blocks of a quarter of it."""
_OPEN_LIMIT_S = 5.0
_FIRST_SOUND_S = 2.0
_SILENT_S = 1.0
"""With no callback for this long, the microphone is gone; PortAudio doesn't say so."""
_DRIFT = 5e-4
"""How far a sound card's clock may be from the computer's; cheap ones are within 200 ppm."""
_POLL_S = 0.1
_RETRY_S = 0.25


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
        How much sound waits to be read, in seconds; what comes after that is dropped.
    clock : callable
        The time in seconds, as `time.monotonic` has it.

    Attributes
    ----------
    position : int
        Frames captured so far, lost ones counted.
    dropped : int
        Frames lost so far: no room in the queue, or PortAudio's own buffer overran.
    began : float or None
        When frame 0 was captured, on `clock`; None while nothing has come. No block comes before it was captured, so
        this is the earliest time that any of them leaves room for.
    settled : bool
        Whether the blocks come no faster than they are captured: what had piled up before the first was handed over has
        come too, and `began` can be relied on.
    last : float
        When the last block came, on `clock`; before that, when the queue was made.
    """

    def __init__(self, rate_hz: float, limit_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.position = 0
        self.dropped = 0
        self.began: float | None = None
        self.settled = False
        self.last = clock()
        self._clock = clock
        self._rate_hz = rate_hz
        self._limit = round(limit_s * rate_hz)
        self._queue: queue.SimpleQueue[Chunk] = queue.SimpleQueue()
        self._put = 0
        self._fetched = 0
        self._due: float | None = None

    def callback(self, data: Buffer, frames: int, times: Times, status: Status) -> None:
        """Take a block from PortAudio."""
        now = self._clock()
        since, self.last = now - self.last, now
        if status.input_overflow and self._due is not None and self.began is not None:
            # PortAudio's times are nonsense while a sound server dies; no more is lost than time has passed.
            behind_s = now - self.began - (self.position + frames) / self._rate_hz
            overrun = round(max(0.0, min(behind_s, times.inputBufferAdcTime - self._due)) * self._rate_hz)
            self.dropped += overrun
            self.position += overrun
        self._due = times.inputBufferAdcTime + frames / self._rate_hz
        earliest = now - (self.position + frames) / self._rate_hz
        if self.began is None:
            self.began = earliest
        else:
            self.settled = self.settled or since > frames / self._rate_hz / 2
            self.began = min(self.began + since * _DRIFT, earliest)
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


class Microphone:
    """An `AudioSource`: a microphone heard through PortAudio. The constructor touches nothing; `open` may fail.

    The device runs at its native rate; its sound is mixed down and resampled to `RATE_HZ`. What is lost on the way
    moves the audio clock on, so that `Frame.start` stays true; a stretch between two frames is what is missing.

    A microphone that vanishes is waited for, PortAudio being restarted meanwhile (which ends the player's stream, too:
    it opens another). When it returns, listening resumes, and the clock moves on by the time that it was away.

    Latency from the room to `read`, measured with PulseAudio 16 at 44.1 kHz: 60 ms on average, between 45 and 75; 25 of
    them are PortAudio's block, 22 the resampler's looking ahead.

    Parameters
    ----------
    wanted : str, int or None
        Part of the device's name, or its number; None for the system's default.
    queue_s : float
        How much sound waits to be read, in seconds; what is more is dropped and counted.
    tail_s : float
        How long from `attend` on silence takes the place of what is heard: the room's echo of our own prompt.
    return_s : float
        How long a vanished microphone is waited for.
    on_trouble : callable, optional
        Gets a sentence when the microphone is lost, and when it is back.
    """

    def __init__(
        self,
        wanted: str | int | None = None,
        *,
        queue_s: float = 10.0,
        tail_s: float = 0.15,
        return_s: float = 5.0,
        on_trouble: Callable[[str], None] | None = None,
    ) -> None:
        self._wanted = wanted
        self._queue_s = queue_s
        self._tail_s = tail_s
        self._return_s = return_s
        self._on_trouble = on_trouble
        self._stream: DeviceStream | None = None
        self._captured = CaptureQueue(RATE_HZ, queue_s)
        self._resampler = Resampler(RATE_HZ)
        self._conditioner = Conditioner()
        self._origin = 0
        """Place on the audio clock of the capture's frame 0; another one after the microphone was away."""
        self._due = 0
        """Native frame that comes next if nothing is lost."""
        self._deaf_until = 0
        self._frames: deque[Frame] = deque()
        self._pending: Samples = np.zeros(0, np.int16)
        self._pending_at = 0
        self._dropped_before = 0
        self._dropped_met = 0
        self._dropped_unheard = 0

    @property
    def name(self) -> str:
        """The device's name; before `open`, what was asked for."""
        if self._stream is not None:
            return self._stream.device.name
        return "default microphone" if self._wanted is None else str(self._wanted)

    @property
    def dropped(self) -> int:
        """Samples at `RATE_HZ` lost because nobody read them in time.

        What `attend` throws away isn't lost: sound dropped while nobody had to listen doesn't count from then on. Nor
        do the seconds that a vanished microphone was away.
        """
        return self._dropped_so_far - self._dropped_unheard

    def open(self) -> None:
        """Start hearing; returns when the first sound has come.

        Raises
        ------
        DeviceError
            No such microphone, it can't be opened, or it delivers nothing; the sentence says what there is.
        """
        self.close()
        self._dropped_before = self._dropped_met = self._dropped_unheard = 0
        self._origin = self._deaf_until = 0
        self._frames.clear()
        try:
            self._connect(self._wanted, _OPEN_LIMIT_S)
        except DeviceError:
            # PortAudio knows only the devices that were there when it began: one may have been plugged in since.
            PORTAUDIO.restart()
            self._connect(self._wanted, _OPEN_LIMIT_S)

    def close(self) -> None:
        """Stop hearing. May be called twice, and returns in a few seconds even where the sound system hangs."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def attend(self, label: str | None) -> None:
        """Throw away what was captured until now, over which the clock runs on, and leave `tail_s` more unheard."""
        self._due = self._captured.position
        self._deaf_until = self._clock_at(self._due) + round(self._tail_s * RATE_HZ)
        self._dropped_unheard = self._dropped_so_far - self._dropped_met
        while (chunk := self._captured.fetch(0)) is not None:
            self._due = max(self._due, chunk.start + chunk.frames)
        self._frames.clear()
        self._begin_at(self._due)

    def read(self) -> Frame | None:
        """The next 20 ms (less before a gap), waiting for them; never None, for a microphone has no end.

        Raises
        ------
        DeviceError
            The microphone was lost and didn't come back in time, or isn't open.
        """
        while not self._frames:
            if self._stream is None:
                raise DeviceError(f"The microphone '{self.name}' is not open.")
            # Asked before fetching: once the stream has ended nothing more comes, so what is fetched then is the rest.
            gone = self._stream.ended.is_set() or time.monotonic() - self._captured.last > _SILENT_S
            chunk = self._captured.fetch(0 if gone else _POLL_S)
            if chunk is not None:
                self._take(chunk, self._stream.channels)
            elif gone:
                self._recover(self._stream)
        return self._frames.popleft()

    def poll(self) -> Frame | None:
        """The next 20 ms if they have been captured, else None. For listening while something else is going on.

        A microphone that vanished is no concern here; `read` deals with it.
        """
        while not self._frames:
            chunk = self._captured.fetch(0) if self._stream is not None else None
            if chunk is None or self._stream is None:
                return None
            self._take(chunk, self._stream.channels)
        return self._frames.popleft()

    def _take(self, chunk: Chunk, channels: int) -> None:
        samples = chunk.samples(channels)
        lost = chunk.start - self._due
        self._due = chunk.start + chunk.frames
        deaf = self._native(self._deaf_until - self._clock_at(chunk.start))
        if deaf > 0:
            # Silence in its place, since an answer's times count from the prompt's end; with the microphone's direct
            # current in it, whose end and beginning would be heard.
            samples = samples.copy()
            samples[:deaf] = self._conditioner.silence
            if lost:
                self._begin_at(chunk.start)
        elif lost:
            self._dropped_met += round(lost * self._per_frame)
            self._cut(self._resampler.flush(), 1)
            self._begin_at(chunk.start)
        self._cut(self._resampler.feed(samples), FRAME_SAMPLES)

    def _cut(self, samples: Samples, shortest: int) -> None:
        """Add to the frames; what is left over waits for more, unless it is at least `shortest` samples long."""
        self._pending = np.concatenate((self._pending, samples))
        while len(self._pending) >= shortest:
            frame = self._conditioner.frame(self._pending[:FRAME_SAMPLES], self._pending_at)
            self._frames.append(frame)
            self._pending, self._pending_at = self._pending[FRAME_SAMPLES:], frame.end

    def _begin_at(self, native: int) -> None:
        """Make frame `native` the first one that the next samples come from."""
        if self._stream is not None:
            self._resampler = Resampler(self._stream.rate_hz, self._stream.channels)
        self._pending = np.zeros(0, np.int16)
        self._pending_at = self._clock_at(native)

    def _connect(self, wanted: str | int | None, limit_s: float) -> None:
        queues: list[CaptureQueue] = []

        def prepare(device: Device, channels: int) -> Callback:
            queues.append(CaptureQueue(device.rate_hz, self._queue_s))
            return queues[-1].callback

        stream = open_stream(wanted, Direction.INPUT, prepare, _LATENCY_S, limit_s)
        captured = queues[-1]
        deadline = time.monotonic() + min(limit_s, _FIRST_SOUND_S)
        while not captured.settled:
            if stream.ended.is_set() or time.monotonic() > deadline:
                stream.close()
                raise DeviceError(
                    f"The microphone '{stream.device.name}' is there but delivers no sound. "
                    "Unplug it and plug it in again, or name another one."
                )
            time.sleep(0.005)
        self._stream, self._captured, self._due = stream, captured, 0
        self._begin_at(0)

    def _recover(self, stream: DeviceStream) -> None:
        """Wait for a vanished microphone to come back."""
        began, end = self._captured.began, self._clock_at(self._captured.position)
        wanted = None if self._wanted is None else stream.device.name
        self._dropped_before += round(self._captured.dropped * self._per_frame)
        self._captured = CaptureQueue(stream.rate_hz, self._queue_s)
        self._cut(self._resampler.flush(), 1)
        deadline = time.monotonic() + self._return_s
        # PortAudio restarted by the player is no loss to speak of: the microphone is there all the time.
        if not (stream.restarted.is_set() and self._reconnected(wanted, deadline, restart=False)):
            self._tell(
                f"The microphone '{stream.device.name}' is gone. Waiting {self._return_s:g} s for it to come back."
            )
            while not self._reconnected(wanted, deadline, restart=True):
                time.sleep(max(0.0, min(_RETRY_S, deadline - time.monotonic())))
                if time.monotonic() >= deadline:
                    self.close()
                    raise DeviceError(
                        f"The microphone '{stream.device.name}' was lost and did not come back within "
                        f"{self._return_s:g} s. Plug it in again and start over."
                    )
            self._tell(f"The microphone '{self.name}' is back.")
        assert began is not None
        assert self._captured.began is not None
        # The one place where wall-clock time moves the audio clock: nobody counted samples while the microphone was
        # away. So what follows may be off by some tens of milliseconds. Estimates don't suffer: an answer with a gap
        # of more than half a second isn't judged.
        self._origin = max(end, self._origin + round((self._captured.began - began) * RATE_HZ))
        self._begin_at(0)

    def _reconnected(self, wanted: str | None, deadline: float, *, restart: bool) -> bool:
        try:
            if restart:
                PORTAUDIO.restart(deadline - time.monotonic())
            self._connect(wanted, deadline - time.monotonic())
        except DeviceError:
            return False
        return True

    @property
    def _per_frame(self) -> float:
        """Samples at `RATE_HZ` that a native frame makes."""
        return RATE_HZ / self._stream.rate_hz if self._stream is not None else 1.0

    @property
    def _dropped_so_far(self) -> int:
        return self._dropped_before + round(self._captured.dropped * self._per_frame)

    def _clock_at(self, native: int) -> int:
        return self._origin + round(native * self._per_frame)

    def _native(self, samples: int) -> int:
        return round(samples / self._per_frame)

    def _tell(self, sentence: str) -> None:
        if self._on_trouble is not None:
            self._on_trouble(sentence)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
