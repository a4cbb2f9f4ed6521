"""Punctuation that is spoken, as people do who are used to dictating: "full stop", "exclamation mark"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.english.lexicon import can_be_adjective, can_be_noun
from assistant.english.words import ARTICLES, DEMONSTRATIVES, DETERMINERS, PREPOSITIONS, is_content

NEW_PARAGRAPH = "\n"

_MARKS = {
    ("full", "stop"): ".", ("period",): ".", ("comma",): ",", ("exclamation", "mark"): "!",
    ("exclamation", "point"): "!", ("question", "mark"): "?", ("new", "paragraph"): NEW_PARAGRAPH,
    ("new", "line"): NEW_PARAGRAPH, ("dot", "dot", "dot"): "…",
}  # fmt: skip
_IN_COMMANDS = {**_MARKS, ("colon",): ":", ("semicolon",): ";", ("semi", "colon"): ";", ("dash",): " –"}
_ENDS = ".!?…"
_PERIOD = ("period",)
_THINGS_BEFORE = DETERMINERS | DEMONSTRATIVES | frozenset("one no any every another each big last first".split())
"""Before one of these words, "comma" and "full stop" are things: "the comma", "came to a full stop"."""


def mark_in(words: Sequence[str]) -> str | None:
    """The mark that words name, all of them: "a full stop" is "."; None if they name none."""
    named = tuple(words[1:] if words[:1] and words[0] in ARTICLES else words)
    return _IN_COMMANDS.get(named)


def is_sentence_end(mark: str) -> bool:
    """Whether a mark ends a sentence."""
    return mark != "" and mark in _ENDS


def spoken_marks(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """The marks that were spoken among the words of an answer: first word, the one after the last, and the mark.

    "Period" is also a time, so it counts only at the end or beside other marks, and where it can't be a time: "a period
    drama", "the Victorian period" and "a difficult period of my life" have none.
    """
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        phrase = _phrase_at(words, at, _MARKS)
        stop = at + max(1, len(phrase))
        if phrase and at and not _is_thing(words, at, stop, phrase):
            found.append((at, stop, _MARKS[phrase]))
        at = stop
    # Anyone who dictates one mark dictates the others.
    if any(tuple(words[start:stop]) != _PERIOD for start, stop, _ in found):
        return found
    return [each for each in found if each[1] == len(words)]


def _phrase_at(words: Sequence[str], at: int, marks: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return next((phrase for phrase in marks if tuple(words[at : at + len(phrase)]) == phrase), ())


def _is_thing(words: Sequence[str], at: int, stop: int, phrase: tuple[str, ...]) -> bool:
    before = words[at - 1]
    if before in _THINGS_BEFORE:
        return True
    if phrase == ("question", "mark"):
        return can_be_adjective(before) and not can_be_noun(before)
    if phrase != _PERIOD:
        return False
    after = words[stop] if stop < len(words) else ""
    described = can_be_adjective(before) and not can_be_noun(before)
    compound = bool(after) and is_content(after) and can_be_noun(after) and not can_be_adjective(after)
    return described or compound or after in PREPOSITIONS


def with_marks(words: Sequence[str]) -> str:
    """Words with the marks that are named among them: "sad comma but lovely" is "sad, but lovely"."""
    text = ""
    capital = False
    at = 0
    while at < len(words):
        phrase = _phrase_at(words, at, _IN_COMMANDS)
        if phrase and text and words[at - 1].lower() not in _THINGS_BEFORE:
            text += _IN_COMMANDS[phrase].replace(NEW_PARAGRAPH, ".")
            capital = _IN_COMMANDS[phrase] in _ENDS + NEW_PARAGRAPH
            at += len(phrase)
            continue
        word = words[at]
        text += (" " if text else "") + (word[:1].upper() + word[1:] if capital else word)
        capital = False
        at += 1
    return text
