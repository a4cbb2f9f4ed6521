"""How alike two runs of words are, by their sound and by their spelling."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from assistant.english.phonetics import sounds_of, written


def likeness(words: Sequence[str], others: Sequence[str]) -> float:
    """How alike two runs of words are, 0 to 1; the better of sound and spelling counts.

    Where one word ends and the next begins makes no difference to the sound: "a lone" is "alone".
    """
    spelling = fuzz.ratio(" ".join(words), " ".join(others)) / 100
    return max(spelling, Levenshtein.normalized_similarity(sound_of(words), sound_of(others)))


def sound_of(words: Sequence[str]) -> str:
    """The sound of words run together, in the spelling that distances are taken between."""
    return "".join(written(sounds_of(word.replace("'", ""))) for word in words)
