"""The sound of what callers say, from hibari's voice."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import soxr

from assistant.audio.frame import RATE_HZ, Samples
from assistant.tts import Renderer, VoiceSettings
from tools.callers.personas import BROADCAST, Persona

_PAUSE = re.compile(r"\s*<(\d+(?:\.\d+)?)>\s*")
_ACCENT = str.maketrans({"θ": "s", "ð": "z", "w": "v", "æ": "ɛ", "ʌ": "ɑ", "ɪ": "i"})
"""What the sounds of English become in mouths that grew up with others."""

_GAIN = 1.88
"""As loud as the assistant."""


def sound_of_words(text: str, persona: Persona, seed: int) -> Samples:
    """What a person says, with their pauses: int16 at 16 kHz."""
    parts: list[Samples] = []
    for at, part in enumerate(_PAUSE.split(text)):
        if at % 2:
            parts.append(np.zeros(round(float(part) * RATE_HZ), np.int16))
        elif part:
            parts.append(_spoken(part, persona, seed))
    return np.concatenate(parts)


def _spoken(text: str, persona: Persona, seed: int) -> Samples:
    hibari = _hibari()
    phonemes = [each.translate(_ACCENT) if persona.accent else each for each in hibari.phonemize(text)]
    sound = np.concatenate([hibari.from_phonemes(each, persona.speed, seed) for each in phonemes])
    loud = np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max())
    heard = soxr.resample(sound[loud[0] : loud[-1] + 1], hibari.sample_rate, RATE_HZ)
    scaled = heard * _GAIN * 10 ** (persona.level_db / 20)
    samples: Samples = np.round(np.clip(scaled, -1, 1) * 32_767).astype(np.int16)
    return samples


@cache
def _hibari() -> Any:  # noqa: ANN401 (the package has no types)
    from hibari import Hibari

    return Hibari()


@cache
def broadcast() -> Samples:
    """A television, by another voice: int16 at 16 kHz."""
    renderer = Renderer(VoiceSettings(voice="pyttsx3:en-us", rate_wpm=175))
    renderer.start()
    try:
        speech = renderer.render(BROADCAST)
    finally:
        renderer.close()
    samples: Samples = soxr.resample(speech.samples, speech.rate_hz, RATE_HZ)
    return samples
