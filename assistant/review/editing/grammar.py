"""What a recogniser may expect to hear while the review is corrected: the orders, and the words of the review."""

from __future__ import annotations

from assistant.review.editing.document import Document
from assistant.review.editing.phrases import phrases as fixed_phrases
from assistant.review.editing.place import words_in

ANYTHING = "[unk]"
"""Stands for words that the review doesn't have."""

_AROUND = ("no", "okay", "well", "please", "literally", "can you", "could you")
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
            f"delete {word}",
            f"capitalize {word}",
            f"before {word}",
            f"after {word}",
        ]
    phrases += [f"insert {ANYTHING} before", f"insert {ANYTHING} after"]
    return tuple(dict.fromkeys(phrases))
