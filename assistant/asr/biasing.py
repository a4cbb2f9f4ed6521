"""What somebody may be about to say, as far as whoever asked can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


def nothing_else(wording: str) -> float | None:
    """No margin: what is expected is only listened for, and judged by whoever expects it."""
    return None


def nothing_like(heard: str) -> Iterable[str]:
    """Nothing that sounds like it."""
    return ()


@dataclass(frozen=True, slots=True)
class BiasingContext:
    """What a recogniser that expects something may expect in an answer.

    Attributes
    ----------
    phrases : tuple of str
        In lower-case words; "[unk]" stands for words that aren't known ahead.
    margin : callable
        Tells of a wording how much less likely its sound may be than that of what was heard without expecting
        anything, as a natural logarithm, for it to count as said; None where it isn't what is expected.
    resembling : callable
        What of it sounds like what was heard.
    """

    phrases: tuple[str, ...]
    margin: Callable[[str], float | None] = nothing_else
    resembling: Callable[[str], Iterable[str]] = nothing_like
