"""What a review is written from: what the person said, and what they chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.films.film import Film
from assistant.review.strength import Strength
from assistant.turns.answer import Answer

Voice = Literal["funny", "introspective", "both"]
Romance = Literal["romantic", "non-romantic", "unsure"]


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """One answer of the person's.

    Attributes
    ----------
    turn : int
        Its number in the session.
    question : str
        What it answered: "about", "emotional_movies", ...
    answer : Answer
    text : str or None
        A second hearing of the same sound. Where there is one, it gives the wording; it has no times of its own, so
        what is written from it comes from the whole answer.
    """

    turn: int
    question: str
    answer: Answer
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What the review is to be; None where not known.

    Attributes
    ----------
    film : Film or None
    rating : float or None
        Stars, 0.5 to 5.
    voice : str or None
    romance : str or None
    names : tuple of str
        Who made the film and who plays in it, as it is written.
    mentioned : tuple of str
        Other names that were said, of people and films, as they are written. They are no facts of the film's.
    strength : Strength
        How much is taken out of what was said.
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
        """What a sentence may name although nobody said it; see `assistant.review.grounding`."""
        film = self.film
        return {"title": film.title if film else None, "year": film.year if film else None, "names": self.names}
