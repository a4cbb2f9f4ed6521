"""PortAudio, kept on one thread of its own, and the part of the module ``sounddevice`` that is used, as types.

Three traps in one place. PortAudio isn't safe to call from several threads. It learns of devices only when it begins,
so a device that is plugged in or pulled out takes a restart, which ends every open stream. And any call may wait for
ever for a sound server that hangs: here each has a time limit, and the thread is left behind when it runs out.
"""

from __future__ import annotations

import atexit
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as OverdueError
from typing import Any, Protocol, TypeVar

from assistant.errors import DeviceError


class Buffer(Protocol):
    """Interleaved samples as bytes, in memory that is PortAudio's own and gone after the callback."""

    def __len__(self) -> int: ...

    def __bytes__(self) -> bytes: ...

    def __setitem__(self, part: slice, data: bytes) -> None: ...


class Times(Protocol):
    """When a block was or will be at the converter, in seconds on PortAudio's clock."""

    @property
    def currentTime(self) -> float: ...  # noqa: N802, D102

    @property
    def inputBufferAdcTime(self) -> float: ...  # noqa: N802, D102

    @property
    def outputBufferDacTime(self) -> float: ...  # noqa: N802, D102


class Status(Protocol):
    """What went wrong before a block."""

    @property
    def input_overflow(self) -> bool:
        """Sound was lost before this block."""


class Stream(Protocol):
    """A raw stream."""

    @property
    def samplerate(self) -> float:
        """In Hz."""

    @property
    def latency(self) -> float:
        """In seconds."""

    def start(self) -> None:
        """Begin."""

    def abort(self) -> None:
        """Stop without playing out what is held."""

    def close(self) -> None:
        """Let go of the device."""


class Defaults(Protocol):
    """The system's choice."""

    @property
    def device(self) -> Sequence[int]:
        """Numbers of the input and output device; -1 for none."""


class Library(Protocol):
    """The module."""

    PortAudioError: type[Exception]
    RawInputStream: Callable[..., Stream]
    RawOutputStream: Callable[..., Stream]
    default: Defaults
    _initialized: int

    def query_devices(self) -> Sequence[Mapping[str, Any]]:
        """All devices."""

    def _initialize(self) -> None: ...

    def _terminate(self) -> None: ...


Callback = Callable[[Buffer, int, Times, Status], None]
"""What PortAudio calls on its own thread with each block: buffer, number of frames, times, status."""


_LIMIT_S = 5.0
_EXIT_LIMIT_S = 2.0
_STUCK = "The sound system doesn't answer. Restart it (for instance: systemctl --user restart pipewire pulseaudio)."
_NO_LIBRARY = (
    "PortAudio, through which microphone and speaker are used, is missing. Install it: apt-get install libportaudio2 "
    "(on macOS: brew install portaudio)."
)

T = TypeVar("T")


class PortAudio:
    """The one way to `sounddevice`. The constructor touches nothing; the first call loads the library."""

    def __init__(self) -> None:
        self._work: queue.SimpleQueue[tuple[Future[Any], Callable[[Library], Any]]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._overdue: Future[Any] | None = None
        self._library: Library | None = None
        self._streams: dict[Stream, Callable[[], object]] = {}

    def call(
        self, work: Callable[[Library], T], limit_s: float = _LIMIT_S, *, dispose: Callable[[T], None] | None = None
    ) -> T:
        """Do something with the library on its own thread.

        Parameters
        ----------
        work : callable
            Gets the module ``sounddevice``.
        limit_s : float
            Longest wait, in seconds.
        dispose : callable, optional
            What to do with a result that comes when nobody waits for it any more (on the library's thread).

        Raises
        ------
        DeviceError
            The library is missing, or the sound system doesn't answer in time.
        """
        if self.is_stuck:
            raise DeviceError(_STUCK)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="portaudio", daemon=True)
            self._thread.start()
        future: Future[T] = Future()
        self._work.put((future, work))
        try:
            return future.result(max(0.0, limit_s))
        except OverdueError:
            self._abandon(future, dispose)
            raise DeviceError(_STUCK) from None
        except BaseException:
            # An interrupt while waiting; an error of the work's own comes with the future done.
            if not future.done():
                self._abandon(future, dispose)
            raise

    @property
    def is_stuck(self) -> bool:
        """Whether it still waits for an answer of the sound system that is overdue."""
        return self._overdue is not None and not self._overdue.done()

    def restart(self, limit_s: float = _LIMIT_S) -> None:
        """Look for devices again. Every open stream ends; its `on_end` (see `adopt`) is called.

        Raises
        ------
        DeviceError
            As `call`.
        """
        self.call(self._restart, limit_s)

    def adopt(self, stream: Stream, on_end: Callable[[], object]) -> None:
        """Close `stream` at a restart and call `on_end`. To be called inside of `call`."""
        self._streams[stream] = on_end

    def close(self, stream: Stream) -> None:
        """Close an adopted stream at once, without playing out what it holds. To be called inside of `call`.

        A stream that a restart has closed already is let alone: PortAudio would follow a dangling pointer.
        """
        if stream in self._streams:
            stream.abort()
            stream.close()
            # Not before: a stream that hangs in here must stay alive, or its callback would run in freed memory.
            del self._streams[stream]

    def _abandon(self, future: Future[T], dispose: Callable[[T], None] | None) -> None:
        if future.cancel():
            return
        self._overdue = future
        if dispose is not None:
            future.add_done_callback(lambda late: None if late.exception() else dispose(late.result()))

    def _run(self) -> None:
        while True:
            future, work = self._work.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = work(self._loaded())
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)

    def _loaded(self) -> Library:
        if self._library is None:
            try:
                import sounddevice
            except OSError as error:
                raise DeviceError(_NO_LIBRARY) from error
            except Exception as error:
                # sounddevice begins PortAudio when it is imported, and its exception can't be named before that.
                raise DeviceError(f"PortAudio can't begin: {error}. {_STUCK}") from error
            self._library = sounddevice
            # Registered after sounddevice's own handler and so called before it.
            atexit.register(self._end)
        return self._library

    def _restart(self, library: Library) -> None:
        self._close_all()
        library._terminate()
        library._initialize()

    def _close_all(self) -> None:
        for stream, on_end in list(self._streams.items()):
            on_end()
            self.close(stream)

    def _end(self) -> None:
        try:
            self.call(lambda _: self._close_all(), _EXIT_LIMIT_S)
        except DeviceError:
            # sounddevice would wait for PortAudio at the program's end, and PortAudio for a sound server that hangs.
            if self._library is not None:
                self._library._initialized = 0


PORTAUDIO = PortAudio()
"""The program's one PortAudio."""
