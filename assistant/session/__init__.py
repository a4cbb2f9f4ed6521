"""The loop that drives a conversation, and its components.

Everything is imported on first use, so that options can be read without loading the recogniser and the voice.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.session.assembly import LoadedEar, build_components, make_ear, new_session
    from assistant.session.components import SessionComponents, Transcriber, Watcher
    from assistant.session.options import SessionOptions
    from assistant.session.recorded_answer import analyse
    from assistant.session.session import Session

_MODULES = {
    "LoadedEar": "assembly",
    "Session": "session",
    "SessionComponents": "components",
    "SessionOptions": "options",
    "Transcriber": "components",
    "Watcher": "components",
    "analyse": "recorded_answer",
    "build_components": "assembly",
    "make_ear": "assembly",
    "new_session": "assembly",
}

__all__ = [
    "LoadedEar",
    "Session",
    "SessionComponents",
    "SessionOptions",
    "Transcriber",
    "Watcher",
    "analyse",
    "build_components",
    "make_ear",
    "new_session",
]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
