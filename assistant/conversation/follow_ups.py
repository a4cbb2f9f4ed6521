"""Follow-up questions, taken from what was said, how it was said, and what wasn't said yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conversation.script import AboutQuestion, Aspect
from assistant.hearing.answer import Answer
from assistant.review.aspects import aspects_of

_WORDS_A_QUESTION = 80
"""Every so many words said make one question less."""

_TELLING_PAUSE_S = 0.8
"""A silence before a word that is worth coming back to."""

_BRIEF_WORDS = 25
"""A longer answer has explained what it touched."""

_CONTRASTS = frozenset("but although though except however".split())
_EXPLANATIONS = frozenset("because when where how since while whenever".split())
_EMPTY_WORDS = frozenset(
    "about actually after again almost although always because been before being could didn't does doesn't don't "
    "every everything from guess have haven't just kind know like little maybe mean more much never only other quite "
    "really should since some something sort still than that that's their them then there there's these they they're "
    "thing things think this those though very wasn't well were what when where which while with without would your "
    "yeah movie film".split()
)


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Chooses what to ask next about the film.

    Attributes
    ----------
    question : AboutQuestion
        The wordings, and how few and how many questions there are.
    asked : int
        Questions asked so far, the first one included.
    topics : frozenset of str
        What was asked about so far: aspects, and the kinds of follow-ups that are taken from how something was said.
    last : str
        Kind of the last follow-up, so that none comes twice in a row.
    """

    question: AboutQuestion
    asked: int = 1
    topics: frozenset[str] = frozenset()
    last: str = ""

    def next(self, answers: Sequence[Answer]) -> tuple[str, FollowUps] | None:
        """The next question, with {word} filled in, and the state after it; None when there is enough.

        Parameters
        ----------
        answers
            All answers about the film so far, the last one last.
        """
        words = sum(len(answer.words) for answer in answers)
        wanted = max(self.question.fewest, self.question.most - words // _WORDS_A_QUESTION)
        if self.asked >= wanted:
            return None
        last = answers[-1] if answers else None
        for text, kind, topic in (*self._from_manner(last), *self._touched(last), *self._untouched(answers)):
            if topic not in self.topics and (kind != self.last or kind == "untouched"):
                return text, replace(self, asked=self.asked + 1, topics=self.topics | {topic}, last=kind)
        return None

    def _from_manner(self, answer: Answer | None) -> list[tuple[str, str, str]]:
        found: list[tuple[str, str, str]] = []
        if answer is None or not answer.words:
            return found
        last = answer.words[-1].word
        if last in _CONTRASTS:
            found.append((self.question.follow_up.contrast.replace("{word}", last), "contrast", "contrast"))
        telling = [
            pause for pause in answer.pauses if pause.duration_s >= _TELLING_PAUSE_S and _is_telling(pause.before)
        ]
        if telling:
            word = max(telling, key=lambda pause: pause.duration_s).before
            found.append((self.question.follow_up.pause.replace("{word}", word), "pause", f"pause before {word}"))
        return found

    def _touched(self, answer: Answer | None) -> list[tuple[str, str, str]]:
        if answer is None or len(answer.words) > _BRIEF_WORDS or _EXPLANATIONS & {w.word for w in answer.words}:
            return []
        touched = aspects_of(answer.spoken)
        return [(text, "touched", aspect) for aspect, text in self.question.touched.items() if aspect in touched]

    def _untouched(self, answers: Sequence[Answer]) -> list[tuple[str, str, str]]:
        touched: set[str] = set().union(*(aspects_of(answer.spoken) for answer in answers))
        aspects: list[Aspect] = [aspect for aspect in self.question.untouched if aspect not in touched]
        return [(self.question.untouched[aspect], "untouched", aspect) for aspect in aspects]


def _is_telling(word: str) -> bool:
    return len(word) > 3 and "'" not in word and word not in _EMPTY_WORDS
