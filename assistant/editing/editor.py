"""The editor: knows what was read last, does what is ordered, and says which sentences are to be read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.editing import wording
from assistant.editing.arrangements import as_said, rearranged, shortened
from assistant.editing.document import Document, DocumentLine
from assistant.editing.history import EditHistory
from assistant.editing.intents import EditCommand, EditIntent
from assistant.editing.own_words import passage_of, sentences_said
from assistant.editing.place import Location, locate
from assistant.editing.reply import EditReply, Outcome
from assistant.review.request import SourceAnswer
from assistant.review.review import Passage, Review


class Editor:
    """A review while the person corrects it.

    Each command gives an `EditReply`, with the sentences that changed and no others. "That" is the sentence that was
    read last.

    Parameters
    ----------
    review : Review

    Attributes
    ----------
    document : Document
        As it stands.
    """

    def __init__(self, review: Review) -> None:
        self._review = review
        self._history = EditHistory(Document.of(review))
        self._read: tuple[int, ...] = tuple(range(len(review.sentences)))
        self._rest: int | None = None
        """Where a reading that was broken off goes on; None where there is none."""
        self._just_changed = False
        self._paragraph_next = False
        self._removed: set[tuple[Passage, ...]] = set()

    @property
    def document(self) -> Document:
        """The review as it stands."""
        return self._history.present

    @property
    def review(self) -> Review:
        """The review as it stands, to be kept and sent."""
        return self.document.into(self._review)

    @property
    def _title(self) -> str | None:
        return self._review.film.title if self._review.film else None

    @property
    def _that(self) -> int:
        """The sentence that was read last."""
        return min(self._read[-1] if self._read else 0, len(self.document.lines) - 1)

    # reading

    def broken_off(self, at: int) -> None:
        """Take note that of the sentences that were to be read the one in place `at` was the last, and not to its end.

        It is the one that "that" means, and the first that is read when the reading goes on.
        """
        self._read = self._read[: at + 1]
        self._rest = self._read[-1]

    def read_all(self) -> EditReply:
        """Read the whole review."""
        return self._reading(Outcome.READ, range(len(self.document.lines)))

    def _reading(self, outcome: Outcome, lines: Sequence[int]) -> EditReply:
        last = len(self.document.lines) - 1
        # What was read may be gone by now: then "that" is the sentence that stands last.
        self._read = tuple(lines) or tuple(sorted({min(at, last) for at in self._read}))
        while self._rest is not None and (self._rest in lines or self._rest >= len(self.document.lines)):
            self._rest = self._rest + 1 if self._rest < len(self.document.lines) else None
        self._just_changed = outcome in (Outcome.CHANGED, Outcome.REMOVED, Outcome.MOVED, Outcome.REDONE)
        return EditReply(outcome, tuple(self.document.lines[at].text for at in lines))

    # commands

    def obey(self, command: EditCommand, said: SourceAnswer) -> EditReply:
        """Do what is ordered.

        Parameters
        ----------
        command : EditCommand
            Any but those that need more than the review: `FUNNIER`, `INTROSPECTIVE`, `MY_WORDS`, `HELP`, `SEND` and
            `NOT_NOW`.
        said : SourceAnswer
            The utterance, from which words that are put in come.

        Raises
        ------
        ValueError
            For one of those.
        """
        arguments = command.arguments
        match command.order:
            case EditIntent.REPLACE:
                return self._replace(arguments["old"], arguments["new"], said)
            case EditIntent.INSERT_BEFORE | EditIntent.INSERT_AFTER:
                return self._insert(command.order, arguments["place"], arguments["new"], said)
            case EditIntent.DELETE:
                return self._delete(arguments["old"])
            case EditIntent.CAPITALISE:
                return self._capitalise(arguments["old"])
        return self._obey_plain(command.order)

    def _obey_plain(self, order: EditIntent) -> EditReply:
        last = len(self.document.lines) - 1
        plain: dict[EditIntent, Callable[[], EditReply]] = {
            EditIntent.SCRATCH: self._scratch,
            EditIntent.UNDO: self._undo,
            EditIntent.REDO: self._redo,
            EditIntent.READ_AGAIN: lambda: self._reading(Outcome.READ, self._read),
            EditIntent.READ_ALL: self.read_all,
            EditIntent.STOP: self._stop,
            EditIntent.CONTINUE: self._continue,
            EditIntent.DELETE_SENTENCE: lambda: self._remove(last, last + 1),
            EditIntent.DELETE_PARAGRAPH: lambda: self._remove(last + 1 - len(self.document.paragraphs[-1]), last + 1),
            EditIntent.MOVE: self._move,
            EditIntent.PARAGRAPH: self._open_paragraph,
            EditIntent.SHORTER: lambda: self._arranged(shortened(self.document), Outcome.NOT_SHORTER),
            EditIntent.ANOTHER: lambda: self._arranged(as_said(self.document), Outcome.NO_OTHER),
        }
        if order not in plain:
            raise ValueError(f"“{order.value}” is more than the editor can do.")
        return plain[order]()

    # words

    def _replace(self, old: str, new: str, said: SourceAnswer) -> EditReply:
        place = self._find(old)
        if place is None:
            return EditReply(Outcome.NOT_FOUND)
        line = self.document.lines[place.line]
        text = wording.replaced(line.text, place.start, place.stop, self._cased(new))
        return self._changed_line(place.line, line.with_text(text, passage_of(new, said)))

    def _insert(self, order: EditIntent, where: str, new: str, said: SourceAnswer) -> EditReply:
        place = self._find(where)
        if place is None:
            return EditReply(Outcome.NOT_FOUND)
        line = self.document.lines[place.line]
        if order is EditIntent.INSERT_BEFORE:
            text = wording.inserted_before(line.text, place.start, self._cased(new))
        else:
            text = wording.inserted_after(line.text, place.stop, self._cased(new))
        return self._changed_line(place.line, line.with_text(text, passage_of(new, said)))

    def _delete(self, old: str) -> EditReply:
        place = self._find(old)
        if place is None:
            return EditReply(Outcome.NOT_FOUND)
        line = self.document.lines[place.line]
        text = wording.deleted(line.text, place.start, place.stop)
        if not text:
            return self._remove(place.line, place.line + 1)
        return self._changed_line(place.line, line.with_text(text))

    def _capitalise(self, old: str) -> EditReply:
        place = self._find(old)
        if place is None:
            return EditReply(Outcome.NOT_FOUND)
        line = self.document.lines[place.line]
        return self._changed_line(place.line, line.with_text(wording.capitalised(line.text, place.start, place.stop)))

    def _find(self, words: str) -> Location | None:
        return locate(self.document, words.split(), self._that)

    def _cased(self, words: str) -> str:
        return wording.cased(words, [line.text for line in self.document.lines])

    def _changed_line(self, at: int, line: DocumentLine) -> EditReply:
        self._change(self.document.with_line(at, line))
        return self._reading(Outcome.CHANGED, (at,))

    # sentences

    def add(self, said: SourceAnswer, words: str | None = None) -> EditReply:
        """Put what was said at the end, as sentences; only `words`, its last ones, where they are given."""
        sentences = sentences_said(said, self._title, words)
        if not sentences:
            return EditReply(Outcome.NOT_FOUND)
        lines = [DocumentLine(sentence, None) for sentence in sentences]
        lines[0] = replace(lines[0], opens_paragraph=self._paragraph_next)
        start = len(self.document.lines)
        self._change(self.document.with_added(start, lines))
        self._paragraph_next = False
        return self._reading(Outcome.CHANGED, range(start, start + len(lines)))

    def say_otherwise(self, said: SourceAnswer) -> EditReply:
        """What was said takes the place of the sentence read last."""
        sentences = sentences_said(said, self._title)
        if not sentences:
            return EditReply(Outcome.NOT_FOUND)
        at = self._that
        old = self.document.lines[at]
        first = DocumentLine(sentences[0], old.origin, old.opens_paragraph)
        rest = [DocumentLine(sentence, None) for sentence in sentences[1:]]
        self._change(self.document.with_line(at, first).with_added(at + 1, rest))
        return self._reading(Outcome.CHANGED, range(at, at + len(sentences)))

    def _scratch(self) -> EditReply:
        """Right after a change, takes that back; else takes out the sentence read last."""
        return self._undo() if self._just_changed else self._remove(self._that, self._that + 1)

    def _remove(self, start: int, stop: int) -> EditReply:
        if stop - start >= len(self.document.lines):
            return EditReply(Outcome.LAST_SENTENCE)
        self._removed |= {line.origin for line in self.document.lines[start:stop] if line.origin}
        self._change(self.document.without(start, stop))
        self._close_gap(start, stop)
        reply = self._reading(Outcome.REMOVED, ())
        # What "that" is now is the sentence before it.
        self._read = (max(0, start - 1),)
        return reply

    def _close_gap(self, start: int, stop: int) -> None:
        """The sentences from `start` up to, not with, `stop` are gone: what is yet to be read has moved up."""
        if self._rest is not None and self._rest > start:
            self._rest = max(start, self._rest - (stop - start))

    def _move(self) -> EditReply:
        at, last = self._that, len(self.document.lines) - 1
        if at == last:
            return EditReply(Outcome.AT_END)
        line = replace(self.document.lines[at], opens_paragraph=False)
        self._change(self.document.without(at, at + 1).with_added(last, [line]))
        self._close_gap(at, at + 1)
        return self._reading(Outcome.MOVED, (last,))

    def _open_paragraph(self) -> EditReply:
        """What comes after the sentence read last begins a paragraph, be it there or yet to be said."""
        at = self._that + 1
        if at >= len(self.document.lines):
            self._paragraph_next = True
            return self._reading(Outcome.PARAGRAPH, ())
        self._change(self.document.with_line(at, replace(self.document.lines[at], opens_paragraph=True)))
        return self._reading(Outcome.CHANGED, (at,))

    # arrangements

    def rearranged(self, review: Review) -> EditReply:
        """Go over to another arrangement of the answers, with all that the person has changed so far."""
        other = rearranged(self.document, review, self._removed)
        same = [line.text for line in other.lines] == [line.text for line in self.document.lines]
        return self._arranged(None if same or not other.lines else other, Outcome.NO_OTHER)

    def _arranged(self, other: Document | None, otherwise: Outcome) -> EditReply:
        if other is None:
            return EditReply(otherwise)
        self._change(other)
        return self._reading(Outcome.CHANGED, range(len(other.lines)))

    # there and back

    def _change(self, document: Document) -> None:
        self._history = self._history.changed(document)

    def _undo(self) -> EditReply:
        return self._step(self._history.undone, Outcome.UNDONE, Outcome.NOTHING_TO_UNDO)

    def _redo(self) -> EditReply:
        return self._step(self._history.redone, Outcome.REDONE, Outcome.NOTHING_TO_REDO)

    def _step(self, history: EditHistory | None, outcome: Outcome, otherwise: Outcome) -> EditReply:
        if history is None:
            return EditReply(otherwise)
        before = self.document
        self._history = history
        here = {line.origin for line in self.document.lines}
        self._removed -= {origin for origin in here if origin}
        self._removed |= {line.origin for line in before.lines if line.origin and line.origin not in here}
        texts = {line.text for line in before.lines}
        return self._reading(outcome, [at for at, line in enumerate(self.document.lines) if line.text not in texts])

    def _stop(self) -> EditReply:
        return EditReply(Outcome.STOPPED)

    def _continue(self) -> EditReply:
        if self._rest is None:
            return EditReply(Outcome.NOTHING_UNREAD)
        return self._reading(Outcome.READ, range(self._rest, len(self.document.lines)))
