"""Where in the review the words are that a command speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.editing.document import Document
from assistant.editing.likeness import ALIKE, likeness

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SLACK = 1
"""So many words more or fewer than were said may be meant: "a lone" for "alone"."""


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
        places = _places(document.lines[line].text, words, line)
        for alike, place in reversed(list(places)) if line <= that else places:
            if alike == 1.0 and _is_same(document, place, words):
                return place
            if alike >= least and (best is None or alike > best[0]):
                best = alike, place
    return best[1] if best is not None else None


def _is_same(document: Document, place: Location, words: Sequence[str]) -> bool:
    return words_in(document.lines[place.line].text[place.start : place.stop]) == list(words)


def words_in(text: str) -> list[str]:
    """The words of a text as a recogniser writes them."""
    return [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]


def _places(text: str, words: Sequence[str], line: int) -> Iterable[tuple[float, Location]]:
    """Every run of about as many words, with how alike it is to `words`; that of as many words first, where alike."""
    found = list(_WORD.finditer(text))
    said = [match.group().lower().replace("’", "'") for match in found]
    for start in range(len(found)):
        runs = []
        for size in range(max(1, len(words) - _SLACK), len(words) + _SLACK + 1):
            if start + size <= len(found):
                alike = likeness(words, said[start : start + size])
                runs.append(
                    (
                        alike,
                        -abs(size - len(words)),
                        Location(line, found[start].start(), found[start + size - 1].end()),
                    )
                )
        if runs:
            alike, _, place = max(runs, key=lambda run: run[:2])
            yield alike, place
