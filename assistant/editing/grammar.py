"""What a recogniser may expect to hear while the review is corrected: the orders, and the words of the review."""

from __future__ import annotations

from assistant.editing.carrier_phrases import LONG_LEAD_INS, REQUESTS
from assistant.editing.document import Document
from assistant.editing.phrases import phrases as fixed_phrases
from assistant.editing.place import words_in
from assistant.english.words import FILLERS, LEAD_INS

ANYTHING = "[unk]"
"""Stands for words that the review doesn't have."""

_BEFORE = (*sorted(LEAD_INS), *sorted(FILLERS), *(" ".join(phrase) for phrase in (*LONG_LEAD_INS, *REQUESTS)))
_AROUND = (*_BEFORE, "literally")
_PUTTING_IN = ("insert", "add", "put")
_OTHERS = ("yes", "add it", "start over", "go back")


def grammar(document: Document) -> tuple[str, ...]:
    """Phrases in lower-case words; `ANYTHING` stands for words that aren't among them."""
    words = words_in(document.text)
    phrases = [*(" ".join(phrase) for phrase in fixed_phrases()), *_AROUND, *_OTHERS]
    phrases += [" ".join(words_in(line.text)) for line in document.lines]
    for word in dict.fromkeys(words):
        phrases += [
            f"replace {word}",
            f"{word} with {ANYTHING}",
            f"{word} by {ANYTHING}",
            f"change {word}",
            f"{word} to {ANYTHING}",
            f"delete {word}",
            f"remove {word}",
            f"take out {word}",
            f"capitalize {word}",
            f"before {word}",
            f"after {word}",
        ]
    phrases += [f"{order} {ANYTHING} {place}" for order in _PUTTING_IN for place in ("before", "after")]
    # Vosk makes a model of pairs of words from these: without the pair, what is said before an order is taken for
    # little words of the review.
    orders = {phrase[0] for phrase in fixed_phrases()} | {"replace", "change", "delete", "capitalize", *_PUTTING_IN}
    phrases += [f"{before} {order}" for before in _BEFORE for order in sorted(orders)]
    return tuple(dict.fromkeys(phrases))
