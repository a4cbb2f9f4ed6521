"""One form for what is written otherwise than it is said: "two hundred" and "200", "missus" and "Mrs", "c n n"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.letters import abbreviation_at
from assistant.english.numbers import UNITS, in_words, number_at_start, year_in
from assistant.english.words import TENS

_LONGEST_YEAR = 5
_IN_FIGURES_FROM = 100
_FIGURES = re.compile(r"(?P<sign>[$£€])?(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<ending>%|s|st|nd|rd|th)?$")
_SIGNS = {"$": "dollars", "£": "pounds", "€": "euros"}
_SPELLINGS = {"mrs": "missus", "mr": "mister", "dr": "doctor", "st": "saint", "%": "percent", "ok": "okay"}
_DECADES = {f"{ten[:-1]}ies": 10 * at for at, ten in enumerate(TENS, start=1) if at > 1}


def in_figures(words: Sequence[str]) -> list[str]:
    """Words with years and numbers from a hundred up in figures, all others in words, and spelled letters joined.

    Parameters
    ----------
    words : sequence of str
        Lower-case, as said or as written.

    Returns
    -------
    list of str
        "two hundred and fifty dollars" and "$250" are both "250", "dollars"; "nineteen sixties" and "1960s" are both
        "1960s"; "12" is "twelve".
    """
    found: list[str] = []
    at = 0
    while at < len(words):
        size, figures = _number(words[at : at + _LONGEST_YEAR + 1])
        if not size and (size := abbreviation_at(words, at)):
            figures = "".join(words[at : at + size])
        if size:
            found.append(figures)
            at += size
            continue
        found += _in_one_spelling(words[at])
        at += 1
    return found


def _number(words: Sequence[str]) -> tuple[int, str]:
    """How many words at the start are a number to write in figures, and those; 0 and nothing if none is."""
    if words[0] in UNITS and len(words) > 1 and words[1] in _DECADES:
        century = UNITS[words[0]]
        return (2, f"{century}{_DECADES[words[1]]}s") if century in (18, 19) else (0, "")
    for size in range(min(len(words), _LONGEST_YEAR), 1, -1):
        if words[size - 1] != "and" and (year := year_in(words[:size])) is not None:
            return size, str(year)
    value, size = number_at_start(words)
    return (size, str(value)) if size and value >= _IN_FIGURES_FROM else (0, "")


def _in_one_spelling(word: str) -> list[str]:
    match = _FIGURES.match(word)
    if match is None:
        return [_SPELLINGS.get(word, word)]
    digits = match["number"].replace(",", "")
    ending = match["ending"] or ""
    number = int(digits)
    small = number < _IN_FIGURES_FROM and not digits.startswith("0") and ending in ("", "%")
    written = in_words(number) if small else [digits + (ending if ending != "%" else "")]
    after = [_SIGNS[match["sign"]]] if match["sign"] else []
    return [*written, *after, *(["percent"] if ending == "%" else [])]
