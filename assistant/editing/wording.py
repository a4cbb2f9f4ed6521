"""New words for the review: how they fit into a sentence or make one, and where they were said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.english.dictation import is_sentence_end, with_marks
from assistant.english.normalise import words_of
from assistant.english.numbers import in_figures
from assistant.english.token import Token, tokens_of_text
from assistant.english.words import DEMONSTRATIVES, DETERMINERS
from assistant.review import Passage, Sentence
from assistant.review.draft import drafts_of
from assistant.review.names import with_capitals
from assistant.review.writing import spell, write
from assistant.turns.user_turn import UserTurn

_I = re.compile(r"^i(?=$|')")
_NAME = re.compile(r"(?<=[\w,;:’'\"”)] )[A-Z][^\W_]*(?:['’][^\W_]+)*")
_FIRST_LETTER = re.compile(r"(?<![\w'’])[^\W_]")
_SIGNS = ".,;:!?…"
_ENDS = tuple(".!?…")
_CLOSING = tuple('"”’)')
_SPACES = re.compile(r"\s{2,}")
_BEFORE_MARK = re.compile(r"\s+(?=[,;:.!?…])")
_MARKS = re.compile(r"[,;:]+\s*(?=[,;:.!?…])")
_AT_START = re.compile(r"^[\s,;:]+")

_DETERMINER = re.compile(rf"\b(?:{'|'.join(DETERMINERS | {'his'})})\s+$", re.IGNORECASE)
# "Her", "this" and "that" may stand alone: "I gave her | flowers".
_DETERMINER_FIRST = re.compile(rf"(?:{'|'.join(DETERMINERS | DEMONSTRATIVES | {'his', 'her'})})\s")
_ARTICLE = re.compile(r"\b(a)n?(\s+)$", re.IGNORECASE)
_VOWEL_SOUND = re.compile(
    r"(?!eu|ewe|on(?:e|ce)\b|u(?:ni(?![nm])|s[aeiu]|ti|k|r[io]))(?:[aeiou]|hour|hon(?:est|ou?r)|heir)", re.IGNORECASE
)


def replace_words(text: str, start: int, stop: int, new: str) -> str:
    """`text` with `new` in place of the characters `start` to `stop`, and of an article before them if it has one."""
    before = _DETERMINER.sub("", text[:start]) if _DETERMINER_FIRST.match(new) else text[:start]
    return tidy(_join(before, new) + text[stop:])


def replace_mark(text: str, start: int, stop: int, mark: str) -> str:
    """`text` with a mark, or none, in place of the marks from `start` to `stop`; the word after it gets its capital."""
    before, rest = text[:start].rstrip(), text[stop:].lstrip(_SIGNS)
    following = rest.lstrip()
    ended = text[start:stop].strip() in _ENDS and start != stop
    if is_sentence_end(mark):
        following = following[:1].upper() + following[1:]
    elif ended and (words := words_of(following)) and not is_always_capital(words[0], text[:start]):
        following = following[0].lower() + following[1:]
    gap = "" if following[:1] in _CLOSING else " "
    return tidy(f"{before}{mark}{gap}{following}") if mark or following else tidy(before)


def as_written(words: str, texts: Iterable[str], replaced: str = "") -> str:
    """New words as the review writes them: numbers and abbreviations, marks that were named, names and "I".

    Where they replace figures, they are figures themselves: "the 1970s" for "the 1960s".
    """
    if any(letter.isdigit() for letter in replaced):
        words = " ".join(in_figures(words.split()))
    spelled, _ = spell(tokens_of_text(words))
    known = restore_case(" ".join(spelled.words), texts).split()
    return with_marks(
        [
            word if word != said else capital
            for word, said, capital in zip(known, spelled.words, with_capitals(spelled.words), strict=True)
        ]
    )


def insert_before(text: str, start: int, new: str) -> str:
    """`text` with `new` before the word at `start`."""
    following = text[start:]
    if not text[:start].strip() and not is_always_capital(words_of(following)[0], text):
        following = following[0].lower() + following[1:]
    return tidy(f"{_join(text[:start], new)} {following}")


def insert_after(text: str, stop: int, new: str) -> str:
    """`text` with `new` after the word ending at `stop`."""
    return tidy(f"{text[:stop]} {new}{text[stop:]}")


def delete_words(text: str, start: int, stop: int) -> str:
    """`text` without the characters `start` to `stop`; empty if no word is left."""
    rest = tidy(_join(text[:start], text[stop:].lstrip()))
    return rest if words_of(rest) else ""


def _join(text: str, following: str) -> str:
    """Both, with "an" at the end of `text` before a vowel sound and "a" before any other."""
    return _ARTICLE.sub(r"\1n\2" if _VOWEL_SOUND.match(following) else r"\1\2", text) + following


def capitalise(text: str, start: int, stop: int) -> str:
    """`text` with every word from `start` to `stop` capitalised."""
    return text[:start] + _FIRST_LETTER.sub(lambda letter: letter.group().upper(), text[start:stop]) + text[stop:]


def restore_case(words: str, texts: Iterable[str]) -> str:
    """Words as they are written: "I", and names as the review has them."""
    names = {name.lower().replace("’", "'"): name for text in texts for name in _NAME.findall(text)}
    return " ".join(names.get(word, _I.sub("I", word)) for word in words.split())


def is_always_capital(word: str, text: str) -> bool:
    """Whether a word keeps its capital inside a sentence: "I", or a name found elsewhere in the text."""
    return _I.match(word) is not None or word in {name.lower() for name in _NAME.findall(text)}


def tidy(text: str) -> str:
    """One space between words, none before a mark, no two marks in a row, a capital at the start, a mark at the end."""
    text = _MARKS.sub("", _BEFORE_MARK.sub("", _SPACES.sub(" ", text)))
    text = _AT_START.sub("", text).rstrip(" ,;:")
    if text and text[-1] not in '.!?…"”’)':
        text += "."
    return text[:1].upper() + text[1:]


def sentences_said(said: UserTurn, title: str | None, words: str | None = None) -> tuple[Sentence, ...]:
    """An utterance as sentences, written like any answer. All of it counts, whether or not it makes whole sentences.

    Parameters
    ----------
    said : UserTurn
    title : str or None
        The film's, for its capitals.
    words : str, optional
        The last words of the utterance, if only those count.
    """
    tokens = [token for token in said.tokens if not token.filler]
    if words is not None:
        tokens = tokens[len(tokens) - len(words.split()) :]
    if not tokens:
        return ()
    if words is None:
        drafts = drafts_of([replace(said, question="about")], title)
        kept = sum(len(draft.tokens) for draft in drafts) + sum(
            len(edit.tokens) for draft in drafts for edit in draft.edits
        )
        if drafts and kept >= len(tokens):
            return tuple(draft.sentence for draft in drafts)
    return (Sentence(write(tokens, title), (_passage(said.number, tokens),)),)


def passage_of(words: str, said: UserTurn) -> Passage:
    """Where in an utterance these words are: the last time they occur, or else all of it."""
    tokens = [token for token in said.tokens if not token.filler]
    sought = words.split()
    for start in range(len(tokens) - len(sought), -1, -1):
        run = tokens[start : start + len(sought)]
        if run and [token.word for token in run] == sought:
            return _passage(said.number, run)
    start_s, end_s = said.span_s
    return Passage(said.number, start_s, end_s)


def _passage(turn: int, tokens: Sequence[Token]) -> Passage:
    return Passage(turn, tokens[0].start_s, tokens[-1].end_s)
