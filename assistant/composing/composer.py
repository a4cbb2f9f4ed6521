"""Composing with help that may fail: a language model writes a draft, and every sentence of it is checked."""

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
    """A task for a composer.

    Attributes
    ----------
    sentences : tuple of str
        The review without help: the person's own sentences, arranged.
    title : str or None
        The film's title.
    voice : str or None
        "funny", "introspective" or "both".
    """

    sentences: tuple[str, ...]
    title: str | None
    voice: str | None


class Composer(Protocol):
    """Something that writes a review from a person's sentences, such as a language model."""

    def draft(self, task: Task) -> str:
        """Write the review as plain text.

        Raises
        ------
        assistant.errors.AssistantError
            If it can't; gives the reason as a sentence.
        """


def task_of(review: Review) -> Task:
    """The task for a composer, given the review made from the person's own sentences."""
    title = review.film.title if review.film else None
    return Task(tuple(sentence.text for sentence in review.sentences), title, review.voice)


def compose_with(
    said: Sequence[UserTurn], brief: ReviewRequest, composer: Composer, variant: int = 0
) -> tuple[Review | None, str | None]:
    """Compose a review with the help of a composer, or without if that fails.

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
        # The person already has a review made from what they said; no answer from a model may cost them that.
        _log.exception("the language model's answer can't be used")
        why = f"The language model's answer can't be used ({type(error).__name__})."
        return review, f"{why} The review is made without it."
    if better is None:
        return review, "The language model left out too much of what was said, so the review is as it was said."
    return better, None
