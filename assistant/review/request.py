"""What a review is written from: what the person said, and what they chose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.disfluency import Strength
from assistant.english.token import Doc, Token
from assistant.english.words import FILLERS
from assistant.films.film import Film
from assistant.turns.answer import Answer, Filler, Pause, Word

_WRITTEN = re.compile(r"(?P<word>[^\W_]+(?:['’][^\W_]+)*)(?P<mark>[.?!,;])?")
# A second recogniser's marks stand in for the pauses that it doesn't report.
_PAUSES_S = {",": 0.3, ";": 0.3, ".": 0.6, "?": 0.6, "!": 0.6}

Voice = Literal["funny", "introspective", "both"]
Romance = Literal["romantic", "non-romantic", "unsure"]


@dataclass(frozen=True)
class SourceAnswer:
    """One of the person's answers.

    Attributes
    ----------
    turn : int
        Its number in the session.
    question : str
        What it answered: "about", "emotional_movies", ...
    answer : Answer
    text : str or None
        A second recogniser's transcript of the same sound. If there is one, it gives the wording; it has no times, so
        anything written from it has the whole answer as its source.
    """

    turn: int
    question: str
    answer: Answer
    text: str | None = None

    @cached_property
    def tokens(self) -> Doc:
        """Its words and fillers in order, from the second transcript if there is one."""
        if self.text is not None and self.text.strip():
            return _read(self.turn, self.text, self.answer)
        items = self.answer.items
        drawn_out = {(word.word, word.start_s) for word in self.answer.lengthened}
        return Doc(
            Token(
                word=item.word,
                index=index,
                turn=self.turn,
                start_s=item.start_s,
                end_s=item.end_s,
                pause_s=_silence(items[index - 1], item, self.answer.pauses) if index else 0.0,
                filler=isinstance(item, Filler) or item.word in FILLERS,
                held=(item.word, item.start_s) in drawn_out,
            )
            for index, item in enumerate(items)
        )


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What the review should be; None if unknown.

    Attributes
    ----------
    film : Film or None
    rating : float or None
        Stars, 0.5 to 5.
    voice : str or None
    romance : str or None
    names : tuple of str
        The written names of the film's makers and cast.
    mentioned : tuple of str
        The written form of other names that were said, of people and films. They aren't facts about the film.
    strength : Strength
        How much to take out of what was said.
    """

    film: Film | None = None
    rating: float | None = None
    voice: Voice | None = None
    romance: Romance | None = None
    names: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    strength: Strength = Strength.CLEAN

    @property
    def facts(self) -> dict[str, object]:
        """What a sentence may name even if the person didn't say it; see `assistant.review.grounding`."""
        film = self.film
        return {"title": film.title if film else None, "year": film.year if film else None, "names": self.names}


def span_of(answer: Answer) -> tuple[float, float]:
    """First and last moment of an answer's words, in seconds; the whole turn if no word was heard."""
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


def _read(turn: int, text: str, answer: Answer) -> Doc:
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
    return Doc(tokens)
