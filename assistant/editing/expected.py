"""What somebody may be about to say while the review is corrected, and when it counts as said."""

from __future__ import annotations

from functools import cache, lru_cache, partial

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from assistant.asr.biasing import BiasingContext
from assistant.editing.carrier_phrases import starts_of
from assistant.editing.document import Document
from assistant.editing.grammar import grammar
from assistant.editing.likeness import sound_of
from assistant.editing.parse import parse_command
from assistant.editing.phrases import phrases
from assistant.english.normalise import words_of

_ABOUT_WORDS = 15.0
_DOCUMENTED = 10.0
_OTHER = 5.0
"""Natural logarithms. Commands that were heard wrongly were up to 13 less likely than what was heard, with words of the
review in them, and up to 9 without. What hardly anybody says instead isn't told apart: "hell" for "help"
(``docs/editing.md``)."""

_RESEMBLES = 0.7
_MOST = 3


def expected_commands(document: Document) -> BiasingContext:
    """The commands, and the words of the review that they may speak of."""
    return BiasingContext(grammar(document), lru_cache(maxsize=64)(partial(margin, document=document)), resembling)


def margin(wording: str, document: Document) -> float | None:
    """How much less likely the sound of a wording may be than that of what was heard, for it to be a command.

    Parameters
    ----------
    wording : str
        A whole utterance, as it might have been said.
    document : Document

    Returns
    -------
    float or None
        A difference of natural logarithms. Most for a command about words that the review has: hardly anything else
        said sounds like that. Least for a wording that the help doesn't have: few say it, and "I want to see that
        again" sounds like "I want to say that again". None where the wording is no command.
    """
    command = parse_command(wording, document)
    if command is None:
        return None
    help_words = {word for word in words_of(command.order.value) if word not in ("x", "y", "the", "that", "it")}
    # The recogniser has the American spelling.
    if not help_words.issubset({word.replace("capitalize", "capitalise") for word in words_of(wording)}):
        return _OTHER
    return _ABOUT_WORDS if command.arguments else _DOCUMENTED


def resembling(heard: str) -> list[str]:
    """The commands without words of the person's own that sound most like an utterance, the likest first.

    Vosk has "new the to the end" for "move it to the end", and no grammar helps where a word was swallowed.
    """
    words = words_of(heard)
    found: dict[str, float] = {}
    for start in starts_of(words):
        for phrase, alike, _ in process.extract(
            sound_of(words[start:]),
            _sounds(),
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_RESEMBLES,
            limit=_MOST,
        ):
            wording = " ".join((*words[:start], *_wordings()[phrase]))
            found[wording] = max(alike, found.get(wording, 0.0))
    return sorted(found, key=lambda wording: -found[wording])[:_MOST]


@cache
def _wordings() -> dict[str, tuple[str, ...]]:
    return {sound_of(phrase): phrase for phrase in phrases()}


@cache
def _sounds() -> list[str]:
    return list(_wordings())
