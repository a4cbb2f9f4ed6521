"""Where the words themselves show that somebody searched for them, or was unsure of what to say.

Repeats and restarts are found by the rules that take them out of a review. What those take out only for the sake of the
wording (fillers, "you know") doesn't count here. Hedges, apologies, corrections and answers that aren't answers go by
an answer's words alone, as a recogniser writes them: lower-case, without fillers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant.disfluency.fresh_starts import abandoned_at, given_up_at
from assistant.disfluency.repairs import repair_at
from assistant.disfluency.repeats import repeat_at
from assistant.disfluency.retracings import restart_at, retrace_at, reworded_at
from assistant.english.endings import Ending, may_end
from assistant.english.token import Doc, Token
from assistant.english.words import (
    APOLOGIES,
    ARTICLES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    CORRECTIONS,
    DEMONSTRATIVES,
    DETERMINERS,
    HEDGING,
    NON_ANSWERS,
    OPENERS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    looks_like_verb,
    subject_of,
)
from assistant.turns.answer import Word

_SAID_ANEW = (given_up_at, restart_at, repair_at, retrace_at, abandoned_at, reworded_at)
"""Rules for what was begun and is said in other words: false starts, announced repairs ("no, I mean"), phrases begun
again, sentences given up for others."""

_LEAST_CUT_OFF_LETTERS = 2
# No clause begins after one of these. That is another question than whether an utterance may end on it (`may_end`): a
# clause begins after "we thought".
_LEADS_ON = AUXILIARIES | PREPOSITIONS | CONJUNCTIONS | ARTICLES | POSSESSIVES | SUBJECTS | frozenset(("very", "too"))
_OPENS = (
    CONJUNCTIONS
    | SUBJECTS
    | QUESTION_WORDS
    | OPENERS
    | frozenset(
        "there here well no yes nobody everybody somebody everyone someone nothing everything something anyone people "
        "not let please".split()
    )
)
_OPENS_PHRASE = DETERMINERS | DEMONSTRATIVES | frozenset("her his every each some most all both many one".split())
_TRAILING_HEDGE = 2
"""Words of the longest hedge that may stand after the conjunction that an answer trails off on: "but i guess"."""

_AROUND_NON_ANSWERS = frozenset("well oh okay so no honestly really sorry um uh hmm to be honest".split())

# "this kind of film", "the same sort of thing": a kind, and no hedge.
_NAMES_A_KIND = DETERMINERS | frozenset("this that these those what which some any same other another every no".split())
# "i don't know him", "i'm sorry for her", "i mean it": about the world, and not about the answer.
_KNOWN = frozenset("him her them you that this it anyone anything anybody his their the a any much many".split())
_SORRY_FOR = frozenset("for about that to you".split())
_LINKING = BE | frozenset("felt feels feel just so and seemed looked".split())


@dataclass(frozen=True, slots=True)
class Disfluencies:
    """Places in an answer's words, as indices.

    `repeats` and `restarts` name the first word of what was said again, `cut_offs` the half word.
    """

    repeats: tuple[int, ...]
    restarts: tuple[int, ...]
    cut_offs: tuple[int, ...]


def detect(words: Sequence[Word], pauses_before: dict[int, float]) -> Disfluencies:
    """Find repeats, restarts and words cut off.

    Parameters
    ----------
    words
        Without fillers.
    pauses_before
        Silence in seconds before a word, by its index; words without one are left out.
    """
    doc = Doc(
        Token(word.word, index, 0, word.start_s, word.end_s, pause_s=pauses_before.get(index, 0.0))
        for index, word in enumerate(words)
    )
    repeats, restarts, cut_offs = [], [], []
    at = 0
    while at < len(doc):
        repeated, restarted = repeat_at(doc, at), max(rule(doc, at) for rule in _SAID_ANEW)
        if repeated > at:
            repeats.append(repeated)
        elif restarted > at:
            restarts.append(restarted)
        elif _is_cut_off(words, at):
            cut_offs.append(at)
        at = max(repeated, restarted, at + 1)
    return Disfluencies(tuple(repeats), tuple(restarts), tuple(cut_offs))


def _is_cut_off(words: Sequence[Word], at: int) -> bool:
    """As in "ro- romantic": the beginning of the next word, and no word that English has."""
    word = words[at].word
    if word.endswith("-"):
        return True
    following = words[at + 1].word if at + 1 < len(words) else ""
    return (
        _LEAST_CUT_OFF_LETTERS <= len(word) < len(following)
        and following.startswith(word)
        and not looks_like_verb(word)
        and word not in _OPENS | _OPENS_PHRASE | _LEADS_ON
        and following.removeprefix(word) not in {"s", "'s", "ly", "es", "ed", "ing"}
    )


def opens_clause(words: Sequence[str], at: int) -> bool:
    """Whether a clause is likely to begin with the word at `at`, as far as its neighbours tell.

    There are no sentence marks in what a recogniser writes. A clause can't begin after a word that needs another
    ("the", "with", "was"); it does where a conjunction, a subject or the like comes next; and where an article comes
    next unless a verb before it waits for its object.
    """
    if at == 0:
        return True
    before, here = words[at - 1], words[at]
    if before in _LEADS_ON or (subject_of(before) and before not in {"it", "you"}):
        return False
    if here in _OPENS or subject_of(here):
        return True
    return here in _OPENS_PHRASE and not looks_like_verb(before)


def trailing(words: Sequence[str], hedged: Collection[tuple[int, int]]) -> int | None:
    """The conjunction, preposition or article that an answer is left hanging on, or None.

    A hedge after it doesn't close it: "but i guess". Not hanging are "i think so", "it was good though", "i don't want
    to", and a preposition whose noun came before: "what i was looking for".
    """
    last = len(words) - 1
    for start, stop in hedged:
        if stop == len(words) and stop - start <= _TRAILING_HEDGE and start and words[start - 1] in CONJUNCTIONS:
            last = start - 1
    if last < 1:
        return None
    return last if may_end(words[: last + 1]) is Ending.HANGING else None


def hedges(words: Sequence[str], broken: Collection[int]) -> list[tuple[int, int]]:
    """Hedges that fill time ("i guess", "kind of", a lone "like"): first word and the one after the last of each.

    "I like this" is none, nor are "this kind of film" and "i don't know him". `broken` holds the words that had a pause
    or a filler before them.
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
