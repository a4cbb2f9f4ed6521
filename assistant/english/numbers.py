"""Numbers as people say them, both ways: into words, and out of them.

Libraries were tried. `text2num` 3.1 reads "two thousand and one", but not years as they are mostly said: "nineteen
eighty four" becomes 19 84, "twenty thirteen" 20 13. `num2words` 0.5 writes all that is needed here, but takes 0.1 s to
import, and its "and" and hyphens would have to come out again: more code than the few lines that it would replace.
Neither knows that one number can be said in several ways, which is how titles are found.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    *before, last = in_words(number)
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
