"""What can be counted in an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.hearing.answer import Answer, Pause, Word
from assistant.hesitation.norms import LONG_PAUSE_S

_CONJUNCTIONS = frozenset("and but or so because though although".split())

_LONGEST_REPEAT = 3
"""Words in the longest phrase that is looked for twice."""

_MEANT_TWICE = frozenset("very really no yes so much never ha far long that had more again bye".split())
"""Words that are said twice on purpose or by grammar."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts and times of one answer; seconds from its start.

    Attributes
    ----------
    words : int
        Spoken words, fillers aside.
    speaking_s : float
        From the first voice to the last, pauses included.
    confidence : float
        Mean recognition confidence of the words, 0–1; 0 without words.
    latency_s : float or None
        From the end of the prompt to the first voice.
    fillers : tuple of Word
        Filled pauses.
    repeats : tuple of Word
        Words or short phrases said twice in a row ("the the", "I used to, I used to"): the first word of the second
        time.
    silent_pauses : tuple of Pause
        Silences of at least 0.25 s.
    long_pauses : tuple of Pause
        Silences of at least `norms.LONG_PAUSE_S`.
    trailing : Word or None
        The conjunction that the answer ends on.
    """

    words: int
    speaking_s: float
    confidence: float
    latency_s: float | None
    fillers: tuple[Word, ...]
    repeats: tuple[Word, ...]
    silent_pauses: tuple[Pause, ...]
    long_pauses: tuple[Pause, ...]
    trailing: Word | None


def measure(answer: Answer) -> Measures:
    """Count what an answer shows of how it was said."""
    words = answer.words
    speaking_s = 0.0
    if answer.speech_start_s is not None and answer.speech_end_s is not None:
        speaking_s = answer.speech_end_s - answer.speech_start_s
    return Measures(
        words=len(words),
        speaking_s=speaking_s,
        confidence=sum(word.confidence for word in words) / len(words) if words else 0.0,
        latency_s=answer.response_latency_s,
        fillers=answer.fillers,
        repeats=_repeats(words),
        silent_pauses=answer.pauses,
        long_pauses=tuple(pause for pause in answer.pauses if pause.duration_s >= LONG_PAUSE_S),
        trailing=words[-1] if words and words[-1].word in _CONJUNCTIONS else None,
    )


def _repeats(words: Sequence[Word]) -> tuple[Word, ...]:
    spoken = [word.word for word in words]
    found = []
    at = 0
    while at < len(spoken):
        length = next(
            (n for n in range(_LONGEST_REPEAT, 0, -1) if spoken[at : at + n] == spoken[at + n : at + 2 * n]), 0
        )
        if length > 1 or (length == 1 and spoken[at] not in _MEANT_TWICE):
            found.append(words[at + length])
        at += length or 1
    return tuple(found)
