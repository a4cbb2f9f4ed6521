"""Words that are written in another way than a recogniser writes them: years and large numbers, "it's" and "its"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.disfluency.edits import Edit, EditKind
from assistant.english.lexicon import can_be_adjective, can_be_noun, tags_of
from assistant.english.numbers import number_at_start, year_in
from assistant.english.token import Doc, Token
from assistant.english.words import APOSTROPHES, DETERMINERS, GRAMMAR, MID_ADVERBS, PREPOSITIONS

_LONGEST_YEAR = 5
_IN_DIGITS_FROM = 100
_ITS = frozenset(("its", "it's"))


def spell(tokens: Sequence[Token]) -> tuple[Doc, tuple[Edit, ...]]:
    """Put years and large numbers in digits and apostrophes where they belong.

    Returns
    -------
    tokens : Doc
        With the new spellings; a number of several words is one token that lasts as long as they did.
    edits : tuple of Edit
        One for each change.
    """
    spelled: list[Token] = []
    edits: list[Edit] = []
    at = 0
    while at < len(tokens):
        size, written = _number(tokens, at) or (1, _word(tokens, at))
        said = tuple(tokens[at : at + size])
        if size > 1 or written != said[0].word:
            kind = EditKind.NUMBER if written[0].isdigit() else EditKind.SPELLING
            edits.append(Edit(kind, said, written))
        spelled.append(replace(said[0], word=written, end_s=said[-1].end_s, mark=said[-1].mark))
        at += size
    return Doc(spelled), tuple(edits)


def _number(tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
    words = [token.word for token in tokens[at : at + _LONGEST_YEAR]]
    value, said = number_at_start(words)
    if not said:
        return None
    for size in range(len(words), 1, -1):
        # "nineteen eighty four"; not "two thousand people", "twenty and"
        if words[size - 1] != "and" and (year := year_in(words[:size])) is not None:
            return size, str(year)
    return (said, str(value)) if value >= _IN_DIGITS_FROM and said > 1 else None


def _word(tokens: Sequence[Token], at: int) -> str:
    word = tokens[at].word
    if word in APOSTROPHES:
        return APOSTROPHES[word]
    if word not in _ITS or at + 1 >= len(tokens):
        return word
    after = tokens[at + 1].word
    following = tokens[at + 2].word if at + 2 < len(tokens) else ""
    if after == "own":
        return "its"
    if word == "its" and _makes_statement(after, following):
        return "it's"
    return word


def _makes_statement(after: str, following: str) -> bool:
    """Whether "its" can only be "it is": before an article, an adverb, a doing; not before "colours", "own"."""
    if after in DETERMINERS | PREPOSITIONS | MID_ADVERBS | {"so", "very", "too", "like", "been", "that", "this"}:
        return True
    if tags_of(after) and tags_of(after) <= {"VBG", "RB"}:
        return True
    if after == "worth":
        # "its worth it", "its worth seeing", not "its worth to me"
        return following in DETERMINERS | {"it"} or "VBG" in tags_of(following)
    alone = not following or following in GRAMMAR or not can_be_noun(following)
    # "its worst" is a thing
    return can_be_adjective(after) and not can_be_noun(after) and "JJS" not in tags_of(after) and alone
