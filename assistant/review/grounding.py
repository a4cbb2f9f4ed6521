"""The check that a review says nothing that the person didn't say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.disfluency import remove
from assistant.english.normalise import normal_words, with_numbers_as_in
from assistant.english.token import Token, tokens_of_text
from assistant.review.claims import keeps_claims
from assistant.review.review import Passage, Sentence
from assistant.review.writing import write, write_plainly
from assistant.turns.user_turn import UserTurn

# Times are floats that may have been rounded in a file.
_TOLERANCE_S = 0.005

Facts = Mapping[str, Any]
"""What is known about the film: title, year, director, cast ...; text, numbers, or lists of them."""


def is_grounded(sentence: str, source: str, facts: Facts | None = None) -> bool:
    """Whether a sentence says what was said in `source` and no more.

    Its words must be those of the source, in order, in the same form or another form of the same word and tense. Words
    left out must not deny, soften, limit or attribute what stays. Words put in must be a name or number from the film's
    facts, or words that say nothing ("the", "and"). A part that opens or ends the sentence ("when i saw it") may move
    to the other end.

    Parameters
    ----------
    sentence : str
        As written.
    source : str
        As spoken, fillers and all.
    facts : mapping, optional
        What is known about the film.
    """
    return _is_any(sentence, (remove(tokens_of_text(source)).text, source), facts)


def keep_grounded(sentence: Sentence, said: Sequence[UserTurn], facts: Facts | None = None) -> Sentence:
    """The sentence itself if it says what was said there and no more, else the plain words of its sources."""
    tidy = [token for passage in sentence.sources for token in _tidy(passage, said)]
    words = [word for passage in sentence.sources for word in source_words(passage, said)]
    sources = (" ".join(token.word for token in tidy), " ".join(words))
    if _is_any(sentence.text, sources, facts) or is_grounded(sentence.text, sources[1], facts):
        return sentence
    return Sentence(write(tidy) if tidy else write_plainly(words), sentence.sources)


def source_words(passage: Passage, said: Sequence[UserTurn]) -> list[str]:
    """What the person said in a passage, without fillers, in the second recogniser's words if there was one."""
    return [
        token.word
        for answer in said
        if answer.number == passage.turn
        for token in answer.tokens
        if not token.filler and _is_within(token, passage)
    ]


def _tidy(passage: Passage, said: Sequence[UserTurn]) -> list[Token]:
    """The rest of a passage after cleaning its whole answer."""
    return [
        token
        for answer in said
        if answer.number == passage.turn
        for token in remove(answer.tokens).tokens
        if _is_within(token, passage)
    ]


def _is_any(sentence: str, sources: Sequence[str], facts: Facts | None) -> bool:
    known = [normal_words(text) for text in _texts(facts or {})]
    written = normal_words(sentence)
    return bool(written) and any(
        keeps_claims(with_numbers_as_in(written, words), words, known) for words in map(normal_words, sources)
    )


def _is_within(token: Token, passage: Passage) -> bool:
    return passage.start_s - _TOLERANCE_S <= token.start_s and token.end_s <= passage.end_s + _TOLERANCE_S


def _texts(value: object) -> list[str]:
    """All texts and numbers in the facts, one by one."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, (list, tuple, set, frozenset)):
        return [text for part in value for text in _texts(part)]
    return [] if value is None else [str(value)]
