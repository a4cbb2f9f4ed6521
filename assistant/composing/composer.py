"""Composing with help that may fail: a language model is asked, and every sentence is checked afterwards."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.errors import AssistantError
from assistant.review import Review, ReviewRequest, check_draft, compose
from assistant.turns.user_turn import UserTurn

_log = logging.getLogger("assistant.composing")


@dataclass(frozen=True, slots=True)
class Task:
    """What a composer is asked to write.

    Attributes
    ----------
    sentences : tuple of str
        The review without it: the person's own sentences, arranged.
    title : str or None
        The film's.
    voice : str or None
        "funny", "introspective" or "both".
    """

    sentences: tuple[str, ...]
    title: str | None
    voice: str | None


class Composer(Protocol):
    """Something that writes a review out of a person's sentences, such as a language model."""

    def draft(self, task: Task) -> str:
        """The review as plain text.

        Raises
        ------
        assistant.errors.AssistantError
            If it can't, with the reason as a sentence.
        """


def task_of(review: Review) -> Task:
    """What a composer is asked to write, given the review that the person's own sentences make."""
    title = review.film.title if review.film else None
    return Task(tuple(sentence.text for sentence in review.sentences), title, review.voice)


def compose_with(
    said: Sequence[UserTurn], brief: ReviewRequest, composer: Composer, variant: int = 0
) -> tuple[Review | None, str | None]:
    """Compose a review with the help of a composer, or without it if that fails.

    Returns
    -------
    review : Review or None
        See `assistant.review.compose.compose`.
    trouble : str or None
        Why the composer's draft wasn't used, as a sentence; None if it was.
    """
    review = compose(said, brief, variant)
    if review is None:
        return None, None
    try:
        better = check_draft(review, composer.draft(task_of(review)), said, brief.facts)
    except AssistantError as error:
        return review, error.sentence
    except Exception as error:
        # There is a review, and the person has said all that it is made of: no answer of a model may cost them that.
        _log.exception("the language model's answer can't be used")
        why = f"The language model's answer can't be used ({type(error).__name__})."
        return review, f"{why} The review is made without it."
    if better is None:
        return review, "The language model left out too much of what was said, so the review is as it was said."
    return better, None
