"""Spoken commands of the interview.

A command is a whole utterance between pauses: one inside a sentence is part of the sentence. Those for the review while
it is dictated are in `assistant.editing`.
"""

from __future__ import annotations

from enum import Enum

from assistant.dialogue.opt_out import is_declined
from assistant.english.normalise import is_one_of


class DialogueCommand(Enum):
    """What the person can tell the assistant to do."""

    REPEAT = "repeat that"
    SKIP = "skip"
    BACK = "go back"
    STOP = "stop"
    HELP = "what can I say"
    DONE = "that's all"
    START_OVER = "start over"
    NO_SENSING = "don't listen for that"


ANYWHERE = frozenset(
    {
        DialogueCommand.REPEAT,
        DialogueCommand.SKIP,
        DialogueCommand.BACK,
        DialogueCommand.STOP,
        DialogueCommand.HELP,
        DialogueCommand.NO_SENSING,
    }
)
ABOUT = ANYWHERE | {DialogueCommand.DONE}
FILM = ANYWHERE | {DialogueCommand.START_OVER}
REVIEW = (ANYWHERE - {DialogueCommand.SKIP}) | {DialogueCommand.START_OVER}

_PHRASES: dict[DialogueCommand, tuple[str, ...]] = {
    DialogueCommand.REPEAT: (
        "repeat that",
        "repeat",
        "repeat the question",
        "repeat please",
        "say that again",
        "say it again",
        "come again",
        "pardon",
        "can you repeat that",
        "could you repeat that",
        "what was the question",
        "what was the question again",
    ),
    DialogueCommand.SKIP: (
        "skip",
        "skip that",
        "skip this",
        "skip it",
        "skip the question",
        "skip this question",
        "next",
        "next question",
    ),
    DialogueCommand.BACK: (
        "go back",
        "back",
        "go back please",
        "previous question",
        "the previous question",
        "back to the last question",
    ),
    DialogueCommand.STOP: (
        "stop",
        "stop it",
        "stop here",
        "stop now",
        "quit",
        "exit",
        "i want to stop",
        "let's stop",
        "end",
    ),
    DialogueCommand.HELP: ("what can i say", "what can you do", "what are the commands", "help", "help me"),
    DialogueCommand.DONE: (
        "that's all",
        "that is all",
        "that's it",
        "that is it",
        "that's everything",
        "i'm done",
        "i am done",
        "nothing else",
        "nothing more",
        "no more",
        "no that's all",
        "that's all i have to say",
        "i think that's all",
        "i think that's it",
        "i guess that's all",
        "i guess that's it",
    ),
    DialogueCommand.START_OVER: (
        "start over",
        "start again",
        "start from the beginning",
        "begin again",
        "start over again",
    ),
}


def command_in(text: str, among: frozenset[DialogueCommand]) -> DialogueCommand | None:
    """The command that this utterance is, if it is one of `among`."""
    order = sorted(among, key=lambda command: command.value)
    return next((command for command in order if _is_said(command, text)), None)


def _is_said(command: DialogueCommand, text: str) -> bool:
    return is_declined(text) if command is DialogueCommand.NO_SENSING else is_one_of(text, _PHRASES[command])
