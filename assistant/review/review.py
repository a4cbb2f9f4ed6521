"""What a review is to be, and what it becomes: sentences that know where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.disfluency import Strength
from assistant.films.film import Film

Voice = Literal["funny", "introspective", "both"]
Romance = Literal["romantic", "non-romantic", "unsure"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of what the person said: the number of their turn in the session, and seconds within that turn.

    What was typed has no time: its words' places are before second 0.
    """

    turn: int
    start_s: float
    end_s: float

    @property
    def is_timed(self) -> bool:
        """Whether it was heard at some time."""
        return self.end_s > 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A written sentence and the passages that it was made from (at least one).

    `opens_paragraph` says whether it begins a paragraph other than the first.
    """

    text: str
    sources: tuple[Passage, ...]
    opens_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """A finished review.

    Attributes
    ----------
    film : Film or None
        None if the person named no film.
    rating : float or None
        Stars, 0.5 to 5 in halves; None if none were given.
    voice : str or None
        "funny", "introspective" or "both".
    sentences : tuple of Sentence
    """

    film: Film | None
    rating: float | None
    voice: str | None
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """All of it, with a blank line between paragraphs."""
        parts = ["\n\n" * sentence.opens_paragraph + sentence.text for sentence in self.sentences]
        return " ".join(parts).replace(" \n\n", "\n\n").strip()


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
    def facts(self) -> tuple[str, ...]:
        """What a sentence may name even if the person didn't say it; see `assistant.review.grounding`."""
        film = (self.film.title, *([str(self.film.year)] if self.film.year else ())) if self.film else ()
        return (*film, *self.names)
