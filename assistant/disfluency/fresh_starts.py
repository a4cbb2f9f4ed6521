"""Beginnings given up at a silence for a sentence about something else: "did i tell you about | my aunt was in it"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.disfluency.retracings import BREAK_PAUSE_S
from assistant.english.clauses import can_end, starts_clause
from assistant.english.junctions import may_follow_anything
from assistant.english.lexicon import can_be_noun, tags_of
from assistant.english.predicates import is_surely_finite, is_verb_at, verbs_of
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.english.token import Doc, Token
from assistant.english.words import (
    ANYBODY,
    ARTICLES,
    AUXILIARIES,
    BE,
    BEFORE_INFINITIVE,
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

_REACH = 8
"""Words of the longest beginning."""
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


def given_up_at(doc: Doc, start: int) -> int:
    """Where a beginning at `start`, given up at a silence for another statement, ends; `start` itself where none is.

    The words before the silence can't end there, and those after it can't go on from them: they are a subject and its
    verb. What could end, or could be somebody's answer ("i used to"), stays.
    """
    for stop in range(start + 1, min(start + 1 + _REACH, len(doc) - 1)):
        if doc[stop].pause_s >= BREAK_PAUSE_S and _opens_statement(doc, stop):
            return stop if _given_up_from(doc, stop) == start else start
    return start


def _opens_statement(tokens: Sequence[Token], at: int) -> bool:
    """Whether a subject and its verb come next that are nothing else: "my aunt was"; not "the boy left behind"."""
    words = [token.word for token in tokens[at : at + _NOUN_WITHIN + 3]]
    if subject_of(words[0]):
        said = [token.word for token in tokens[: at + len(words)]]
        return starts_clause(tokens, at) > 0 and not may_follow_anything(said, at)
    noun = 1 if words[0] in _DETERMINED else 0
    if noun == 0 and words[0] not in ANYBODY:
        return False
    if words[noun] in GRAMMAR - ANYBODY or "JJS" in tags_of(words[noun]):
        # "the most", "this is"
        return False
    for verb in range(noun + 1, min(noun + 1 + _NOUN_WITHIN, len(words))):
        if tokens[at + verb].pause_s >= BREAK_PAUSE_S:
            return False
        if is_surely_finite(words[verb - 1], words[verb], (*words[verb + 1 :], "")[0]):
            return True
        if words[verb] in GRAMMAR - MID_ADVERBS:
            return False
    return False


def _given_up_from(tokens: Sequence[Token], stop: int) -> int:
    """Where what is given up before `stop` begins; `stop` where nothing is."""
    start = _beginning(tokens, stop)
    words = [token.word for token in tokens[start:stop]]
    if not words:
        return stop
    last = words[-1]
    if subject_of(last) and (is_contraction(last) or last in NOMINATIVE):
        return _from_subject(tokens, start, stop)
    if words == ["how", "to"] or _asks_without_verb(words) or _names_without_verb(words, tokens, stop):
        return start
    if last == "to" and len(words) > 2 and words[-2] in BEFORE_INFINITIVE:
        return start if _intends(tokens, start, stop) else stop
    # "there was the", "he has this"
    wants_noun = last in ARTICLES or (last == "this" and words[-2:-1] in (["there's"], ["has"], ["have"], ["had"]))
    governs = last in _GOVERNING or (wants_noun and tokens[stop].word in _DETERMINED)
    return start if governs and _is_open_clause(tokens[start:stop]) else stop


def _beginning(tokens: Sequence[Token], stop: int) -> int:
    """Where the sentence that is broken off before `stop` begins; `stop` where that is too far back."""
    for at in range(stop - 1, max(-1, stop - 1 - _REACH), -1):
        before = tokens[at - 1].word if at else ""
        if not before or before in COORDINATORS:
            return at
        closed = can_end(tokens, at - 1) and any(is_verb_at(tokens, place) for place in range(at))
        # "that's the one | i talked about": without a silence, the clause says more about the noun.
        apart = (before in GRAMMAR or not can_be_noun(before)) and before not in _STRANDING
        fresh = starts_clause(tokens, at) and (apart or tokens[at].pause_s >= BREAK_PAUSE_S)
        if closed and (tokens[at].pause_s >= SENTENCE_PAUSE_S or fresh):
            return at
        if before in SUBORDINATORS and at > 1 and can_end(tokens, at - 2):
            return at
    return stop


def _from_subject(tokens: Sequence[Token], start: int, stop: int) -> int:
    """With a subject alone goes what sets a scene, where the film is spoken of instead: "in my village we | this film".

    Of anybody else, the scene may be meant: "in my village we | my father was the barber".
    """
    words = [token.word for token in tokens[start:stop]]
    before = words[-2] if len(words) > 1 else ""
    if before in AUXILIARIES | QUESTION_WORDS | {"than", "as"}:
        return stop
    if words[-1] == "we" and tokens[stop].word == "the":
        # "we the audience are sitting there"
        return stop
    scene = words[0] in PREPOSITIONS | SUBORDINATORS and len(words) > 2 and tokens[stop].word in DEMONSTRATIVES
    return start if scene and tokens[stop].pause_s >= SENTENCE_PAUSE_S else stop - 1


def _asks_without_verb(words: Sequence[str]) -> bool:
    """As in "have you ever", "can we just", "how do you"; not "could he", which asks enough."""
    asked = words[1:] if words[0] in {"how", "what"} else words
    if len(asked) < 2 or asked[0] not in DO_AND_MODALS | HAVE or asked[1] not in SUBJECTS:
        return False
    alone = asked[1] in {"you", "we"} and asked[0] in {"do", "did", "would", "can"}
    return (len(asked) == 2 and alone) or (len(asked) == 3 and asked[2] in _NEVER_ALONE)


def _names_without_verb(words: Sequence[str], tokens: Sequence[Token], stop: int) -> bool:
    """As in "the trouble with | people call it": one thing, and a verb that is another's."""
    if len(words) != 3 or words[0] not in DETERMINERS or words[2] not in _GOVERNING or "NN" not in tags_of(words[1]):
        return False
    first, second, third = (*(token.word for token in tokens[stop : stop + 3]), "")[:3]
    noun, verb = (first, second) if first in ANYBODY else (second, third)
    return "NNS" in tags_of(noun) and tags_of(verb).isdisjoint(("VBZ", "VBD"))


def _intends(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """As in "i wanted to" at the start of an answer; not where it takes up what was said or asked before."""
    words = [token.word for token in tokens[start:stop]]
    stated = any(is_verb_at(tokens, at) for at in range(start))
    contrasts = any(is_negation(token.word) or token.word in {"had", "did"} for token in tokens[stop : stop + 4])
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
    if any(word == "to" and rest[at - 1] not in BEFORE_INFINITIVE for at, word in enumerate(rest)):
        # "sad to look at"
        return False
    passive = {*BE, "got", "get", "gets"} & set(rest) or is_contraction(words[subject])
    if passive and rest and "VBN" in tags_of(rest[-1]):
        # "he was laughed at"
        return False
    # "i think the | my brother was": of what is thought, only the article was given up.
    thought = words[-1] in ARTICLES and rest and rest[-1] in THINKING
    return len(verbs_of(tokens[subject:])) == 1 and not thought
