"""The editor: knows what was read last, does what is ordered, and says which sentences are to be read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from assistant.editing import wording
from assistant.editing.arrangements import order_as_said, rearrange, shorten
from assistant.editing.document import Document, DocumentLine, EditHistory
from assistant.editing.location import locate
from assistant.editing.wording import passage_of, sentences_said
from assistant.intents import Command, Intent
from assistant.review.request import SourceAnswer
from assistant.review.review import Passage, Review


class Outcome(Enum):
    """What happened."""

    READ = "read"
    CHANGED = "changed"
    REMOVED = "removed"
    UNDONE = "undone"
    REDONE = "redone"
    MOVED = "moved"
    PARAGRAPH = "paragraph"
    STOPPED = "stopped"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOTHING_TO_REDO = "nothing_to_redo"
    NOTHING_UNREAD = "nothing_unread"
    NOT_FOUND = "not_found"
    LAST_SENTENCE = "last_sentence"
    AT_END = "at_end"
    NOT_SHORTER = "not_shorter"
    NO_OTHER = "no_other"


@dataclass(frozen=True, slots=True)
class EditReply:
    """What happened, and the sentences to read aloud because of it."""

    outcome: Outcome
    read: tuple[str, ...] = ()


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

    def obey(self, command: Command, said: SourceAnswer) -> EditReply:
        """Do what is ordered.

        Parameters
        ----------
        command : Command
            One that holds in `Context.EDITING` and needs no more than the review: not `FUNNIER`, `INTROSPECTIVE`,
            `MY_WORDS`, `HELP`, `SEND` and `NOT_NOW`.
        said : SourceAnswer
            The utterance, from which words that are put in come.

        Raises
        ------
        ValueError
            For one of those.
        """
        if command.slots:
            return self._edit_words(command, said)
        last = len(self.document.lines) - 1
        plain: dict[Intent, Callable[[], EditReply]] = {
            Intent.SCRATCH: self._scratch,
            Intent.UNDO: self._undo,
            Intent.REDO: self._redo,
            Intent.READ_AGAIN: lambda: self._reading(Outcome.READ, self._read),
            Intent.READ_ALL: self.read_all,
            Intent.STOP_READING: lambda: EditReply(Outcome.STOPPED),
            Intent.CONTINUE: self._continue,
            Intent.DELETE_SENTENCE: lambda: self._remove(last, last + 1),
            Intent.DELETE_PARAGRAPH: lambda: self._remove(last + 1 - len(self.document.paragraphs[-1]), last + 1),
            Intent.MOVE: self._move,
            Intent.PARAGRAPH: self._open_paragraph,
            Intent.SHORTER: lambda: self._arrange(shorten(self.document), Outcome.NOT_SHORTER),
            Intent.ANOTHER: lambda: self._arrange(order_as_said(self.document), Outcome.NO_OTHER),
        }
        if command.intent not in plain:
            raise ValueError(f"“{command.intent.value}” is more than the editor can do.")
        return plain[command.intent]()

    # words

    def _edit_words(self, command: Command, said: SourceAnswer) -> EditReply:
        slots = command.slots
        words = slots["place"] if "place" in slots else slots["old"]
        location = locate(self.document, words.split(), self._that)
        if location is None:
            return EditReply(Outcome.NOT_FOUND)
        line = self.document.lines[location.line]
        text, start, stop = line.text, location.start, location.stop
        new = wording.restore_case(slots.get("new", ""), [each.text for each in self.document.lines])
        match command.intent:
            case Intent.REPLACE:
                text = wording.replace_words(text, start, stop, new)
            case Intent.INSERT_BEFORE:
                text = wording.insert_before(text, start, new)
            case Intent.INSERT_AFTER:
                text = wording.insert_after(text, stop, new)
            case Intent.CAPITALISE:
                text = wording.capitalise(text, start, stop)
            case _:
                text = wording.delete_words(text, start, stop)
        if not text:
            return self._remove(location.line, location.line + 1)
        sources = [passage_of(slots["new"], said)] if "new" in slots else []
        self._change(self.document.with_line(location.line, line.with_text(text, *sources)))
        return self._reading(Outcome.CHANGED, (location.line,))

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

    def rearrange(self, review: Review) -> EditReply:
        """Go over to another arrangement of the answers, with all that the person has changed so far."""
        other = rearrange(self.document, review, self._removed)
        same = [line.text for line in other.lines] == [line.text for line in self.document.lines]
        return self._arrange(None if same or not other.lines else other, Outcome.NO_OTHER)

    def _arrange(self, other: Document | None, otherwise: Outcome) -> EditReply:
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

    def _continue(self) -> EditReply:
        if self._rest is None:
            return EditReply(Outcome.NOTHING_UNREAD)
        return self._reading(Outcome.READ, range(self._rest, len(self.document.lines)))
