"""Which words of the review a command means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.editing.document import Document
from assistant.english.dictation import mark_in
from assistant.english.numbers import in_figures
from assistant.english.phonetics import likeness

_WORD = re.compile(r"[$£€]?(?:\d{1,3}(?:,\d{3})+|[^\W_]+(?:['’][^\W_]+)*)%?")
_ARTICLES = ("the", "a", "an", "that")
_SLACK = 1
"""The review may have this many words more or fewer than were heard: "a lone" for "alone"."""

ALIKE = 0.8
"""Lowest likeness at which words may stand for others: "sat" for "sad" (0.92), not "story" for "glory" (0.6)."""


@dataclass(frozen=True, slots=True)
class Location:
    """Some words of a sentence.

    Attributes
    ----------
    line : int
        The sentence, counted from 0.
    start, stop : int
        Characters within it.
    """

    line: int
    start: int
    stop: int


def locate(document: Document, words: Sequence[str], that: int, *, least: float = ALIKE) -> Location | None:
    """Find the words of the document that `words` mean; None if none are like them.

    Words spelled the same come before words that only sound alike. The search goes backwards from the end of sentence
    `that`, then forwards from there, and the first match counts.

    Parameters
    ----------
    document : Document
    words : sequence of str
        As they were heard; lower-case.
    that : int
        The sentence that was read last.
    least : float
        How alike they have to be, from 0 to 1.
    """
    mark = _mark_named(document, words, that)
    if mark is not None:
        return mark
    best: tuple[float, Location] | None = None
    for line in (*range(that, -1, -1), *range(that + 1, len(document.lines))):
        runs = list(_runs_like(words, document.lines[line].text, line))
        for alike, location in reversed(runs) if line <= that else runs:
            if alike == 1.0 and are_same(words_at(document, location), words):
                return location
            if alike >= least and (best is None or alike > best[0]):
                best = alike, location
    return best[1] if best is not None else None


def words_at(document: Document, location: Location) -> list[str]:
    """The words there, in lower case, with the signs of money and percent."""
    text = document.lines[location.line].text[location.start : location.stop]
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def are_same(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether words are the same, said or written: "two hundred" and "200"."""
    return list(words) == list(others) or in_figures(words) == in_figures(others)


def _mark_named(document: Document, words: Sequence[str], that: int) -> Location | None:
    """The mark that words name: "the comma after wonderful", "the exclamation mark"; None if they name none there."""
    named = list(words[1:] if words[:1] and words[0] in _ARTICLES else words)
    for size in (3, 2, 1):
        sign = mark_in(named[:size])
        if sign is None:
            continue
        rest = named[size:]
        if not rest:
            return _last_mark(document, sign.strip(), that)
        if rest[0] == "after" and (place := locate(document, rest[1:], that)) is not None:
            text = document.lines[place.line].text
            if text[place.stop :].startswith(sign):
                return Location(place.line, place.stop, place.stop + len(sign))
    return None


def _last_mark(document: Document, sign: str, that: int) -> Location | None:
    for line in (*range(that, -1, -1), *range(that + 1, len(document.lines))):
        at = document.lines[line].text.rfind(sign)
        if at >= 0:
            return Location(line, at, at + len(sign))
    return None


def _runs_like(words: Sequence[str], text: str, line: int) -> Iterator[tuple[float, Location]]:
    """For each word, the run from there on that is most like `words`, and how alike; ties go to the same word count."""
    found = list(_WORD.finditer(text))
    said = [match.group().lower().replace("’", "'") for match in found]
    shortest = len(in_figures(words))
    sizes = range(max(1, shortest - _SLACK), max(len(words), shortest) + _SLACK + 1)
    for start in range(len(found)):
        alike, _, size = max(
            (
                (_likeness(words, said[start : start + size]), -abs(size - len(words)), size)
                for size in sizes
                if start + size <= len(found)
            ),
            key=lambda run: run[:2],
            default=(0.0, 0, 0),
        )
        if size:
            yield alike, Location(line, found[start].start(), found[start + size - 1].end())


def _likeness(words: Sequence[str], others: Sequence[str]) -> float:
    """How much words sound alike; numbers in figures have to be the same, since figures have no sound."""
    one, other = in_figures(words), in_figures(others)
    if [word for word in one if word[0].isdigit()] != [word for word in other if word[0].isdigit()]:
        return 0.0
    left, right = ([word for word in each if not word[0].isdigit()] for each in (one, other))
    return likeness(left, right) if left or right else 1.0
