"""Translates between the names of tests/judging/commands.toml and the program's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.intents import Command, Context, Intent, command_table

_NAMES = {
    Intent.SCRATCH: "scratch_that",
    Intent.READ_ALL: "read_whole",
    Intent.STOP_READING: "stop",
    Intent.DELETE_SENTENCE: "delete_last_sentence",
    Intent.DELETE_PARAGRAPH: "delete_last_paragraph",
    Intent.INSERT_BEFORE: "insert",
    Intent.INSERT_AFTER: "insert",
    Intent.MOVE: "move_to_end",
    Intent.PARAGRAPH: "new_paragraph",
    Intent.INTROSPECTIVE: "more_introspective",
    Intent.MY_WORDS: "in_my_words",
    Intent.ANOTHER: "another_one",
}
_EDITING = {entry.intent for entry in command_table().command if Context.EDITING in entry.contexts}
_WHERE = {Intent.INSERT_BEFORE: "before", Intent.INSERT_AFTER: "after"}


def _argument(intent: Intent, name: str) -> str:
    if intent is Intent.REPLACE and name == "new":
        return "with"
    return "anchor" if name == "place" else "what"


def named(command: Command) -> tuple[str, dict[str, str]]:
    """A command's name and arguments in the words of the set."""
    intent = command.intent
    arguments = {_argument(intent, name): words for name, words in command.slots.items()}
    if intent in _WHERE:
        arguments["where"] = _WHERE[intent]
    return _NAMES.get(intent, intent.name.lower()), arguments


def meant(item: Mapping[str, Any]) -> Command:
    """The command of an item of the set, with the words of the text if others are heard in their place."""
    given = {**item.get("arguments", {}), **item.get("heard_for", {})}
    where = given.pop("where", None)
    [intent] = [
        intent
        for intent in _EDITING
        if _NAMES.get(intent, intent.name.lower()) == item["command"] and _WHERE.get(intent) == where
    ]
    names = {Intent.INSERT_BEFORE: ("new", "place"), Intent.INSERT_AFTER: ("new", "place")}.get(intent, ("old", "new"))
    return Command(intent, {name: given[_argument(intent, name)] for name in names if _argument(intent, name) in given})
