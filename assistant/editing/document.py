"""The review while it is edited: sentences in paragraphs, each with the passages it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.review import Passage, Review, Sentence

_END = re.compile(r"(?<=[.!?…])[\"”’)]?\s+(?=\S)")


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

    @classmethod
    def of_text(cls, text: str) -> Document:
        """A document made from plain text, its sentences without sources; a blank line opens a paragraph."""
        lines = []
        for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
            for at, sentence in enumerate(_END.split(paragraph.strip())):
                if sentence.strip():
                    lines.append(
                        DocumentLine(Sentence(sentence.strip(), ()), (), opens_paragraph=number > 0 and at == 0)
                    )
        return cls(tuple(lines))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in order."""
        return tuple(line.sentence for line in self.lines)

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
