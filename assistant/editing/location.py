"""Where in the review the words are that a command speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.editing.document import Document
from assistant.english.likeness import likeness
from assistant.english.normalise import words_of

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SLACK = 1
"""How many words more or fewer than were said may be meant: "a lone" for "alone"."""

ALIKE = 0.8
"""From here on one run of words is taken for the other: "sat" for "sad" (0.92), not "story" for "glory" (0.6)."""


@dataclass(frozen=True, slots=True)
class Location:
    """Words of a sentence.

    Attributes
    ----------
    line : int
        The sentence, counted from 0.
    start, stop : int
        Letters within it.
    """

    line: int
    start: int
    stop: int


def locate(document: Document, words: Sequence[str], that: int, *, least: float = ALIKE) -> Location | None:
    """The words in the document that `words` mean; None where none are like them.

    What is spelled the same comes before what only sounds alike. Of several, it is the nearest backwards from the end
    of sentence `that`; where there is none before, the nearest after it.

    Parameters
    ----------
    document : Document
    words : sequence of str
        As they were heard; lower-case.
    that : int
        The sentence that was read last.
    least : float
        How alike they have to be, 0 to 1.
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
    """The words there, lower-case."""
    return words_of(document.lines[location.line].text[location.start : location.stop])


def _runs_like(words: Sequence[str], text: str, line: int) -> Iterator[tuple[float, Location]]:
    """From each word on, the run most like `words`, and how alike it is; of those, the one of as many words."""
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
