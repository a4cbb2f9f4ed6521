"""Spoken commands. A command is a whole utterance between pauses: one inside a sentence is part of the sentence."""

from __future__ import annotations

from enum import Enum

from assistant.conversation.utterance import is_one_of, words_of


class Command(Enum):
    """What the person can tell the assistant to do."""

    REPEAT = "repeat that"
    SKIP = "skip"
    BACK = "go back"
    STOP = "stop"
    HELP = "what can I say"
    DONE = "that's all"
    SEND = "send review"
    READ = "read that again"
    START_OVER = "start over"
    NOT_NOW = "not now"


ANYWHERE = frozenset({Command.REPEAT, Command.SKIP, Command.BACK, Command.STOP, Command.HELP})
ABOUT = ANYWHERE | {Command.DONE}
REVIEW = (ANYWHERE - {Command.SKIP}) | {Command.SEND, Command.READ, Command.START_OVER, Command.NOT_NOW}

_PHRASES: dict[Command, tuple[str, ...]] = {
    Command.REPEAT: (
        "repeat that", "repeat", "repeat the question", "repeat please", "say that again", "say it again",
        "come again", "pardon", "can you repeat that", "could you repeat that", "what was the question",
    ),
    Command.SKIP: ("skip", "skip that", "skip this", "skip it", "skip the question", "skip this question", "next",
                   "next question"),
    Command.BACK: ("go back", "back", "go back please", "previous question", "the previous question",
                   "back to the last question"),
    Command.STOP: ("stop", "stop it", "stop here", "stop now", "quit", "exit", "i want to stop", "let's stop", "end"),
    Command.HELP: ("what can i say", "what can you do", "what are the commands", "help", "help me"),
    Command.DONE: (
        "that's all", "that is all", "that's it", "that is it", "that's everything", "i'm done", "i am done",
        "nothing else", "nothing more", "no more", "no that's all", "that's all i have to say", "i think that's all",
        "i think that's it", "i guess that's all", "i guess that's it",
    ),
    Command.SEND: ("send review", "send the review", "send my review", "send it", "send", "sent review",
                   "send a review", "yes send review", "yes send it"),
    Command.READ: ("read that again", "read it again", "read review", "read again", "read that", "read it",
                   "read the review", "read the review again", "read me the review", "read the whole thing", "read"),
    Command.START_OVER: ("start over", "start again", "start from the beginning", "begin again", "start over again"),
    Command.NOT_NOW: ("not now", "don't send it", "do not send it", "not yet", "maybe later", "later", "no thanks",
                      "no thank you", "keep it", "don't send"),
}  # fmt: skip


_ALIKE = 80.0
"""Likeness in percent from which a misheard command ("then review") is taken for the one it resembles most."""

_SHORT_WORDS = 4


def command_like(text: str, among: frozenset[Command]) -> Command | None:
    """The command that a short utterance resembles, where nothing but a command makes sense."""
    from rapidfuzz import fuzz, process

    said = " ".join(words_of(text))
    if not said or len(said.split()) > _SHORT_WORDS:
        return None
    phrases = {phrase: command for command in sorted(among, key=lambda c: c.value) for phrase in _PHRASES[command]}
    found = process.extractOne(said, list(phrases), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return phrases[found[0]] if found is not None else None


def command_in(text: str, among: frozenset[Command]) -> Command | None:
    """The command that this utterance is, if it is one of `among`."""
    # "Say that again" and the like mean the review while it is being read.
    order = sorted(among, key=lambda command: (command is Command.REPEAT, command.value))
    return next((command for command in order if is_one_of(text, _PHRASES[command])), None)
