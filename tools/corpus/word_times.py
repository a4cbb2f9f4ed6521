"""Which sounds of a phrase belong to which word.

Voices report the length of each sound, but run words together (to them, "of the" is one group of sounds). So the sounds
of the phrase are aligned with those of its words spoken one by one, with the fewest changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.alignment import align
from tools.command import ToolError
from tools.corpus.clip import Clip, Sound, TimedWord, longest_silence
from tools.notation import words_of

GAP = " "
"""A boundary between words, among the sounds."""

_SLACK_S = 0.04
"""How far a silence between two words may reach into the sounds beside it, by the lengths that the voice reports."""

_GAP_FOR_SOUND = 4
"""Cost of matching a boundary with a sound: higher than leaving out both, so that it never pays."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A sound (or `GAP`) with its times in seconds."""

    name: str
    start_s: float
    end_s: float


def _change(one: str, other: str) -> int:
    if one == other:
        return 0
    return _GAP_FOR_SOUND if GAP in (one, other) else 1


def place_words(
    phones: Sequence[Phone], words: Sequence[str], spellings: Sequence[Sequence[str]], sound: Sound, rate_hz: int
) -> tuple[TimedWord, ...]:
    """Find the times of the words of a phrase.

    Parameters
    ----------
    phones : sequence of Phone
        Sounds of the phrase in order; silences and boundaries are `GAP`.
    words : sequence of str
    spellings : sequence of sequence of str
        The sounds of each word by itself, without `GAP`.
    sound : ndarray of float32, shape (n,)
        The phrase. If there is silence between two words, they end and begin at its edges.
    rate_hz : int
    """
    wanted: list[str] = []
    owner: list[int] = []
    for number, spelling in enumerate(spellings):
        if number:
            wanted.append(GAP)
            owner.append(-1)
        wanted.extend(spelling)
        owner.extend([number] * len(spelling))
    spans: list[list[Phone]] = [[] for _ in words]
    current = 0
    for left, right in align([phone.name for phone in phones], wanted, _change):
        if right is not None and owner[right] >= 0:
            current = owner[right]
        if left is not None and phones[left].name != GAP:
            spans[current].append(phones[left])
    for word, span in zip(words, spans, strict=True):
        if not span:
            raise ValueError(f"The voice swallowed the word '{word}'.")
    edges = [(span[0].start_s, span[-1].end_s) for span in spans]
    starts, ends = [edges[0][0]], []
    for (_, end_s), (start_s, _) in itertools.pairwise(edges):
        silence = longest_silence(sound, rate_hz, end_s - _SLACK_S, start_s + _SLACK_S)
        if silence is None:
            ends.append((end_s + start_s) / 2)
            starts.append(ends[-1])
        else:
            ends.append(silence[0])
            starts.append(silence[1])
    ends.append(edges[-1][1])
    return tuple(TimedWord(*each) for each in zip(words, starts, ends, strict=True))


def timed_clip(
    text: str, phones: Sequence[Phone], spelling: Callable[[str], Sequence[str]], sound: Sound, rate_hz: int
) -> Clip:
    """A spoken phrase with the times of its words; `spelling` gives the sounds of a word by itself.

    Raises
    ------
    ToolError
        If its words can't be found among its sounds.
    """
    words = words_of(text)
    try:
        placed = place_words(phones, words, [spelling(word) for word in words], sound, rate_hz)
    except ValueError as error:
        raise ToolError(f"In '{text}': {error} Word it otherwise.") from error
    return Clip(sound, rate_hz, placed)
