"""A person's turn: what they said, and everything known about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.english.normalise import words_of
from assistant.english.token import Doc, Token
from assistant.english.words import FILLERS
from assistant.turns.answer import Answer, Filler, Pause, Word
from assistant.turns.assessment import Assessment, Confirmation

if TYPE_CHECKING:
    from assistant.turns.audio import AnswerAudio

_WRITTEN = re.compile(r"(?P<word>[^\W_]+(?:['’][^\W_]+)*)(?P<mark>[.?!,;])?")
# The punctuation of a second hearing stands for the pauses that it doesn't report.
_PAUSES_S = {",": 0.3, ";": 0.3, ".": 0.6, "?": 0.6, "!": 0.6}


@dataclass(frozen=True)
class UserTurn:
    """An answer from the person.

    Attributes
    ----------
    number : int
        Its place in the session, counting the assistant's turns, too.
    answer : Answer
        What was heard: words, fillers, pauses, times, and how the turn ended.
    assessment : Assessment or None
        How it sounded; None if sensing is off.
    as_expected : str or None
        The answer in an expected wording, if a recogniser found that likely enough.
    as_title : str or None
        What the recogniser that knows film titles made of the answer, likely or not.
    question : str or None
        Name of the question that it answers: "about", "emotional_movies", ...
    second_wording : str or None
        What a second recogniser made of the same sound. If there is one, it gives the wording; it has no times, so
        anything written from it refers to the whole answer.
    confirmation : Confirmation or None
        What they said when asked whether the assessment is right.
    audio : AnswerAudio or None
        Its sound, if that is still needed.
    """

    number: int
    answer: Answer
    assessment: Assessment | None = None
    as_expected: str | None = None
    as_title: str | None = None
    question: str | None = None
    second_wording: str | None = None
    confirmation: Confirmation | None = None
    audio: AnswerAudio | None = field(default=None, repr=False, compare=False)

    def words_alone(self) -> UserTurn:
        """The same turn without anything about how it was said."""
        return replace(self, answer=self.answer.words_alone(), assessment=None, confirmation=None)

    @property
    def otherwise_heard(self) -> tuple[str, ...]:
        """What the recogniser that knows titles made of the answer, and what the second ear wrote if it differs."""
        second = self.answer.second_hearing
        differs = second is not None and words_of(second.text) != words_of(self.answer.spoken)
        return tuple(each for each in (self.as_title, second.text if second is not None and differs else None) if each)

    @property
    def wording(self) -> str:
        """What was said, in the best wording available."""
        return self.second_wording or self.answer.spoken

    @property
    def span_s(self) -> tuple[float, float]:
        """First and last moment of its words, in seconds; the whole turn if no words were heard."""
        items = self.answer.items
        if not items:
            return 0.0, self.answer.duration_s
        return items[0].start_s, max(item.end_s for item in items)

    @cached_property
    def tokens(self) -> Doc:
        """Its words and fillers in order, from its second hearing if it has one."""
        if self.second_wording is not None and self.second_wording.strip():
            return Doc(_read(self.second_wording, self.number, *self.span_s))
        items = self.answer.items
        drawn_out = {(word.word, word.start_s) for word in self.answer.lengthened}
        return Doc(
            Token(
                word=item.word,
                index=index,
                turn=self.number,
                start_s=item.start_s,
                end_s=item.end_s,
                pause_s=_silence(items[index - 1], item, self.answer.pauses) if index else 0.0,
                filler=isinstance(item, Filler) or item.word in FILLERS,
                held=(item.word, item.start_s) in drawn_out,
            )
            for index, item in enumerate(items)
        )


def _silence(before: Word, word: Word, pauses: Sequence[Pause]) -> float:
    # Recognisers stretch words into the silence after them, so the pauses in voice activity count as well as the gaps
    # between word times.
    low = (before.start_s + before.end_s) / 2
    high = (word.start_s + word.end_s) / 2
    between = [pause.duration_s for pause in pauses if low <= (pause.start_s + pause.end_s) / 2 <= high]
    return max([word.start_s - before.end_s, 0.0, *between])


def _read(text: str, turn: int, start_s: float, end_s: float) -> list[Token]:
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
    return tokens
