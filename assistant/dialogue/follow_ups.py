"""Follow-up questions, based on what was said, how it was said, and what hasn't been said yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.dialogue.script import AboutQuestion
from assistant.english.words import (
    DEMONSTRATIVES,
    DETERMINERS,
    EMPTY,
    HEDGES,
    MID_ADVERBS,
    OPENERS,
    PREPOSITIONS,
    is_content,
)
from assistant.films.aspects import Aspect, aspects_of
from assistant.turns.answer import Answer, Pause, Word

_WORDS_A_QUESTION = 80
"""Each time this many words were said, there is one question fewer."""

_TELLING_PAUSE_S = 0.8
"""Silence and fillers before a word that make it worth coming back to."""

_SURE = 0.5
"""Lowest confidence to quote a word: the person didn't pause before a word that they didn't say."""

_LIGHT = DETERMINERS | DEMONSTRATIVES | PREPOSITIONS | frozenset(("her", "his"))
_MOST_LIGHT = 2
"""A pause before "of the loneliness" is a pause before "loneliness"."""

_ABOUT_DELIVERY = frozenset(("contrast", "pause"))

_BRIEF_WORDS = 25
"""A longer answer has explained what it touched on."""

_CONTRASTS = frozenset("but although though except however".split())
_EXPLANATIONS = frozenset("because when where how since while whenever".split())
_EMPTY_WORDS = (
    EMPTY
    | MID_ADVERBS
    | OPENERS
    | HEDGES
    | frozenset("every everything film like little more movie other quite some something without".split())
)


@dataclass(frozen=True, slots=True)
class FollowUpChooser:
    """Chooses what to ask next about the film.

    Attributes
    ----------
    question : AboutQuestion
        The wordings, and the fewest and most questions.
    asked : int
        Questions asked so far, including the first.
    topics : frozenset of str
        What was asked about so far: aspects, and the kinds of follow-ups about how something was said.
    last : str
        Kind of the last follow-up, so that no kind comes twice in a row.
    """

    question: AboutQuestion
    asked: int = 1
    topics: frozenset[str] = frozenset()
    last: str = ""

    @property
    def is_about_delivery(self) -> bool:
        """Whether the last follow-up was about how something was said."""
        return self.last in _ABOUT_DELIVERY

    def next(self, answers: Sequence[Answer], *, about_delivery: bool = True) -> tuple[str, FollowUpChooser] | None:
        """The next question, with {word} filled in, and the state after it; None if enough was said.

        Parameters
        ----------
        answers
            All answers about the film so far, in order.
        about_delivery
            Whether the question may be about how something was said.
        """
        if self.is_last(answers):
            return None
        last = answers[-1] if answers else None
        delivery = self._from_delivery(last) if about_delivery else []
        for text, kind, topic in (*delivery, *self._touched(last), *self._untouched(answers)):
            if topic not in self.topics and (kind != self.last or kind == "untouched"):
                return text, replace(self, asked=self.asked + 1, topics=self.topics | {topic}, last=kind)
        return None

    def is_last(self, answers: Sequence[Answer]) -> bool:
        """Whether nothing will follow the question that was asked last, however it is answered."""
        words = sum(len(answer.words) for answer in answers)
        return self.asked >= max(self.question.fewest, self.question.most - words // _WORDS_A_QUESTION)

    def _from_delivery(self, answer: Answer | None) -> list[tuple[str, str, str]]:
        found: list[tuple[str, str, str]] = []
        if answer is None or not answer.words:
            return found
        last = answer.words[-1].word
        if last in _CONTRASTS:
            found.append((self.question.follow_up.contrast.replace("{word}", last), "contrast", "contrast"))
        word = _paused_before(answer)
        if word is not None:
            found.append((self.question.follow_up.pause.replace("{word}", word), "pause", f"pause before {word}"))
        return found

    def _touched(self, answer: Answer | None) -> list[tuple[str, str, str]]:
        if answer is None or len(answer.words) > _BRIEF_WORDS or _EXPLANATIONS & {w.word for w in answer.words}:
            return []
        touched = aspects_of(answer.spoken)
        return [(text, "touched", aspect) for aspect, text in self.question.touched.items() if aspect in touched]

    def _untouched(self, answers: Sequence[Answer]) -> list[tuple[str, str, str]]:
        touched: set[Aspect] = set().union(*(aspects_of(answer.spoken) for answer in answers))
        aspects: list[Aspect] = [aspect for aspect in self.question.untouched if aspect not in touched]
        return [(self.question.untouched[aspect], "untouched", aspect) for aspect in aspects]


def _paused_before(answer: Answer) -> str | None:
    """The telling word that took longest to come, after one or several silences and fillers, if there is one."""
    waits = (
        (_waited_s(answer, at), _told_after(answer.words[at : at + 1 + _MOST_LIGHT])) for at in range(len(answer.words))
    )
    longest = max(((wait_s, word) for wait_s, word in waits if word is not None), default=(0.0, None))
    return longest[1] if longest[0] >= _TELLING_PAUSE_S else None


def _waited_s(answer: Answer, at: int) -> float:
    """Seconds of silences and fillers between a word and the one before it."""
    low_s = _middle_s(answer.words[at - 1]) if at else 0.0
    high_s = _middle_s(answer.words[at])
    between: tuple[Word | Pause, ...] = (*answer.pauses, *answer.fillers)
    return sum(each.end_s - each.start_s for each in between if low_s < _middle_s(each) < high_s)


def _middle_s(each: Word | Pause) -> float:
    return (each.start_s + each.end_s) / 2


def _told_after(words: Sequence[Word]) -> str | None:
    """The telling word at the start, not counting small words before it."""
    for word in words:
        if _is_telling(word.word):
            return word.word if word.confidence >= _SURE else None
        if word.word not in _LIGHT:
            return None
    return None


def _is_telling(word: str) -> bool:
    return len(word) > 3 and "'" not in word and is_content(word) and word not in _EMPTY_WORDS
