"""Titles spelled letter by letter: "h e r", "it's spelled a double l", "b as in boy"."""

from __future__ import annotations

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
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
    # "I" and "a" are words as well.
    if sure < _FEWEST or 2 * sure <= len(words) - 3 * words.count("as") or set(words) <= {"i", "a"}:
        return None
    return _read(words)


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
