"""The headless kiosk: session after session, unattended.

Everything is imported on first use, so that settings can be read without loading the recogniser and the voice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy import import_on_demand

if TYPE_CHECKING:
    from assistant.kiosk.kiosk import RETURN_S, Kiosk, KioskLog, kiosk_options, wait_for_voice

_MODULES = {
    "RETURN_S": "kiosk",
    "Kiosk": "kiosk",
    "KioskLog": "kiosk",
    "kiosk_options": "kiosk",
    "wait_for_voice": "kiosk",
}

__all__ = ["RETURN_S", "Kiosk", "KioskLog", "kiosk_options", "wait_for_voice"]

__getattr__ = import_on_demand(__name__, _MODULES)
