"""How the voice sounds."""

from __future__ import annotations

from dataclasses import dataclass

CALM_WPM = 165
"""A calm speaking rate in words a minute; pyttsx3's own 200 hurries."""
SLOWEST_WPM, FASTEST_WPM = 80, 400
"""Rates outside of which nobody follows."""


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How the voice sounds.

    Attributes
    ----------
    rate_wpm : int
        Words a minute.
    volume : float
        0 to 1.
    voice : str or None
        A voice's id ("gmw/en-us"), the last part of it ("en-us"), its name ("English (America)") or a part of that.
        With espeak-ng a timbre may follow a plus sign ("en-us+f3"). None takes the machine's own voice, or the
        first that speaks `language`.
    language : str
        What it speaks, as in "en" or "en-gb".
    """

    rate_wpm: int = CALM_WPM
    volume: float = 1.0
    voice: str | None = None
    language: str = "en"
