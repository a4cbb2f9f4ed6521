"""The interview: its script, understanding answers, and what is said and asked next.

These names are imported when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy import import_on_demand

if TYPE_CHECKING:
    from assistant.dialogue.actions import Action, Ask, Compose, Deliver, End, Remember, Revise, Say, StopSensing
    from assistant.dialogue.conversation import Conversation
    from assistant.dialogue.prompts import Prompts
    from assistant.dialogue.script import Script, default_script, load_script, parse_script
    from assistant.dialogue.state import DialogueState

_MODULES = {
    "Action": "actions",
    "Ask": "actions",
    "Compose": "actions",
    "Conversation": "conversation",
    "Deliver": "actions",
    "DialogueState": "state",
    "End": "actions",
    "Prompts": "prompts",
    "Remember": "actions",
    "Revise": "actions",
    "Say": "actions",
    "Script": "script",
    "StopSensing": "actions",
    "default_script": "script",
    "load_script": "script",
    "parse_script": "script",
}

__all__ = [
    "Action",
    "Ask",
    "Compose",
    "Conversation",
    "Deliver",
    "DialogueState",
    "End",
    "Prompts",
    "Remember",
    "Revise",
    "Say",
    "Script",
    "StopSensing",
    "default_script",
    "load_script",
    "parse_script",
]

__getattr__ = import_on_demand(__name__, _MODULES)
