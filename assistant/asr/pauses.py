"""Silent pauses, and dropping words without a voice under them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from assistant.asr.voice_activity import SpeechSegment
from assistant.turns.answer import SHORTEST_PAUSE_S, LostSound, Pause, Word

SomeWord = TypeVar("SomeWord", bound=Word)

_SLACK_S = 0.1
"""Word times and voice activity are each off by a few frames."""


def silent_pauses(
    items: Sequence[Word], speech: Sequence[SpeechSegment], lost: Sequence[LostSound] = ()
) -> tuple[Pause, ...]:
    """The silences inside an answer.

    A gap between two stretches of speech is a pause if it is `SHORTEST_PAUSE_S` or longer and lies between the first
    and the last item. Gaps between word times alone don't count: a person whose voice is heard without a word isn't
    silent. Neither is one whose sound was lost, as far as anybody knows.

    Parameters
    ----------
    items
        Words and fillers in the order of their start.
    speech
        Stretches of voice activity.
    lost
        Stretches whose sound was lost.
    """
    pauses = []
    for before, after in pairwise(speech):
        start_s, end_s = before.end_s, after.start_s
        if end_s - start_s < SHORTEST_PAUSE_S or any(each.overlaps(start_s, end_s) for each in lost):
            continue
        earlier = [item for item in items if item.start_s < start_s]
        later = [item for item in items if item.end_s > end_s + _SLACK_S and item not in earlier]
        if earlier and later:
            pauses.append(Pause(round(start_s, 3), round(end_s, 3), later[0].word))
    return tuple(pauses)


def voiced(words: Sequence[SomeWord], speech: Sequence[SpeechSegment]) -> tuple[SomeWord, ...]:
    """The words that were really spoken: the recogniser made up those without voice activity under them."""
    return tuple(
        word
        for word in words
        if any(stretch.overlaps(word.start_s - _SLACK_S, word.end_s + _SLACK_S) for stretch in speech)
    )
