"""Fresh starts: what was begun and given up for something else, at a silence, at a word cut off, or between two words.

As in "did i tell you about | my aunt was in it", "the cam- | what i loved", "he plays the | he is the best of all".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.disfluency.interruptions import (
    BREAK_PAUSE_S,
    base_of,
    breaks,
    common_start,
    may_follow_anything,
    same_kind,
)
from assistant.english.clauses import can_end, starts_clause
from assistant.english.lexicon import can_be_noun, tags_of
from assistant.english.predicates import has_verb, is_surely_finite, is_verb_at, verbs_of
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.english.token import Doc, Token
from assistant.english.words import (
    ANYBODY,
    ARTICLES,
    AUXILIARIES,
    BE,
    BEFORE_INFINITIVE,
    CONJUNCTIONS,
    COORDINATORS,
    DEMONSTRATIVES,
    DETERMINERS,
    DO_AND_MODALS,
    GRAMMAR,
    HAVE,
    MID_ADVERBS,
    NOMINATIVE,
    OPENERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    SUBORDINATORS,
    THINGS,
    THINKING,
    is_contraction,
    is_negation,
    subject_of,
)

_LONGEST = 8
"""Words of the longest beginning that is given up at a silence."""
_NOUN_WITHIN = 3
"""A subject has its verb within this many words of its first noun or adjective."""
_DETERMINED = DETERMINERS | DEMONSTRATIVES | frozenset("his her every each some".split())
# Those that are no particles: "he comes in", "it goes on" can end.
_GOVERNING = frozenset("of with from for about at into to".split())
# A preposition can end a clause behind these: "what it's about", "nothing to laugh at", "worth waiting for".
_STRANDING = QUESTION_WORDS | THINGS | {"that", "all", "one", "worth"}
# What was intended, but hardly answers a question by itself, as "i used to", "i'd love to", "i had to" do.
_INTENDED = frozenset("wanted going tried decided meant planned started began".split())
_NEVER_ALONE = frozenset(("ever", "just", "even"))

_LONG_BREAK_S = 0.4
_LONGEST_FRAGMENT = 7
_OBJECTS = SUBJECTS | {"me", "him", "them", "us"}

_CUT_OFF_REACH = 6
_REPAIRED_WITHIN = 4
"""The repair of a cut-off word comes within this many words after it."""


def given_up_at(doc: Doc, start: int) -> int:
    """Where a beginning at `start`, given up at a silence for another statement, ends; `start` itself where none is.

    The words before the silence can't end there, and those after it can't go on from them: they are a subject and its
    verb. What could end, or could be somebody's answer ("i used to"), stays.
    """
    for stop in range(start + 1, min(start + 1 + _LONGEST, len(doc) - 1)):
        if doc[stop].pause_s >= BREAK_PAUSE_S and _opens_statement(doc, stop):
            return stop if _given_up_from(doc, stop) == start else start
    return start


def _opens_statement(doc: Doc, at: int) -> bool:
    """Whether a subject and its verb come next that are nothing else: "my aunt was"; not "the boy left behind"."""
    words = doc.words[at : at + _NOUN_WITHIN + 3]
    if subject_of(words[0]):
        return starts_clause(doc, at) > 0 and not may_follow_anything(doc.words, at)
    noun = 1 if words[0] in _DETERMINED else 0
    if noun == 0 and words[0] not in ANYBODY:
        return False
    if words[noun] in GRAMMAR - ANYBODY or "JJS" in tags_of(words[noun]):
        # "the most", "this is"
        return False
    for verb in range(noun + 1, min(noun + 1 + _NOUN_WITHIN, len(words))):
        if doc[at + verb].pause_s >= BREAK_PAUSE_S:
            return False
        if is_surely_finite(words[verb - 1], words[verb], (*words[verb + 1 :], "")[0]):
            return True
        if words[verb] in GRAMMAR - MID_ADVERBS:
            return False
    return False


def _given_up_from(doc: Doc, stop: int) -> int:
    """Where what is given up before `stop` begins; `stop` where nothing is."""
    start = _beginning(doc, stop)
    words = doc.words[start:stop]
    if not words:
        return stop
    last = words[-1]
    if subject_of(last) and (is_contraction(last) or last in NOMINATIVE):
        return _from_subject(doc, start, stop)
    if words == ["how", "to"] or _asks_without_verb(words) or _names_without_verb(words, doc, stop):
        return start
    if last == "to" and len(words) > 2 and words[-2] in BEFORE_INFINITIVE:
        return start if _intends(doc, start, stop) else stop
    # "there was the", "he has this"
    wants_noun = last in ARTICLES or (last == "this" and words[-2:-1] in (["there's"], ["has"], ["have"], ["had"]))
    governs = last in _GOVERNING or (wants_noun and doc[stop].word in _DETERMINED)
    return start if governs and _is_open_clause(doc[start:stop]) else stop


def _beginning(doc: Doc, stop: int) -> int:
    """Where the sentence that is broken off before `stop` begins; `stop` where that is too far back."""
    for at in range(stop - 1, max(-1, stop - 1 - _LONGEST), -1):
        before = doc[at - 1].word if at else ""
        if not before or before in COORDINATORS:
            return at
        closed = can_end(doc, at - 1) and has_verb(doc, 0, at)
        # "that's the one | i talked about": without a silence, the clause says more about the noun.
        apart = (before in GRAMMAR or not can_be_noun(before)) and before not in _STRANDING
        fresh = starts_clause(doc, at) and (apart or doc[at].pause_s >= BREAK_PAUSE_S)
        if closed and (doc[at].pause_s >= SENTENCE_PAUSE_S or fresh):
            return at
        if before in SUBORDINATORS and at > 1 and can_end(doc, at - 2):
            return at
    return stop


def _from_subject(doc: Doc, start: int, stop: int) -> int:
    """With a subject alone goes what sets a scene, where the film is spoken of instead: "in my village we | this film".

    Of anybody else, the scene may be meant: "in my village we | my father was the barber".
    """
    words = doc.words[start:stop]
    before = words[-2] if len(words) > 1 else ""
    if before in AUXILIARIES | QUESTION_WORDS | {"than", "as"}:
        return stop
    if words[-1] == "we" and doc[stop].word == "the":
        # "we the audience are sitting there"
        return stop
    scene = words[0] in PREPOSITIONS | SUBORDINATORS and len(words) > 2 and doc[stop].word in DEMONSTRATIVES
    return start if scene and doc[stop].pause_s >= SENTENCE_PAUSE_S else stop - 1


def _asks_without_verb(words: Sequence[str]) -> bool:
    """As in "have you ever", "can we just", "how do you"; not "could he", which asks enough."""
    asked = words[1:] if words[0] in {"how", "what"} else words
    if len(asked) < 2 or asked[0] not in DO_AND_MODALS | HAVE or asked[1] not in SUBJECTS:
        return False
    alone = asked[1] in {"you", "we"} and asked[0] in {"do", "did", "would", "can"}
    return (len(asked) == 2 and alone) or (len(asked) == 3 and asked[2] in _NEVER_ALONE)


def _names_without_verb(words: Sequence[str], doc: Doc, stop: int) -> bool:
    """As in "the trouble with | people call it": one thing, and a verb that is another's."""
    if len(words) != 3 or words[0] not in DETERMINERS or words[2] not in _GOVERNING or "NN" not in tags_of(words[1]):
        return False
    first, second, third = (*doc.words[stop : stop + 3], "")[:3]
    noun, verb = (first, second) if first in ANYBODY else (second, third)
    return "NNS" in tags_of(noun) and tags_of(verb).isdisjoint(("VBZ", "VBD"))


def _intends(doc: Doc, start: int, stop: int) -> bool:
    """As in "i wanted to" at the start of an answer; not where it takes up what was said or asked before."""
    words = doc.words[start:stop]
    stated = has_verb(doc, 0, start)
    contrasts = any(is_negation(word) or word in {"had", "did"} for word in doc.words[stop : stop + 4])
    past = words[-2] in _INTENDED and (words[-2] != "going" or not BE.isdisjoint(words))
    return not stated and not contrasts and past and not any(is_negation(word) for word in words)


def _is_open_clause(tokens: Sequence[Token]) -> bool:
    """Whether the words are a subject, one verb, and what has its noun still to come: "if you think about"."""
    words = [token.word for token in tokens]
    lead = next((at for at, word in enumerate(words) if word not in SUBORDINATORS | OPENERS), 0)
    asks = words[lead] in DO_AND_MODALS | HAVE and subject_of(words[lead + 1]) is not None
    subject = lead + asks
    if not (subject_of(words[subject]) or words[subject] == "there") or subject + 1 >= len(words):
        return False
    rest = words[subject + 1 : -1]
    if any(word in _STRANDING or word in NOMINATIVE or is_contraction(word) for word in rest):
        return False
    if any(word == "to" and before not in BEFORE_INFINITIVE for before, word in pairwise(words[subject:-1])):
        # "sad to look at"
        return False
    passive = {*BE, "got", "get", "gets"} & set(rest) or is_contraction(words[subject])
    if passive and rest and "VBN" in tags_of(rest[-1]):
        # "he was laughed at"
        return False
    # "i think the | my brother was": of what is thought, only the article was given up.
    thought = words[-1] in ARTICLES and rest and rest[-1] in THINKING
    return len(verbs_of(tokens[subject:])) == 1 and not thought


def abandoned_at(doc: Doc, start: int) -> int:
    """Where a beginning at `start`, given up where two words can't meet, ends; `start` itself where there is none."""
    words = doc.words
    for resumed in range(start + 1, min(start + 1 + _LONGEST_FRAGMENT, len(words) - 1)):
        sure, pause_s = breaks(doc, resumed), doc[resumed].pause_s
        paused = pause_s >= BREAK_PAUSE_S
        if not sure and not paused:
            continue
        if base_of(words[resumed]) in {base_of(word) for word in words[max(0, resumed - 3) : resumed]}:
            # Said again, and not given up.
            continue
        if paused and words[resumed] in SUBJECTS and _hangs(words, resumed):
            sure = 2
        noun_subject = words[resumed - 1] in AUXILIARIES and words[start] in DETERMINERS and paused
        if words[resumed] in NOMINATIVE and pause_s < _LONG_BREAK_S:
            noun_subject = False
        asks = words[resumed] in QUESTION_WORDS and subject_of(words[resumed + 1]) is not None
        if (starts_clause(doc, resumed) or asks) and (sure == 2 or (sure and noun_subject)):
            return resumed if _fragment_start(doc, resumed) == start else start
    return start


def _hangs(words: Sequence[str], stop: int) -> bool:
    """As in "the whole | you could feel", "she has this | i don't have the words"."""
    last, before = words[stop - 1], words[stop - 2]
    return last in {"most", "whole"} or (last in {"this", "his", "her"} and before in HAVE | {"there's", "it's"})


def _fragment_start(doc: Doc, stop: int) -> int:
    """Where the beginning that is broken off before `stop` begins: after a conjunction, a pause, a whole clause."""
    at = stop
    while at and at > stop - _LONGEST_FRAGMENT:
        before = doc[at - 1].word
        if before in COORDINATORS or (before in CONJUNCTIONS and at < stop):
            break
        if at < stop and doc[at].pause_s >= 2 * BREAK_PAUSE_S and before not in PREPOSITIONS | DETERMINERS:
            break
        if before in NOMINATIVE and doc[at - 1].pause_s >= BREAK_PAUSE_S:
            # "they don't say it | they just | she's …": only a subject, and only that was given up.
            return at - 1
        if is_verb_at(doc, at - 1):
            return _around_verb(doc.words, at - 1, stop)
        at -= 1
    return at


def _around_verb(words: Sequence[str], verb: int, stop: int) -> int:
    """The start of a fragment with a verb: at its subject, or after the verb where that opens the next clause."""
    if words[verb] in THINKING - {"like", "likes"}:
        return verb + 1
    if objects := [at for at in range(verb + 1, stop) if words[at] in _OBJECTS]:
        # The clause has its object: only what hangs on after that was given up.
        return objects[-1] + 1
    subject = verb
    while subject and not is_contraction(words[subject]) and verb - subject < 4:
        if words[subject - 1] in CONJUNCTIONS or words[subject] in SUBJECTS | DETERMINERS:
            break
        subject -= 1
    return subject


def _is_cut_off(word: str) -> bool:
    """Whether a word was broken off, as a recogniser writes it: with a hyphen at its end."""
    return word.endswith("-")


def half_word_at(doc: Doc, start: int) -> int:
    """The place after a cut-off word at `start`; `start` itself where there is none."""
    return start + 1 if _is_cut_off(doc[start].word) else start


def cut_off_at(doc: Doc, start: int) -> int:
    """Where what goes with a cut-off word, from `start` on, ends; `start` itself where nothing does."""
    for broken in range(start, min(start + _CUT_OFF_REACH, len(doc))):
        if _is_cut_off(doc[broken].word):
            return broken + 1 if _given_up_with(doc, broken) == start else start
    return start


def _given_up_with(doc: Doc, broken: int) -> int:
    """Where what is given up with the cut-off word at `broken` begins; that word alone at the least."""
    words = doc.words
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
    new = starts_clause(doc, resumed) or words[resumed] in {"what's", "there's"}
    if not new or (broken and subject_of(words[broken - 1])):
        return broken
    start = _fragment_start(doc, broken)
    return start - 1 if start and words[start - 1] in CONJUNCTIONS and words[resumed] in CONJUNCTIONS else start


def _runs_alike(words: Sequence[str], start: int, resumed: int, size: int) -> bool:
    pairs = ((words[start + step], words[resumed + step]) for step in range(size))
    return all(one == other or same_kind(one, other) for one, other in pairs)
