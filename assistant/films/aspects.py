"""Which aspects of a film a sentence is about, judged by its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from assistant.config import parse_toml
from assistant.english.normalise import words_of

Aspect = Literal["feeling", "story", "performances", "direction", "picture", "music", "again", "meaning"]
"""The aspects of a film."""

_KEYWORDS = parse_toml(Path(__file__).with_name("aspects.toml").read_text(encoding="utf-8"))
ASPECTS: tuple[Aspect, ...] = tuple(_KEYWORDS["aspects"])
"""The aspects of a film, in the order in which a review takes them up."""

_COMPARISON = re.compile(
    r"\b(?:(?:better|worse|longer|shorter|sadder|funnier|warmer|slower) than|compared (?:to|with)|unlike|similar to"
    r"|reminds? me of (?:the|that|a|another) (?:film|movie|book)|reminded me of (?:the|that|a|another) "
    r"(?:film|movie|book)|(?:the|his|her|their) (?:other|first|last|earlier) (?:film|films|movie|movies|one)"
    r"|than the (?:book|play|novel|original)|like (?:other|his other|her other|most) (?:films|movies))\b"
)
_JUDGEMENT = re.compile(
    r"\b(?:masterpiece|overrated|underrated"
    r"|(?:favou?rite|best|worst|greatest|finest)(?: (?!of\b|in\b|about\b)\w+){0,3} (?:films?|movies?|ever|year)"
    r"|(?:love|loved|adore|adored|hate|hated|like|liked|enjoyed) (?:this|the|that) (?:film|movie)"
    r"|(?:beautiful|wonderful|brilliant|terrible|awful|great|perfect|good|bad|lovely|strange) (?:film|movie))\b"
)


def aspects_of(text: str) -> set[Aspect]:
    """The aspects of a film that `text` is about: a subset of `ASPECTS`; empty if it mentions none.

    Only words and stems count, so this takes microseconds and needs no punctuation.
    """
    plain = " ".join(words_of(text))
    return {aspect for aspect, pattern in _PATTERNS.items() if pattern.search(plain)}


def what_mattered(texts: Sequence[str]) -> str | None:
    """What was spoken of most, in words for saying it back: "the ending", "what you felt"; None if nothing stands out.

    Things called by their names come first ("the ending was sad, and the music"); of those named equally often, the
    one named first.
    """
    plain = " ".join(" ".join(words_of(text)) for text in texts)
    things = Counter(_THINGS.findall(plain))
    if things:
        return f"the {things.most_common(1)[0][0]}"
    mentions = Counter({aspect: len(pattern.findall(plain)) for aspect, pattern in _PATTERNS.items()})
    aspect, count = mentions.most_common(1)[0]
    return _KEYWORDS["names"][aspect] if count else None


def is_romantic(text: str) -> bool:
    """Whether `text` is about love between people, or about a relationship."""
    return _ROMANTIC.search(" ".join(words_of(text))) is not None


def judges_film(text: str) -> bool:
    """Whether `text` says what the film as a whole is worth ("my favourite film", "a masterpiece")."""
    return _JUDGEMENT.search(" ".join(words_of(text))) is not None


def compares(text: str) -> bool:
    """Whether `text` compares the film with another, or with the book."""
    return _COMPARISON.search(" ".join(words_of(text))) is not None


def _pattern(keywords: str) -> re.Pattern[str]:
    entries = [re.escape(" ".join(entry.split())).replace(r"\*", r"\w*") for entry in keywords.split(",")]
    return re.compile(rf"(?<![\w'])(?:{'|'.join(entries)})(?![\w])")


_PATTERNS = {aspect: _pattern(_KEYWORDS["aspects"][aspect]) for aspect in ASPECTS}
_THINGS = re.compile(rf"\bthe ({'|'.join(each.strip() for each in _KEYWORDS['things']['all'].split(','))})\b")
_ROMANTIC = _pattern(_KEYWORDS["themes"]["romance"])
