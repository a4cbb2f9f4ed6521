"""Commands: what people can tell the assistant to do, how they say it, and how that is understood.

It all comes from one table, ``commands.toml``: what an utterance means, what the recogniser expects, which commands
are closest to an unknown one, and the spoken help. `assistant.editing` finds the words of a review that a command is
about.
"""

from assistant.intents.grammar import grammar, resembling
from assistant.intents.intent import Command, Context, Intent
from assistant.intents.matcher import Reading, command_in, escaped, is_escaped, mentions, nearest, readings
from assistant.intents.table import CommandEntry, CommandTable, command_table

__all__ = [
    "Command",
    "CommandEntry",
    "CommandTable",
    "Context",
    "Intent",
    "Reading",
    "command_in",
    "command_table",
    "escaped",
    "grammar",
    "is_escaped",
    "mentions",
    "nearest",
    "readings",
    "resembling",
]
