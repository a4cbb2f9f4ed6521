"""A review that a composer drafted from the person's sentences: kept if it says what they said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.english.lexicon import lemmas_of
from assistant.english.normalise import content_of
from assistant.review.grounding import is_grounded, source_words
from assistant.review.review import Passage, Review, Sentence
from assistant.turns.user_turn import UserTurn

_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])|\n+")
_MARKUP = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+|[*_#`]+|^[\"“]|[\"”]$")
_PARAGRAPH = re.compile(r"\n\s*\n")
_PLAIN_MARKS = frozenset(".,;:…-‐‑–—'’")
"""Marks that a draft may set freely: any other can reverse what was said, as “?” and scare quotes do."""
_SINGLE_QUOTE = re.compile(r"(?<!\w)['‘’]|['‘’](?!\w)")
_SHARED = 0.5
"""The share of a drafted sentence's content words that a sentence must have to be its source."""
_KEPT = 0.5
"""The share of the person's sentences that a draft must keep; with less, it left out too much."""


def check_draft(review: Review, text: str, said: Sequence[UserTurn], facts: Sequence[str] = ()) -> Review | None:
    """The review as a composer drafted it, with each sentence checked.

    The sentences of `review` that have a drafted sentence's words are its source. It stays if it says what was said
    there and no more, without any mark that the person's own sentence lacks; otherwise that one takes its place. A
    sentence without a source is left out, and none comes twice. The draft sets the paragraphs; if it has none, those of
    `review` stay.

    Parameters
    ----------
    review : Review
        The review as arranged without a composer.
    text : str
        What the composer wrote.
    said : sequence of UserTurn
    facts : sequence of str
        What is known about the film; see `is_grounded`.

    Returns
    -------
    Review or None
        None if too little of what the person said is left.
    """
    paragraphs: list[list[Sentence]] = []
    used: list[Sentence] = []
    for paragraph in _PARAGRAPH.split(text):
        sentences: list[Sentence] = []
        for drafted in _sentences(paragraph):
            origins = [origin for origin in _origins(drafted, review.sentences) if origin not in used]
            if not origins:
                continue
            used.extend(origins)
            sources = tuple(passage for origin in origins for passage in origin.sources)
            if _keeps_marks(drafted, origins) and is_grounded(drafted, _said_in(sources, said), facts):
                sentences.append(Sentence(drafted, sources, origins[0].opens_paragraph))
            else:
                sentences.extend(origins)
        if sentences:
            paragraphs.append(sentences)
    if not paragraphs or len(used) < _KEPT * len(review.sentences):
        return None
    return replace(review, sentences=tuple(_in_paragraphs(paragraphs)))


def _in_paragraphs(paragraphs: Sequence[Sequence[Sentence]]) -> Iterator[Sentence]:
    """All sentences, marked if they open a paragraph; if there is only one paragraph, as they are marked already."""
    for place, sentences in enumerate(paragraphs):
        for at, sentence in enumerate(sentences):
            opens = sentence.opens_paragraph if len(paragraphs) == 1 else at == 0
            yield replace(sentence, opens_paragraph=opens and bool(place or at))


def _keeps_marks(drafted: str, origins: Sequence[Sentence]) -> bool:
    """Whether a drafted sentence asks, exclaims, quotes and brackets only as its origins do."""
    own = " ".join(origin.text for origin in origins)
    return not _marks(drafted) - _marks(own) and drafted.count("?") == own.count("?")


def _marks(text: str) -> Counter[str]:
    quoted = _SINGLE_QUOTE.sub('"', text)
    alike = ('"' if char in "“”„«»" else char for char in quoted)
    return Counter(char for char in alike if not (char.isalnum() or char.isspace() or char in _PLAIN_MARKS))


def _sentences(text: str) -> list[str]:
    pieces = (_MARKUP.sub("", piece.strip()).strip() for piece in _END.split(text.strip()))
    return [piece for piece in pieces if content_of(piece)]


def _origins(drafted: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences whose words a drafted one has: the best match, and a second if it has words of both."""
    wanted = _lemmas(drafted)
    shares = [(len(wanted & _lemmas(sentence.text)), sentence) for sentence in sentences]
    best, origin = max(shares, key=lambda pair: pair[0], default=(0, None))
    if origin is None or not best:
        return []
    rest = wanted - _lemmas(origin.text)
    found = [origin]
    others = [(len(rest & _lemmas(sentence.text)), sentence) for sentence in sentences if sentence is not origin]
    more, second = max(others, key=lambda pair: pair[0], default=(0, None))
    if second is not None and more and more >= len(rest) / 2:
        found.append(second)
        rest -= _lemmas(second.text)
    if len(wanted) - len(rest) < _SHARED * len(wanted):
        return []
    return [sentence for sentence in sentences if sentence in found]


def _lemmas(text: str) -> set[str]:
    return {min(lemmas_of(word)) for word in content_of(text)}


def _said_in(passages: Sequence[Passage], said: Sequence[UserTurn]) -> str:
    return " ".join(word for passage in passages for word in source_words(passage, said))
