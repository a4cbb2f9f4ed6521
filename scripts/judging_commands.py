"""What tests/judging/commands.toml calls what the program calls otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.review.editing.orders import Command, Order

_NAMES = {
    Order.SCRATCH: "scratch_that",
    Order.READ_ALL: "read_whole",
    Order.DELETE_SENTENCE: "delete_last_sentence",
    Order.DELETE_PARAGRAPH: "delete_last_paragraph",
    Order.INSERT_BEFORE: "insert",
    Order.INSERT_AFTER: "insert",
    Order.MOVE: "move_to_end",
    Order.PARAGRAPH: "new_paragraph",
    Order.INTROSPECTIVE: "more_introspective",
    Order.MY_WORDS: "in_my_words",
    Order.ANOTHER: "another_one",
}
_WHERE = {Order.INSERT_BEFORE: "before", Order.INSERT_AFTER: "after"}


def _argument(order: Order, name: str) -> str:
    if order is Order.REPLACE and name == "new":
        return "with"
    return "anchor" if name == "place" else "what"


def named(command: Command) -> tuple[str, dict[str, str]]:
    """A command's name and arguments as the set calls them."""
    order = command.order
    arguments = {_argument(order, name): words for name, words in command.arguments.items()}
    if order in _WHERE:
        arguments["where"] = _WHERE[order]
    return _NAMES.get(order, order.name.lower()), arguments


def meant(item: Mapping[str, Any]) -> Command:
    """The command that an item of the set stands for, with the words of the text where others are heard for them."""
    given = {**item.get("arguments", {}), **item.get("heard_for", {})}
    where = given.pop("where", None)
    [order] = [
        order
        for order in Order
        if _NAMES.get(order, order.name.lower()) == item["command"] and _WHERE.get(order) == where
    ]
    names = {Order.INSERT_BEFORE: ("new", "place"), Order.INSERT_AFTER: ("new", "place")}.get(order, ("old", "new"))
    return Command(order, {name: given[_argument(order, name)] for name in names if _argument(order, name) in given})
