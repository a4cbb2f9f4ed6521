"""Numbers as people say them."""

from __future__ import annotations

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip

_UNITS = {word: number for number, word in enumerate(_ONES)}
_TEN_WORDS = {word: 10 * number for number, word in enumerate(_TENS) if number > 1}
NUMBER_WORDS = frozenset([*_UNITS, *_TEN_WORDS, "hundred", "thousand", "million", "oh"])
"""The words that numbers are said with."""

_LARGEST = 10**9


def in_words(number: int) -> list[str]:
    """A number below a thousand million, without "and": 127 is "one hundred twenty seven"."""
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            return [*in_words(number // size), name, *(in_words(number % size) if number % size else ())]
    if number < 20:
        return [_ONES[number]]
    return [_TENS[number // 10], *([_ONES[number % 10]] if number % 10 else ())]


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
    one_by_one = [_ONES[int(digit)] for digit in digits]
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


def year_in(words: list[str]) -> int | None:
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
    century = 100 * (_UNITS.get(plain[0]) or _TEN_WORDS[plain[0]])
    if plain[1:] == ["hundred"]:
        return _year(century)
    rest = _below_hundred(plain[2:] if plain[1] in ("oh", "hundred") else plain[1:])
    return _year(century + rest) if rest is not None and (rest >= 10 or plain[1] in ("oh", "hundred")) else None


def _below_hundred(words: list[str]) -> int | None:
    match words:
        case [ten, one] if ten in _TEN_WORDS and 0 < _UNITS.get(one, 0) < 10:
            return _TEN_WORDS[ten] + _UNITS[one]
        case ["oh", one] if 0 < _UNITS.get(one, 0) < 10:
            return _UNITS[one]
        case [one]:
            return _TEN_WORDS.get(one, _UNITS.get(one))
    return None


def _year(number: int) -> int | None:
    return number if 1880 <= number <= 2099 else None
