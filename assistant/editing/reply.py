"""What comes of a command: what happened, and what is to be read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
