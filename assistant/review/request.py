"""What a review is to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.disfluency import Strength
from assistant.films.film import Film

Voice = Literal["funny", "introspective", "both"]
Romance = Literal["romantic", "non-romantic", "unsure"]


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
