"""The headless kiosk: session after session, unattended.

Everything is imported on first use, so that settings can be read without loading the recogniser and the voice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy import import_on_demand

if TYPE_CHECKING:
    from assistant.kiosk.health import Health, State
    from assistant.kiosk.kiosk import RETURN_S, Kiosk, wait_for_voice
    from assistant.kiosk.logs import logging_to_stderr
    from assistant.kiosk.monitor import Monitor
    from assistant.kiosk.settings import KioskSettings, example, kiosk_settings
    from assistant.kiosk.watchdog import Watchdog, tell_supervisor
    from assistant.kiosk.watching import KioskLog

_MODULES = {
    "RETURN_S": "kiosk",
    "Health": "health",
    "Kiosk": "kiosk",
    "KioskLog": "watching",
    "KioskSettings": "settings",
    "Monitor": "monitor",
    "State": "health",
    "Watchdog": "watchdog",
    "example": "settings",
    "kiosk_settings": "settings",
    "logging_to_stderr": "logs",
    "tell_supervisor": "watchdog",
    "wait_for_voice": "kiosk",
}

__all__ = [
    "RETURN_S",
    "Health",
    "Kiosk",
    "KioskLog",
    "KioskSettings",
    "Monitor",
    "State",
    "Watchdog",
    "example",
    "kiosk_settings",
    "logging_to_stderr",
    "tell_supervisor",
    "wait_for_voice",
]

__getattr__ = import_on_demand(__name__, _MODULES)
