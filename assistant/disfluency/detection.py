"""Where the words themselves show that somebody searched for them: repeats, restarts, words cut off, open ends.

Repeats and restarts are found by the rules that take them out of a review. What those take out only for the sake of the
wording (fillers, "you know") doesn't count here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.disfluency.false_starts import restart_at
from assistant.disfluency.fresh_starts import given_up_at
from assistant.disfluency.repairs import repair_at
from assistant.disfluency.repeats import repeat_at
from assistant.disfluency.retracings import abandoned_at, retrace_at
from assistant.disfluency.substitutions import reworded_at
from assistant.english.endings import Ending, may_end
from assistant.english.token import Doc, Token
from assistant.english.words import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    DEMONSTRATIVES,
    DETERMINERS,
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
        "after before when not let please".split()
    )
)
_OPENS_PHRASE = DETERMINERS | DEMONSTRATIVES | frozenset("her his every each some most all both many one".split())
_TRAILING_HEDGE = 2
"""Words of the longest hedge that may stand after the conjunction that an answer trails off on: "but i guess"."""


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
