"""A film."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Film:
    """A film; what isn't known is None, never made up."""

    title: str
    year: int | None = None
    imdb_id: str | None = None

    @property
    def described(self) -> str:
        """Title and, if known, year: "Her (2013)"."""
        return self.title if self.year is None else f"{self.title} ({self.year})"
