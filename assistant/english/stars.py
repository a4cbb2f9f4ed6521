"""Stars as people give them: "four", "nine out of ten", "not five but four", "five, but the ending costs one"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.english.normalise import contains_any, words_said
from assistant.english.numbers import UNITS
from assistant.english.words import UNDECIDED

MOST_STARS = 5.0
LEAST_STARS = 0.5

_HOMOPHONES = {"to": "two", "too": "two", "for": "four", "fore": "four", "won": "one", "free": "three"}
"""What the recogniser makes of a number before "stars" or "and a half", or said alone."""

STARS = frozenset(("star", "stars"))
_TOTALS = {"five": 5.0, "ten": 10.0, "hundred": 100.0, "5": 5.0, "10": 10.0, "100": 100.0}
_ODD_TOTALS = {"four": 4.0, "six": 6.0, "twenty": 20.0, "4": 4.0, "6": 6.0, "20": 20.0}
"""Scales that only "out of" can mean: "three of four" are some of four things."""
_NUMBERS = UNITS | {str(number): number for number in range(21)}

_AFTER_BARE = frozenset(
    "please i i'd no nope wait sorry actually maybe perhaps or but and because for from would is isn't it it's that's "
    "then so minus less not rather to if though overall probably well thanks thank let's make just definitely easily "
    "of at with in might could should was".split()
)
"""Words that may follow a number that means stars without saying so: "four because …", but not "two thumbs"."""

_BEFORE_ONE = frozenset("a just only give it's say make no wait to but it sorry actually maybe not or than".split())
"""The words before a "one" that means stars, in "a one" or "just one", rather than a thing, as in "the best one"."""

_CORRECTIONS = (
    ("no",), ("nope",), ("wait",), ("sorry",), ("actually",), ("rather",), ("correction",), ("i", "mean"),
    ("i", "meant"), ("make", "it"), ("make", "that"), ("let's", "say"), ("scratch", "that"), ("on", "second"),
    ("in", "fact"), ("more", "like"),
)  # fmt: skip
_NO_CORRECTION_AFTER_NO = frozenset("more less doubt question stars star idea".split())
_NEGATIONS = frozenset("not isn't can't cannot won't wouldn't never don't didn't couldn't wasn't".split())
_NEGATION_REACH = 4
_NOT_NEGATED = frozenset("more less only just quite".split())
_TOO_MUCH = (("too", "much"), ("too", "many"), ("too", "high"), ("too", "generous"), ("too", "kind"), ("too", "little"),
             ("too", "few"), ("too", "low"), ("isn't", "enough"), ("not", "enough"))  # fmt: skip
_TOO_MUCH_REACH = 5
_NOT_GIVEN = (
    ("would", "have"), ("would've",), ("could", "have"), ("could've",), ("should", "have"), ("should've",),
    ("i'd", "have"), ("might", "have"), ("wanted", "to"), ("was", "going", "to"), ("was", "gonna"), ("almost",),
    ("nearly",), ("not", "quite"), ("close", "to"), ("used", "to", "be"),
)  # fmt: skip
"""Before a number of stars that was not given after all."""
_CONDITIONAL = (("would", "be"), ("it'd", "be"), ("thought",))
"""The same, if an objection follows: "it would be five, but …"."""
_OBJECTIONS = frozenset("but if except only".split())
_COMPARED = (("more", "than"), ("less", "than"), ("better", "than"), ("worse", "than"), ("over",), ("under",),
             ("above",), ("below",))  # fmt: skip
_TAKEN_OFF = frozenset(
    "minus less cost costs costing take takes took lose loses lost drop drops dropped knock knocks knocked "
    "deduct deducts deducted dock docked docks subtract".split()
)
_TAKEN_OFF_REACH = 5
_FULL_MARKS = (("full", "marks"), ("top", "marks"), ("perfect", "score"), ("all", "five"), ("all", "the", "stars"),
               ("the", "full", "five"), ("full", "score"))  # fmt: skip
_NONE = (("no", "stars"), ("no", "star"), ("none",), ("no", "rating"), ("without", "stars"), ("don't", "rate"),
         ("do", "not", "rate"), ("do", "not", "know"), *UNDECIDED)  # fmt: skip
_SIGNS = {"½": " and a half ", "★": " star ", "⭐": " star "}


@dataclass(frozen=True, slots=True)
class StarsHeard:
    """What an answer says about stars.

    Attributes
    ----------
    rating : float or None
        From a half to five, in halves; None if no such number was said, or several that don't agree.
    declined : bool
        Whether the person gives none: "I don't know", "no stars".
    worked_out : bool
        Whether it had to be worked out from a correction, another scale or a sum, so that it should be read back.
    """

    rating: float | None
    declined: bool = False
    worked_out: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    """A number among the words: where it begins and ends, its value in stars, whether it says that it means stars."""

    start: int
    stop: int
    value: float
    named: bool
    scaled: bool = False


def understand_stars(text: str) -> float | None:
    """Stars from a half to five, in halves; None if no such number was said. See `hear_stars`."""
    return hear_stars(text).rating


def hear_stars(text: str) -> StarsHeard:
    """Understand an answer to the question of how many stars.

    Understands halves ("four and a half", "four point five", "half a star"), other scales ("nine out of ten"),
    corrections ("four, no, three and a half", "not five but four", "five is too much, four"), sums ("five minus a
    half", "would have been five, but the ending costs one"), "between three and four" and "full marks". Several numbers
    that don't correct each other ("three or four") give none; so does one that was only nearly given ("almost five").
    """
    words = _spoken(text)
    numbers = _numbers_in(words)
    if not numbers:
        if contains_any(words, _FULL_MARKS):
            return StarsHeard(MOST_STARS)
        return StarsHeard(None, declined=contains_any(words, _NONE))
    taken_off = _taken_off(words, numbers)
    if taken_off is not None:
        whole, part = taken_off
        return _given(whole.value - part, worked_out=True)
    given = [number for number in numbers if not _is_ruled_out(words, number, numbers)]
    if not given:
        return StarsHeard(None)
    last_correction = _last_correction(words, given)
    left = [number for number in given if number.start >= last_correction] or given
    if len(left) == 2 and words[left[0].start - 1 : left[0].start] == ["between"]:
        low, high = left
        return _given((low.value + high.value) / 2, worked_out=True)
    named = [number for number in left if number.named]
    left = named or left
    worked_out = len(numbers) > len(left) or any(number.scaled for number in left)
    if len({number.value for number in left}) == 1:
        return _given(left[0].value, worked_out=worked_out)
    return StarsHeard(None)


def _given(value: float, *, worked_out: bool) -> StarsHeard:
    is_given = LEAST_STARS <= value <= MOST_STARS and (2 * value).is_integer()
    return StarsHeard(value, worked_out=worked_out) if is_given else StarsHeard(None)


def _spoken(text: str) -> list[str]:
    """The words of an answer, with figures as they are said and misheard numbers put right."""
    text = re.sub(r"(\d)\s+1/2\b", r"\1½", text)
    text = re.sub(r"(\d)[.,](\d)", r"\1 point \2", text)
    text = re.sub(r"(\d)\s*/\s*(\d)", r"\1 out of \2", text)
    for sign, said in _SIGNS.items():
        text = text.replace(sign, said)
    words = words_said(text)
    for at, word in enumerate(words):
        after = words[at + 1 :]
        is_alone = not after and at == 0
        if word in _HOMOPHONES and (is_alone or after[:1] in (["stars"], ["out"]) or _half_after(after)):
            words[at] = _HOMOPHONES[word]
    return words


def _numbers_in(words: Sequence[str]) -> list[_Number]:
    found = []
    at = 0
    while at < len(words):
        number = _number_at(words, at)
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.stop
    # In "three or four stars" both are stars.
    for place in range(len(found) - 1, 0, -1):
        first, second = found[place - 1], found[place]
        if second.named and words[first.stop] in {"or", "to"} and second.start == first.stop + 1:
            found[place - 1] = replace(first, named=True)
    return found


def _number_at(words: Sequence[str], at: int) -> _Number | None:
    """The number that begins there, if it can mean stars."""
    word = words[at]
    stop = at + 1
    if word == "half":
        value = 0.5
        if words[stop : stop + 1] == ["a"]:
            stop += 1
    elif word in _NUMBERS:
        value = float(_NUMBERS[word])
        fraction, length = _fraction(words[stop:])
        value, stop = value + fraction, stop + length
    else:
        return None
    named = words[stop : stop + 1] != [] and words[stop] in STARS
    stop += named
    total, length = _total(words[stop:])
    if total is not None:
        return _Number(at, stop + length, value * MOST_STARS / total, named=True, scaled=total != MOST_STARS)
    if not named:
        following = words[stop : stop + 1]
        if following and following[0] not in _AFTER_BARE:
            return None
        if word == "one" and at and stop == at + 1 and words[at - 1] not in _BEFORE_ONE:
            return None
        if words[stop : stop + 1] == ["of"]:
            return None
    return _Number(at, stop, value, named=named)


def _half_after(words: Sequence[str]) -> int:
    """How many words "and a half" has there; 0 if that doesn't come next."""
    for half in (("and", "a", "half"), ("and", "half"), ("point", "five"), ("point", "5")):
        if tuple(words[: len(half)]) == half:
            return len(half)
    return 0


def _fraction(words: Sequence[str]) -> tuple[float, int]:
    """What is added to a number, and in how many words."""
    if length := _half_after(words):
        return 0.5, length
    if words[:1] == ["point"] and len(words) > 1 and words[1] in _NUMBERS and _NUMBERS[words[1]] < 10:
        return _NUMBERS[words[1]] / 10, 2
    if list(words[:3]) == ["and", "a", "quarter"]:
        return 0.25, 3
    if list(words[:3]) == ["and", "three", "quarters"]:
        return 0.75, 3
    return 0.0, 0


def _total(words: Sequence[str]) -> tuple[float | None, int]:
    """What a number is out of, and in how many words: "out of ten" is 10.0, 3."""
    for opening in (("out", "of"), ("of",), ("on",), ("over",)):
        length = len(opening)
        if tuple(words[:length]) == opening:
            rest = list(words[length:])
            article = rest[:1] in (["a"], ["one"], ["the"]) and rest[1:2] == ["hundred"]
            if article or (rest and rest[0] in _TOTALS):
                total = _TOTALS[rest[int(article)]]
                length += 1 + article
                return total, length + (words[length : length + 1] == ["stars"])
            after = rest[1] if rest[1:] else "stars"
            if opening == ("out", "of") and rest and rest[0] in _ODD_TOTALS and after in {*STARS, *_AFTER_BARE}:
                return _ODD_TOTALS[rest[0]], length + 1 + (rest[1:2] == ["stars"])
    return None, 0


def _is_ruled_out(words: Sequence[str], number: _Number, numbers: Sequence[_Number]) -> bool:
    """Whether a number is said not to be meant."""
    reach = max([other.stop for other in numbers if other.stop <= number.start], default=0)
    before = list(words[max(reach, number.start - _NEGATION_REACH) : number.start])
    negated = next((at for at, word in enumerate(before) if word in _NEGATIONS), None)
    if negated is not None and "but" not in before[negated:] and not _NOT_NEGATED & set(before[negated + 1 :]):
        return True
    before = list(words[reach : number.start])
    objected = not _OBJECTIONS.isdisjoint(words[number.stop :])
    if contains_any(before, _NOT_GIVEN) or (objected and contains_any(before, _CONDITIONAL)):
        return True
    if any(tuple(before[-len(phrase) :]) == phrase for phrase in _COMPARED) and not {"no", "not"} & set(before):
        return True
    return contains_any(words[number.stop : number.stop + _TOO_MUCH_REACH], _TOO_MUCH)


def _last_correction(words: Sequence[str], numbers: Sequence[_Number]) -> int:
    """Where the last correction begins that a number follows; 0 if there is none."""
    last = numbers[-1].start
    found = 0
    for at in range(last):
        for phrase in _CORRECTIONS:
            if tuple(words[at : at + len(phrase)]) != phrase or at + len(phrase) > last:
                continue
            if phrase == ("no",) and words[at + 1] in _NO_CORRECTION_AFTER_NO:
                continue
            found = at
    # "I wanted to give it five but it's four": what comes after the "but" is meant, unless both are for something.
    if "but" in words[:last] and not all(words[number.stop : number.stop + 1] == ["for"] for number in numbers):
        found = max(found, *(at for at in range(last) if words[at] == "but"))
    return found


def _taken_off(words: Sequence[str], numbers: Sequence[_Number]) -> tuple[_Number, float] | None:
    """A number and what is taken off it: "five minus one", "five, but the ending costs a star"."""
    whole = numbers[0]
    if whole.scaled:
        return None
    for at in range(whole.stop, len(words)):
        if words[at] not in _TAKEN_OFF:
            continue
        for place in range(at + 1, min(at + 1 + _TAKEN_OFF_REACH, len(words))):
            if words[place] == "half":
                return whole, 0.5
            if words[place] in (*STARS, "point") and words[place - 1] in ("a", "one"):
                return whole, 1.0
            if words[place] in ("one", "two") and words[place + 1 : place + 2] not in (["of"],):
                return whole, float(UNITS[words[place]])
    return None
