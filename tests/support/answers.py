"""Answers made of text, for tests: "well um (0.8) i loved it" is words, a filler, and a pause of 0.8 s."""

from __future__ import annotations

import re

from assistant.turns.answer import Answer, Filler, Pause, TurnEnd, Word

FILLERS = frozenset({"um", "uh"})
WORD_S = 0.3


def spoken(text: str, *, latency_s: float = 0.5, confidence: float = 1.0) -> Answer:
    """An answer whose words last 0.3 s each, with the pauses given in brackets."""
    at_s = latency_s
    words: list[Word] = []
    fillers: list[Filler] = []
    pauses: list[Pause] = []
    open_pause: tuple[float, float] | None = None
    for token in text.split():
        if silence := re.fullmatch(r"\(([\d.]+)\)", token):
            open_pause = (at_s, at_s + float(silence[1]))
            at_s = open_pause[1]
            continue
        if open_pause is not None:
            pauses.append(Pause(*open_pause, before=token))
            open_pause = None
        kind = Filler if token in FILLERS else Word
        item = kind(token, round(at_s, 3), round(at_s + WORD_S, 3), confidence)
        (fillers if isinstance(item, Filler) else words).append(item)  # type: ignore[arg-type]
        at_s += WORD_S
    if not words and not fillers:
        return Answer(duration_s=8.0, ended=TurnEnd.NOBODY_SPOKE)
    return Answer(
        words=tuple(words),
        fillers=tuple(fillers),
        pauses=tuple(pauses),
        speech_start_s=latency_s,
        speech_end_s=round(at_s, 3),
        duration_s=round(at_s + 0.7, 3),
    )
