"""Answers that are typed instead of spoken."""

from __future__ import annotations

import io
import sys

from typing_extensions import Self

from assistant.asr.reconcile import as_spoken
from assistant.turns.answer import Answer, TurnEnd, Word, WrittenWord

NAME = "keyboard"
"""What typed answers come from, in JSON."""

_PROMPT = "○ "


class Keyboard:
    """Takes the place of the microphone: a line is an answer, and the end of input means that the person leaves."""

    name = NAME

    def open(self) -> None:
        """Let anything be typed, whatever bytes the terminal makes of it."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")

    def close(self) -> None:
        """Do nothing."""

    def read_answer(self) -> Answer:
        """Wait for a line. On a terminal, it can be edited, and be longer than the 4,095 bytes that terminals take."""
        if not is_typed_at_terminal():
            line = sys.stdin.readline()
            return typed_answer(line) if line else Answer(typed="", ended=TurnEnd.LEFT)
        import readline  # noqa: F401 - `input` edits the line with it

        try:
            return typed_answer(input(_PROMPT))
        except EOFError:
            return Answer(typed="", ended=TurnEnd.LEFT)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def is_typed_at_terminal() -> bool:
    """Whether people see what they type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def typed_answer(line: str) -> Answer:
    """The answer that a line is: its words as they are said, each with how it was written."""
    text = " ".join(line.split())
    said = [
        # "4.5," is said in three words; the mark belongs to the last of them.
        (spoken.word, written if at == len(words) - 1 else None)
        for written in text.split()
        for words in (as_spoken([WrittenWord(written, 1.0, 0.0, 0.0)], ()),)
        for at, spoken in enumerate(words)
    ]
    first = -len(said)
    return Answer(
        tuple(
            Word(word, float(first + at), float(first + at + 1), 1.0, by="typed", written=written)
            for at, (word, written) in enumerate(said)
        ),
        typed=text,
        ended=TurnEnd.TYPED,
    )
