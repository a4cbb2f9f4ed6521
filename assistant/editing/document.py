"""The review while it is edited: sentences in paragraphs, each with the passages it was made from.

And the same sentences rearranged: fewer of them, in the order they were said, or in another voice's order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.english.normalise import content_of, words_of
from assistant.review import Passage, Review, Sentence

_SHORTER = 2 / 3
"""Roughly the share of the words that remains when a review is shortened."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A sentence of the review.

    Attributes
    ----------
    sentence : Sentence
        As it stands, with all the passages its words come from.
    origin : tuple of Passage or None
        The passages it was arranged from, by which it is recognised in another arrangement; None if the person added
        it while editing.
    opens_paragraph : bool
    """

    sentence: Sentence
    origin: tuple[Passage, ...] | None
    opens_paragraph: bool = False

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return self.sentence.text

    @property
    def is_touched(self) -> bool:
        """Whether the person has changed or added it."""
        return self.origin is None or self.origin != self.sentence.sources

    def with_text(self, text: str, *sources: Passage) -> DocumentLine:
        """The same sentence in other words; `sources` is where the new ones come from."""
        new = tuple(passage for passage in sources if passage not in self.sentence.sources)
        return replace(self, sentence=Sentence(text, (*self.sentence.sources, *new)))


@dataclass(frozen=True, slots=True)
class Document:
    """A review while it is edited. Each edit makes a new one.

    Attributes
    ----------
    lines : tuple of DocumentLine
    voice : str or None
        As a review has it.
    """

    lines: tuple[DocumentLine, ...]
    voice: str | None = None

    @classmethod
    def of(cls, review: Review) -> Document:
        """A review as it was arranged."""
        lines = (DocumentLine(sentence, sentence.sources, sentence.opens_paragraph) for sentence in review.sentences)
        return cls(tuple(lines), review.voice)

    @property
    def paragraphs(self) -> tuple[tuple[DocumentLine, ...], ...]:
        """The sentences by paragraph."""
        starts = [at for at, line in enumerate(self.lines) if not at or line.opens_paragraph]
        return tuple(self.lines[start:stop] for start, stop in pairwise([*starts, len(self.lines)]))

    @property
    def text(self) -> str:
        """All of it, with a blank line between paragraphs."""
        return "\n\n".join(" ".join(line.text for line in paragraph) for paragraph in self.paragraphs)

    def into(self, review: Review) -> Review:
        """`review` with this document's sentences and voice in place of its own."""
        sentences = tuple(
            replace(line.sentence, opens_paragraph=line.opens_paragraph and number > 0)
            for number, line in enumerate(self.lines)
        )
        return replace(review, sentences=sentences, voice=self.voice)

    def with_lines(self, lines: Iterable[DocumentLine]) -> Document:
        """The same with these sentences."""
        return replace(self, lines=tuple(lines))

    def with_line(self, at: int, line: DocumentLine) -> Document:
        """The same with the sentence at `at` replaced."""
        return self.with_lines((*self.lines[:at], line, *self.lines[at + 1 :]))

    def with_added(self, at: int, lines: Iterable[DocumentLine]) -> Document:
        """The same with sentences inserted before the one at `at`."""
        return self.with_lines((*self.lines[:at], *lines, *self.lines[at:]))

    def without(self, start: int, stop: int) -> Document:
        """The same without the sentences from `start` up to but not including `stop`; paragraphs stay apart."""
        rest = list(self.lines[stop:])
        opened = any(line.opens_paragraph for line in self.lines[start:stop])
        if opened and rest and start:
            rest[0] = replace(rest[0], opens_paragraph=True)
        return self.with_lines((*self.lines[:start], *rest))


@dataclass(frozen=True, slots=True)
class EditHistory:
    """A document with its earlier states, and those that were undone."""

    present: Document
    past: tuple[Document, ...] = ()
    future: tuple[Document, ...] = ()

    def changed(self, document: Document) -> EditHistory:
        """After a change; what was undone can no longer be redone."""
        return EditHistory(document, (*self.past, self.present))

    @property
    def undone(self) -> EditHistory | None:
        """Before the last change; None if there was none."""
        if not self.past:
            return None
        return EditHistory(self.past[-1], self.past[:-1], (self.present, *self.future))

    @property
    def redone(self) -> EditHistory | None:
        """Before the last undo; None if there was none."""
        if not self.future:
            return None
        return EditHistory(self.future[0], (*self.past, self.present), self.future[1:])


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
