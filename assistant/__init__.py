"""A voice assistant that hears how people speak, and helps them say what a film did to them.

Its names are imported on first use, so that ``import assistant`` takes no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy import import_on_demand
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

__getattr__ = import_on_demand(__name__, _MODULES)
