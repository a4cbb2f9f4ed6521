"""What the person said, as tests of the review write it down, and what becomes of it on the way to sentences."""

from __future__ import annotations

import re

from assistant.disfluency.clean import clean
from assistant.english.sentences import sentences_of
from assistant.english.token import Token, tokens_of
from assistant.review.request import SourceAnswer
from assistant.review.writing import write
from assistant.turns.answer import Answer, Filler, Pause, Word

_PAUSE = re.compile(r"\(([\d.]+)\)")
_FIRST_WORD_S = 0.4


def answer_of(script: str) -> Answer:
    """An answer from its words, with silences in seconds in brackets: "i um (0.8) loved it"."""
    words: list[Word] = []
    fillers: list[Filler] = []
    pauses: list[Pause] = []
    now, silence = _FIRST_WORD_S, 0.0
    for item in script.split():
        if match := _PAUSE.fullmatch(item):
            silence = float(match[1])
            continue
        if silence and (words or fillers):
            pauses.append(Pause(now, now + silence, item))
            now += silence
        silence = 0.0
        end = now + 0.12 + 0.04 * len(item)
        if item in {"um", "uh"}:
            fillers.append(Filler(item, now, end, 0.9))
        else:
            words.append(Word(item, now, end, 1.0))
        now = end
    return Answer(
        tuple(words),
        tuple(fillers),
        tuple(pauses),
        speech_start_s=_FIRST_WORD_S,
        speech_end_s=now,
        duration_s=now + 0.7,
    )


def said(script: str, turn: int = 1, question: str = "about", text: str | None = None) -> SourceAnswer:
    """An answer to a question, from its script."""
    return SourceAnswer(turn, question, answer_of(script), text)


def tokens(script: str) -> tuple[Token, ...]:
    """The words of a script, cleaned."""
    return clean(tokens_of(said(script))).tokens


def written(script: str, title: str | None = None) -> list[str]:
    """The sentences that a script becomes."""
    return [write(sentence, title) for sentence in sentences_of(tokens(script))]
