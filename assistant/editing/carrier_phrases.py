"""What people say round an order: "no, wait", "can you", "please"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from assistant.english.words import FILLERS, LEAD_INS

_MOST_LEAD_INS = 2


def _phrases(*phrases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in phrases)


LONG_LEAD_INS = _phrases(
    "hang on",
    "hold on",
    "wait a second",
    "wait a minute",
    "you know what",
    "all right",
    "oh dear",
    "my god",
    "no thanks",
)
REQUESTS = _phrases(
    "can you", "could you", "would you", "will you", "can we", "could we", "can i", "could i", "may i", "let me",
    "let's", "i want to", "i want you to", "i'd like to", "i'd like you to", "i would like to", "i need to", "you can",
    "go ahead and",
)  # fmt: skip
_COURTESIES = _phrases("please", "thanks", "thank you", "would you", "will you")


def starts_of(words: Sequence[str]) -> Iterator[int]:
    """Where an order may start: at the first word, and behind up to two lead-ins; fillers among them aren't counted."""
    at, count = 0, 0
    while at < len(words):
        yield at
        size = 1 if words[at] in LEAD_INS | FILLERS else _at_start(words[at:], LONG_LEAD_INS)
        count += words[at] not in FILLERS
        if not size or count > _MOST_LEAD_INS:
            return
        at += size


def strip_carrier_phrase(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words as they are, then without "can you", "please" and the like round them; what is said twice, once."""
    asked = _at_start(words, REQUESTS)
    courteous = _at_end(words, _COURTESIES)
    starts = [0, asked + (words[asked : asked + 1] == ["please"])] if asked else [0]
    stops = [len(words), len(words) - courteous] if courteous else [len(words)]
    for start, stop in product(starts, stops):
        if start < stop:
            yield words[start:stop]
    half = len(words) // 2
    if half and list(words[:half]) == list(words[half:]):
        yield words[:half]


def is_request(words: Sequence[str]) -> bool:
    """Whether the words begin as a question or a wish: "can you replace …"."""
    return _at_start(words, REQUESTS) > 0


def _at_start(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> int:
    """How many words the longest of the phrases has that they begin with."""
    return max((len(phrase) for phrase in phrases if tuple(words[: len(phrase)]) == phrase), default=0)


def _at_end(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> int:
    return max((len(phrase) for phrase in phrases if tuple(words[-len(phrase) :]) == phrase), default=0)
