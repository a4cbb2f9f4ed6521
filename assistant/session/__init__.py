"""The loop that drives a conversation, and its components.

Everything is imported on first use, so that options can be read without loading the recogniser and the voice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy import import_on_demand

if TYPE_CHECKING:
    from assistant.session.assembly import LoadedEar, build_components, make_ear, make_second_ear, new_session
    from assistant.session.components import SessionComponents, Watcher
    from assistant.session.options import SessionOptions
    from assistant.session.recorded_answer import analyse
    from assistant.session.session import Session

_MODULES = {
    "LoadedEar": "assembly",
    "Session": "session",
    "SessionComponents": "components",
    "SessionOptions": "options",
    "Watcher": "components",
    "analyse": "recorded_answer",
    "build_components": "assembly",
    "make_ear": "assembly",
    "make_second_ear": "assembly",
    "new_session": "assembly",
}

__all__ = [
    "LoadedEar",
    "Session",
    "SessionComponents",
    "SessionOptions",
    "Watcher",
    "analyse",
    "build_components",
    "make_ear",
    "make_second_ear",
    "new_session",
]

__getattr__ = import_on_demand(__name__, _MODULES)
