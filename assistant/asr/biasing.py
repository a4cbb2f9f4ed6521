"""What a person may be about to say, as far as the one who asked can tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BiasingContext:
    """What the biased recogniser may expect in an answer.

    This one only has phrases to listen for: the one who asked judges what was heard. Where the sound is to tell whether
    something expected was said, the methods are overridden.

    Attributes
    ----------
    phrases : tuple of str
        In lower case; "[unk]" stands for words that aren't known in advance.
    """

    phrases: tuple[str, ...]

    def margin(self, wording: str) -> float | None:
        """How much less likely a wording may be, by its sound, than what was heard, and still count as said.

        Returns
        -------
        float or None
            A difference of natural logarithms; None if the wording isn't expected.
        """
        return None

    def resembling(self, heard: str) -> Iterable[str]:
        """The expected wordings that sound like what was heard."""
        return ()
