"""From the words of a sentence to the sentence: capitals, commas, the mark at its end. No word is changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.lexicon import is_known
from assistant.english.normalise import plain, words_of
from assistant.english.questions import answers_itself, is_tag, question_start
from assistant.english.token import Token
from assistant.english.words import DETERMINERS, GRAMMAR, POSSESSIVES
from assistant.review.capitals import with_capitals
from assistant.review.commas import commas_of

# Where a title that is an everyday word can only be the title: "the movie her".
_FILM_WORDS = frozenset(("movie", "film"))


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
    said = [token.word for token in tokens]
    words = [
        word[0].upper() + word[1:] if token.name else word
        for token, word in zip(tokens, with_capitals(said), strict=True)
    ]
    for name in sorted({*([title] if title else []), *names, *_parts(names)}, key=lambda name: (len(name), name)):
        for start, stop, written in _titles(said, name):
            # At the place of its last word, which a comma may follow.
            words[start:stop] = [*[""] * (stop - start - 1), written]
    commas = commas_of(tokens)
    parts = [word + "," if word and at in commas else word for at, word in enumerate(words)]
    if answers_itself(tokens):
        parts[-2:] = [parts[-2].removesuffix(",") + "?", parts[-1].capitalize()]
    text = " ".join(part for part in parts if part)
    asks = not answers_itself(tokens) and (question_start(tokens) >= 0 or is_tag(tokens, len(tokens) - 1))
    return text[0].upper() + text[1:] + ("?" if asks or tokens[-1].mark == "?" else ".")


def write_plainly(words: Sequence[str]) -> str:
    """Words with a capital and a full stop, and nothing else."""
    text = " ".join(words)
    return text[:1].upper() + text[1:] + "."


def _parts(names: Sequence[str]) -> set[str]:
    return {part for name in names for part in name.split() if len(part) > 2 and not is_known(part.lower())}


def _titles(words: list[str], title: str) -> list[tuple[int, int, str]]:
    """Where the title is said, with or without a possessive at its end: start, stop, and how it is written."""
    # A recogniser writes no accents.
    said = words_of(plain(title))
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
    if not is_known(title) and title not in GRAMMAR:
        return True
    if before in _FILM_WORDS or (before == "called" and words[max(0, at - 2)] in _FILM_WORDS):
        return True
    return title not in GRAMMAR and before not in DETERMINERS | POSSESSIVES
