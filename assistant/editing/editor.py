"""The editor: knows what was read last, carries out commands, and says which sentences to read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from assistant.editing import wording
from assistant.editing.document import Document, DocumentLine, EditHistory, order_as_said, rearrange, shorten
from assistant.editing.location import locate
from assistant.editing.wording import passage_of, sentences_said
from assistant.english.dictation import mark_in
from assistant.english.normalise import words_of
from assistant.films.film import Film
from assistant.intents import Command, Intent
from assistant.review import Passage, Review
from assistant.turns.user_turn import UserTurn


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
    """What happened, and the sentences to read aloud as a result."""

    outcome: Outcome
    read: tuple[str, ...] = ()


class Editor:
    """A review while the person corrects it.

    Each command gives an `EditReply` with the sentences that changed, and no others. "That" is the sentence read last.

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
        """Where to take up a reading that was broken off; None if none was."""
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
        """The sentence read last."""
        return min(self._read[-1] if self._read else 0, len(self.document.lines) - 1)

    def rate(self, rating: float | None) -> None:
        """Give other stars."""
        self._review = replace(self._review, rating=rating)

    def retitle(self, film: Film | None) -> None:
        """Say which film it is about instead."""
        self._review = replace(self._review, film=film)

    # reading

    def broken_off(self, at: int) -> None:
        """Note that reading was broken off in the sentence at `at`, counted among those being read.

        "That" is now this sentence, and reading continues with it.
        """
        self._read = self._read[: at + 1]
        self._rest = self._read[-1]

    def read_all(self) -> EditReply:
        """Read the whole review."""
        return self._reading(Outcome.READ, range(len(self.document.lines)))

    def _reading(self, outcome: Outcome, lines: Sequence[int]) -> EditReply:
        last = len(self.document.lines) - 1
        # If what was read is gone by now, "that" is the last sentence.
        self._read = tuple(lines) or tuple(sorted({min(at, last) for at in self._read}))
        while self._rest is not None and (self._rest in lines or self._rest >= len(self.document.lines)):
            self._rest = self._rest + 1 if self._rest < len(self.document.lines) else None
        self._just_changed = outcome in (Outcome.CHANGED, Outcome.REMOVED, Outcome.MOVED, Outcome.REDONE)
        return EditReply(outcome, tuple(self.document.lines[at].text for at in lines))

    # commands

    def obey(self, command: Command, said: UserTurn) -> EditReply:
        """Carry out a command.

        Parameters
        ----------
        command : Command
            One that holds in `Context.EDITING` and needs no more than the review: not `FUNNIER`, `INTROSPECTIVE`,
            `MY_WORDS`, `HELP`, `RATE`, `RETITLE`, `SEND` and `NOT_NOW`.
        said : UserTurn
            The utterance, which new words come from.

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

    def _edit_words(self, command: Command, said: UserTurn) -> EditReply:
        slots = command.slots
        words = slots["place"] if "place" in slots else slots["old"]
        location = locate(self.document, words.split(), self._that)
        if location is None:
            return EditReply(Outcome.NOT_FOUND)
        line = self.document.lines[location.line]
        text, start, stop = line.text, location.start, location.stop
        new = wording.as_written(slots.get("new", ""), [each.text for each in self.document.lines], text[start:stop])
        mark = mark_in(slots.get("new", "").split())
        is_mark = not words_of(text[start:stop])
        match command.intent:
            case Intent.REPLACE | Intent.DELETE if is_mark:
                text = wording.replace_mark(text, start, stop, (mark or "") if command.intent is Intent.REPLACE else "")
            case Intent.INSERT_AFTER if mark is not None:
                text = wording.replace_mark(text, stop, stop, mark)
            case Intent.INSERT_BEFORE if mark is not None:
                before = len(text[:start].rstrip())
                text = wording.replace_mark(text, before, before, mark)
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

    def add(self, said: UserTurn, words: str | None = None) -> EditReply:
        """Add what was said at the end, as sentences; if `words` is given, only these last words of it."""
        sentences = sentences_said(said, self._title, words)
        if not sentences:
            return EditReply(Outcome.NOT_FOUND)
        lines = [DocumentLine(sentence, None) for sentence in sentences]
        lines[0] = replace(lines[0], opens_paragraph=self._paragraph_next)
        start = len(self.document.lines)
        self._change(self.document.with_added(start, lines))
        self._paragraph_next = False
        return self._reading(Outcome.CHANGED, range(start, start + len(lines)))

    def reword(self, said: UserTurn) -> EditReply:
        """Put what was said in place of the sentence read last."""
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
        """Right after a change, take that back; otherwise take out the sentence read last."""
        return self._undo() if self._just_changed else self._remove(self._that, self._that + 1)

    def _remove(self, start: int, stop: int) -> EditReply:
        if stop - start >= len(self.document.lines):
            return EditReply(Outcome.LAST_SENTENCE)
        self._removed |= {line.origin for line in self.document.lines[start:stop] if line.origin}
        self._change(self.document.without(start, stop))
        self._close_gap(start, stop)
        reply = self._reading(Outcome.REMOVED, ())
        # "That" is now the sentence before it.
        self._read = (max(0, start - 1),)
        return reply

    def _close_gap(self, start: int, stop: int) -> None:
        """The sentences from `start` up to but not including `stop` are gone, so what is still unread has moved up."""
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
        """Begin a paragraph after the sentence read last, whether or not anything follows it yet."""
        at = self._that + 1
        if at >= len(self.document.lines):
            self._paragraph_next = True
            return self._reading(Outcome.PARAGRAPH, ())
        self._change(self.document.with_line(at, replace(self.document.lines[at], opens_paragraph=True)))
        return self._reading(Outcome.CHANGED, (at,))

    # arrangements

    def rearrange(self, review: Review) -> EditReply:
        """Switch to another arrangement of the answers, with everything the person has changed so far."""
        other = rearrange(self.document, review, self._removed)
        same = [line.text for line in other.lines] == [line.text for line in self.document.lines]
        return self._arrange(None if same or not other.lines else other, Outcome.NO_OTHER)

    def _arrange(self, other: Document | None, otherwise: Outcome) -> EditReply:
        if other is None:
            return EditReply(otherwise)
        self._change(other)
        return self._reading(Outcome.CHANGED, range(len(other.lines)))

    # history

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
