"""How much of the loudspeaker the microphone hears, and having the sound server take it out."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

import numpy as np

from assistant.audio.frame import RATE_HZ, Samples
from assistant.audio.microphone import Microphone
from assistant.audio.player import Player
from assistant.errors import DeviceError

_SWEEP_S = 0.5
_FROM_HZ, _TO_HZ = 300.0, 3400.0
_AMPLITUDE = 0.2
_FADED_S = 0.05
_LISTENS_S = 1.2
_STANDS_OUT = 12.0
"""The echo's peak over the median of the correlation. Noise alone comes to 5."""
_TIMES = 3
_AGREE_S = 0.02
"""Somebody who speaks meanwhile may look like an echo, but not twice after the same delay."""

_MODULE = "module-echo-cancel"
_MICROPHONE, _SPEAKER = "assistant_microphone", "assistant_speaker"
_ARGUMENTS = 'aec_args="analog_gain_control=0 digital_gain_control=0 noise_suppression=0"'
_PACTL_LIMIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Echo:
    """What comes back of the loudspeaker.

    Attributes
    ----------
    level_db : float
        Relative to the digital level that was played.
    delay_s : float
        From playing a sample to hearing it, the buffers on the way included.
    """

    level_db: float
    delay_s: float


def sweep() -> Samples:
    """A short rising tone, through the frequencies of speech; its level changes where it begins and ends."""
    time_s = np.arange(round(_SWEEP_S * RATE_HZ)) / RATE_HZ
    octaves = np.log(_TO_HZ / _FROM_HZ)
    phase = 2 * np.pi * _FROM_HZ * _SWEEP_S / octaves * (np.exp(time_s / _SWEEP_S * octaves) - 1)
    faded = np.minimum(1.0, np.minimum(time_s, _SWEEP_S - time_s) / _FADED_S)
    return np.asarray(np.rint(_AMPLITUDE * 32_767 * faded * np.sin(phase)), np.int16)


def find_echo(heard: Samples, played: Samples) -> Echo | None:
    """Find a sound in what was heard since it was played, by correlation; None if it isn't in there.

    Parameters
    ----------
    heard, played : ndarray of int16
        At `RATE_HZ`; `heard` from the moment on at which `played` was handed to the loudspeaker.
    """
    size = len(heard) + len(played)
    spectrum = np.fft.rfft(heard.astype(np.float64), size) * np.conj(np.fft.rfft(played.astype(np.float64), size))
    match = np.abs(np.fft.irfft(spectrum, size)[: len(heard)])
    at = int(np.argmax(match))
    if match[at] < _STANDS_OUT * max(float(np.median(match)), 1e-9) or not heard.any():
        return None
    # By its energy: on the way it may have been stretched a little, which a correlation takes for softer.
    power = np.square(heard, dtype=np.float64)
    window = slice(at, at + len(played))
    noise = float(np.delete(power, window).mean()) if len(heard) > len(played) else 0.0
    came = max(1.0, float(power[window].sum()) - noise * len(power[window]))
    return Echo(round(10 * np.log10(came / np.square(played, dtype=np.float64).sum()), 1), round(at / RATE_HZ, 3))


def measure_echo(microphone: Microphone, player: Player) -> Echo | None:
    """Play a short sound some times, and listen for it; None if the microphone doesn't hear the loudspeaker.

    Parameters
    ----------
    microphone : Microphone
        Open, and hearing from the first moment on (``tail_s=0``).
    player : Player
        Open.

    Raises
    ------
    DeviceError
        If one of the two is lost.
    """
    found = [echo for echo in (_measured(microphone, player) for _ in range(_TIMES)) if echo is not None]
    for echo in found:
        same = [each for each in found if abs(each.delay_s - echo.delay_s) <= _AGREE_S]
        if len(same) > 1:
            return min(same, key=lambda each: each.level_db)
    return None


def _measured(microphone: Microphone, player: Player) -> Echo | None:
    played = sweep()
    microphone.attend(None)
    player.play(played, RATE_HZ)
    heard: list[Samples] = []
    while sum(map(len, heard)) < _LISTENS_S * RATE_HZ:
        frame = microphone.read()
        assert frame is not None  # a microphone has no end
        heard.append(frame.samples)
    return find_echo(np.concatenate(heard), played)


def is_cancelling() -> bool:
    """Whether the sound server's default microphone is one from which it takes the echo."""
    try:
        source = _pactl("get-default-source")
        modules = _pactl("list", "short", "modules").splitlines()
    except DeviceError:
        return False
    cancelling = [module for module in modules if _MODULE in module]
    return any(f"source_name={source}" in module.split() for module in cancelling) or "echo-cancel" in source


def set_up_cancelling() -> str:
    """Have the sound server take the assistant's voice out of the default microphone, until it ends.

    WebRTC's canceller is told to leave the level alone: by default, it turns the microphone itself down, for everybody.
    Nor is it to suppress noise, of which nothing but zeros is left, as of a muted microphone.

    Returns
    -------
    str
        What has been done, and how to undo it, in a sentence.

    Raises
    ------
    DeviceError
        If there is no sound server, or it can't.
    """
    if is_cancelling():
        return "The sound server takes the echo out already."
    source, sink = _pactl("get-default-source"), _pactl("get-default-sink")
    number = _pactl(
        "load-module", _MODULE, "aec_method=webrtc", _ARGUMENTS,
        f"source_name={_MICROPHONE}", f"sink_name={_SPEAKER}", f"source_master={source}", f"sink_master={sink}",
    )  # fmt: skip
    try:
        _pactl("set-default-source", _MICROPHONE)
        _pactl("set-default-sink", _SPEAKER)
    except DeviceError:
        _pactl("unload-module", number)
        raise
    return f"The sound server takes the echo out until it restarts; “pactl unload-module {number}” undoes that."


def _pactl(*command: str) -> str:
    if shutil.which("pactl") is None:
        raise DeviceError(
            "Only PulseAudio and PipeWire can take the echo out, and “pactl”, which tells them to, isn't installed. "
            "Install it with apt-get install pulseaudio-utils, or use headphones."
        )
    try:
        done = subprocess.run(
            ["pactl", *command], capture_output=True, text=True, check=False, timeout=_PACTL_LIMIT_S
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise DeviceError("The sound server doesn't answer. Restart it, or use headphones.") from error
    if done.returncode:
        why = done.stderr.strip().rstrip(".") or "no reason given"
        raise DeviceError(f"The sound server can't do “pactl {command[0]}” ({why}). Use headphones instead.")
    return done.stdout.strip()
