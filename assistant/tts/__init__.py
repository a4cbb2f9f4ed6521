"""Text to speech: the voice that the conversation speaks with, or none.

numpy and the engine are loaded with the first name that needs them, so that ``--help`` doesn't wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy import import_on_demand
from assistant.tts.engine import FASTEST_WPM, SLOWEST_WPM, Engine, InstalledVoice, VoiceSettings

if TYPE_CHECKING:
    from assistant.tts.engines import installed_voices
    from assistant.tts.renderer import Renderer
    from assistant.tts.speech import Speech
    from assistant.tts.voice import Loudspeaker, Manner, SilentVoice, SpokenVoice, Voice

__all__ = [
    "FASTEST_WPM",
    "SLOWEST_WPM",
    "Engine",
    "InstalledVoice",
    "Loudspeaker",
    "Manner",
    "Renderer",
    "SilentVoice",
    "Speech",
    "SpokenVoice",
    "Voice",
    "VoiceSettings",
    "installed_voices",
]

_LATER = {
    "installed_voices": "engines",
    "Renderer": "renderer",
    "Speech": "speech",
    "Loudspeaker": "voice",
    "Manner": "voice",
    "SilentVoice": "voice",
    "SpokenVoice": "voice",
    "Voice": "voice",
}

__getattr__ = import_on_demand(__name__, _LATER)
