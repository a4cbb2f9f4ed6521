"""From spoken to written words: what slipped out is taken out, and nothing is put in.

Rules find it, each a kind of slip; this module applies them, and keeps a record of each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from assistant.disfluency.discourse import discourse_at
from assistant.disfluency.discourse_like import idle_like_at
from assistant.disfluency.fresh_starts import abandoned_at, cut_off_at, given_up_at, half_word_at
from assistant.disfluency.repairs import repair_at
from assistant.disfluency.repeats import repeat_at
from assistant.disfluency.retracings import restart_at, retrace_at, reworded_at
from assistant.english.clauses import can_end, starts_clause
from assistant.english.dictation import NEW_PARAGRAPH, is_sentence_end, spoken_marks
from assistant.english.endings import Ending, may_end
from assistant.english.letters import abbreviation_at
from assistant.english.lexicon import lemmas_of
from assistant.english.predicates import has_verb
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.english.token import Doc, Token
from assistant.english.words import CONJUNCTIONS, COORDINATORS, PREPOSITIONS, SUBJECTS, THINKING, is_content

# A filler is a pause with voice in it; as a pause between the words on both sides it counts this much.
_FILLER_PAUSE_S = 0.25
# "a joke you know a man and his computer": an empty phrase parts what is on both sides of it.
_DISCOURSE_PAUSE_S = 0.5


class EditKind(Enum):
    """Why words were dropped or spelled in another way. Nothing else is ever done to what was said."""

    FILLER = "filler"
    """ "um", "uh" """
    REPEAT = "repeat"
    """ "the the": the first is dropped """
    RESTART = "restart"
    """ "i was i used to be": the false start is dropped """
    REPAIR = "repair"
    """ "on friday no on sunday": what is taken back is dropped, and the words that say so """
    CUT_OFF = "cut_off"
    """ "the cam- the camera": the half word is dropped, and what was given up with it """
    DISCOURSE = "discourse"
    """ "you know", "well" where they say nothing """
    HANGING = "hanging"
    """ "but" at the end of an answer """
    MARK = "mark"
    """ "full stop": written as one, if at all """
    NUMBER = "number"
    """ "twenty thirteen": written as 2013 """
    SPELLING = "spelling"
    """ "its a film": written with its apostrophe """
    CONNECTIVE = "connective"
    """ "and" at the start of a sentence that no longer follows its own predecessor, "yes" at the start of an answer """


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that were dropped together, and why.

    Attributes
    ----------
    kind : EditKind
    tokens : tuple of Token
    written : str
        What stands in their place; nothing where they were taken out.
    """

    kind: EditKind
    tokens: tuple[Token, ...]
    written: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The dropped words."""
        return tuple(token.word for token in self.tokens)

    @property
    def start_s(self) -> float:
        """Where the first of them began, in seconds within the answer."""
        return self.tokens[0].start_s

    @property
    def end_s(self) -> float:
        """Where the last of them ended, in seconds within the answer."""
        return self.tokens[-1].end_s


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of spoken words, and what was taken out of them."""

    tokens: Doc
    edits: tuple[Edit, ...] = ()

    @property
    def text(self) -> str:
        """The words that are left."""
        return " ".join(token.word for token in self.tokens)

    def with_mark(self, at: int, mark: str) -> Cleaned:
        """The same with a mark after the token at `at`."""
        tokens = list(self.tokens)
        tokens[at] = replace(tokens[at], mark=mark)
        return replace(self, tokens=Doc(tokens))

    def without(self, start: int, stop: int, kind: EditKind) -> Cleaned:
        """The same without the tokens `start` to `stop` (exclusive); the silence around them is kept."""
        dropped = self.tokens[start:stop]
        before, after = list(self.tokens[:start]), list(self.tokens[stop:])
        if after:
            after[0] = replace(after[0], pause_s=_pause(kind, dropped, after[0]))
        if before and dropped[-1].mark and not before[-1].mark:
            before[-1] = replace(before[-1], mark=dropped[-1].mark)
        return Cleaned(Doc((*before, *after)), (*self.edits, Edit(kind, dropped)))


def _pause(kind: EditKind, dropped: Sequence[Token], following: Token) -> float:
    fillers = sum(_FILLER_PAUSE_S + token.pause_s for token in dropped if token.filler)
    apart = _DISCOURSE_PAUSE_S if kind is EditKind.DISCOURSE and len(dropped) > 1 else 0.0
    return max(apart, fillers + following.pause_s, *(token.pause_s for token in dropped))


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
        stated = (apart and clause) or has_verb(tokens, start, end)
        content = [token.word for token in tokens[start:end] if is_content(token.word)]
        if stated and content:
            return all(lemmas_of(word).isdisjoint(resumed) for word in content)
    return False
