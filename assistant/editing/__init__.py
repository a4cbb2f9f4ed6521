"""Spoken corrections of a review: which utterances are commands about its words, and what they do to it."""

from assistant.editing.commands import CommandContext, parse_command, parse_heard
from assistant.editing.document import Document
from assistant.editing.editor import Editor, EditReply, Outcome
from assistant.editing.wording import sentences_said

__all__ = [
    "CommandContext",
    "Document",
    "EditReply",
    "Editor",
    "Outcome",
    "parse_command",
    "parse_heard",
    "sentences_said",
]
