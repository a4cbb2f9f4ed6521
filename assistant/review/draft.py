"""Sentences on their way into a review: written, with the words that they were made from and what was left out."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.disfluency import Edit, EditKind, Strength, remove
from assistant.english.clauses import can_end, can_start, has_clause, is_whole, starts_clause
from assistant.english.questions import is_question
from assistant.english.sentences import SENTENCE_PAUSE_S, sentences_of
from assistant.english.token import Doc, Token
from assistant.english.words import DEMONSTRATIVES, DETERMINERS, REASONS, looks_like_verb, subject_of
from assistant.films.aspects import Aspect, aspects_of, judges_film
from assistant.review.review import Passage, Sentence
from assistant.review.substance import closes, concrete_nouns_in, is_about_interview, says_nothing
from assistant.review.writing import spell, write
from assistant.turns.user_turn import UserTurn

THOUGHT_PAUSE_S = 0.7
"""After a silence of this length, in seconds, within an answer, another thought may begin."""

# A sentence that begins with one of these depends on the one before it.
_LEANS = DEMONSTRATIVES | REASONS | frozenset("he she they him them which who but or then".split())
_ADDS = frozenset(("and", "so"))
_LEADS = frozenset(("and", "but", "so", "or"))
# Words at the start of an answer that take up the question; the sentence says the same without them.
_ANSWERS = tuple(
    tuple(answer.split())
    for answer in (
        "yes|yeah|yep|yup|no|nope|oh|okay|ok|sure|absolutely|definitely|exactly|of course|not really|nothing really|"
        "i think so|i guess so|i hope so|i suppose so|i don't think so"
    ).split("|")
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence with its source.

    Attributes
    ----------
    number : int
        Its place among all sentences as they were said, from 0.
    question : str
        What it answered.
    tokens : Doc
        Its words.
    edits : tuple of Edit
        What was left out in it, before it and, for the last sentence of an answer, after it.
    text : str
        As written.
    title : str or None
        The film's title, for its capitals.
    names : tuple of str
        Other names to write with capitals.
    """

    number: int
    question: str | None
    tokens: Doc
    edits: tuple[Edit, ...]
    text: str
    title: str | None = None
    names: tuple[str, ...] = ()

    @property
    def turn(self) -> int:
        """The answer it comes from."""
        return self.tokens[0].turn

    @property
    def words(self) -> tuple[str, ...]:
        """Its words as they were said, without what was left out."""
        return tuple(self.tokens.words)

    @property
    def aspects(self) -> set[Aspect]:
        """The aspects of the film that it is about."""
        return aspects_of(" ".join(self.words))

    @property
    def sentence(self) -> Sentence:
        """The review's sentence that it becomes."""
        return Sentence(self.text, (Passage(self.turn, self.tokens[0].start_s, self.tokens[-1].end_s),))

    @property
    def pause_s(self) -> float:
        """The silence before it, or before the "and" that it lost."""
        lost = [token for edit in self.edits if edit.kind is EditKind.CONNECTIVE for token in edit.tokens[:1]]
        return max(token.pause_s for token in (self.tokens[0], *lost))

    def follows(self, other: Draft | None) -> bool:
        """Whether it was said right after `other`."""
        return other is not None and other.turn == self.turn and other.number == self.number - 1

    def leans_on(self, other: Draft | None) -> bool:
        """Whether it makes sense only after `other`, said before it: "he is so alone", "but it works", "he did".

        Words without a verb ("two stones") lead to what comes next, and "the cat" was mentioned before.
        """
        if other is None or other.turn != self.turn or other.number > self.number:
            return False
        first = next((word for word in self.words if word not in _ADDS), "")
        if first in _LEANS or subject_of(first) in _LEANS or not has_clause(other.tokens):
            return True
        if self._goes_on and subject_of(first) is not None and self.pause_s < THOUGHT_PAUSE_S:
            return True
        if not concrete_nouns_in(self.words).isdisjoint(concrete_nouns_in(other.words)):
            return True
        aspects = self.aspects
        if not aspects:
            return not judges_film(" ".join(self.words))
        return subject_of(first) == "it" and aspects <= other.aspects

    @property
    def _goes_on(self) -> bool:
        """Whether it was said with an "and" or "so", even if that is gone by now."""
        lost = {word for edit in self.edits if edit.kind is EditKind.CONNECTIVE for word in edit.words}
        return self.words[0] in _ADDS or not lost.isdisjoint(_ADDS)

    @property
    def stands_alone(self) -> bool:
        """Whether it can be understood without the sentence before it."""
        first = next((word for word in self.words if word not in _LEADS), "")
        return first not in _LEANS and subject_of(first) not in _LEANS

    def without_lead(self, leads: Collection[str] = _LEADS) -> Draft:
        """The same without "and", "but", "so" at its start, for a place where it continues nothing."""
        start = 0
        while start < len(self.tokens) - 1 and self.words[start] in leads and _links(*self.words[start : start + 2]):
            start += 1
        return self._from(start, EditKind.CONNECTIVE)

    def without_answer(self) -> Draft:
        """The same without the word that takes up the question: "yes i would", "good, he was good"."""
        draft = self._from(_answered(self.tokens), EditKind.CONNECTIVE).without_lead()
        echoes = draft.words[0] == draft.words[-1] and len(draft.words) > 1 and starts_clause(draft.tokens, 1)
        return draft._from(1 if echoes else 0, EditKind.REPEAT)

    def _from(self, start: int, kind: EditKind) -> Draft:
        """From its word at `start` on if that is a sentence, else the whole draft."""
        if not start or not is_whole(self.tokens[start:]):
            return self
        edit = Edit(kind, self.tokens[:start])
        tokens = Doc(self.tokens[start:])
        return replace(self, tokens=tokens, edits=(edit, *self.edits), text=write(tokens, self.title, self.names))


def drafts_of(
    said: Sequence[UserTurn],
    title: str | None = None,
    names: Sequence[str] = (),
    strength: Strength = Strength.CLEAN,
) -> list[Draft]:
    """The usable sentences of some answers, in the order in which they were said.

    Parameters
    ----------
    said : sequence of UserTurn
    title : str or None
        The film's title, for its capitals.
    names : sequence of str
        Other names; see `assistant.review.writing.write`.
    strength : Strength
        How much to take out.
    """
    drafts: list[Draft] = []
    for answer in said:
        cleaned = remove(answer.tokens, strength)
        pieces = [piece for stretch in _stretches(cleaned.tokens) for piece in sentences_of(stretch)]
        own: list[Draft] = []
        last = -1
        for at, tokens in enumerate(pieces):
            low = pieces[at - 1][-1].index if at else -1
            high = tokens[-1].index if at + 1 < len(pieces) else math.inf
            edits = tuple(edit for edit in cleaned.edits if low < edit.tokens[0].index < high)
            spelled, spellings = spell(tokens)
            text = write(spelled, title, names)
            number = len(drafts) + len(own)
            draft = Draft(number, answer.question, spelled, (*edits, *spellings), text, title, tuple(names))
            draft = draft.without_lead(("and",))
            if is_whole(draft.tokens) and _says_something(draft.words, bool(own) and last == at - 1):
                own.append(draft)
                last = at
        while own and closes(own[-1].words):
            own.pop()
        drafts.extend(own)
    return drafts


def _says_something(words: Sequence[str], goes_on: bool) -> bool:
    """Whether a sentence belongs in a review; one that goes on from a sentence that does may say little by itself."""
    if goes_on and closes(words):
        return True
    return not is_about_interview(words) and (not says_nothing(words) or (goes_on and any(map(looks_like_verb, words))))


def _stretches(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """The rest of an answer without remarks about the interview between pauses."""
    if not tokens:
        return []
    starts = [at for at, token in enumerate(tokens) if not at or token.pause_s >= SENTENCE_PAUSE_S]
    stretches: list[tuple[Token, ...]] = [()]
    for start, stop in zip(starts, [*starts[1:], len(tokens)], strict=True):
        chunk = tuple(tokens[start:stop])
        words = [token.word for token in chunk]
        apart = (not start or can_end(tokens, start - 1)) and (stop == len(tokens) or can_start(tokens[stop:]))
        # "that's all" in the middle of an answer is one of its sentences.
        amid = closes(words) and start and stop < len(tokens)
        if apart and is_about_interview(words):
            stretches.extend([chunk, ()] if amid else [()])
        else:
            stretches[-1] += chunk
    return [stretch for stretch in stretches if stretch]


def _answered(tokens: Sequence[Token]) -> int:
    """How many words at the start only take up the question, before a clause or the rest of one."""
    words = tuple(token.word for token in tokens)
    start = 0
    while size := next((len(answer) for answer in _ANSWERS if words[start : start + len(answer)] == answer), 0):
        start += size
    if not start or start == len(words):
        return 0
    opens = subject_of(words[start]) is not None or words[start] in _LEADS | DEMONSTRATIVES | {"the"}
    return start if opens or is_question(tokens[start:]) else 0


def _links(first: str, second: str) -> bool:
    """Whether the first word links a sentence to the one before: not the "so" of "so good"."""
    return first != "so" or subject_of(second) is not None or second in DETERMINERS | DEMONSTRATIVES
