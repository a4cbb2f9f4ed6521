"""What people say when they are unsure: hedges, apologies, corrections, and answers that aren't answers.

They all go by an answer's words alone, as a recogniser writes them: lower-case, without fillers. `broken` holds the
words that had a pause or a filler before them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from assistant.english.words import (
    APOLOGIES,
    AUXILIARIES,
    BE,
    CORRECTIONS,
    DETERMINERS,
    HEDGING,
    NON_ANSWERS,
    PREPOSITIONS,
    QUESTION_WORDS,
)

_AROUND_NON_ANSWERS = frozenset("well oh okay so no honestly really sorry um uh hmm to be honest".split())

# "this kind of film", "the same sort of thing": a kind, and no hedge.
_NAMES_A_KIND = DETERMINERS | frozenset("this that these those what which some any same other another every no".split())
# "i don't know him", "i'm sorry for her", "i mean it": about the world, and not about the answer.
_KNOWN = frozenset("him her them you that this it anyone anything anybody his their the a any much many".split())
_SORRY_FOR = frozenset("for about that to you".split())
_LINKING = BE | frozenset("felt feels feel was just so and seemed looked".split())


def hedges(words: Sequence[str], broken: Collection[int]) -> list[tuple[int, int]]:
    """Hedges that fill time ("i guess", "kind of", a lone "like"): first word and the one after the last of each.

    "I like this" is none, nor are "this kind of film" and "i don't know him".
    """
    found = _phrases(words, HEDGING, lambda start, stop: _is_hedge(words, start, stop))
    likes = [(at, at + 1) for at, word in enumerate(words) if word == "like" and _is_idle_like(words, at, broken)]
    return sorted(found + likes)


def apologies(words: Sequence[str]) -> list[tuple[int, int]]:
    """Apologies for the answer itself; "i was sorry for her" and "i'm sorry that he died" are about the film."""
    return _phrases(words, APOLOGIES, lambda start, stop: _is_apology(words, start, stop))


def corrections(words: Sequence[str]) -> list[tuple[int, int]]:
    """Where somebody explicitly takes something back: "i mean", "no wait", "let me rephrase"."""
    return _phrases(words, CORRECTIONS, lambda start, stop: words[stop : stop + 1] not in (["it"], ["that"]))


def is_non_answer(words: Sequence[str]) -> bool:
    """Whether all that was said is that there is no answer: "well i don't know"."""
    said = tuple(words)
    ahead = next((at for at, word in enumerate(said) if word not in _AROUND_NON_ANSWERS), 0)
    behind = next((at for at, word in enumerate(reversed(said)) if word not in _AROUND_NON_ANSWERS), 0)
    # "no idea" begins with a word that may also stand before an answer.
    return any(said[start : len(said) - cut] in NON_ANSWERS for start in range(ahead + 1) for cut in range(behind + 1))


def _phrases(
    words: Sequence[str], phrases: Sequence[tuple[str, ...]], counts: Callable[[int, int], bool]
) -> list[tuple[int, int]]:
    """Where any of the phrases occurs, longest first, none over another."""
    found = []
    at = 0
    while at < len(words):
        length = max((len(each) for each in phrases if tuple(words[at : at + len(each)]) == each), default=0)
        if length and counts(at, at + length):
            found.append((at, at + length))
        at += length or 1
    return found


def _is_hedge(words: Sequence[str], start: int, stop: int) -> bool:
    phrase = " ".join(words[start:stop])
    before = words[start - 1] if start else ""
    after = words[stop] if stop < len(words) else ""
    if phrase in {"kind of", "sort of"}:
        return before not in _NAMES_A_KIND
    if phrase == "i don't know":
        return after not in _KNOWN
    return True


def _is_idle_like(words: Sequence[str], at: int, broken: Collection[int]) -> bool:
    before = words[at - 1] if at else ""
    if before in PREPOSITIONS | DETERMINERS | QUESTION_WORDS or before in AUXILIARIES - BE:
        return False
    return at + 1 in broken and (at in broken or before in _LINKING)


def _is_apology(words: Sequence[str], start: int, stop: int) -> bool:
    if words[stop - 1] != "sorry":
        return True
    before = words[start - 1] if start else ""
    after = words[stop] if stop < len(words) else ""
    return before not in BE | frozenset(("felt", "feel", "so")) and after not in _SORRY_FOR
