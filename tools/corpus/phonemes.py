"""Text to phonemes with eSpeak NG, in the letters that each network was trained with."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from tools.command import run_program

_OF_KOKORO = (
    ("ʔˌn̩", "tᵊn"),
    ("a^ɪ", "I"),
    ("a^ʊ", "W"),
    ("d^ʒ", "ʤ"),
    ("e^ɪ", "A"),
    ("t^ʃ", "ʧ"),
    ("ɔ^ɪ", "Y"),
    ("ə^l", "ᵊl"),
    ("ʔn̩", "tᵊn"),
    ("ʔn", "tᵊn"),
    ("ʲo", "jo"),
    ("ʲə", "jə"),
    ("ʔ", "t"),
    ("e", "A"),
    ("ʲ", ""),
    ("ɚ", "əɹ"),
    ("r", "ɹ"),
    ("x", "k"),
    ("ç", "k"),
    ("ɐ", "ə"),
    ("ɬ", "l"),
    ("\u0303", ""),
)
"""Kokoro has separate letters for diphthongs and affricates (misaki's documentation lists them)."""
_BRITISH = (("A^ə", "ɛː"), ("iə", "ɪə"), ("ə^ʊ", "Q"))
_AMERICAN = (("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", ""))


def for_kokoro(text: str, *, british: bool) -> str:
    """The text in Kokoro's letters, with its punctuation."""
    return _by_clause(text, lambda words: _kokoro_letters(_ipa("en-gb" if british else "en-us", words), british))


def for_piper(text: str) -> str:
    """The text in IPA, with its punctuation."""
    return _by_clause(text, lambda words: _ipa("en-us", words).replace("^", ""))


def _by_clause(text: str, letters: Callable[[str], str]) -> str:
    """Convert clause by clause, because eSpeak drops punctuation."""
    pieces = re.split(r"([,.;:!?—…])\s*", text)
    clauses = zip(pieces[::2], (*pieces[1::2], ""), strict=True)
    return " ".join(
        (letters(words.strip()) if words.strip() else "") + mark for words, mark in clauses if words.strip() or mark
    )


def _kokoro_letters(ipa: str, british: bool) -> str:
    for sound, letter in _OF_KOKORO:
        ipa = ipa.replace(sound, letter)
    ipa = re.sub("(\\S)\u0329", r"ᵊ\1", ipa)
    for sound, letter in _BRITISH if british else _AMERICAN:
        ipa = ipa.replace(sound, letter)
    return ipa.replace("^", "").replace("o", "ɔ")


@cache
def _ipa(language: str, words: str) -> str:
    said = run_program(
        ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", language, words], what="Finding out how words are said"
    )
    return " ".join(said.split())
