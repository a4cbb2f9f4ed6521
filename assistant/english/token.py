"""Spoken words as the review handles them: each keeps its time and its place in the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.english.words import FILLERS
from assistant.review.request import SourceAnswer
from assistant.turns.answer import Answer, Filler, Pause, Word

_WRITTEN = re.compile(r"(?P<word>[^\W_]+(?:['’][^\W_]+)*)(?P<mark>[.?!,;])?")
_SPOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*(?:-(?!\w))?")
# The marks of a second hearing stand for the pauses that it doesn't tell.
_PAUSES_S = {",": 0.3, ";": 0.3, ".": 0.6, "?": 0.6, "!": 0.6}


@dataclass(frozen=True, slots=True)
class Token:
    """A spoken word.

    Attributes
    ----------
    word : str
        Lower-case, without punctuation.
    index : int
        Its place in the answer, fillers counted.
    turn : int
        The answer's number in the session.
    start_s, end_s : float
        Seconds within the answer; those of the whole answer where the word has no times of its own.
    pause_s : float
        Silence before it, in seconds. Where words before it were dropped, the silence that they leave.
    filler : bool
    mark : str
        The sentence mark that a second hearing wrote after it, or nothing.
    name : bool
        Whether a second hearing wrote it with a capital inside a sentence.
    held : bool
        Whether it was drawn out, as by somebody who isn't done.
    """

    word: str
    index: int
    turn: int
    start_s: float
    end_s: float
    pause_s: float = 0.0
    filler: bool = False
    mark: str = ""
    name: bool = False
    held: bool = False


def tokens_of(said: SourceAnswer) -> tuple[Token, ...]:
    """The words and fillers of an answer in order, from its second hearing where it has one."""
    if said.text is not None and said.text.strip():
        return _read(said.turn, said.text, said.answer)
    items = said.answer.items
    drawn_out = {(word.word, word.start_s) for word in said.answer.lengthened}
    return tuple(
        Token(
            word=item.word,
            index=index,
            turn=said.turn,
            start_s=item.start_s,
            end_s=item.end_s,
            pause_s=_silence(items[index - 1], item, said.answer.pauses) if index else 0.0,
            filler=isinstance(item, Filler) or item.word in FILLERS,
            held=(item.word, item.start_s) in drawn_out,
        )
        for index, item in enumerate(items)
    )


def tokens_of_text(text: str) -> tuple[Token, ...]:
    """Plain words as tokens that have neither times nor silences between them; half words keep their hyphen."""
    return tuple(
        Token(word, index, 0, float(index), float(index), filler=word in FILLERS)
        for index, word in enumerate(_SPOKEN.findall(text.lower().replace("’", "'")))
    )


def span_of(answer: Answer) -> tuple[float, float]:
    """First and last moment of an answer's words, in seconds; the whole turn where no word was heard."""
    items = answer.items
    if not items:
        return 0.0, answer.duration_s
    return items[0].start_s, max(item.end_s for item in items)


def _silence(before: Word, word: Word, pauses: Sequence[Pause]) -> float:
    # Recognisers stretch words into the silence after them, so the voice activity's pauses count as well as the
    # gaps between the words' times.
    low = (before.start_s + before.end_s) / 2
    high = (word.start_s + word.end_s) / 2
    between = [pause.duration_s for pause in pauses if low <= (pause.start_s + pause.end_s) / 2 <= high]
    return max([word.start_s - before.end_s, 0.0, *between])


def _read(turn: int, text: str, answer: Answer) -> tuple[Token, ...]:
    start_s, end_s = span_of(answer)
    shouted = text.upper() == text
    tokens: list[Token] = []
    pause_s = 0.0
    for index, match in enumerate(_WRITTEN.finditer(text)):
        written = match["word"].replace("’", "'")
        mark = match["mark"] or ""
        first = not tokens or tokens[-1].mark != ""
        tokens.append(
            Token(
                word=written.lower(),
                index=index,
                turn=turn,
                start_s=start_s,
                end_s=end_s,
                pause_s=pause_s,
                filler=written.lower() in FILLERS,
                mark=mark if mark in ".?!" else "",
                name=written[0].isupper() and not first and not shouted,
            )
        )
        pause_s = _PAUSES_S.get(mark, 0.0)
    return tuple(tokens)
