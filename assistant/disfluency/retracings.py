"""Repairs that nobody announces: a phrase is broken off, or a word, and begun again or given up for another."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.clauses import starts_clause
from assistant.english.junctions import breaks, is_incomplete
from assistant.english.lexicon import can_be_adjective, can_be_finite
from assistant.english.parallels import base_of, common_start, is_intensifier, same_kind, same_verb
from assistant.english.predicates import is_verb_at
from assistant.english.token import Doc, Token
from assistant.english.words import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    COORDINATORS,
    DETERMINERS,
    DO_AND_MODALS,
    HAVE,
    MID_ADVERBS,
    NOMINATIVE,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    THINKING,
    UNFINISHED,
    is_contraction,
    is_negation,
    subject_of,
)

BREAK_PAUSE_S = 0.25
"""A silence of this length, in seconds, makes it likelier that something was broken off before it."""
_LONG_BREAK_S = 0.4
_REACH = 7
_DITRANSITIVE = frozenset("give gives gave tell tells told show shows showed make makes made let lets".split())
_GIVEN_TO = frozenset("me you him her us them it".split())
# "from man to man", "the best of the best"
_VAGUE = frozenset(("something", "someone", "somebody", "somewhere"))
_LINKING = frozenset(("of", "to", "by", "after", "for", "than"))

_CUT_OFF_REACH = 6
_REPAIRED_WITHIN = 4
"""The repair of a cut-off word comes within this many words after it."""


def retrace_at(doc: Doc, start: int) -> int:
    """Where a phrase that begins at `start`, and that is begun again, ends; `start` itself where there is none."""
    words = doc.words
    for resumed in range(start + 1, min(start + 1 + _REACH, len(words))):
        if _is_retraced(words, doc, start, resumed):
            return resumed
    return start


def abandoned_at(doc: Doc, start: int) -> int:
    """Where a beginning at `start` that was given up for another sentence ends; `start` itself where there is none."""
    words = doc.words
    for resumed in range(start + 1, min(start + 1 + _REACH, len(words) - 1)):
        sure = breaks(doc, resumed)
        paused = doc[resumed].pause_s >= BREAK_PAUSE_S
        if not sure and not paused:
            continue
        if base_of(words[resumed]) in {base_of(word) for word in words[max(0, resumed - 3) : resumed]}:
            # Said again, and not given up.
            continue
        if paused and words[resumed] in SUBJECTS and _hangs(words, resumed):
            sure = 2
        noun_subject = words[resumed - 1] in AUXILIARIES and words[start] in DETERMINERS and paused
        opens = starts_clause(doc, resumed) or (
            words[resumed] in QUESTION_WORDS and subject_of(words[resumed + 1]) is not None
        )
        if noun_subject and words[resumed] in NOMINATIVE and doc[resumed].pause_s < _LONG_BREAK_S:
            noun_subject = False
        if (sure == 2 and opens) or (sure and noun_subject and opens):
            return resumed if fragment_start(words, doc, resumed) == start else start
    return start


def _hangs(words: Sequence[str], stop: int) -> bool:
    """As in "the whole | you could feel", "she has this | i don't have the words"."""
    last, before = words[stop - 1], words[stop - 2]
    return last in {"most", "whole"} or (last in {"this", "his", "her"} and before in HAVE | {"there's", "it's"})


def fragment_start(words: Sequence[str], tokens: Sequence[Token], stop: int) -> int:
    """Where the beginning that is broken off before `stop` begins: after a conjunction, a pause, a whole clause."""
    at = stop
    while at and at > stop - _REACH:
        before = words[at - 1]
        if before in COORDINATORS or (before in CONJUNCTIONS and at < stop):
            break
        if at < stop and tokens[at].pause_s >= 2 * BREAK_PAUSE_S and before not in PREPOSITIONS | DETERMINERS:
            break
        if before in NOMINATIVE and tokens[at - 1].pause_s >= BREAK_PAUSE_S:
            # "they don't say it | they just | she's …": only a subject, and only that was given up.
            return at - 1
        if is_verb_at(tokens, at - 1):
            return _around_verb(words, at - 1, stop)
        at -= 1
    return at


def _around_verb(words: Sequence[str], verb: int, stop: int) -> int:
    """The start of a fragment with a verb: at its subject, or after the verb where that opens the next clause."""
    if words[verb] in THINKING and words[verb] not in {"like", "likes"}:
        return verb + 1
    if any(word in SUBJECTS or word in {"me", "him", "them", "us"} for word in words[verb + 1 : stop]):
        # The clause has its object: only what hangs on after that was given up.
        return max(at for at in range(verb + 1, stop) if words[at] in SUBJECTS | {"me", "him", "them", "us"}) + 1
    subject = verb
    while subject and not is_contraction(words[subject]) and verb - subject < 4:
        if words[subject - 1] in CONJUNCTIONS or words[subject] in SUBJECTS | DETERMINERS:
            break
        subject -= 1
    return subject


def _is_retraced(words: list[str], doc: Doc, start: int, resumed: int) -> bool:
    sure = breaks(doc, resumed)
    same = common_start(words, start, resumed)
    if not (sure or same) or resumed + same >= len(words):
        return False
    size = resumed - start
    before = words[start - 1] if start else ""
    paused = doc[resumed].pause_s >= BREAK_PAUSE_S
    if sure and not (sure == 1 and paused and (words[resumed - 1] in DO_AND_MODALS or is_negation(words[resumed - 1]))):
        # "would you see it again?" "i would | i'd love to": such an answer is complete.
        return _is_anchor(words, start, resumed, sure, paused) and _may_begin(words, doc, start, sure, paused)
    last = words[resumed - 1]
    if start and (before == last or (before in DETERMINERS and last in DETERMINERS)):
        # The likeness began earlier: "half of it is music half of it is silence" runs in step.
        return False
    if same >= 3 and size == same + 1 and last in _VAGUE:
        return True
    if same >= 2:
        if last in _LINKING or (last in PREPOSITIONS and not paused):
            return False
        # "the story was | the story is", not "the one i like is the one i saw"
        copied = same == size - 1 or last not in AUXILIARIES
        if copied and is_incomplete(words, start, resumed) and size <= 5 and before not in QUESTION_WORDS:
            return True
        # "in the second | in the third act"
        modifier = can_be_adjective(last) or last in NUMBERS
        return size == 3 and words[start] in PREPOSITIONS and modifier and same == 2
    if same != 1:
        return False
    if words[start] in COORDINATORS and size == 2 and subject_of(words[resumed + 1]):
        # "and got | and i got this"
        return words[start + 1] == words[resumed + 2] and can_be_finite(words[start + 1])
    if (
        size == 3
        and paused
        and words[start] in DETERMINERS
        and words[start + 2 : start + 3] == words[resumed + 2 : resumed + 3]
    ):
        # "the first act (…) the second act drags"
        verb = words[resumed + 3 : resumed + 4]
        return same_kind(words[start + 1], words[resumed + 1]) and bool(verb) and can_be_finite(verb[0])
    return _same_noun(words, start, resumed) or _same_clause(words, doc, start, resumed)


def _is_anchor(words: list[str], start: int, resumed: int, sure: int, paused: bool) -> bool:
    """Whether `start` is where the repair takes up: the longest and then nearest match, else the nearest of a kind."""
    places = range(max(0, resumed - _REACH), resumed)
    matches = {at: common_start(words, at, resumed) for at in places}
    longest = max(matches.values())
    within = start > 0 and words[start - 1] not in CONJUNCTIONS and same_kind(words[start], "the")
    if within and words[resumed - 1] in NOMINATIVE and longest < 2:
        # "when i was a boy we | my father": only the subject is another.
        return False
    if longest:
        return start == max(at for at in places if matches[at] == longest)
    if sure < 2 and not paused:
        return False
    if words[resumed] in AUXILIARIES | CONJUNCTIONS:
        return False
    near = range(max(0, resumed - 3), resumed)
    alike = [at for at in near if same_kind(words[at], words[resumed])]
    return bool(alike) and start == alike[-1]


def _may_begin(words: list[str], tokens: Sequence[Token], start: int, sure: int, paused: bool) -> bool:
    """Whether a clause with its own subject can begin here: not in "all i had | i gave", "the one i lived for"."""
    before = words[start - 1] if start else ""
    if sure == 2 or not subject_of(words[start]):
        return True
    free = not start or before in CONJUNCTIONS - {"than"} or tokens[start].pause_s >= BREAK_PAUSE_S
    thinks = before in THINKING - {"like", "likes"}
    return (free or thinks) and before not in QUESTION_WORDS - {"when"}


def _same_noun(words: list[str], start: int, resumed: int) -> bool:
    """As in "the end | the ending": the same beginning of a noun, said in full the second time."""
    if resumed - start != 2 or words[start] not in ARTICLES | POSSESSIVES or resumed + 1 >= len(words):
        return False
    short, long = words[start + 1], words[resumed + 1]
    if words[resumed + 2 : resumed + 3] == [short] and is_intensifier(long):
        # "the last | the very last"
        return can_be_adjective(short)
    if words[resumed + 2 : resumed + 3] == [short] and can_be_adjective(long) and words[start] == "the":
        # "the boy | the older boy"
        return not start or words[start - 1] in CONJUNCTIONS
    return len(short) > 2 and len(long) > len(short) and long.startswith(short)


def _same_clause(words: list[str], tokens: Sequence[Token], start: int, resumed: int) -> bool:
    """As in "it makes you | it made me", "i can't | i couldn't", "he gives her | he brings her"."""
    size = resumed - start
    if subject_of(words[start]) is None or not 2 <= size <= 3 or resumed + 2 >= len(words):
        return False
    before = words[start - 1] if start else ""
    if before in QUESTION_WORDS | THINKING or (
        start and before not in CONJUNCTIONS | MID_ADVERBS and not _ends(before)
    ):
        return False
    if base_of(words[start]) != base_of(words[resumed]):
        return False
    first, again = words[start + 1], words[resumed + 1]
    if words[resumed + 2] == first and first in UNFINISHED and size == 2 and is_intensifier(again):
        # "you feel | you really feel the cold"
        return True
    if first in {"not", "no"} and is_contraction(words[start]) and size == 2:
        # "it's not | it isn't"
        return is_negation(again)
    rest = words[start + 2 : resumed]
    if first != again and same_verb(first, again) and is_negation(first) == is_negation(again):
        return all(word in _GIVEN_TO for word in rest)
    follows = words[resumed + 2 : resumed + 3]
    return first in _DITRANSITIVE and bool(rest) and rest == follows and resumed + 3 < len(words)


def _ends(word: str) -> bool:
    return word not in PREPOSITIONS | DETERMINERS | AUXILIARIES


def is_cut_off(word: str) -> bool:
    """Whether a word was broken off, as a recogniser writes it: with a hyphen at its end."""
    return word.endswith("-")


def half_word_at(doc: Doc, start: int) -> int:
    """The place after a cut-off word at `start`; `start` itself where there is none."""
    return start + 1 if is_cut_off(doc[start].word) else start


def cut_off_at(doc: Doc, start: int) -> int:
    """Where what goes with a cut-off word, from `start` on, ends; `start` itself where nothing does."""
    words = doc.words
    for broken in range(start, min(start + _CUT_OFF_REACH, len(words))):
        if is_cut_off(words[broken]):
            return broken + 1 if _given_up(words, doc, broken) == start else start
    return start


def _given_up(words: list[str], tokens: Sequence[Token], broken: int) -> int:
    """Where what is given up with the cut-off word at `broken` begins; that word alone at the least."""
    stem, resumed = words[broken].rstrip("-"), broken + 1
    low = max(0, broken - _CUT_OFF_REACH + 1)
    if resumed >= len(words):
        return broken
    # "the cam- the camera", "i re- i really"
    for at in range(resumed, min(resumed + _REPAIRED_WITHIN, len(words))):
        start = broken - (at - resumed)
        if words[at].startswith(stem) and start >= low and _runs_alike(words, start, resumed, at - resumed):
            return start
    matches = {at: common_start(words, at, resumed) for at in range(low, broken)}
    longest = max(matches.values(), default=0)
    if longest:
        return max(at for at, same in matches.items() if same == longest)
    opens = words[resumed] in DETERMINERS | PREPOSITIONS
    alike = [at for at in range(max(low, broken - 2), broken) if opens and same_kind(words[at], words[resumed])]
    if alike:
        return alike[-1]
    new = starts_clause(tokens, resumed) or words[resumed] in {"what's", "there's"}
    if new and subject_of(words[broken - 1] if broken else "") is None:
        start = fragment_start(words, tokens, broken)
        if not (start and words[start - 1] in CONJUNCTIONS and words[resumed] in CONJUNCTIONS):
            return start
        return start - 1
    return broken


def _runs_alike(words: list[str], start: int, resumed: int, size: int) -> bool:
    return all(same_kind(words[start + step], words[resumed + step]) or words[start + step] == words[resumed + step]
               for step in range(size))  # fmt: skip
