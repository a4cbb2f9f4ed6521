"""From the words of a sentence to the sentence: capitals, commas, the mark at its end. No word is changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.review.clauses import can_end, is_question, opens_subordinate
from assistant.review.lexicon import is_known
from assistant.review.predicates import is_verb_at
from assistant.review.sentences import SENTENCE_PAUSE_S
from assistant.review.token import Token
from assistant.review.words import (
    CONJUNCTIONS,
    DETERMINERS,
    GRAMMAR,
    OPENERS,
    POSSESSIVES,
    SUBJECTS,
    is_contraction,
    subject_of,
    words_of,
)

_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september "
    "october november december christmas english french german italian spanish japanese korean chinese american "
    "british european african indian hollywood america europe london paris tokyo".split()
)
# Where a title that is an everyday word can only be the title: "the movie her".
_FILM_WORDS = frozenset(("movie", "film"))
# "nothing but", "all but": one phrase, no contrast.
_BUT_AFTER = frozenset(("nothing", "anything", "all", "everything", "last", "not", "and", "no"))
_LEADS = frozenset(("well", "yes", "no", "oh"))
_GOES_ON = (
    DETERMINERS | SUBJECTS | OPENERS | frozenset("this that these those her his all every mostly especially".split())
)


def write(tokens: Sequence[Token], title: str | None = None, names: Sequence[str] = ()) -> str:
    """Write a sentence.

    Parameters
    ----------
    tokens : sequence of Token
        Its words; at least one.
    title : str or None
        The film's title, which is written as the film writes it wherever it is said.
    names : sequence of str
        Other names, as they are written: of people, of other films. Of a name of several words, one that is no
        English word is a name by itself ("Phoenix" isn't, "Johansson" is).

    Returns
    -------
    str
        The same words with a capital, commas where they are safe, and a full stop or a question mark.
    """
    words = [_cased(token) for token in tokens]
    said = [token.word for token in tokens]
    for name in sorted({*([title] if title else []), *names, *_parts(names)}, key=lambda name: (len(name), name)):
        for start, stop, written in _titles(said, name):
            # At the place of its last word, which a comma may follow.
            words[start:stop] = [*[""] * (stop - start - 1), written]
    parts = [
        word + "," if word and _comma_after(tokens, at) else word for at, word in enumerate(words) if word or not at
    ]
    text = " ".join(part for part in parts if part)
    asks = is_question(tokens) or tokens[-1].mark == "?"
    return text[0].upper() + text[1:] + ("?" if asks else ".")


def write_plainly(words: Sequence[str]) -> str:
    """Words with a capital and a full stop, and nothing else."""
    text = " ".join(words)
    return text[:1].upper() + text[1:] + "."


def _cased(token: Token) -> str:
    stem = token.word.split("'")[0]
    if token.name or stem == "i" or stem in _NAMES or stem.removesuffix("s") in _NAMES:
        return token.word[0].upper() + token.word[1:]
    return token.word


def _parts(names: Sequence[str]) -> set[str]:
    return (
        {part for name in names for part in name.split() if len(part) > 2 and not is_known(part.lower())}
        if names
        else set()
    )


def _titles(words: list[str], title: str) -> list[tuple[int, int, str]]:
    """Where the title is said, with or without a possessive at its end: start, stop, and how it is written."""
    said = words_of(title)
    if not said:
        return []
    size = len(said)
    written = re.sub(r"^[\W_]+|[^\w!?.]+$|[.]+$", "", title)
    found, at = [], 0
    while at + size <= len(words):
        here = words[at : at + size]
        ending = here[-1].removeprefix(said[-1])
        same = here[:-1] == said[:-1] and here[-1].startswith(said[-1]) and ending in {"", "'s"}
        if same and (size > 1 or _is_title(words, at, said[0])):
            found.append((at, at + size, written + ending))
            at += size
        else:
            at += 1
    return found


def _is_title(words: list[str], at: int, title: str) -> bool:
    """Whether a title of one word is meant, and not the word: no "her voice", no "the gravity of it"."""
    before = words[at - 1] if at else ""
    if before in _FILM_WORDS or (before == "called" and words[max(0, at - 2)] in _FILM_WORDS):
        return True
    return title not in GRAMMAR and before not in DETERMINERS | POSSESSIVES


def _comma_after(tokens: Sequence[Token], at: int) -> bool:
    if at + 1 >= len(tokens):
        return False
    word, following = tokens[at].word, tokens[at + 1]
    if at == 0 and word in _LEADS:
        opens = subject_of(following.word) is not None or (following.word in DETERMINERS and word != "no")
        return opens or following.pause_s >= SENTENCE_PAUSE_S / 2
    if following.word == "but":
        return at >= 1 and word not in _BUT_AFTER
    starts_clause = following.word in SUBJECTS or is_contraction(following.word)
    if starts_clause and following.pause_s >= SENTENCE_PAUSE_S / 2 and at and can_end(tokens, at):
        # "Joaquin Phoenix, he's there in every scene"
        names_only = not any(is_verb_at(tokens, place) for place in range(at + 1))
        if names_only and word not in GRAMMAR and not opens_subordinate(tokens[: at + 1]):
            return True
    if starts_clause and at >= 2 and opens_subordinate(tokens[: at + 1]):
        return _clause_follows(tokens, at + 1)
    return (
        following.pause_s >= SENTENCE_PAUSE_S
        and following.word in _GOES_ON
        and word not in CONJUNCTIONS
        and can_end(tokens, at)
    )


def _clause_follows(tokens: Sequence[Token], at: int) -> bool:
    return can_end(tokens, at - 1) and len(tokens) - at >= 2
