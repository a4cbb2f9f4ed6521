"""Microphones and speakers: which there are, and which one is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.audio.library import Library
from assistant.audio.portaudio import PORTAUDIO
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


def devices(direction: Direction | None = None) -> tuple[Device, ...]:
    """All sound devices, or those of one direction.

    Raises
    ------
    DeviceError
        PortAudio is missing, or the sound system doesn't answer.
    """
    return tuple(d for d in PORTAUDIO.call(devices_of) if direction is None or d.channels(direction))


def find_device(wanted: str | int | None, direction: Direction) -> Device:
    """Find a microphone or speaker among those there are now; see `choose_device`."""
    return choose_device(devices(), wanted, direction)


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
