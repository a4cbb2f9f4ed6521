"""What tests/judging/commands.toml calls what the program calls otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.editing.intents import EditCommand, EditIntent

_NAMES = {
    EditIntent.SCRATCH: "scratch_that",
    EditIntent.READ_ALL: "read_whole",
    EditIntent.DELETE_SENTENCE: "delete_last_sentence",
    EditIntent.DELETE_PARAGRAPH: "delete_last_paragraph",
    EditIntent.INSERT_BEFORE: "insert",
    EditIntent.INSERT_AFTER: "insert",
    EditIntent.MOVE: "move_to_end",
    EditIntent.PARAGRAPH: "new_paragraph",
    EditIntent.INTROSPECTIVE: "more_introspective",
    EditIntent.MY_WORDS: "in_my_words",
    EditIntent.ANOTHER: "another_one",
}
_WHERE = {EditIntent.INSERT_BEFORE: "before", EditIntent.INSERT_AFTER: "after"}


def _argument(order: EditIntent, name: str) -> str:
    if order is EditIntent.REPLACE and name == "new":
        return "with"
    return "anchor" if name == "place" else "what"


def named(command: EditCommand) -> tuple[str, dict[str, str]]:
    """A command's name and arguments as the set calls them."""
    order = command.order
    arguments = {_argument(order, name): words for name, words in command.arguments.items()}
    if order in _WHERE:
        arguments["where"] = _WHERE[order]
    return _NAMES.get(order, order.name.lower()), arguments


def meant(item: Mapping[str, Any]) -> EditCommand:
    """The command that an item of the set stands for, with the words of the text where others are heard for them."""
    given = {**item.get("arguments", {}), **item.get("heard_for", {})}
    where = given.pop("where", None)
    [order] = [
        order
        for order in EditIntent
        if _NAMES.get(order, order.name.lower()) == item["command"] and _WHERE.get(order) == where
    ]
    names = {EditIntent.INSERT_BEFORE: ("new", "place"), EditIntent.INSERT_AFTER: ("new", "place")}.get(
        order, ("old", "new")
    )
    return EditCommand(
        order, {name: given[_argument(order, name)] for name in names if _argument(order, name) in given}
    )
