"""Tables of what was said and what a careful reader would leave of it."""

from __future__ import annotations

import re

from assistant.disfluency import remove
from tests.support.source_answers import said


def pairs(table: str) -> list[tuple[str, str]]:
    """The lines of a table, "said -> left" each, on one line or two."""
    split = (line.partition(" -> ") for line in table.strip().replace("\n    -> ", " -> ").splitlines())
    return [(spoken, left) for spoken, _, left in split]


def without_pauses(spoken: str) -> str:
    return re.sub(r" \([\d.]+\)", "", spoken)


def left_of(spoken: str) -> str:
    return remove(said(spoken).tokens).text
