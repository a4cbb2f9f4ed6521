"""The same sentences, rearranged: fewer of them, in the order they were said, or in another voice's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from assistant.editing.document import Document, DocumentLine
from assistant.english.normalise import content_of, words_of
from assistant.review import Passage, Review

_SHORTER = 2 / 3
"""Roughly the share of the words that remains when a review is shortened."""


def shorten(document: Document) -> Document | None:
    """Cut it to about two thirds; None if it can't be shortened.

    Whole sentences go, starting with those that, for their length, say the least that isn't said elsewhere. The opening
    stays, and so does anything the person changed or added.
    """
    lines = document.lines
    gone: set[int] = set()
    wanted = _SHORTER * sum(_size(line) for line in lines)
    while sum(_size(line) for at, line in enumerate(lines) if at not in gone) > wanted:
        left = [at for at in range(1, len(lines)) if at not in gone and not lines[at].is_touched]
        if not left:
            break
        said = Counter(word for at, line in enumerate(lines) if at not in gone for word in set(content_of(line.text)))

        def telling(at: int, said: Counter[str] = said) -> float:
            return sum(1 / said[word] for word in set(content_of(lines[at].text))) / _size(lines[at])

        gone.add(min(left, key=lambda at: (telling(at), -at)))
    if not gone:
        return None
    for at in sorted(gone, reverse=True):
        document = document.without(at, at + 1)
    return document


def order_as_said(document: Document) -> Document | None:
    """Put it in the order it was said, in one paragraph; None if it already is.

    Anything the person added while editing stays after the sentence it follows now.
    """
    blocks: list[list[DocumentLine]] = []
    for line in document.lines:
        if line.origin is None and blocks:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    ordered = sorted(blocks, key=lambda block: _moment(block[0]))
    lines = tuple(replace(line, opens_paragraph=False) for block in ordered for line in block)
    if [line.sentence for line in lines] == [line.sentence for line in document.lines]:
        return None
    return Document(lines)


def rearrange(document: Document, review: Review, removed: Collection[tuple[Passage, ...]]) -> Document:
    """Switch to another arrangement of what was said, keeping what the person has changed, added or removed.

    Parameters
    ----------
    document : Document
        As it stands.
    review : Review
        The other arrangement, untouched.
    removed : collection
        Origins of the sentences that the person removed.
    """
    standing = {line.origin: line for line in document.lines if line.origin}
    lines = [
        replace(standing.get(sentence.sources, DocumentLine(sentence, sentence.sources)), opens_paragraph=False)
        for sentence in review.sentences
        if sentence.sources not in removed
    ]
    added = [line for line in document.lines if line.origin is None]
    return Document((*lines, *added), review.voice)


def _size(line: DocumentLine) -> int:
    return max(1, len(words_of(line.text)))


def _moment(line: DocumentLine) -> tuple[int, float]:
    source = line.sentence.sources[0] if line.sentence.sources else Passage(0, 0.0, 0.0)
    return source.turn, source.start_s
