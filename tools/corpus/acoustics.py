"""Everything between a mouth and the program: a room and its noise, other people, a microphone, a telephone.

`in_room` simulates the room that a recording's script describes, `in_drawn_room` a random one.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import RATE_HZ, Samples
from tools.corpus.clip import OUT_FILE, Sound, synthesise
from tools.corpus.flite import FliteVoice
from tools.corpus.performance import Performance, speech_power
from tools.corpus.script import ScriptedRecording

Precise = npt.NDArray[np.float64]

_BABBLE = (
    ("slt", "Did you find a seat near the front? I asked for two in the middle, but they were all gone by noon."),
    ("rms", "We took the late train home and it rained the whole way. Nobody on board said a single word."),
    ("awb", "The bakery on the corner has closed, so we walk to the market on Saturday mornings instead."),
    ("kal", "Put the chairs back by the window and bring the tall lamp over here when you have a moment."),
)
_BABBLE_ESPEAK = "My neighbour grows tomatoes on the roof, and every summer there are far too many of them."

_LEFT, _RIGHT = 0.85, 0.5
"""Gains for a speaker a little to the left of the middle."""


SYNTHETIC_SPEEDS: Final = (0.8, 1.28)
REAL_SPEEDS: Final = (0.86, 1.22)
"""Real people's speeds and pitches already vary."""

_ROOM_SHARE, _COLOUR_SHARE, _TELEPHONE_SHARE, _ROUGH_SHARE = 0.5, 0.7, 0.6, 0.3
_LEVEL = 1 / 12
_SOUNDING = 0.01
_TELEPHONE_HZ = 8_000


def in_room(performance: Performance, recording: ScriptedRecording) -> Sound:
    """Render a performance as the microphone hears it in the room that its script describes.

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


def _noise(length: int, recording: ScriptedRecording, chance: np.random.Generator) -> Sound:
    noise: Sound = _pink(length, recording.rate_hz, chance) * np.float32(10 ** (recording.room_dbfs / 20))
    return noise


@dataclass(frozen=True, slots=True)
class RoomSound:
    """Sound as the program gets it, int16 mono at 16 kHz; what was at 1 s is now at 1 s / `speed`."""

    samples: Samples
    speed: float


def in_drawn_room(sound: Sound, rate_hz: int, chance: np.random.Generator, speeds: tuple[float, float]) -> RoomSound:
    """Put the sound into a random room: sped up, reverberant, coloured, noisy, over a telephone, or not.

    Parameters
    ----------
    sound : float32 array, shape (n,)
        Between -1 and 1.
    rate_hz : int
    chance : numpy.random.Generator
    speeds : (float, float)
        The smallest and largest factor of speed; pitch and formants change with it.
    """
    import soxr

    speed = float(np.exp(chance.uniform(*np.log(speeds))))
    here: Precise = soxr.resample(sound.astype(np.float32), rate_hz * speed, RATE_HZ).astype(np.float64)
    sounding = here[np.abs(here) > _SOUNDING]
    here *= _LEVEL / np.sqrt(np.mean(np.square(sounding)) + 1e-9) if len(sounding) else 1.0
    if chance.random() < _ROOM_SHARE:
        here = _reverberant(here, chance)
    if chance.random() < _COLOUR_SHARE:
        here = _coloured(here, chance)
    here = _noisy(here, chance)
    if chance.random() < _TELEPHONE_SHARE:
        here = _telephoned(here, chance)
    else:
        here *= chance.uniform(0.08, 0.95) / (np.abs(here).max() + 1e-9)
    return RoomSound((np.clip(here, -1.0, 1.0) * 32767).astype(np.int16), speed)


def _reverberant(sound: Precise, chance: np.random.Generator) -> Precise:
    """Add reverberation: noise that falls by 60 dB in 0.08 to 0.5 s."""
    length = int(RATE_HZ * chance.uniform(0.08, 0.5))
    response = chance.normal(size=length) * np.exp(-6.9 * np.arange(length) / length)
    response *= chance.uniform(0.05, 0.6) / np.sqrt(np.square(response).sum())
    response[0] = 1.0
    size = len(sound) + length
    both: Precise = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)
    return both[: len(sound)]


def _coloured(sound: Precise, chance: np.random.Generator) -> Precise:
    """Add the colour of a microphone: a tilt of up to 4 dB per octave, and bumps of some dB."""
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
    tilt_db = chance.uniform(-4.0, 4.0) * np.log2(np.maximum(hertz, 100.0) / 1000.0)
    bumps_db = np.interp(np.log2(np.maximum(hertz, 60.0)), np.linspace(6, 13, 8), chance.normal(0.0, 2.5, 8))
    coloured: Precise = np.fft.irfft(np.fft.rfft(sound) * 10 ** ((tilt_db + bumps_db) / 20), len(sound))
    return coloured


def _noisy(sound: Precise, chance: np.random.Generator) -> Precise:
    """Add noise 8 to 45 dB below the sound, white or falling towards high frequencies."""
    snr_db = chance.uniform(8.0, 45.0)
    noise = chance.standard_normal(len(sound))
    if chance.random() < 0.5:
        noise = _falling(noise, RATE_HZ, from_hz=60.0, exponent=chance.uniform(0.3, 1.0))
    wanted = np.sqrt(np.mean(np.square(sound))) * 10 ** (-snr_db / 20)
    noise *= wanted / (np.sqrt(np.mean(np.square(noise))) + 1e-9)
    return sound + noise


def _telephoned(sound: Precise, chance: np.random.Generator) -> Precise:
    """Send it over a telephone: 8 kHz, 150–350 to 3000–3600 Hz, 8-bit µ-law; sometimes as rough as a low-rate codec."""
    import soxr

    low_hz, high_hz = chance.uniform(150.0, 350.0), chance.uniform(3000.0, 3600.0)
    line: Precise = soxr.resample(sound.astype(np.float32), RATE_HZ, _TELEPHONE_HZ).astype(np.float64)
    hertz = np.maximum(np.fft.rfftfreq(len(line), 1 / _TELEPHONE_HZ), 1.0)
    # Butterworth's magnitudes, of third and fourth order.
    gain = 1 / np.sqrt((1 + (low_hz / hertz) ** 6) * (1 + (hertz / high_hz) ** 8))
    line = np.fft.irfft(np.fft.rfft(line) * gain, len(line))
    line = _mu_law(line * (chance.uniform(0.15, 0.9) / (np.abs(line).max() + 1e-9)))
    if chance.random() < _ROUGH_SHARE:
        line = line + chance.normal(size=len(line)) * np.abs(line) * 0.05
    back: Precise = soxr.resample(line.astype(np.float32), _TELEPHONE_HZ, RATE_HZ).astype(np.float64)
    return back


def _mu_law(sound: Precise) -> Precise:
    """Encode and decode with the 8 bits of ITU-T G.711."""
    steps = np.round(np.sign(sound) * np.log1p(255.0 * np.abs(sound)) / np.log(256.0) * 127.0) / 127.0
    return np.asarray(np.sign(steps) * (256.0 ** np.abs(steps) - 1.0) / 255.0)


def _pink(length: int, rate_hz: int, chance: np.random.Generator) -> Sound:
    """Noise of RMS 1 whose power falls by 3 dB per octave above 50 Hz."""
    return _to_one(_falling(chance.standard_normal(length), rate_hz, from_hz=50.0, exponent=0.5))


def _falling(noise: Precise, rate_hz: int, *, from_hz: float, exponent: float) -> Precise:
    """Make the amplitude of noise fall with that power of the frequency, from `from_hz` on."""
    hertz = np.maximum(np.fft.rfftfreq(len(noise), 1 / rate_hz), from_hz)
    falling: Precise = np.fft.irfft(np.fft.rfft(noise) / hertz**exponent, len(noise))
    return falling


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
    """Five people talking at once, over and over, and not to us; RMS 1."""
    import soxr

    mixed = np.zeros(length, dtype=np.float32)
    clips = [FliteVoice(speaker).phrase(text, 1.0) for speaker, text in _BABBLE]
    british = synthesise(["espeak-ng", "-v", "en-gb", "-w", OUT_FILE, _BABBLE_ESPEAK])[1:]
    talks = [*((clip.sound, clip.rate_hz) for clip in clips), british]
    for number, (sound, own_rate_hz) in enumerate(talks):
        talk = _to_one(soxr.resample(sound, own_rate_hz, rate_hz))
        # Each begins at a different place in the text, so that no two breathe at the same time.
        mixed += np.resize(np.roll(talk, number * 17 * len(talk) // 100), length)
    return _to_one(mixed)
