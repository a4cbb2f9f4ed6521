"""From spoken to written words: what slipped out is taken out, and nothing is put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum

from assistant.disfluency.discourse import discourse_at
from assistant.disfluency.discourse_like import idle_like_at
from assistant.disfluency.edits import Cleaned, EditKind
from assistant.disfluency.false_starts import restart_at
from assistant.disfluency.fresh_starts import given_up_at
from assistant.disfluency.repairs import repair_at
from assistant.disfluency.repeats import repeat_at
from assistant.disfluency.retracings import abandoned_at, cut_off_at, half_word_at, retrace_at
from assistant.disfluency.substitutions import reworded_at
from assistant.english.clauses import can_end, starts_clause
from assistant.english.dictation import NEW_PARAGRAPH, is_sentence_end, spoken_marks
from assistant.english.endings import Ending, may_end
from assistant.english.letters import abbreviation_at
from assistant.english.lexicon import lemmas_of
from assistant.english.predicates import is_verb_at
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.english.token import Doc, Token
from assistant.english.words import CONJUNCTIONS, COORDINATORS, PREPOSITIONS, SUBJECTS, THINKING, is_content

# A rule says where the words that it takes out, beginning at a place, end; the place itself means none.
_Rule = Callable[[Doc, int], int]

_NOT_FINISHED = (
    r"(?:i (?:was|am|had|have) not|i wasn't|i'm not|i haven't|i hadn't) (?:finished|done) "
    r"(?:yet |(?!(?:yet|with|the|my|it|this|that|a|watching) ))"
)
_WANTED_TO_SAY = r"(?:and |so |what )?i (?:still )?(?:wanted|want|was going) to (?:say|add)(?: is| was)?(?: that)? "
_RESUMPTION = re.compile(
    rf"(?:(?:oh|no) )*(?:(?:wait|sorry|stop|hey|hold on|hang on|one moment|please) )+{_NOT_FINISHED}"
    rf"(?:let me finish )?(?:{_WANTED_TO_SAY})?"
    rf"|{_NOT_FINISHED}(?:(?:please )?let me finish |{_WANTED_TO_SAY})+"
)
_LONGEST_RESUMPTION = 20


def _resumption_at(doc: Doc, at: int) -> int:
    """Where somebody who was cut off is done saying so: "wait sorry i was not finished i wanted to say that"."""
    if at and doc[at].pause_s < SENTENCE_PAUSE_S and not doc[at - 1].mark:
        return at
    words = " ".join(doc.words[at : at + _LONGEST_RESUMPTION])
    match = _RESUMPTION.match(f"{words} ")
    stop = at + match.group().count(" ") if match else at
    return stop if stop < len(doc) else at


_LIGHT: tuple[tuple[EditKind, _Rule], ...] = ((EditKind.REPEAT, repeat_at), (EditKind.CUT_OFF, half_word_at))
_CLEAN: tuple[tuple[EditKind, _Rule], ...] = (
    (EditKind.DISCOURSE, _resumption_at),
    (EditKind.REPEAT, repeat_at),
    (EditKind.CUT_OFF, cut_off_at),
    (EditKind.REPAIR, repair_at),
    (EditKind.RESTART, given_up_at),
    (EditKind.RESTART, restart_at),
    (EditKind.RESTART, retrace_at),
    (EditKind.RESTART, abandoned_at),
    (EditKind.RESTART, reworded_at),
    (EditKind.DISCOURSE, discourse_at),
    (EditKind.DISCOURSE, idle_like_at),
)
# As far back as words can be that a rule looks at: an edit can bring two copies of a phrase together.
_REACH = 12

_HANGING_AFTER_SUBJECT = frozenset("guess think mean suppose was am is just".split())
_LONGEST_ABBREVIATION = 6
_LATE = 4
"""What was given up is taken up again within its own length and this many words more."""


class Strength(Enum):
    """How much is taken out of spoken words: a setting."""

    VERBATIM = "verbatim"
    """ nothing """
    LIGHT = "light"
    """ fillers, words said twice by accident, half words, spoken punctuation """
    CLEAN = "clean"
    """ that, and restarts, repairs, empty phrases and hanging ends """


def remove(tokens: Sequence[Token], strength: Strength = Strength.CLEAN) -> Cleaned:
    """Take fillers, repeats, false starts, empty phrases and a hanging end out of an answer.

    Parameters
    ----------
    tokens : sequence of Token
        The answer's words and fillers, in order.
    strength : Strength

    Returns
    -------
    Cleaned
        What is left, and every edit, so that the words as they were said can be had back.
    """
    doc = tokens if isinstance(tokens, Doc) else Doc(tokens)
    # Kept, because the grounding check asks again for every sentence of an answer.
    kept: dict[Strength, Cleaned] = doc.annotations.setdefault(remove, {})
    if strength not in kept:
        kept[strength] = _cleaned(doc, strength)
    return kept[strength]


def _cleaned(doc: Doc, strength: Strength) -> Cleaned:
    if strength is Strength.VERBATIM:
        return Cleaned(doc)
    cleaned = _without_spoken_marks(_without_fillers(Cleaned(doc)))
    if strength is Strength.LIGHT:
        return _swept(cleaned, _LIGHT)
    while True:
        swept = _without_hanging(_swept(cleaned, _CLEAN))
        if swept == cleaned:
            return cleaned
        cleaned = swept


def _without_fillers(cleaned: Cleaned) -> Cleaned:
    at = 0
    while at < len(cleaned.tokens):
        stop = at
        while stop < len(cleaned.tokens) and cleaned.tokens[stop].filler:
            stop += 1
        if stop > at:
            cleaned = cleaned.without(at, stop, EditKind.FILLER)
        at += 1
    return cleaned


def _without_spoken_marks(cleaned: Cleaned) -> Cleaned:
    """Spoken punctuation as marks if it ends a sentence; otherwise it is left out, since commas follow rules."""
    for start, stop, mark in reversed(spoken_marks(cleaned.tokens.words)):
        cleaned = cleaned.without(start, stop, EditKind.MARK)
        if mark == NEW_PARAGRAPH:
            cleaned = cleaned.with_mark(start - 1, cleaned.tokens[start - 1].mark or ".")
        elif is_sentence_end(mark):
            cleaned = cleaned.with_mark(start - 1, mark)
    return cleaned


def _swept(cleaned: Cleaned, rules: Sequence[tuple[EditKind, _Rule]]) -> Cleaned:
    at = 0
    while at < len(cleaned.tokens):
        for kind, rule in rules:
            stop = rule(cleaned.tokens, at)
            if stop > at and not (kind is EditKind.RESTART and loses_statement(cleaned.tokens, at, stop)):
                cleaned = cleaned.without(at, stop, kind)
                at = max(0, at - _REACH)
                break
        else:
            at += 1
    return cleaned


def _without_hanging(cleaned: Cleaned) -> Cleaned:
    words = cleaned.tokens.words
    stop = len(words)
    while (start := _hanging(words[:stop])) < stop:
        stop = start
    if stop == len(words):
        return cleaned
    return cleaned.without(stop, len(words), EditKind.HANGING)


def _hanging(words: Sequence[str]) -> int:
    """Where the hanging end of `words` begins; their number where they don't hang."""
    last, before, third = ("", "", "", *words)[-1], ("", "", "", *words)[-2], ("", "", "", *words)[-3]
    size = len(words)
    if any(abbreviation_at(words, at) > size - 1 - at for at in range(max(0, size - _LONGEST_ABBREVIATION), size)):
        # "in the u s a"
        return size
    if last not in PREPOSITIONS and may_end(words) is Ending.HANGING:
        return size - 1
    if last in SUBJECTS - {"it", "you"} and before in CONJUNCTIONS - {"so"}:
        return size - 2
    if last in _HANGING_AFTER_SUBJECT and before in SUBJECTS and third in CONJUNCTIONS:
        return size - 3
    return size


def loses_statement(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether the words from `start` to `stop` are more than a beginning that was given up.

    As in "it's so sad and the thing is | it's funny": "it's so sad" could end where "and" joins on, and nothing that
    follows says it once more. Nobody said that it was taken back, so it stays.
    """
    resumed = {lemma for token in tokens[stop : 2 * stop - start + _LATE] for lemma in lemmas_of(token.word)}
    for end in range(start + 1, stop):
        apart = tokens[end].word in COORDINATORS or tokens[end].pause_s >= SENTENCE_PAUSE_S
        clause = starts_clause(tokens, end) > 0
        if not (apart or clause) or not can_end(tokens, end - 1) or tokens[end - 1].word in THINKING:
            continue
        # Without a verb it may end a statement that began earlier: "it's about | hate and it's sort of | about love".
        stated = (apart and clause) or any(is_verb_at(tokens, at) for at in range(start, end))
        content = [token.word for token in tokens[start:end] if is_content(token.word)]
        if stated and content:
            return all(lemmas_of(word).isdisjoint(resumed) for word in content)
    return False
