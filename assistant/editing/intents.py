"""What can be told to do with the review while it is dictated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class EditIntent(Enum):
    """An order; its value is how the help gives it, with X and Y for words of the person's."""

    SCRATCH = "scratch that"
    UNDO = "undo"
    REDO = "redo"
    READ_AGAIN = "read that again"
    READ_ALL = "read the whole thing"
    STOP = "stop"
    CONTINUE = "continue"
    REPLACE = "replace X with Y"
    INSERT_BEFORE = "insert X before Y"
    INSERT_AFTER = "insert X after Y"
    DELETE = "delete X"
    DELETE_SENTENCE = "delete the last sentence"
    DELETE_PARAGRAPH = "delete the last paragraph"
    MOVE = "move that to the end"
    CAPITALISE = "capitalise X"
    PARAGRAPH = "new paragraph"
    SHORTER = "make it shorter"
    FUNNIER = "make it funnier"
    INTROSPECTIVE = "make it more introspective"
    MY_WORDS = "say that again in my words"
    HELP = "what can I say"
    SEND = "send review"
    NOT_NOW = "not now"
    ANOTHER = "another one"


@dataclass(frozen=True, slots=True)
class EditCommand:
    """An order with its words.

    Attributes
    ----------
    order : EditIntent
    arguments : mapping of str to str
        Words as they were said: "old" and "new" of `REPLACE`; "new" and "place" of `INSERT_BEFORE` and `INSERT_AFTER`;
        "old" of `DELETE` and `CAPITALISE`.
    """

    order: EditIntent
    arguments: Mapping[str, str] = field(default_factory=dict)
