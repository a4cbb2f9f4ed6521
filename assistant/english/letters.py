"""Titles spelled letter by letter: "h e r", "it's spelled a double l", "b as in boy"."""

from __future__ import annotations

from collections.abc import Sequence

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_ALSO_WORDS = frozenset("ia")
_ENDING_IN_WORD = frozenset(
    "cia dea dna fda ira mba mia nba nra psa pta rna usa fema fifa nasa ncaa uefa ymca api cgi dui fbi gui mri "
    "roi".split()
)
"""Abbreviations whose last letter is no word."""
_HEARD_AS = {
    "ay": "a", "hey": "a", "be": "b", "bee": "b", "see": "c", "sea": "c", "dee": "d", "he": "e", "eff": "f", "if": "f",
    "gee": "g", "age": "h", "each": "h", "aitch": "h", "eye": "i", "jay": "j", "kay": "k", "okay": "k", "ok": "k",
    "el": "l", "ell": "l", "em": "m", "am": "m", "im": "m", "en": "n", "an": "n", "and": "n", "in": "n", "end": "n",
    "oh": "o", "pea": "p", "pee": "p", "queue": "q", "cue": "q", "are": "r", "our": "r", "ess": "s", "tea": "t",
    "tee": "t", "you": "u", "vee": "v", "we": "v", "ex": "x", "why": "y", "zee": "z", "zed": "z",
}  # fmt: skip
"""What a recogniser makes of the names of letters."""

_ANNOUNCED = frozenset("spelled spelt spelling".split())
_BETWEEN_WORDS = (["space"], ["new", "word"], ["next", "word"], ["blank"])
_EXAMPLES = (["as", "in"], ["like"], ["like", "in"])
_FEWEST = 2
_LONGEST_WITH_WORD = 3


def letters_in(words: list[str]) -> list[str] | None:
    """The words that are spelled in `words`; None where nothing is.

    What follows "spelled" counts as letters; without it, an utterance counts if it consists of names of letters, at
    least two, and more than half of them beyond doubt.
    """
    announced = next((at for at, word in enumerate(words) if word in _ANNOUNCED), None)
    if announced is not None:
        rest = words[announced + 1 :]
        return _read(rest[1:] if rest[:1] in (["as"], ["like"]) else rest)
    sure = sum(word in _LETTERS for word in words)
    if sure < _FEWEST or 2 * sure <= len(words) - 3 * words.count("as") or _ALSO_WORDS.issuperset(words):
        return None
    return _read(words)


def abbreviation_at(words: Sequence[str], at: int) -> int:
    """How many letters from there on make an abbreviation: "c n n" 3, "u s" 2; 0 if there is none.

    At least two of them can't be words by themselves, as "i" and "a" can. An "a" before three letters or more is one,
    and so is an "a" or "i" after them that another word follows, unless the abbreviation is known: "a d v d", "on t v i
    think", "t v a lot", but "f b i agents".
    """
    stop = at
    while stop < len(words) and words[stop] in _LETTERS:
        stop += 1
    long = stop - at > _LONGEST_WITH_WORD
    word = words[stop - 1] if stop > at and (stop < len(words) or (long and words[stop - 1] == "i")) else ""
    if word in _ALSO_WORDS and "".join(words[at:stop]) not in _ENDING_IN_WORD:
        stop -= 1
    if stop - at > _LONGEST_WITH_WORD and words[at] in _ALSO_WORDS:
        return 0
    return stop - at if sum(word not in _ALSO_WORDS for word in words[at:stop]) >= _FEWEST else 0


def _read(words: list[str]) -> list[str] | None:
    spelled = [""]
    at = 0
    while at < len(words):
        if gap := next((gap for gap in _BETWEEN_WORDS if words[at : at + len(gap)] == gap), None):
            spelled.append("")
            at += len(gap)
            continue
        if words[at] == "double" and at + 1 < len(words):
            letter = _letter(words[at + 1])
            if letter is None:
                return None
            spelled[-1] += "w" if letter == "u" else 2 * letter
            at += 2
        else:
            letter = _letter(words[at])
            if letter is None:
                return None
            spelled[-1] += letter
            at += 1
        for example in sorted(_EXAMPLES, key=len, reverse=True):
            if words[at : at + len(example)] == example:
                at += len(example) + 1
                break
    found = [word for word in spelled if word]
    return found or None


def _letter(word: str) -> str | None:
    return word if word in _LETTERS else _HEARD_AS.get(word)
