"""What can be counted and timed in an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.assessment.norms import LONG_PAUSE_S
from assistant.assessment.syllables import count_syllables
from assistant.disfluency import apologies, corrections, detect, hedges, is_non_answer, opens_clause, trailing
from assistant.turns.answer import Answer, Word
from assistant.turns.assessment import Measures, Prosody


def measure(answer: Answer, prosody: Prosody | None = None) -> Measures:
    """Count and time everything in an answer that shows how it was said.

    Parameters
    ----------
    answer
        What was heard.
    prosody
        Pitch and loudness of its sound, if that was measured (see `assistant.assessment.prosody`).
    """
    words = answer.words
    spoken = [word.word for word in words]
    speaking_s = 0.0
    if answer.speech_start_s is not None and answer.speech_end_s is not None:
        within = (
            min(lost.end_s, answer.speech_end_s) - max(lost.start_s, answer.speech_start_s) for lost in answer.lost
        )
        speaking_s = answer.speech_end_s - answer.speech_start_s - sum(max(0.0, each) for each in within)
    silent_s = sum(pause.duration_s for pause in answer.pauses)
    filled_s = sum(filler.end_s - filler.start_s for filler in answer.fillers)
    pause_at = [_index_after(words, pause.start_s, pause.end_s) for pause in answer.pauses]
    filler_at = [_index_after(words, filler.start_s, filler.end_s) for filler in answer.fillers]
    inside = [0 < at < len(words) and not opens_clause(spoken, at) for at in (*pause_at, *filler_at)]
    found = detect(
        words, {at: pause.duration_s for at, pause in zip(pause_at, answer.pauses, strict=True) if at < len(words)}
    )
    hedged = hedges(spoken, {*pause_at, *filler_at})
    hanging = trailing(spoken, hedged)
    pauses_inside = tuple(pause for pause, within in zip(answer.pauses, inside, strict=False) if within)
    long_pauses = tuple(pause for pause in answer.pauses if pause.duration_s >= LONG_PAUSE_S)
    searching = tuple(
        pause
        for pause, at in zip(answer.pauses, pause_at, strict=True)
        if pause in pauses_inside or pause in long_pauses or at in filler_at
    )
    return Measures(
        words=len(words),
        syllables=sum(count_syllables(word) for word in spoken),
        speaking_s=speaking_s,
        phonation_s=max(speaking_s - silent_s - filled_s, 0.0),
        confidence=sum(word.confidence for word in words) / len(words) if words else 0.0,
        hallucinated_words=answer.hallucinated_words,
        lost_s=answer.lost_s,
        latency_s=answer.response_latency_s,
        fillers=answer.fillers,
        fillers_inside=tuple(
            filler for filler, within in zip(answer.fillers, inside[len(answer.pauses) :], strict=True) if within
        ),
        pauses=answer.pauses,
        pauses_inside=pauses_inside,
        long_pauses=long_pauses,
        searching_pauses=searching,
        resting_pauses=tuple(pause for pause in answer.pauses if pause not in searching),
        lengthened=answer.lengthened,
        repeats=_at(words, found.repeats),
        restarts=_at(words, found.restarts),
        cut_offs=_at(words, found.cut_offs),
        hedges=_at(words, (start for start, _ in hedged)),
        apologies=_at(words, (start for start, _ in apologies(spoken))),
        corrections=_at(words, (start for start, _ in corrections(spoken))),
        trailing=None if hanging is None else words[hanging],
        non_answer=is_non_answer(spoken),
        prosody=prosody,
    )


def _index_after(words: Sequence[Word], start_s: float, end_s: float) -> int:
    """Index of the word after a pause or filler; `len(words)` if there is none."""
    middle_s = (start_s + end_s) / 2
    return next((at for at, word in enumerate(words) if (word.start_s + word.end_s) / 2 > middle_s), len(words))


def _at(words: Sequence[Word], indices: Iterable[int]) -> tuple[Word, ...]:
    return tuple(words[at] for at in indices)
