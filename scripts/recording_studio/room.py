"""The room round a voice: its noise, other people in it, a telephone, a second channel."""

from __future__ import annotations

import subprocess
import tempfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from recording_studio.clip import Sound, StudioError
from recording_studio.flite_voice import FliteVoice
from recording_studio.performance import Performance, speech_power
from recording_studio.script import Recording

_BABBLE = (
    ("slt", "Did you find a seat near the front? I asked for two in the middle, but they were all gone by noon."),
    ("rms", "We took the late train home and it rained the whole way. Nobody on board said a single word."),
    ("awb", "The bakery on the corner has closed, so we walk to the market on Saturday mornings instead."),
    ("kal", "Put the chairs back by the window and bring the tall lamp over here when you have a moment."),
)
_BABBLE_ESPEAK = "My neighbour grows tomatoes on the roof, and every summer there are far too many of them."

_LEFT, _RIGHT = 0.85, 0.5
"""Gains of a speaker a little to the left of the middle."""


def in_room(performance: Performance, recording: Recording) -> Sound:
    """What the microphone hears.

    Returns
    -------
    ndarray of float32, shape (n,) or (n, channels)
        At ``recording.rate_hz``.
    """
    import soxr

    chance = np.random.default_rng(zlib.crc32(recording.file.encode()))
    sound: Sound = soxr.resample(performance.sound, performance.rate_hz, recording.rate_hz, quality="VHQ")
    if recording.snr_db is not None:
        power = speech_power(
            sound, recording.rate_hz, [(a.start_s, a.end_s) for a in performance.items if a.kind != "pause"]
        )
        crowd = _babble(len(sound), recording.rate_hz) + _pink(len(sound), recording.rate_hz, chance)
        sound = sound + crowd * np.sqrt(power / 10 ** (recording.snr_db / 10) / np.mean(np.square(crowd)))
    if recording.telephone:
        sound = _band(sound, recording.rate_hz, 300.0, 3400.0)
    if recording.channels == 1:
        return sound + _noise(len(sound), recording, chance)
    sides = [sound * gain + _noise(len(sound), recording, chance) for gain in (_LEFT, _RIGHT)]
    return np.stack(sides, axis=1)


def _noise(length: int, recording: Recording, chance: np.random.Generator) -> Sound:
    noise: Sound = _pink(length, recording.rate_hz, chance) * np.float32(10 ** (recording.room_dbfs / 20))
    return noise


def _pink(length: int, rate_hz: int, chance: np.random.Generator) -> Sound:
    """Noise of RMS 1 whose power falls by 3 dB an octave above 50 Hz."""
    spectrum = np.fft.rfft(chance.standard_normal(length))
    hertz = np.fft.rfftfreq(length, 1 / rate_hz)
    return _to_one(np.fft.irfft(spectrum / np.sqrt(np.maximum(hertz, 50.0)), length))


def _to_one(sound: npt.NDArray[np.floating[Any]]) -> Sound:
    level: Sound = (sound / np.sqrt(np.mean(np.square(sound)))).astype(np.float32)
    return level


def _band(sound: Sound, rate_hz: int, low_hz: float, high_hz: float) -> Sound:
    """Band-pass with edges of a sixth of an octave, without delay."""
    hertz = np.maximum(np.fft.rfftfreq(len(sound), 1 / rate_hz), 1.0)
    octaves = np.minimum(np.log2(hertz / low_hz), np.log2(high_hz / hertz))
    gain = np.clip(octaves * 6 + 1, 0, 1)
    passed: Sound = np.fft.irfft(np.fft.rfft(sound) * gain, len(sound)).astype(np.float32)
    return passed


def _babble(length: int, rate_hz: int) -> Sound:
    """Five people talking at once, over and over, none of them for us; RMS 1."""
    import soxr

    mixed = np.zeros(length, dtype=np.float32)
    clips = [FliteVoice(speaker).phrase(text, 1.0) for speaker, text in _BABBLE]
    talks = [*((clip.sound, clip.rate_hz) for clip in clips), _espeak(_BABBLE_ESPEAK)]
    for number, (sound, own_rate_hz) in enumerate(talks):
        talk = _to_one(soxr.resample(sound, own_rate_hz, rate_hz))
        # Each begins elsewhere in its text, so that no two take breath together.
        mixed += np.resize(np.roll(talk, number * 17 * len(talk) // 100), length)
    return _to_one(mixed)


def _espeak(text: str) -> tuple[Any, int]:
    import soundfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        try:
            subprocess.run(["espeak-ng", "-v", "en-gb", "-w", str(path), text], check=True)
        except FileNotFoundError as error:
            raise StudioError("eSpeak NG isn't installed. On Debian or Ubuntu: apt-get install espeak-ng") from error
        sound, rate_hz = soundfile.read(path, dtype="float32")
    return sound, rate_hz
