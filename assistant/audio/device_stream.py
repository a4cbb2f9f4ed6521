"""An open stream to or from a device."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.audio.devices import Device, Direction, choose_device, devices_of
from assistant.audio.library import Callback, Library, Stream
from assistant.audio.portaudio import PORTAUDIO
from assistant.errors import DeviceError

_CLOSE_LIMIT_S = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class DeviceStream:
    """A running stream of interleaved int16.

    Attributes
    ----------
    device : Device
    rate_hz : float
        The device's native rate.
    channels : int
    latency_s : float
        As PortAudio reports it.
    ended : threading.Event
        Set when the stream is over: the device is gone, PortAudio was restarted, or the line was closed.
    restarted : threading.Event
        Set besides where a restart of PortAudio ended a stream that was well.
    """

    device: Device
    rate_hz: float
    channels: int
    latency_s: float
    ended: threading.Event
    restarted: threading.Event
    _stream: Stream = field(repr=False)

    def close(self) -> None:
        """Stop at once and let go of the device. May be called twice; never takes longer than some seconds.

        Where the sound system hangs, the stream is left behind and closed when it answers again.
        """
        try:
            PORTAUDIO.call(lambda _: PORTAUDIO.close(self._stream), _CLOSE_LIMIT_S)
        except DeviceError:
            # Closing is all that was wanted, and PortAudio's thread goes on with it.
            self.ended.set()


def open_stream(
    wanted: str | int | None,
    direction: Direction,
    prepare: Callable[[Device, int], Callback],
    latency_s: float,
    limit_s: float,
) -> DeviceStream:
    """Find a device, open it at its native rate, and start it.

    Parameters
    ----------
    wanted : str, int or None
        As for `choose_device`.
    direction : Direction
    prepare : callable
        Makes the callback for a device and a number of channels, before the stream starts.
    latency_s : float
        Wished latency of the stream.
    limit_s : float
        Longest wait.

    Raises
    ------
    DeviceError
        No such device, it can't be opened, or the sound system doesn't answer.
    """

    def work(library: Library) -> DeviceStream:
        device = choose_device(devices_of(library), wanted, direction)
        return _opened(library, device, direction, prepare, latency_s)

    return PORTAUDIO.call(work, limit_s, dispose=lambda line: PORTAUDIO.close(line._stream))


def _opened(
    library: Library, device: Device, direction: Direction, prepare: Callable[[Device, int], Callback], latency_s: float
) -> DeviceStream:
    kind = library.RawInputStream if direction is Direction.INPUT else library.RawOutputStream
    channels = _channels(device, direction)
    ended, restarted = threading.Event(), threading.Event()

    def on_restart() -> None:
        if not ended.is_set():
            restarted.set()
            ended.set()

    try:
        stream = kind(
            device=device.number,
            samplerate=device.rate_hz,
            channels=channels,
            dtype="int16",
            latency=latency_s,
            callback=prepare(device, channels),
            finished_callback=ended.set,
        )
        PORTAUDIO.adopt(stream, on_restart)
        try:
            stream.start()
        except library.PortAudioError:
            PORTAUDIO.close(stream)
            raise
    except library.PortAudioError as error:
        raise DeviceError(
            f"The {direction.value} '{device.name}' can't be opened ({_reason(error)}). "
            "Is another program using it? Unplug it and plug it in again, or name another one."
        ) from error
    return DeviceStream(device, float(stream.samplerate), channels, float(stream.latency), ended, restarted, stream)


def _channels(device: Device, direction: Direction) -> int:
    """One or two; of devices that claim more to hear, one.

    Sound servers claim 32 and mix down themselves. To be heard on both sides of a plain sound card, on the other hand,
    takes two.
    """
    most = device.channels(direction)
    if direction is Direction.INPUT:
        return most if most <= 2 else 1
    return min(2, most)


def _reason(error: Exception) -> str:
    message = str(error.args[0]) if error.args else str(error)
    return message.rpartition(": ")[2]
