"""Which of the processes that share the tests gets which."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

_ROOM = "_room"
_LONGEST = ("session", "cli", "asr", "delivery", "fillers", "tools")
"""The folders of tests that hear recordings or start programs."""


def needs_a_room(path: str) -> bool:
    """Whether the tests in a file, called ``test_*_room.py``, need a sound room."""
    return PurePosixPath(path).stem.endswith(_ROOM)


def begin_with_the_longest(items: list[pytest.Item]) -> None:
    """Order tests by file: those in a room, those with slow tests, those in folders that take long, the rest."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}

    def rank(item: pytest.Item) -> tuple[bool, bool, int]:
        folder = item.path.parent.name
        place = _LONGEST.index(folder) if folder in _LONGEST else len(_LONGEST)
        return not needs_a_room(item.path.as_posix()), item.path not in slow, place

    items.sort(key=rank)


class OneForTheRooms(LoadScopeScheduling):
    """Hands out whole files, in their order, except that one process gets all rooms.

    Only one test on a machine can be in a room at a time, so two processes with rooms would only wait for each other.
    (``--dist loadgroup`` would do this, but pytest 9 has no longer got the names that it groups by.)
    """

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        super().__init__(config, log)
        # Otherwise it would begin with the files that have the most tests, which are the quickest.
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", 1)[0]
        return _ROOM if needs_a_room(path) else path
