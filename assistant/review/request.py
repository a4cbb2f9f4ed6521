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
