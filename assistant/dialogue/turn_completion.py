"""How completely the words so far answer a question: the end of a turn waits for that."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.asr.endpointing import TurnCompletion
from assistant.dialogue.script import Choice, ChoiceQuestion, FilmQuestion, Question, StarsQuestion
from assistant.dialogue.understanding import (
    is_indirect,
    is_refusal,
    names_choice,
    understand_choice,
    understand_yes_no,
)
from assistant.english.letters import letters_in
from assistant.english.normalise import words_said
from assistant.english.stars import understand_stars
from assistant.intents import Context, command_in

_DIRECT_WORDS = 3
"""After a yes or no in more words than this, there may be more to come."""


def completeness_for(question: Question) -> Callable[[str], TurnCompletion]:
    """A function that says how completely a text answers `question`. A command is always complete.

    The review stage handles the question of what to do with the review.
    """

    def completeness(text: str) -> TurnCompletion:
        if command_in(text, Context.INTERVIEW) is not None:
            return TurnCompletion.ANSWERED
        match question:
            case ChoiceQuestion():
                return _choice(text, question.choice)
            case StarsQuestion():
                if understand_stars(text) is None:
                    return TurnCompletion.INCOMPLETE
                # A bare "four" may go on "and a half".
                spelled_out = "star" in text or "half" in text
                return TurnCompletion.ANSWERED if spelled_out else TurnCompletion.UNKNOWN
            case FilmQuestion():
                # Letters are spelled with pauses between them.
                return TurnCompletion.INCOMPLETE if _is_spelled(text) else TurnCompletion.UNKNOWN
        return TurnCompletion.UNKNOWN

    return completeness


def yes_or_no(text: str) -> TurnCompletion:
    """How completely a text answers a yes-or-no question. A command is always complete."""
    if command_in(text, Context.INTERVIEW) is not None:
        return TurnCompletion.ANSWERED
    if understand_yes_no(text) is None:
        return TurnCompletion.INCOMPLETE
    return TurnCompletion.ANSWERED if len(words_said(text)) <= _DIRECT_WORDS else TurnCompletion.UNKNOWN


def _is_spelled(text: str) -> bool:
    words = words_said(text)
    return (len(words) == 1 and len(words[0]) == 1) or letters_in(words) is not None


def _choice(text: str, choices: Sequence[Choice]) -> TurnCompletion:
    if names_choice(text, choices):
        return TurnCompletion.ANSWERED
    settled = is_refusal(text) or (understand_choice(text, choices) is not None and not is_indirect(text, choices))
    return TurnCompletion.UNKNOWN if settled else TurnCompletion.INCOMPLETE
