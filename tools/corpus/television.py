"""A television in the same room: news, read by several voices, reverberant and less loud than the person.

A voice is named as in `tools.benchmarks.speakers`, or "kokoro:" and one of Kokoro's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import RATE_HZ, Samples
from assistant.config import parse_toml
from tools.corpus.clip import Sound
from tools.corpus.flite import flite_says
from tools.corpus.kokoro import Kokoro

Half = Literal["developing", "judging"]
Precise = npt.NDArray[np.float64]

SENTENCES_FILE = Path(__file__).with_name("television.toml")

VOICES: Final[dict[Half, tuple[str, ...]]] = {
    "developing": ("rms", "kokoro:af_nova", "awb", "kokoro:am_adam", "kokoro:bf_emma", "kokoro:bm_george"),
    "judging": ("kokoro:am_onyx", "kokoro:bf_alice", "kal16", "kokoro:af_jessica", "kokoro:bm_daniel"),
}
"""Who reads the news, in turns."""

_SEED = 1926
_BETWEEN_S = 0.15
_DECAY_S = 0.075
_REVERBERANT_S = 0.3
_DIRECT = 4.0
"""The direct sound, against noise of a deviation of 1 that decays behind it: as from a television across a room."""
_SOUNDING = 0.02


def sentences(half: Half) -> list[str]:
    """The news."""
    found: list[str] = parse_toml(SENTENCES_FILE.read_text("utf-8"))[half]
    return found


def news(half: Half, work: Path) -> Precise:
    """The news of one half, read and heard from across the room, at an RMS of 1 while somebody speaks.

    Parameters
    ----------
    half : "developing" or "judging"
        The texts and voices: different ones.
    work : Path
        A folder for packages and for what was said.
    """
    voices = VOICES[half]
    gap = np.zeros(int(_BETWEEN_S * RATE_HZ))
    said: list[Precise] = []
    for number, line in enumerate(sentences(half)):
        sound = speaker(voices[number % len(voices)], work)(line).astype(np.float64)
        said += [sound / _sounding(sound), gap]
    return across_the_room(np.concatenate(said))


def across_the_room(sound: Precise) -> Precise:
    """The sound with reverberation, at an RMS of 1 while somebody speaks."""
    length = int(_REVERBERANT_S * RATE_HZ)
    response = np.exp(-np.arange(length) / (_DECAY_S * RATE_HZ)) * np.random.default_rng(3).normal(size=length)
    response[0] = _DIRECT
    size = len(sound) + length
    heard = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)[: len(sound)]
    return np.asarray(heard / _sounding(heard))


def music(duration_s: float) -> Precise:
    """Something like music: chords of harmonics that begin on a beat and fade, and a drum, at an RMS of 1."""
    chance = np.random.default_rng(_SEED)
    beat = int(0.5 * RATE_HZ)
    moments = np.arange(2 * beat) / RATE_HZ
    sound = np.zeros(int(duration_s * RATE_HZ) + 2 * beat)
    for at in range(0, len(sound) - 2 * beat, beat):
        root = 110.0 * 2 ** (chance.choice((0, 3, 5, 7, 10)) / 12)
        for interval in (0, 4, 7):
            hertz = root * 2 ** (interval / 12)
            for harmonic in range(1, 7):
                tone = np.sin(2 * np.pi * harmonic * hertz * moments + chance.uniform(0, 6))
                sound[at : at + 2 * beat] += tone * np.exp(-moments / 0.4) / harmonic
        sound[at : at + beat // 4] += chance.normal(size=beat // 4) * np.exp(-moments[: beat // 4] / 0.02)
    sound = sound[: int(duration_s * RATE_HZ)]
    return np.asarray(sound / np.sqrt(np.mean(np.square(sound))))


def beside(person: Samples, other: Precise, below_db: float, *, before_s: float, after_s: float) -> Samples:
    """A person's answer with another sound, which is there all the time and as much less loud as that.

    Parameters
    ----------
    person : ndarray of int16
    other : ndarray
        At an RMS of 1; repeated if it is too short.
    below_db : float
    before_s, after_s : float
        How long it is to be heard before the answer and after it.
    """
    own = person.astype(np.float64)
    whole = np.concatenate((np.zeros(int(before_s * RATE_HZ)), own, np.zeros(int(after_s * RATE_HZ))))
    return _rounded(whole + np.resize(other, len(whole)) * _sounding(own) * 10 ** (-below_db / 20))


def _rounded(sound: Precise) -> Samples:
    return np.clip(np.rint(sound), -32_768, 32_767).astype(np.int16)


def _sounding(sound: Precise) -> float:
    """The RMS of what is not silent."""
    heard = sound[np.abs(sound) > _SOUNDING * np.abs(sound).max()]
    return float(np.sqrt(np.mean(np.square(heard))))


def speaker(voice: str, work: Path) -> Callable[[str], Samples]:
    """A function that says a text in that voice; what was said once is kept in the folder `work`."""
    said = work / "said" / voice.replace(":", "-")
    said.mkdir(parents=True, exist_ok=True)

    def say(text: str) -> Samples:
        kept = said / f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.npy"
        if not kept.exists():
            import soxr

            sound, rate_hz = _spoken(voice, text, work)
            partial = kept.with_suffix(".partial.npy")
            np.save(partial, _rounded(soxr.resample(sound, rate_hz, RATE_HZ) * 32_767.0))
            partial.rename(kept)
        samples: Samples = np.load(kept)
        return samples

    return say


def _spoken(voice: str, text: str, work: Path) -> tuple[Sound, int]:
    if not voice.startswith("kokoro:"):
        return flite_says(voice, text)
    spoken = _kokoro(work).speak(voice, [text], 1.0)
    return spoken.sound, spoken.rate_hz


@cache
def _kokoro(work: Path) -> Kokoro:
    return Kokoro(work, _SEED)
