"""What a person may be about to say, according to the question: for the biased recogniser and for the second ear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BiasingContext:
    """What may be expected in an answer.

    This class only has phrases to listen for, and the caller judges what was heard. Override its methods to let the
    sound decide whether something expected was said.

    Attributes
    ----------
    phrases : tuple of str
        What the biased recogniser listens for, in lower case; "[unk]" stands for words that aren't known in advance.
        Without any, it doesn't listen.
    names : tuple of str
        Names that may come up, as they are written, the likeliest first: the film's title and its people's.
    """

    phrases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def hints(self) -> tuple[str, ...]:
        """What the second ear is told to expect, the most important first.

        With a film's people among them, Whisper base spells most of their names right; hardly any without.
        """
        return self.names

    def margin(self, wording: str) -> float | None:
        """How much less likely than the recognised words a wording may be, by its sound, and still count as said.

        Returns
        -------
        float or None
            A difference of natural logarithms; None if the wording isn't expected.
        """
        return None

    def resembling(self, heard: str) -> Iterable[str]:
        """The expected wordings that sound like what was heard."""
        return ()
