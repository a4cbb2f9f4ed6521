"""Answers made of text, for tests: "well um (0.8) i loved it" is words, a filler, and a pause of 0.8 s."""

from __future__ import annotations

from assistant.turns.answer import Answer
from tools.notation import Timing, answer_of


def spoken(text: str, *, latency_s: float = 0.5, confidence: float = 1.0) -> Answer:
    """An answer whose words last 0.3 s each, with the pauses given in brackets."""
    return answer_of(text, Timing(latency_s), confidence=confidence)
