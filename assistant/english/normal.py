"""One form for what can be written in several: "don't" and "do not", "gonna" and "going to", 2013 and its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.english.numbers import ways_to_say
from assistant.english.words import FILLERS

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*-?(?!\w)|[^\W_]+(?:'[^\W_]+)*")
_SPELLED_OUT = {
    "gonna": "going to", "wanna": "want to", "gotta": "got to", "kinda": "kind of", "sorta": "sort of",
    "cos": "because", "cuz": "because", "cause": "because", "dunno": "do not know",
    "lemme": "let me", "gimme": "give me", "cannot": "can not", "can't": "can not", "won't": "will not",
    "shan't": "shall not", "ain't": "is not", "its": "it 's",
    "ok": "okay", "yeah": "yes", "till": "until", "mom": "mum",
    "anymore": "any more", "alright": "all right", "percent": "per cent", "favorite": "favourite",
    "color": "colour", "colors": "colours", "theater": "theatre", "gray": "grey",
}  # fmt: skip
_SUFFIXES = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "'d", "'s": "'s"}


def normal_words(text: str) -> list[str]:
    """The words of a text in their one form; fillers and words that were cut off are left out."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("%", " per cent "))
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    words: list[str] = []
    for word in _TOKEN.findall(plain):
        if word.endswith("-"):
            continue
        if word not in FILLERS:
            words.extend(_spelled_out(word))
    return words


def with_numbers_as_in(words: Sequence[str], source: Sequence[str]) -> list[str]:
    """Words with each number in digits put as `source` says it; as it is where `source` doesn't say it."""
    said = f" {' '.join(source)} "
    spoken: list[str] = []
    for word in words:
        digits = re.fullmatch(r"(\d{1,9})(?:st|nd|rd|th|s)?", word)
        ways = [" ".join(way) for way in ways_to_say(digits[1])] if digits else []
        ways += [way.replace("hundred ", "hundred and ") for way in ways if "hundred " in way]
        ways += [way.replace("thousand ", "thousand and ") for way in ways if "thousand " in way]
        way = next((way for way in sorted(ways, key=len, reverse=True) if f" {way} " in said), word)
        spoken.extend(way.split())
    return spoken


def _spelled_out(word: str) -> list[str]:
    if word in _SPELLED_OUT:
        return _SPELLED_OUT[word].split()
    if word.endswith("n't"):
        return [word[:-3], "not"]
    for suffix, full in _SUFFIXES.items():
        if word.endswith(suffix) and len(word) > len(suffix):
            return [word[: -len(suffix)], full]
    return [word]
