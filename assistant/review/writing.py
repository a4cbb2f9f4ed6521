"""From the words of a sentence to the sentence: numbers and apostrophes, capitals, commas, the mark at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.disfluency import Edit, EditKind
from assistant.english.clauses import can_end, introduces_speech, opens_subordinate, topic_start
from assistant.english.letters import abbreviation_at
from assistant.english.lexicon import can_be_adjective, can_be_noun, is_known, tags_of
from assistant.english.normalise import plain, words_of
from assistant.english.numbers import in_figures, number_in_figures, places_in_figures
from assistant.english.predicates import has_verb, is_verb_at
from assistant.english.questions import answers_itself, is_tag, question_start
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.english.token import Doc, Token
from assistant.english.words import (
    ANYBODY,
    APOSTROPHES,
    CONJUNCTIONS,
    DETERMINERS,
    GRAMMAR,
    INTERJECTIONS,
    MID_ADVERBS,
    NUMBERS,
    OPENERS,
    PREPOSITIONS,
    SUBJECTS,
    is_contraction,
    subject_of,
)
from assistant.films.titles import ways_said
from assistant.review.names import with_capitals

# After these, a title that is an everyday word can only be the title: "the movie her".
_FILM_WORDS = frozenset(("movie", "film"))
_ENDS = ("?", "!")
# Dots, dashes and the like around a title, which would read oddly inside a sentence; brackets and quotes stay in pairs.
_OUTER_MARKS = re.compile(r"^[\s.…,:;–—-]+|[\s.…,:;–—-]+$")
_SHORT_TITLES = {"missus": "mrs", "mister": "mr"}
_ITS = frozenset(("its", "it's"))
# "nothing but", "all but": one phrase, no contrast.
_BUT_AFTER = frozenset(("nothing", "anything", "all", "everything", "last", "not", "and", "no"))
_GOES_ON = (
    DETERMINERS | SUBJECTS | OPENERS | frozenset("this that these those her his all every mostly especially".split())
)
_FEWEST = 3
"""Phrases in the shortest list without conjunctions."""


def write(tokens: Sequence[Token], title: str | None = None, names: Sequence[str] = ()) -> str:
    """Write a sentence.

    Parameters
    ----------
    tokens : sequence of Token
        Its words; at least one.
    title : str or None
        The film's title, written everywhere as the film has it.
    names : sequence of str
        The written form of other names: of people, of other films. In a name of several words, any that isn't an
        English word is a name by itself ("Phoenix" isn't, "Johansson" is).

    Returns
    -------
    str
        The same words with a capital, commas where they are safe, and a full stop or a question mark.
    """
    said = [token.word for token in tokens]
    words = [
        word[0].upper() + word[1:] if token.name else word
        for token, word in zip(tokens, with_capitals(said), strict=True)
    ]
    places = places_in_figures([word.lower() for word in said])
    for name in sorted({*([title] if title else []), *names, *_parts(names)}, key=lambda name: (len(name), name)):
        for start, stop, written in _titles(said, places, name):
            # In the place of its last word, because a comma may follow.
            words[start:stop] = [*[""] * (stop - start - 1), written]
    commas = commas_of(tokens)
    parts = [word + "," if word and at in commas else word for at, word in enumerate(words)]
    if answers_itself(tokens):
        parts[-2:] = [parts[-2].removesuffix(",") + "?", parts[-1].capitalize()]
    text = " ".join(part for part in parts if part)
    asks = not answers_itself(tokens) and (question_start(tokens) >= 0 or is_tag(tokens, len(tokens) - 1))
    mark = "?" if asks else tokens[-1].mark
    return text[0].upper() + text[1:] + (mark if mark in _ENDS else ".")


def write_plainly(words: Sequence[str]) -> str:
    """Words with a capital and a full stop, and nothing else."""
    text = " ".join(words)
    return text[:1].upper() + text[1:] + "."


def _parts(names: Sequence[str]) -> set[str]:
    """The words that are names by themselves; an abbreviation ("Vol.") stands for a word that isn't one."""
    parts = {part for name in names for part in name.split() if len(part) > 2 and part[-1] != "."}
    return {part for part in parts if not is_known(part.lower())}


@lru_cache(maxsize=1024)
def _forms_said(title: str) -> tuple[tuple[str, ...], ...]:
    """The ways to say a title or name, in one form each; recognisers write no accents."""
    ways = (words_of(plain(title)), *ways_said(title))
    return tuple(dict.fromkeys(tuple(in_figures(way)) for way in ways if way))


def _titles(words: Sequence[str], places: Sequence[tuple[str, int, int]], title: str) -> list[tuple[int, int, str]]:
    """Where the title is said, with or without a possessive at its end: start, stop, and how to write it."""
    here = [word for word, _, _ in places]
    written = _OUTER_MARKS.sub("", title)
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(here):
        said, ending = next(
            (
                (form, ending)
                for form in _forms_said(title)
                for ending in ("", "'s")
                if here[at : at + len(form)] == [*form[:-1], form[-1] + ending]
            ),
            ((), ""),
        )
        start = places[at][1]
        if len(said) > 1 or (said and _is_title(words, start, said[0])):
            at += len(said)
            found.append((start, places[at - 1][2], written + ending))
        else:
            at += 1
    return found


def _is_title(words: Sequence[str], at: int, title: str) -> bool:
    """Whether a one-word title is meant, not the word: not in "her voice", "the gravity of it", "seven times"."""
    before = words[at - 1] if at else ""
    ordinary = title in GRAMMAR | NUMBERS
    if not is_known(title) and not ordinary:
        return True
    if before in _FILM_WORDS or (before == "called" and words[max(0, at - 2)] in _FILM_WORDS):
        return True
    return not ordinary and before not in DETERMINERS


def spell(tokens: Sequence[Token]) -> tuple[Doc, tuple[Edit, ...]]:
    """Put years and large numbers in digits and apostrophes where they belong.

    Returns
    -------
    tokens : Doc
        With the new spellings; a number of several words is one token that lasts as long as they did.
    edits : tuple of Edit
        One for each change.
    """
    words = [token.word for token in tokens]
    spelled: list[Token] = []
    edits: list[Edit] = []
    at = 0
    while at < len(tokens):
        figures, length = number_in_figures(words[at:])
        size, written = (length, figures) if length else _abbreviation(words, at) or (1, _word(words, at))
        said = tuple(tokens[at : at + size])
        if size > 1 or written != said[0].word:
            kind = EditKind.NUMBER if written[0].isdigit() else EditKind.SPELLING
            edits.append(Edit(kind, said, written))
        spelled.append(replace(said[0], word=written, end_s=said[-1].end_s, mark=said[-1].mark))
        at += size
    return Doc(spelled), tuple(edits)


def _abbreviation(words: Sequence[str], at: int) -> tuple[int, str] | None:
    size = abbreviation_at(words, at)
    return (size, "".join(words[at : at + size]).upper()) if size else None


def _word(words: Sequence[str], at: int) -> str:
    word, after, following = (*words[at : at + 3], "", "")[:3]
    if word in _SHORT_TITLES and after and after not in GRAMMAR:
        return _SHORT_TITLES[word]
    if word in APOSTROPHES:
        return APOSTROPHES[word]
    if word in _ITS and after == "own":
        return "its"
    return "it's" if word == "its" and after and _makes_statement(after, following) else word


def _makes_statement(after: str, following: str) -> bool:
    """Whether "its" can only be "it is": before an article, an adverb, a participle; not before "colours", "own"."""
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


def commas_of(tokens: Sequence[Token]) -> set[int]:
    """The words of a sentence, by number, that a comma follows."""
    ends = _list_ends(tokens)
    asked = question_start(tokens)
    return {
        at
        for at in range(len(tokens) - 1)
        if at in ends or at == asked - 1 or is_tag(tokens, at + 2) or _is_parted(tokens, at)
    }


def _is_parted(tokens: Sequence[Token], at: int) -> bool:
    word, following = tokens[at].word, tokens[at + 1]
    if at == 0 and word in INTERJECTIONS:
        opens = subject_of(following.word) is not None or (following.word in DETERMINERS and word != "no")
        return opens or following.pause_s >= SENTENCE_PAUSE_S / 2
    if following.word == "but":
        return at >= 1 and word not in _BUT_AFTER
    starts_clause = following.word in SUBJECTS or is_contraction(following.word)
    if starts_clause and topic_start(tokens, at + 1) is not None:
        return True
    anybody = following.word in ANYBODY and at + 2 < len(tokens) and is_verb_at(tokens, at + 2)
    if (starts_clause or anybody) and following.pause_s >= SENTENCE_PAUSE_S / 2 and at and can_end(tokens, at):
        # "Joaquin Phoenix, he's there in every scene"
        names_only = not has_verb(tokens, 0, at + 1)
        if names_only and word not in GRAMMAR and not opens_subordinate(tokens[: at + 1]):
            return True
    if starts_clause and at >= 2 and opens_subordinate(tokens[: at + 1]) and not introduces_speech(tokens[: at + 1]):
        return can_end(tokens, at) and len(tokens) - at > 2
    apart = following.pause_s >= SENTENCE_PAUSE_S and following.word in _GOES_ON
    return apart and word not in CONJUNCTIONS and can_end(tokens, at) and not _wants_object(word)


def _wants_object(word: str) -> bool:
    """Whether a word needs an object: "i was expecting | a comedy"."""
    return "VBG" in tags_of(word) and not can_be_noun(word)


def _list_ends(tokens: Sequence[Token]) -> set[int]:
    """Where the items of a list without conjunctions meet: "behind something | a curtain | a mirror | a door frame"."""
    ends: set[int] = set()
    named: set[int] = set()
    run: list[int] = []
    at = 0
    while at < len(tokens):
        stop = _phrase_end(tokens, at)
        if not run:
            named = {at - 1} if stop > at and at and _is_named(tokens, at - 1) else set()
        if stop > at:
            run.append(stop - 1)
        if stop == at or stop == len(tokens):
            ends |= named.union(run[:-1]) if len(run) >= _FEWEST else set()
            run = []
        at = max(stop, at + 1)
    return ends


def _is_named(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word can introduce the list after it: "something", "cake"; not "of", "eat"."""
    word = tokens[at].word
    return word not in GRAMMAR and can_be_noun(word) and not is_verb_at(tokens, at)


def _phrase_end(tokens: Sequence[Token], start: int) -> int:
    """Where a phrase of an article, adjectives and nouns ends; `start` if there is none."""
    if tokens[start].word not in DETERMINERS:
        return start
    stop = start + 1
    while stop < len(tokens) and tokens[stop].word not in GRAMMAR and not is_verb_at(tokens, stop):
        if not (can_be_noun(tokens[stop].word) or can_be_adjective(tokens[stop].word)):
            break
        stop += 1
    return stop if stop > start + 1 and can_be_noun(tokens[stop - 1].word) else start
