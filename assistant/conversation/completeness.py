"""How far what has been said so far answers a question: what the end of a turn waits for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.conversation.commands import ANYWHERE, command_in
from assistant.conversation.script import Choice, ChoiceQuestion, FilmQuestion, Question, StarsQuestion
from assistant.conversation.understanding import (
    is_indirect,
    is_refusal,
    names_choice,
    understand_choice,
    understand_stars,
    understand_yes_no,
)
from assistant.conversation.utterance import words_of
from assistant.films.spelling import letters_in
from assistant.hearing.turn import Completeness

_DIRECT_WORDS = 3
"""Who says yes or no in more words than these may have more to say."""


def completeness_for(question: Question) -> Callable[[str], Completeness]:
    """What tells how far a text answers `question`. A command is always complete.

    The question of what to do with the review is the dictation's own business.
    """

    def completeness(text: str) -> Completeness:
        if command_in(text, ANYWHERE) is not None:
            return Completeness.ANSWERED
        match question:
            case ChoiceQuestion():
                return _choice(text, question.choice)
            case StarsQuestion():
                # A bare "four" may go on "and a half".
                spelled_out = understand_stars(text) is not None and ("star" in text or "half" in text)
                return Completeness.ANSWERED if spelled_out else Completeness.UNKNOWN
            case FilmQuestion():
                # Letters are spelled with pauses between them.
                return Completeness.LACKING if _is_spelled(text) else Completeness.UNKNOWN
        return Completeness.UNKNOWN

    return completeness


def yes_or_no(text: str) -> Completeness:
    """How far a text answers a question for yes or no. A command is always complete."""
    if command_in(text, ANYWHERE) is not None:
        return Completeness.ANSWERED
    if understand_yes_no(text) is None:
        return Completeness.LACKING
    return Completeness.ANSWERED if len(words_of(text)) <= _DIRECT_WORDS else Completeness.UNKNOWN


def _is_spelled(text: str) -> bool:
    words = words_of(text)
    return (len(words) == 1 and len(words[0]) == 1) or letters_in(words) is not None


def _choice(text: str, choices: Sequence[Choice]) -> Completeness:
    if names_choice(text, choices):
        return Completeness.ANSWERED
    settled = is_refusal(text) or (understand_choice(text, choices) is not None and not is_indirect(text, choices))
    return Completeness.UNKNOWN if settled else Completeness.LACKING
