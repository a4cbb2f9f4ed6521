"""What a voice has to say: sentences from `sentences.toml` with fillers of random lengths in them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.config import parse_toml

PAUSE = "pau"

SENTENCES_FILE = Path(__file__).with_name("sentences.toml")

_HESITANT_SHARE = 0.72
_FILLER_CHANCES = (0.35, 0.35, 0.35, 0.1)
"""Chances of a filler before the first piece, before the second, before the third, and after the last."""
_COMMA_CHANCE = 0.12
_PACES = (0.85, 0.95, 1.0, 1.0, 1.1, 1.2)

_FILLERS = {"um": 35, "uh": 38, "ah": 10, "er": 6, "mm": 4, "hmm": 3, "eh": 2}
"""Frequencies, out of 98: about as in telephone speech, with the rare ones a little more often."""
_VOWELS = {"um": "ʌəəʌɑ", "uh": "ʌəʌəɜɑ", "ah": "ɑɑɑ", "er": "ɜə", "eh": "ɛ"}


@dataclass(frozen=True, slots=True)
class Filler:
    """A filled pause to say: its name, and its sounds in IPA (or `PAUSE`) with their lengths in seconds."""

    name: str
    sounds: tuple[tuple[str, float], ...]


Part = str | Filler
"""Words, or a filler."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something to say; `name` is unique, `pace` 1 is the voice's own and 1.2 a fifth faster."""

    name: str
    voice: str
    pace: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a filler is heard, in seconds."""

    filler: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance as it was said: mono float32 samples between -1 and 1, and where its fillers are."""

    sound: NDArray[np.float32]
    rate_hz: int
    spans: tuple[Span, ...]


def sentences(path: Path = SENTENCES_FILE) -> list[tuple[str, ...]]:
    """The sentences, each split into its pieces."""
    listed = parse_toml(path.read_text("utf-8"))["sentences"]
    return [tuple(piece.strip() for piece in sentence.split("|")) for sentence in listed]


def drawn(kind: str, number: int, voices: Sequence[str], texts: Sequence[tuple[str, ...]]) -> Utterance:
    """Draw the utterance with that number, which is always the same."""
    chance = random.Random(f"{kind} {number}")
    voice, text = chance.choice(voices), chance.choice(texts)
    hesitant = chance.random() < _HESITANT_SHARE
    parts: list[Part] = []
    for place, piece in enumerate((*text, None)):
        if hesitant and chance.random() < _FILLER_CHANCES[min(place, 3)]:
            parts.append(_filler(chance))
        elif piece and place and isinstance(parts[-1], str) and chance.random() < _COMMA_CHANCE:
            parts[-1] += ","
        if piece:
            parts.append(piece)
    if isinstance(parts[-1], str):
        parts[-1] += "."
    return Utterance(f"{kind}-{number:04d}", voice, chance.choice(_PACES), tuple(parts))


def _filler(chance: random.Random) -> Filler:
    name = chance.choices(list(_FILLERS), list(_FILLERS.values()))[0]
    if name == "um":
        sounds = [
            (chance.choice(_VOWELS[name]), _length(chance, 0.22, 0.4, 0.08, 0.6)),
            ("m", _length(chance, 0.18, 0.4, 0.07, 0.45)),
        ]
    elif name in {"mm", "hmm"}:
        sounds = [("m", _length(chance, 0.35, 0.35, 0.18, 0.8))]
        if name == "hmm":
            sounds.insert(0, ("h", 0.06))
    else:
        sounds = [(chance.choice(_VOWELS[name]), _length(chance, 0.32, 0.4, 0.13, 0.9))]
    if chance.random() < 0.45:
        sounds.insert(0, (PAUSE, _length(chance, 0.25, 0.6, 0.08, 0.9)))
    if chance.random() < 0.6:
        sounds.append((PAUSE, _length(chance, 0.3, 0.6, 0.08, 1.0)))
    return Filler(name, tuple(sounds))


def _length(chance: random.Random, median_s: float, spread: float, shortest_s: float, longest_s: float) -> float:
    """Draw a log-normal length, like those of sounds and silences."""
    return min(longest_s, max(shortest_s, median_s * math.exp(chance.gauss(0.0, spread))))
