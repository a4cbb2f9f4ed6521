"""A review and where each of its sentences comes from."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.films.film import Film


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
