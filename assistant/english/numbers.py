"""Numbers as people say them: into words, out of them, and in one form however they are said or written.

Libraries were tried. `text2num` 3.1 reads "two thousand and one", but not years as they are mostly said: "nineteen
eighty four" becomes 19 84, "twenty thirteen" 20 13. `num2words` 0.5 writes all that is needed here, but takes 0.1 s to
import, and its "and" and hyphens would have to come out again: more code than the few lines that it would replace.
Neither knows that one number can be said in several ways, which is how titles are found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.letters import abbreviation_at
from assistant.english.words import ONES, TENS

_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip

UNITS = {word: number for number, word in enumerate(ONES)}
"""The numbers from 0 to 19 by their words."""
_TEN_WORDS = {word: 10 * number for number, word in enumerate(TENS, start=1) if number > 1}
NUMBER_WORDS = frozenset([*UNITS, *_TEN_WORDS, "hundred", "thousand", "million", "oh"])
"""The words that numbers are said with."""

_LARGEST = 10**9
_LONGEST_YEAR = 5
_LONGEST_NUMBER = 11
"""Words of "nine hundred and ninety nine thousand nine hundred and ninety nine"."""
_IN_FIGURES_FROM = 100
_FIGURES = re.compile(r"(?P<sign>[$£€])?(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<ending>%|s|st|nd|rd|th)?$")
_SIGNS = {"$": "dollars", "£": "pounds", "€": "euros"}
_SPELLINGS = {"mrs": "missus", "mr": "mister", "dr": "doctor", "st": "saint", "%": "percent", "ok": "okay"}
_DECADES = {f"{ten[:-1]}ies": 10 * at for at, ten in enumerate(TENS, start=1) if at > 1}


def in_words(number: int) -> list[str]:
    """A number below a thousand million, without "and": 127 is "one hundred twenty seven"."""
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            return [*in_words(number // size), name, *(in_words(number % size) if number % size else ())]
    if number < 20:
        return [ONES[number]]
    return [TENS[number // 10 - 1], *([ONES[number % 10]] if number % 10 else ())]


def ordinal_in_words(number: int) -> list[str]:
    """A place in a row: 13 is "thirteenth"."""
    return as_ordinal(in_words(number))


def as_ordinal(words: Sequence[str]) -> list[str]:
    """A number in words as a place in a row: "twenty", "one" is "twenty", "first"."""
    *before, last = words
    if last in _ORDINALS:
        return [*before, _ORDINALS[last]]
    return [*before, last[:-1] + "ieth" if last.endswith("y") else last + "th"]


def ways_to_say(digits: str) -> list[list[str]]:
    """All common ways to say a number written in digits: 101 is "one hundred one", "one oh one".

    Parameters
    ----------
    digits : str
        Digits alone; more than nine are said one by one.
    """
    number = int(digits)
    one_by_one = [ONES[int(digit)] for digit in digits]
    if number >= _LARGEST or digits.startswith("0"):
        return [one_by_one]
    ways = [in_words(number)]
    if len(digits) == 3 and number % 100:
        ways.append(_pair(number // 100, number % 100))
    if len(digits) == 4 and number % 1000 >= 10:
        ways.append([*in_words(number // 100), "hundred"] if number % 100 == 0 else _pair(number // 100, number % 100))
    return ways


def _pair(left: int, right: int) -> list[str]:
    return [*in_words(left), *(["oh"] if right < 10 else ()), *in_words(right)]


def number_at_start(words: Sequence[str]) -> tuple[int, int]:
    """The number below a million that words begin with, and how many words it takes: "three hundred and two" is 302, 4.

    (0, 0) where they begin with none; a zero is (0, 1).
    """
    total = part = size = 0
    for at, word in enumerate(words):
        if word in UNITS and (not part % 10 or part % 100 == 0):
            part += UNITS[word]
        elif word in _TEN_WORDS and part % 100 == 0:
            part += _TEN_WORDS[word]
        elif word == "hundred" and 0 < part < 100:
            part *= 100
        elif word == "thousand" and 0 < part < 1000:
            total, part = total + part * 1000, 0
        elif word == "and" and at and words[at - 1] in {"hundred", "thousand"}:
            continue
        else:
            break
        size = at + 1
    return total + part, size


def year_in(words: Sequence[str]) -> int | None:
    """The year that words say, all of them: "nineteen eighty four", "twenty thirteen", "two thousand and one".

    None if they say no year between 1880 and 2099.
    """
    plain = [word for word in words if word != "and"]
    if len(plain) == 1 and plain[0].isdigit():
        return _year(int(plain[0]))
    if plain[:2] == ["two", "thousand"]:
        rest = _below_hundred(plain[2:]) if plain[2:] else 0
        return _year(2000 + rest) if rest is not None else None
    if len(plain) < 2 or plain[0] not in ("eighteen", "nineteen", "twenty"):
        return None
    century = 100 * (UNITS.get(plain[0]) or _TEN_WORDS[plain[0]])
    if plain[1:] == ["hundred"]:
        return _year(century)
    rest = _below_hundred(plain[2:] if plain[1] in ("oh", "hundred") else plain[1:])
    return _year(century + rest) if rest is not None and (rest >= 10 or plain[1] in ("oh", "hundred")) else None


def _below_hundred(words: Sequence[str]) -> int | None:
    match words:
        case [ten, one] if ten in _TEN_WORDS and 0 < UNITS.get(one, 0) < 10:
            return _TEN_WORDS[ten] + UNITS[one]
        case ["oh", one] if 0 < UNITS.get(one, 0) < 10:
            return UNITS[one]
        case [one]:
            return _TEN_WORDS.get(one, UNITS.get(one))
    return None


def _year(number: int) -> int | None:
    return number if 1880 <= number <= 2099 else None


def number_in_figures(words: Sequence[str]) -> tuple[str, int]:
    """The year, or the number from a hundred up, that words begin with, and how many words it takes.

    "nineteen eighty four" is "1984", 3; nothing and 0 for smaller numbers ("twelve of us") and for other words.
    """
    value, said = number_at_start(words[:_LONGEST_NUMBER])
    if not said:
        return "", 0
    for size in range(min(len(words), _LONGEST_YEAR), 1, -1):
        # not "two thousand people", "twenty and"
        if words[size - 1] != "and" and (year := year_in(words[:size])) is not None:
            return str(year), size
    return (str(value), said) if value >= _IN_FIGURES_FROM else ("", 0)


def in_figures(words: Sequence[str]) -> list[str]:
    """Words in one form, whether they were said or written.

    Years and numbers from a hundred up are in figures, all others in words, and spelled letters are joined.

    Parameters
    ----------
    words : sequence of str
        Lower-case.

    Returns
    -------
    list of str
        "two hundred and fifty dollars" and "$250" are both "250", "dollars"; "nineteen sixties" and "1960s" are both
        "1960s"; "12" is "twelve"; "mrs" is "missus"; "c n n" is "cnn".
    """
    return [word for word, _, _ in places_in_figures(words)]


def places_in_figures(words: Sequence[str]) -> list[tuple[str, int, int]]:
    """`in_figures`, each word with the place of what it stands for: its first word, and the one after its last."""
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(words):
        one_form, size = _in_one_form(words, at)
        found += [(word, at, at + size) for word in one_form]
        at += size
    return found


def _in_one_form(words: Sequence[str], at: int) -> tuple[list[str], int]:
    figures, size = _decade(words[at : at + 2])
    if not size:
        figures, size = number_in_figures(words[at:])
    if size:
        return [figures], size
    size = abbreviation_at(words, at) or 1
    return _in_one_spelling("".join(words[at : at + size])), size


def _decade(words: Sequence[str]) -> tuple[str, int]:
    """The decade that two words name: "nineteen sixties" is "1960s", 2."""
    century = UNITS.get(words[0])
    if century not in (18, 19) or words[-1] not in _DECADES:
        return "", 0
    return f"{century}{_DECADES[words[-1]]}s", 2


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
