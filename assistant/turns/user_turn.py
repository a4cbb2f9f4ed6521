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

_ENDS = re.compile(r"[.?!](?=[\"'”’)]*$)")
_BESIDE_S = 0.2
"""Words closer than this run on. After more, a capital may be there only because the second ear began anew."""


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
    confirmation : Confirmation or None
        What they said when asked whether the assessment is right.
    audio : AnswerAudio or None
        Its sound, if that is still needed.
    ends_at : int or None
        Place on the audio clock where it ended, in samples, if more of it may follow.
    """

    number: int
    answer: Answer
    assessment: Assessment | None = None
    as_expected: str | None = None
    as_title: str | None = None
    question: str | None = None
    confirmation: Confirmation | None = None
    audio: AnswerAudio | None = field(default=None, repr=False, compare=False)
    ends_at: int | None = field(default=None, repr=False, compare=False)

    def words_alone(self) -> UserTurn:
        """The same turn without anything about how it was said."""
        return replace(self, answer=self.answer.words_alone(), assessment=None, confirmation=None)

    def without_sound(self) -> UserTurn:
        """The same turn, to be kept for long."""
        return replace(self, audio=None, ends_at=None)

    @property
    def otherwise_heard(self) -> tuple[str, ...]:
        """What the recogniser that knows titles made of the answer, and what the second ear wrote, if they differ."""
        second = self.answer.second_hearing
        said = _without_fillers(self.answer.spoken)
        texts = (self.as_title, second.text if second is not None else None)
        return tuple(text for text in texts if text and _without_fillers(text) != said)

    @property
    def span_s(self) -> tuple[float, float]:
        """First and last moment of its words, in seconds; the whole turn if no words were heard."""
        items = self.answer.items
        if not items:
            return 0.0, self.answer.duration_s
        return items[0].start_s, max(item.end_s for item in items)

    @cached_property
    def tokens(self) -> Doc:
        """Its words and fillers in order, with what the second ear's way to write them says of names and sentences."""
        items = self.answer.items
        drawn_out = {(word.word, word.start_s) for word in self.answer.lengthened}
        shouted = all(item.written is None or item.written.isupper() for item in items)
        tokens: list[Token] = []
        for index, item in enumerate(items):
            written = item.written or ""
            pause_s = _silence(items[index - 1], item, self.answer.pauses) if index else 0.0
            runs_on = index > 0 and not tokens[-1].mark and pause_s < _BESIDE_S
            mark = _ENDS.search(written)
            tokens.append(
                Token(
                    word=item.word,
                    index=index,
                    turn=self.number,
                    start_s=item.start_s,
                    end_s=item.end_s,
                    pause_s=pause_s,
                    filler=isinstance(item, Filler) or item.word in FILLERS,
                    mark=mark[0] if mark else "",
                    name=runs_on and not shouted and written[:1].isupper(),
                    held=(item.word, item.start_s) in drawn_out,
                )
            )
        return Doc(tokens)


def _without_fillers(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in FILLERS]


def _silence(before: Word, word: Word, pauses: Sequence[Pause]) -> float:
    # Recognisers stretch words into the silence after them, so the pauses in voice activity count as well as the gaps
    # between word times.
    low = (before.start_s + before.end_s) / 2
    high = (word.start_s + word.end_s) / 2
    between = [pause.duration_s for pause in pauses if low <= (pause.start_s + pause.end_s) / 2 <= high]
    return max([word.start_s - before.end_s, 0.0, *between])
