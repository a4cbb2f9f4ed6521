"""From speech to a review: cleaned, split into sentences, arranged, and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.english.clauses import needs_question
from assistant.english.normalise import words_of
from assistant.films.film import Film
from assistant.review.arrange import arrange
from assistant.review.blocks import paragraphs
from assistant.review.draft import Draft, drafts_of
from assistant.review.grounding import keep_grounded
from assistant.review.review import Review, ReviewRequest
from assistant.review.selection import without_repetition
from assistant.turns.user_turn import UserTurn

FEW_WORDS = 25
"""With fewer words about the film, the review also uses what was said about emotional films."""

_FILM_WORDS = frozenset("film films movie movies cinema watch watching watched story stories".split())


def compose(said: Sequence[UserTurn], brief: ReviewRequest, variant: int = 0) -> Review | None:
    """Write a review from the person's own sentences.

    Parameters
    ----------
    said : sequence of UserTurn
        The answers of the session. The review uses those to "about"; if that is little, also sentences about films from
        those to "emotional_movies".
    brief : ReviewRequest
    variant : int
        Which arrangement; see `assistant.review.arrange.arrange`.

    Returns
    -------
    Review or None
        Every sentence in it was said by the person and knows where. None if they said no whole sentence about the film.
    """
    drafts = draft_review(said, brief, variant)
    if not drafts:
        return None
    sentences = tuple(
        replace(keep_grounded(draft.sentence, said, brief.facts), opens_paragraph=opens)
        for draft, opens in zip(drafts, paragraphs(drafts), strict=True)
    )
    return Review(brief.film, brief.rating, brief.voice, sentences)


def is_enough(said: Sequence[UserTurn], film: Film | None) -> bool:
    """Whether the answers of a session are enough for a review, of whatever kind."""
    return bool(draft_review(said, ReviewRequest(film=film)))


def draft_review(said: Sequence[UserTurn], brief: ReviewRequest, variant: int = 0) -> list[Draft]:
    """The sentences of the review in order, each with its words and what was left out; see `compose`."""
    title = brief.film.title if brief.film else None
    every = drafts_of(said, title, (*brief.names, *brief.mentioned), brief.strength)
    drafts = [draft for draft in every if draft.question in ("about", "emotional_movies")]
    about = without_repetition(_answers([draft for draft in drafts if draft.question == "about"]))
    if not about:
        return []
    if sum(len(draft.words) for draft in about) < FEW_WORDS:
        about = without_repetition([*about, *(draft for draft in drafts if _is_about_films(draft))])
    arranged = arrange(about, brief, variant)
    return [
        draft if draft.follows(before) else draft.without_lead()
        for before, draft in zip([None, *arranged], arranged, strict=False)
    ]


def _answers(drafts: Sequence[Draft]) -> list[Draft]:
    """The answers for readers who don't know the questions, without those that need their question.

    If all of them do, they are better than nothing.
    """
    answers = [
        draft if before is not None and draft.turn == before.turn else draft.without_answer()
        for before, draft in zip([None, *drafts], drafts, strict=False)
    ]
    turns = {draft.turn for draft in answers if not needs_question(draft.tokens)}
    return [draft for draft in answers if draft.turn in turns] or answers


def _is_about_films(draft: Draft) -> bool:
    """Whether an answer to another question says something about films that can be understood by itself."""
    return (
        draft.question == "emotional_movies" and draft.stands_alone and not _FILM_WORDS.isdisjoint(words_of(draft.text))
    )
