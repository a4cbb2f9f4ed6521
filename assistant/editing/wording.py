"""Changing words inside a sentence: what is put in or taken out, and the spaces, commas and capitals round it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.editing.place import words_in

_I = re.compile(r"^i(?=$|')")
_NAME = re.compile(r"(?<=[\w,;:’'\"”)] )[A-Z][^\W_]*(?:['’][^\W_]+)*")
_FIRST_LETTER = re.compile(r"(?<![\w'’])[^\W_]")
_SPACES = re.compile(r"\s{2,}")
_BEFORE_MARK = re.compile(r"\s+(?=[,;:.!?…])")
_MARKS = re.compile(r"[,;:]+\s*(?=[,;:.!?…])")
_AT_START = re.compile(r"^[\s,;:]+")

_DETERMINER = re.compile(r"\b(?:an?|the|my|your|his|its|our|their)\s+$", re.IGNORECASE)
# "Her", "this" and "that" may stand for somebody or something: "I gave her | flowers".
_DETERMINER_FIRST = re.compile(r"(?:an?|the|my|your|his|her|its|our|their|this|that|these|those)\s")
_ARTICLE = re.compile(r"\b(a)n?(\s+)$", re.IGNORECASE)
_VOWEL_SOUND = re.compile(
    r"(?!eu|ewe|on(?:e|ce)\b|u(?:ni(?![nm])|s[aeiu]|ti|k|r[io]))(?:[aeiou]|hour|hon(?:est|ou?r)|heir)", re.IGNORECASE
)


def replaced(text: str, start: int, stop: int, new: str) -> str:
    """`text` with `new` in place of the letters from `start` to `stop`; an article before goes where `new` has one."""
    before = _DETERMINER.sub("", text[:start]) if _DETERMINER_FIRST.match(new) else text[:start]
    return tidied(_before(before, new) + text[stop:])


def inserted_before(text: str, start: int, new: str) -> str:
    """`text` with `new` before the word at `start`."""
    following = text[start:]
    if not text[:start].strip() and not is_always_capital(words_in(following)[0], text):
        following = following[0].lower() + following[1:]
    return tidied(f"{_before(text[:start], new)} {following}")


def inserted_after(text: str, stop: int, new: str) -> str:
    """`text` with `new` after the word that ends at `stop`."""
    return tidied(f"{text[:stop]} {new}{text[stop:]}")


def deleted(text: str, start: int, stop: int) -> str:
    """`text` without the letters from `start` to `stop`; nothing where no word is left."""
    rest = tidied(_before(text[:start], text[stop:].lstrip()))
    return rest if words_in(rest) else ""


def _before(text: str, following: str) -> str:
    """Both, with "an" at the end of `text` where a vowel is heard after it and "a" where none is."""
    return _ARTICLE.sub(r"\1n\2" if _VOWEL_SOUND.match(following) else r"\1\2", text) + following


def capitalised(text: str, start: int, stop: int) -> str:
    """`text` with a capital at each word from `start` to `stop`."""
    return (
        text[:start]
        + re.sub(r"(?<![\w'’])[^\W_]", lambda letter: letter.group().upper(), text[start:stop])
        + text[stop:]
    )


def cased(words: str, texts: Iterable[str]) -> str:
    """Words as they are written: "I", and what is a name in the review."""
    names = {name.lower().replace("’", "'"): name for text in texts for name in _NAME.findall(text)}
    return " ".join(names.get(word, _I.sub("I", word)) for word in words.split())


def is_always_capital(word: str, text: str) -> bool:
    """Whether a word keeps its capital inside a sentence: "I", or a name that the text has elsewhere."""
    return _I.match(word) is not None or word in {name.lower() for name in _NAME.findall(text)}


def tidied(text: str) -> str:
    """One space between words, none before a mark, no two marks in a row, a capital at the start, a mark at the end."""
    text = _MARKS.sub("", _BEFORE_MARK.sub("", _SPACES.sub(" ", text)))
    text = _AT_START.sub("", text).rstrip(" ,;:")
    if text and text[-1] not in '.!?…"”’)':
        text += "."
    return text[:1].upper() + text[1:]
