"""A voice assistant that hears how people speak, and helps them say what a film did to them.

Its names are imported on first use, so that ``import assistant`` takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from assistant.version import VERSION

if TYPE_CHECKING:
    from assistant.asr.listener import Listener
    from assistant.dialogue.conversation import Conversation
    from assistant.session import Session, SessionOptions, analyse
    from assistant.turns import Analysis, UserTurn

__version__ = VERSION

_MODULES = {
    "Analysis": "turns",
    "Conversation": "dialogue.conversation",
    "Listener": "asr.listener",
    "Session": "session",
    "SessionOptions": "session",
    "UserTurn": "turns",
    "analyse": "session",
}

__all__ = ["Analysis", "Conversation", "Listener", "Session", "SessionOptions", "UserTurn", "__version__", "analyse"]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
