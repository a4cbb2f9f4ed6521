"""A film's title as part of a file's name."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Latin letters that don't come apart into a plain one and an accent."""
_SILENT = "'’‘ʼ`"
_LONGEST_BYTES = 120
"""File systems take 255 bytes a name; the date, a number and a suffix need some."""


def slug(title: str | None) -> str:
    """A title in lower-case ASCII where it has such a form, and in its own script where not.

    >>> slug("Amélie (Le Fabuleux Destin…)")
    'amelie-le-fabuleux-destin'
    """
    plain = "".join(_folded(char) for char in unicodedata.normalize("NFC", title or "").casefold())
    words = "".join(char if _belongs(char) else " " for char in plain).split()
    short = "-".join(words).encode()[:_LONGEST_BYTES].decode(errors="ignore").rstrip("-")
    return short or "untitled"


def _folded(char: str) -> str:
    if char in _SILENT:
        return ""
    base = unicodedata.normalize("NFKD", char.translate(_LETTERS))
    # An accent goes; a mark that belongs to a Kana or Devanagari letter makes another letter and stays.
    return "".join(c for c in base if not unicodedata.combining(c)) if base[:1].isascii() else char


def _belongs(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")
