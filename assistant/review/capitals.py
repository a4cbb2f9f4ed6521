"""Which words always have capitals: places, peoples, languages, days, abbreviations, "Mrs Brown".

Most of them are in the dictionary, which has 5,600 words only with a capital, including first and last names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.lexicon import is_known, is_proper
from assistant.english.words import FILLERS, GRAMMAR, PLACES, PLACES_OF_SEVERAL_WORDS

_SHORTEST = 3
# Where films are made, shown, and talked about.
_CINEMA = frozenset("bollywood netflix facebook instagram pixar letterboxd".split())
# Countries and months that are everyday words, too, and the words after which they are hardly ever anything else.
_MEANT_BEHIND = dict.fromkeys(("china", "turkey", "chile"), frozenset(("in", "from", "to"))) | dict.fromkeys(
    ("march", "may", "august"), frozenset(("in", "since", "last"))
)

# A word without a vowel is an abbreviation, except for these.
_NO_VOWEL = re.compile(r"^[bcdfghjklmnpqrstvwxz]{2,5}$")
_NO_ABBREVIATIONS = FILLERS | frozenset("hmmm mmm shh shhh psst pfft pff tsk brr grr zzz nth vs st th nd rd".split())
_ABBREVIATIONS = {
    word.lower(): word
    for word in (
        "CGI CIA DNA EU FBI HBO HIV IMAX IMDb IQ IRA KGB LGBT NASA NATO SUV UFO UK USA USSR "
        "CDs DJs DVDs PCs SUVs TVs UFOs VCRs PhD YouTube"
    ).split()
}

_TITLES = frozenset("mr mrs ms mister missus dr".split())
# Followed by a name, each is the beginning of a name.
_SIDES = frozenset("north south east west saint san santa".split())
_FIRST_OF_SEVERAL = frozenset(name[0] for name in PLACES_OF_SEVERAL_WORDS)
_PARTICLE = "de"


def with_capitals(words: Sequence[str]) -> list[str]:
    """The words of a sentence with the capitals that they always have."""
    written = [_written(words, at) for at in range(len(words))]
    for at, word in enumerate(words[:-1]):
        following = words[at + 1]
        if word in _TITLES and following not in GRAMMAR:
            written[at : at + 2] = _capital(word), _capital(following)
        elif word in _SIDES and written[at + 1][0].isupper() and _stem(following) != "i":
            written[at] = _capital(word)
        elif word in _FIRST_OF_SEVERAL:
            stop = at + _length_of_name(words[at:])
            written[at:stop] = [each if each == _PARTICLE else _capital(each) for each in words[at:stop]]
    return written


def _length_of_name(words: Sequence[str]) -> int:
    """How many words at the start form the name of a place."""
    stems = tuple(_stem(word) for word in words)
    return next((len(name) for name in PLACES_OF_SEVERAL_WORDS if stems[: len(name)] == name), 0)


def _written(words: Sequence[str], at: int) -> str:
    word = words[at]
    stem = _stem(word)
    if stem in _ABBREVIATIONS:
        return _ABBREVIATIONS[stem] + word[len(stem) :]
    if _NO_VOWEL.match(stem) and stem not in _NO_ABBREVIATIONS | _TITLES and not is_known(stem):
        return stem.upper() + word[len(stem) :]
    if stem in _MEANT_BEHIND:
        return _capital(word) if at and words[at - 1] in _MEANT_BEHIND[stem] else word
    proper = len(stem) >= _SHORTEST and is_proper(stem)
    return _capital(word) if proper or stem == "i" or stem in PLACES | _CINEMA else word


def _stem(word: str) -> str:
    return word.partition("'")[0]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
