"""Titles as they are said: "The Godfather Part II" is "the godfather part two"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.english.normalise import plain
from assistant.english.numbers import NUMBER_WORDS, ordinal_in_words, ways_to_say
from assistant.english.words import ARTICLES

_SHORT = {
    "dr": "doctor", "mr": "mister", "mrs": "missus", "ms": "miss", "st": "saint", "vs": "versus", "vol": "volume",
    "pt": "part", "hrs": "hours", "jr": "junior", "sgt": "sergeant", "capt": "captain", "lt": "lieutenant",
    "ep": "episode", "mt": "mount", "bros": "brothers", "rd": "road", "ave": "avenue",
    "mm": "millimeter",
}  # fmt: skip
_ROMAN = {
    "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12, "xiii": 13,
    "xiv": 14, "xv": 15, "xvi": 16,
}  # fmt: skip
_FIRST_PART = frozenset("i")
_COUNTED = frozenset("part episode chapter volume number act book phase".split())
_LIKE_LETTERS = str.maketrans("013457$", "oieastS")

_TOKEN = re.compile(r"[a-z0-9']+")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")
_DIGITS_AND_LETTERS = re.compile(r"\d+|[a-z]+")
_PARTS = re.compile(r":\s|\s[–—-]\s|;\s|,?\s+or:?\s+|\.{3}\s|/|\s\(")
_MOST_FORMS = 4


def words_heard(text: str) -> list[str]:
    """The words of an utterance, with any digits spelled out."""
    words: list[str] = []
    for word in _tokens(text):
        words += _ways(word, words)[0]
    return words


def _tokens(text: str) -> list[str]:
    # "20,000" is one number, "u.s.a." three letters.
    joined = re.sub(r"(?<=\d),(?=\d{3})", "", plain(text))
    return [token.replace("'", "") for token in _TOKEN.findall(joined) if token.strip("'")]


def _ways(token: str, before: list[str]) -> list[list[str]]:
    """How a token of a title may be said, most common first."""
    if token.isalpha():
        if token in _SHORT:
            return [[_SHORT[token]], [token]]
        if token in _ROMAN and before:
            as_number = ways_to_say(str(_ROMAN[token]))[0]
            # "Malcolm X" and "Henry V" aren't the tenth and fifth parts of something.
            return [as_number] if len(token) > 1 or before[-1] in _COUNTED else [[token], as_number]
        if before and before[-1] in _COUNTED and token in _FIRST_PART:
            return [["one"]]
        return [[token]]
    if token.isdigit():
        return ways_to_say(token)
    if ordinal := _ORDINAL.match(token):
        return [ordinal_in_words(int(ordinal[1]))]
    pieces = _DIGITS_AND_LETTERS.findall(token)
    apart = [
        word for piece in pieces for word in (ways_to_say(piece)[0] if piece.isdigit() else [_SHORT.get(piece, piece)])
    ]
    # A digit between letters stands for a letter: "Se7en", "S1m0ne".
    if len(pieces) > 2:
        return [[token.replace("7", "v").translate(_LIKE_LETTERS)], apart]
    return [apart]


def ways_said(title: str) -> list[list[str]]:
    """How a title may be said, as words, in at most four ways; empty for a title without letters or digits."""
    forms: list[list[str]] = [[]]
    for token in _tokens(title):
        ways = _ways(token, forms[0])
        forms = [[*form, *way] for form in forms for way in ways][:_MOST_FORMS]
    return [form for form in forms if form]


def parts_of(title: str) -> list[str]:
    """The short forms of a title: each side of a colon, a dash or an opening bracket."""
    parts = [part.strip() for part in _PARTS.split(title)]
    return [part for part in parts if part] if len(parts) > 1 else []


def core(words: list[str]) -> list[str]:
    """The words that distinguish titles: no article at the beginning, no "and" in numbers ("hundred and one")."""
    kept = [
        word
        for at, word in enumerate(words)
        if not (
            word == "and"
            and words[at - 1 : at] in (["hundred"], ["thousand"])
            and words[at + 1 : at + 2]
            and words[at + 1] in NUMBER_WORDS
        )
    ]
    while len(kept) > 1 and kept[0] in ARTICLES:
        kept = kept[1:]
    return kept


_BETWEEN_WAYS, _BEFORE_PARTS = "|", "#"


@dataclass(frozen=True, slots=True)
class TitleVariants:
    """What a film is called: each variant as words joined by spaces, without an article at the beginning.

    Attributes
    ----------
    whole : tuple of str
        The whole title, in all the ways to say it.
    parts : tuple of str
        Short forms ("a new hope").
    """

    whole: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Whole titles and parts."""
        return self.whole + self.parts


def title_variants(title: str) -> TitleVariants:
    """All the ways to say a title."""
    whole = dict.fromkeys(" ".join(core(way)) for way in ways_said(title))
    parts = dict.fromkeys(" ".join(core(way)) for part in parts_of(title) for way in ways_said(part)[:1])
    return TitleVariants(tuple(whole), tuple(part for part in parts if part not in whole))


def pack(title: str) -> str:
    """The forms of a title as they are stored in a file: empty if they follow from the title."""
    forms = title_variants(title)
    if forms == TitleVariants((_simply(title),)):
        return ""
    return _BEFORE_PARTS.join(filter(None, (_BETWEEN_WAYS.join(forms.whole), _BETWEEN_WAYS.join(forms.parts))))


def unpack(title: str, kept: str) -> Iterator[tuple[str, bool]]:
    """The forms that `pack` stored, each with whether it is a part."""
    if not kept:
        yield _simply(title), False
        return
    whole, _, parts = kept.partition(_BEFORE_PARTS)
    for form in whole.split(_BETWEEN_WAYS):
        yield form, False
    for form in parts.split(_BETWEEN_WAYS) if parts else ():
        yield form, True


def _simply(title: str) -> str:
    simple = title.lower().replace("'", "")
    first, _, rest = simple.partition(" ")
    return rest if rest and first in ARTICLES else simple
