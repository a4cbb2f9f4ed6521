"""The part of the module ``sounddevice`` that is used here, as types; the module itself has none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol


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
