"""Which words of the review a command means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.editing.document import Document
from assistant.english.normalise import words_of
from assistant.english.phonetics import likeness

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
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
    best: tuple[float, Location] | None = None
    for line in (*range(that, -1, -1), *range(that + 1, len(document.lines))):
        runs = list(_runs_like(words, document.lines[line].text, line))
        for alike, location in reversed(runs) if line <= that else runs:
            if alike == 1.0 and words_at(document, location) == list(words):
                return location
            if alike >= least and (best is None or alike > best[0]):
                best = alike, location
    return best[1] if best is not None else None


def words_at(document: Document, location: Location) -> list[str]:
    """The words there, in lower case."""
    return words_of(document.lines[location.line].text[location.start : location.stop])


def _runs_like(words: Sequence[str], text: str, line: int) -> Iterator[tuple[float, Location]]:
    """For each word, the run from there on that is most like `words`, and how alike; ties go to the same word count."""
    found = list(_WORD.finditer(text))
    said = [match.group().lower().replace("’", "'") for match in found]
    sizes = range(max(1, len(words) - _SLACK), len(words) + _SLACK + 1)
    for start in range(len(found)):
        alike, _, size = max(
            (
                (likeness(words, said[start : start + size]), -abs(size - len(words)), size)
                for size in sizes
                if start + size <= len(found)
            ),
            key=lambda run: run[:2],
            default=(0.0, 0, 0),
        )
        if size:
            yield alike, Location(line, found[start].start(), found[start + size - 1].end())
