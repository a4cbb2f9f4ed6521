"""Microphones and speakers: which there are, which one is meant, and a stream to or from it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from assistant.audio.portaudio import PORTAUDIO, Callback, Library, Stream
from assistant.errors import DeviceError


class Direction(Enum):
    """Which way sound goes; the value is what a person calls the device."""

    INPUT = "microphone"
    OUTPUT = "speaker"


_NONE_AT_ALL = {
    Direction.INPUT: (
        "There is no microphone. Plug one in, or start the sound system (PulseAudio or PipeWire); "
        "recordings can be heard without one: assistant replay FILE."
    ),
    Direction.OUTPUT: (
        "There is no speaker. Plug one in, or start the sound system (PulseAudio or PipeWire); "
        "without one, use --no-voice and read the captions."
    ),
}


@dataclass(frozen=True, slots=True)
class Device:
    """A sound device as PortAudio sees it.

    Attributes
    ----------
    number : int
        Changes when devices come and go.
    name : str
    inputs, outputs : int
        Most channels that it claims; 0 where it doesn't go that way.
    rate_hz : float
        Its native sampling rate.
    default_for : frozenset of Direction
        The directions in which it is the system's default.
    """

    number: int
    name: str
    inputs: int
    outputs: int
    rate_hz: float
    default_for: frozenset[Direction] = frozenset()

    def channels(self, direction: Direction) -> int:
        """Most channels in one direction."""
        return self.inputs if direction is Direction.INPUT else self.outputs


def list_devices(direction: Direction | None = None) -> tuple[Device, ...]:
    """All sound devices, or those of one direction.

    Raises
    ------
    DeviceError
        PortAudio is missing, or the sound system doesn't answer.
    """
    return tuple(d for d in PORTAUDIO.call(devices_of) if direction is None or d.channels(direction))


def find_device(wanted: str | int | None, direction: Direction) -> Device:
    """Find a microphone or speaker among those there are now; see `choose_device`."""
    return choose_device(list_devices(), wanted, direction)


def choose_device(known: Sequence[Device], wanted: str | int | None, direction: Direction) -> Device:
    """Choose a microphone or speaker.

    Parameters
    ----------
    known : sequence of Device
    wanted : str, int or None
        A number, a name or a part of one (upper and lower case alike; an exact name goes before a part; a mere number
        is no part), or None for the system's default.
    direction : Direction

    Raises
    ------
    DeviceError
        There is none, none of that name, or several; the sentence names what there is.
    """
    suitable = [device for device in known if device.channels(direction)]
    if not suitable:
        raise DeviceError(_NONE_AT_ALL[direction])
    if wanted is None:
        return next((device for device in suitable if direction in device.default_for), suitable[0])
    name = str(wanted).strip()
    matching = (
        [device for device in suitable if str(device.number) == name]
        or [device for device in suitable if device.name.lower() == name.lower()]
        or [device for device in suitable if not name.isdigit() and name and name.lower() in device.name.lower()]
    )
    if not matching:
        raise DeviceError(f"No {direction.value} called '{name}'. There are: {_listed(suitable)}.")
    if len(matching) > 1:
        raise DeviceError(
            f"'{name}' may be several {direction.value}s: {_listed(matching)}. Say more of the name, or the number."
        )
    return matching[0]


def devices_of(library: Library) -> tuple[Device, ...]:
    """Ask the module ``sounddevice``; to be called on PortAudio's thread."""
    defaults = dict(zip((Direction.INPUT, Direction.OUTPUT), library.default.device, strict=True))
    return tuple(
        Device(
            number=number,
            name=" ".join(facts["name"].split()),
            inputs=facts["max_input_channels"],
            outputs=facts["max_output_channels"],
            rate_hz=facts["default_samplerate"],
            default_for=frozenset(way for way, default in defaults.items() if default == number),
        )
        for number, facts in enumerate(library.query_devices())
    )


def _listed(known: Sequence[Device]) -> str:
    return ", ".join(f"{device.number} {device.name}" for device in known)


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
        Set when the stream is over: the device is gone, PortAudio was restarted, or it was closed.
    restarted : threading.Event
        Set as well where a restart of PortAudio ended a stream that was well.
    """

    device: Device
    rate_hz: float
    channels: int
    latency_s: float
    ended: threading.Event
    restarted: threading.Event
    _stream: Stream = field(repr=False)

    def close(self) -> None:
        """Stop at once and let go of the device. May be called twice; never takes more than a few seconds.

        Where the sound system hangs, the stream is left behind and closed when it answers again.
        """
        try:
            PORTAUDIO.call(lambda _: PORTAUDIO.close(self._stream), _CLOSE_LIMIT_S)
        except DeviceError:
            # Nothing else was wanted, and PortAudio's thread will close it when it can.
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

    return PORTAUDIO.call(work, limit_s, dispose=lambda opened: PORTAUDIO.close(opened._stream))


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
