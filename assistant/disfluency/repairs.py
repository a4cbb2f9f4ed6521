"""Repairs that are announced ("no", "sorry", "i mean", "or rather"): the repair stays, the rest goes."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.disfluency.interruptions import (
    BREAK_PAUSE_S,
    base_of,
    begins,
    common_start,
    is_incomplete,
    is_intensifier,
    same_kind,
)
from assistant.english.clauses import starts_clause, tells_meaning
from assistant.english.lexicon import can_be_adjective, can_be_finite, can_be_noun, is_known, lemmas_of
from assistant.english.predicates import has_verb
from assistant.english.questions import is_question
from assistant.english.token import Doc, annotation
from assistant.english.words import (
    ANYBODY,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    COORDINATORS,
    DETERMINERS,
    DO_AND_MODALS,
    DOUBTFUL_REPAIR_TERMS,
    NUMBERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    REPAIR_TERMS,
    SUBJECTS,
    is_content,
    is_contraction,
    is_negation,
    looks_like_verb,
    subject_of,
)

_REACH = 8
"""Words of the longest stretch that a repair replaces."""
_TERMS: dict[str, list[tuple[str, ...]]] = {}
"""What can announce a repair, by its first word, the longest first."""
for _term in sorted(REPAIR_TERMS | DOUBTFUL_REPAIR_TERMS, key=len, reverse=True):
    _TERMS.setdefault(_term[0], []).append(_term)

# "i said no", "there is no", "oh no", "with no": an answer or a quantity.
_NO_AFTER = BE | PREPOSITIONS | CONJUNCTIONS | DETERMINERS | frozenset(
    "oh no say says said have has had having get gets got saw see find found feel felt answer answers answered just "
    "made makes make need needs there's yes that none then".split()
)  # fmt: skip
# "no wonder i cried", "no longer"
_AFTER_A_NO = frozenset("no one longer matter wonder doubt".split())
_SORRY_AFTER = BE | frozenset(
    "i'm he's she's they're we're you're feel feels felt so very really feeling say said".split()
)
_SORRY_BEFORE = frozenset("for about to that if but and".split())
_WAIT_AFTER = (
    AUXILIARIES
    | SUBJECTS
    | frozenset("to the a and people they'd i'd not never say says said saying shout shouts shouted like".split())
)
_LATELY = 5
_PHRASE = 3
"""The verb that makes a phrase a sentence comes within this many words of its first two."""
_SURE = 2
"""Words said again that show that another sentence is the same one, corrected."""


def repair_at(doc: Doc, start: int) -> int:
    """Where what is taken back, from `start` on, ends, its announcement with it; `start` itself where there is none."""
    words = doc.words
    for end in range(start + 1, min(start + 1 + _REACH, len(words) - 1)):
        if announcement := _announcement(doc, end):
            resumed, strong = announcement
            resumed = _after_denial(words, start, end, resumed)
            if _reparandum(doc, end, resumed, strong) == start:
                return resumed
    return start


@annotation
def _announcement(doc: Doc, at: int) -> tuple[int, bool] | None:
    """Where the repair begins that is announced at `at`, and whether the words can mean nothing else."""
    words = doc.words
    for term in _TERMS.get(words[at], ()):
        resumed, strong = at + len(term), term in REPAIR_TERMS
        if tuple(words[at:resumed]) == term and resumed < len(words):
            return (resumed, strong) if strong or _announces(doc, at, resumed) else None
    return None


def _after_denial(words: Sequence[str], start: int, end: int, resumed: int) -> int:
    """Past what only denies the thing said before: "boring no not boring | it was patient"."""
    if words[resumed : resumed + 1] == ["not"] and words[end - 1] == (words[resumed + 1 : resumed + 2] or [""])[0]:
        after = resumed + 2
        if after < len(words) and base_of(words[after]) == base_of(words[start]):
            return after
    return resumed


def _announces(doc: Doc, end: int, resumed: int) -> bool:
    """Whether a word that can announce a repair may do so here."""
    words = doc.words
    term, before, after = words[end], words[end - 1], words[resumed]
    paused = max(doc[end].pause_s, doc[resumed].pause_s) >= BREAK_PAUSE_S
    if term == "no":
        # "events no action": without a pause, a "no" before a thing denies the thing.
        denies = can_be_noun(after) and is_known(after) and before != after and not paused
        if denies and after not in words[max(0, end - _LATELY) : end] and not _exchanges(words, end, resumed):
            return False
        earlier = "no" in words[max(0, end - _LATELY) : end]
        return before not in _NO_AFTER and after not in _AFTER_A_NO and not earlier
    # "to the late sorry to the early show", "to a town i mean to a village"; not "sorry to say", "i mean to see it"
    anew = after == "to" and (*words[resumed + 1 :], "")[0] in words[max(0, end - 3) : end]
    if term == "sorry":
        return before not in _SORRY_AFTER and (after not in _SORRY_BEFORE or anew)
    if term == "wait":
        return before not in _WAIT_AFTER and after != "and" and (paused or after in words[max(0, end - _LATELY) : end])
    if term == "i":
        bound = before in DO_AND_MODALS | QUESTION_WORDS | COORDINATORS | {"if", "that"}
        intends = after in {"to", "that", "every"} and not anew
        return not (bound or intends or tells_meaning(words[:end]))
    return paused and before not in {"as", "very", "so", "do", "did"} | BE


def _exchanges(words: Sequence[str], end: int, resumed: int) -> bool:
    """As in "three stars no four stars", "sad no funny"."""
    after, following = words[resumed], (*words[resumed + 1 : resumed + 2], "")[0]
    adjectives = can_be_adjective(words[end - 1]) and can_be_adjective(after)
    return adjectives or (following != "" and following in words[max(0, end - 2) : end])


def _reparandum(doc: Doc, end: int, resumed: int, strong: bool) -> int:
    """Where what the repair at `resumed` replaces begins; `end` where nothing does."""
    words = doc.words
    low = max(0, end - _REACH)
    apart_s = (4 if strong else 2) * BREAK_PAUSE_S
    clause = next((at for at in range(end - 1, low - 1, -1) if at == 0 or doc[at].pause_s >= apart_s), low)
    places = range(max(low, clause), end)
    matches = {at: min(common_start(words, at, resumed), end - at) for at in places}
    longest = max(matches.values(), default=0)
    sentence = starts_clause(doc, resumed) > 0 or words[resumed] in ANYBODY
    if words[end] == "well" and not strong and sentence and longest < _SURE:
        # "my mother | well | nobody asked her": before another sentence it only wins time.
        return end
    if longest:
        start = max(at for at in places if matches[at] == longest)
        start = _with_its_clause(words, start, resumed)
        return start if strong or _is_plausible(doc, start, end, resumed) else end
    return _by_kind(doc, end, resumed, strong)


def _with_its_clause(words: Sequence[str], start: int, resumed: int) -> int:
    """Back to the subject where the repair has its verb: "he loses his job no sorry his wife loses hers"."""
    again = {word for word in words[resumed + 1 : resumed + 4] if can_be_finite(word)}
    for verb in range(start - 1, max(0, start - 4), -1):
        if words[verb] in again and subject_of(words[verb - 1]):
            return verb - 1
    return start


def _is_plausible(doc: Doc, start: int, end: int, resumed: int) -> bool:
    """Whether words that begin alike on both sides of a weak announcement are one thing said twice."""
    words = doc.words
    explains = words[end] == "i"
    first = words[start]
    if subject_of(first):
        if not explains and (is_question(doc[start:end]) or is_question(doc[max(0, start - 1) : end])):
            return False
        if is_incomplete(words, start, end) or end - start <= 2:
            return True
        # A whole clause, and another: the second replaces the first where it says the same of something else.
        same = common_start(words, start, resumed)
        return not explains and (same >= 2 or doc[resumed].pause_s >= BREAK_PAUSE_S) and not _denies(words, start, end)
    if not explains:
        return True
    if first not in DETERMINERS | PREPOSITIONS | NUMBERS | {"his", "her", "as"}:
        return False
    return begins(doc, start) or not _states(doc, resumed) or not _has_verb(doc, start)


def _states(doc: Doc, resumed: int) -> bool:
    """Whether the phrase at `resumed` opens a sentence of its own: "the light was soft", "as a satire it's weak"."""
    after = doc.words[resumed + 2 : resumed + 2 + _PHRASE]
    end = next((at for at, word in enumerate(after) if looks_like_verb(word) or subject_of(word)), None)
    return end is not None and all(word not in CONJUNCTIONS | PREPOSITIONS | QUESTION_WORDS for word in after[:end])


def _has_verb(doc: Doc, stop: int) -> bool:
    """Whether the sentence before `stop` has its verb: "i liked the sword", not "the guy with the sword"."""
    start = next((at + 1 for at in range(stop - 1, -1, -1) if doc[at].word in CONJUNCTIONS), 0)
    return has_verb(doc, start, stop)


def _denies(words: Sequence[str], start: int, end: int) -> bool:
    """As in "i didn't like it no i hated it": the "no" agrees."""
    return any(is_negation(word) for word in words[start:end])


def _by_kind(doc: Doc, end: int, resumed: int, strong: bool) -> int:
    words = doc.words
    first = words[resumed]
    after = words[resumed + 1] if resumed + 1 < len(words) else ""
    if subject_of(first):
        return _other_subject(words, end, resumed)
    # "three stars no four stars", "a spanish film no a french film"
    for at in range(end - 2, max(-1, end - _LATELY), -1):
        if words[at + 1] == after and after and same_kind(words[at], first):
            return at
    if same_kind(words[end - 1], first):
        return end - 1
    # "slow i mean really slow", "a lot no quite a lot"
    if is_intensifier(first) and after and (words[end - 1] == after or same_kind(words[end - 1], after)):
        return end - 1
    if first in DETERMINERS | PREPOSITIONS or (strong and first in {"his", "her", "this", "that"}):
        for at in range(end - 1, max(-1, end - _LATELY), -1):
            if same_kind(words[at], first):
                return at
    # "happy or rather relieved"
    if strong and can_be_adjective(words[end - 1]) and can_be_adjective(first):
        return end - 1
    return _last_again(doc, end, resumed)


def _last_again(doc: Doc, end: int, resumed: int) -> int:
    """As in "yesterday no the day before yesterday", "i cried no my wife cried": what was said last is said again."""
    words = doc.words
    last, between = words[end - 1], words[resumed : resumed + _PHRASE]
    again = next((at for at in range(resumed + 1, resumed + 1 + _PHRASE) if words[at : at + 1] == [last]), None)
    denied = _denies(words, max(0, end - _LATELY), end) or any(is_negation(word) for word in between)
    if again is None or not is_content(last) or words[end] == "i" or words[resumed] in CONJUNCTIONS or denied:
        return end
    if can_be_finite(last) and end > 1 and subject_of(words[end - 2]):
        return end if is_question(doc[max(0, end - 3) : end]) else end - 2
    return end - 1 if can_be_noun(last) and not _states(doc, resumed) else end


def _other_subject(words: Sequence[str], end: int, resumed: int) -> int:
    """As in "he leaves her i mean she leaves him": the same said of somebody else."""
    for start in range(end - 1, max(-1, end - _LATELY), -1):
        if subject_of(words[start]) and words[start] not in {"it", "you"}:
            size = end - start
            said = _content(words[start + 1 : end])
            again = _content(words[resumed + 1 : resumed + size])
            # "he no she said": the pronoun alone.
            alone = size == 1 and not is_contraction(words[start])
            return start if alone or (said and said == again) else end
    return end


def _content(words: Sequence[str]) -> set[frozenset[str]]:
    return {lemmas_of(word) for word in words if is_content(word)}
