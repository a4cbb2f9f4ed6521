"""What people can tell the assistant to do, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Intent(Enum):
    """What the person wants done; the value is its id in ``commands.toml``."""

    REPEAT = "repeat"
    SKIP = "skip"
    BACK = "back"
    STOP = "stop"
    DONE = "done"
    START_OVER = "start_over"
    NO_SENSING = "no_sensing"
    EXPLAIN = "explain"
    DIFFERENTLY = "differently"
    WAIT = "wait"
    UNFINISHED = "unfinished"
    WHO = "who"
    HOW_LONG = "how_long"
    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    QUIETER = "quieter"
    ADD = "add"

    SCRATCH = "scratch"
    UNDO = "undo"
    REDO = "redo"
    READ_AGAIN = "read_again"
    READ_ALL = "read_all"
    STOP_READING = "stop_reading"
    CONTINUE = "continue"
    REPLACE = "replace"
    INSERT_BEFORE = "insert_before"
    INSERT_AFTER = "insert_after"
    DELETE = "delete"
    DELETE_SENTENCE = "delete_sentence"
    DELETE_PARAGRAPH = "delete_paragraph"
    MOVE = "move"
    CAPITALISE = "capitalise"
    PARAGRAPH = "paragraph"
    SHORTER = "shorter"
    FUNNIER = "funnier"
    INTROSPECTIVE = "introspective"
    MY_WORDS = "my_words"
    HELP = "help"
    RATE = "rate"
    RETITLE = "retitle"
    SEND = "send"
    NOT_NOW = "not_now"
    ANOTHER = "another"


class Context(Enum):
    """Where an intent holds."""

    INTERVIEW = "interview"
    """At any question before the review."""
    ABOUT = "about"
    """At questions about the film, in addition."""
    FILM = "film"
    """At the question of which film, in addition."""
    REVIEW = "review"
    """While the review is corrected: commands that lead away from it."""
    EDITING = "editing"
    """While the review is corrected: commands that correct it."""
    ADDING = "adding"
    """At the question of whether to add a sentence."""
    STOPPING = "stopping"
    """At the question of whether to stop."""


@dataclass(frozen=True, slots=True)
class Command:
    """An intent with the words for its slots.

    Attributes
    ----------
    intent : Intent
    slots : mapping of str to str
        Words as they were said: "old" and "new" of `Intent.REPLACE`; "new" and "place" of `Intent.INSERT_BEFORE` and
        `Intent.INSERT_AFTER`; "old" of `Intent.DELETE` and `Intent.CAPITALISE`; "stars" of `Intent.RATE`.
    """

    intent: Intent
    slots: Mapping[str, str] = field(default_factory=dict)
