"""From text to words, and to one form for what can be written or said in several.

`words_of` is what nearly everything works on. `words_said` leaves the fillers out, `normal_words` evens out spellings
and contractions so that what was said can be compared with what was written, `name_words` does so for names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.english.numbers import as_ordinal, ways_to_say
from assistant.english.words import FILLERS, LEAD_INS, SPELLED_OUT, is_content

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_WORD_OR_HALF = re.compile(r"[^\W_]+(?:'[^\W_]+)*(?:-(?!\w))?")
_NAME_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_SUFFIXES = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "'d", "'s": "'s"}
_SIGNS = {
    "&": " and ", "+": " and ", "@": " at ", "%": " percent ", "½": " and a half ", "⅓": " and a third ",
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "’": "'", "‘": "'", "ı": "i",
}  # fmt: skip
_MOST_LEAD_INS = 2


def words_of(text: str) -> list[str]:
    """The words of a text: lower-case, straight apostrophes, no punctuation, hyphens taken as spaces."""
    return _WORD.findall(text.lower().replace("’", "'"))


def words_and_halves(text: str) -> list[str]:
    """The words of a text as in `words_of`; those that were cut off keep their hyphen: "the cam- camera"."""
    return _WORD_OR_HALF.findall(text.lower().replace("’", "'"))


def words_said(text: str) -> list[str]:
    """The words of an utterance without its fillers."""
    return [word for word in words_of(text) if word not in FILLERS]


def content_of(text: str) -> list[str]:
    """The words of a text that carry its content, in order."""
    return [word for word in words_of(text) if is_content(word)]


def find_phrase(words: Sequence[str], phrase: Sequence[str]) -> int | None:
    """Where the words of `phrase` stand among `words`; None if nowhere."""
    sought, size = list(phrase), len(phrase)
    return next((at for at in range(len(words) - size + 1) if list(words[at : at + size]) == sought), None)


def contains_any(words: Sequence[str], phrases: Iterable[Sequence[str]]) -> bool:
    """Whether any of the phrases stands among `words`."""
    return any(find_phrase(words, phrase) is not None for phrase in phrases)


def is_one_of(text: str, phrases: Iterable[str]) -> bool:
    """Whether the whole utterance is one of `phrases`, up to two lead-in words ("no, please …") and a "please"."""
    wanted = [words_said(phrase) for phrase in phrases]
    return any(
        words in wanted or (words[-1:] == ["please"] and words[:-1] in wanted) for words in without_lead_ins(text)
    )


def without_lead_ins(text: str) -> Iterator[list[str]]:
    """The words of the whole utterance; then without its first lead-in word ("no, please …"), then without two."""
    words = words_said(text)
    return (words[start:] for start in starts_of(words))


def starts_of(words: Sequence[str], lead_ins: Iterable[str] = ()) -> Iterator[int]:
    """Where an utterance may start: at its first word, or after one or two lead-ins ("no, please …"); fillers are free.

    `lead_ins` are phrases that lead in, too, besides the words that always do.
    """
    at, count = 0, 0
    while at < len(words):
        yield at
        size = phrase_at_start(words[at:], lead_ins) or int(words[at] in LEAD_INS or words[at] in FILLERS)
        count += words[at] not in FILLERS
        if not size or count > _MOST_LEAD_INS:
            return
        at += size


def phrase_at_start(words: Sequence[str], phrases: Iterable[str]) -> int:
    """How many words the longest of the phrases at their start has."""
    begun = f"{' '.join(words)} "
    return max((len(phrase.split()) for phrase in phrases if begun.startswith(f"{phrase} ")), default=0)


def normal_words(text: str) -> list[str]:
    """The words of a text in their one form; fillers and words that were cut off are left out.

    "Don't" is "do not", "gonna" is "going to", "color" is "colour", "café" is "cafe".
    """
    letters = unicodedata.normalize(
        "NFKD", text.lower().replace("’", "'").replace("%", " per cent ").replace("½", " and a half ")
    )
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    said = (word for word in _WORD_OR_HALF.findall(letters) if not word.endswith("-") and word not in FILLERS)
    return [part for word in said for part in _spelled_out(word)]


def with_numbers_as_in(words: Sequence[str], source: Sequence[str]) -> list[str]:
    """Words with numbers in digits and short forms put as `source` says them; as they are where it doesn't.

    If `source` has "two hundred", "c n n" and "missus", "200", "cnn" and "mrs" are put like that.
    """
    said = f" {' '.join(source)} "
    spoken: list[str] = []
    for word in words:
        number = re.fullmatch(r"(\d{1,9})(st|nd|rd|th|s)?", word)
        ways = [" ".join(_ended(way, number[2])) for way in ways_to_say(number[1])] if number else []
        ways += [way.replace("hundred ", "hundred and ") for way in ways if "hundred " in way]
        ways += [way.replace("thousand ", "thousand and ") for way in ways if "thousand " in way]
        way = next((way for way in sorted(ways, key=len, reverse=True) if f" {way} " in said), word)
        others = (" ".join(word), SPELLED_OUT.get(word, word))
        spoken.extend(next((other for other in others if len(word) > 1 and f" {other} " in said), way).split())
    return spoken


def _ended(number: list[str], ending: str | None) -> list[str]:
    """A number in words with the ending it has in digits: "sixth", "sixties"."""
    if ending == "s":
        return [*number[:-1], number[-1][:-1] + "ies" if number[-1].endswith("y") else number[-1] + "s"]
    return as_ordinal(number) if ending else number


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """Lower-case text without accents and signs; apostrophes stay."""
    lower = text.lower()
    for sign in _SIGNS.keys() & set(lower):
        lower = lower.replace(sign, _SIGNS[sign])
    return unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()


def name_words(text: str) -> list[str]:
    """The words that names are compared by: without accents, hyphens as spaces, apostrophes kept."""
    return _NAME_WORD.findall(plain(text))


def _spelled_out(word: str) -> list[str]:
    if word in SPELLED_OUT:
        return SPELLED_OUT[word].split()
    if word.endswith("n't"):
        return [word[:-3], "not"]
    for suffix, full in _SUFFIXES.items():
        if word.endswith(suffix) and len(word) > len(suffix):
            return [word[: -len(suffix)], full]
    return [word]
