"""A recording's truth as an answer: what a perfect ear would hear."""

from __future__ import annotations

from typing import Any

from assistant.turns.answer import Answer, Filler, Lengthened, Pause, TurnEnd, Word


def answer_of(truth: dict[str, Any]) -> Answer:
    """The answer in a truth that holds one (see tests/recordings/README.md)."""
    words, fillers, pauses, lengthened = [], [], [], []
    items = truth["items"]
    for number, item in enumerate(items):
        start_s, end_s = item["start_s"], item["end_s"]
        if item["kind"] == "pause":
            pauses.append(Pause(start_s, end_s, items[number + 1]["word"]))
        elif item["kind"] == "filler":
            fillers.append(Filler(item["word"], start_s, end_s, 1.0))
        else:
            words.append(Word(item["word"], start_s, end_s, 1.0))
            if "drawn_out" in item:
                usual_s = (end_s - start_s) / item["drawn_out"]
                lengthened.append(Lengthened(item["word"], start_s, end_s, 1.0, round(usual_s, 3)))
    return Answer(
        words=tuple(words),
        fillers=tuple(fillers),
        pauses=tuple(pauses),
        lengthened=tuple(lengthened),
        speech_start_s=items[0]["start_s"],
        speech_end_s=items[-1]["end_s"],
        duration_s=truth["duration_s"],
        ended=TurnEnd.SOURCE_ENDED,
    )
