"""Somebody speaks up while the assistant speaks: noticed by the voice that lasts, and kept from its beginning."""

from __future__ import annotations

from collections import deque

from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import RATE_HZ, Frame

LASTS_S = 0.25
"""Voice of this length breaks in: shorter than "stop", longer than most clicks and knocks."""

_KEPT_S = 1.5
"""What is kept for the answer: more than `LASTS_S`, what voices begin with softly, and how late it may be noticed."""


class Interruption:
    """Notices that somebody breaks in.

    Parameters
    ----------
    activity : VoiceActivity, optional
        For this alone; by default one for which `LASTS_S` of voice is some.

    Attributes
    ----------
    noticed : bool
        Whether somebody has broken in since `begin`.
    """

    def __init__(self, activity: VoiceActivity | None = None) -> None:
        self._activity = activity or VoiceActivity(shortest_s=LASTS_S)
        self._kept: deque[Frame] = deque()
        self.noticed = False

    def begin(self) -> None:
        """Start anew."""
        self._activity.reset()
        self._kept.clear()
        self.noticed = False

    def feed(self, frame: Frame) -> None:
        """Hear more; frames come in order."""
        self._kept.append(frame)
        while frame.end - self._kept[0].start > _KEPT_S * RATE_HZ and not self.noticed:
            self._kept.popleft()
        self._activity.feed(frame.samples)
        self.noticed = self.noticed or bool(self._activity.stretches)

    @property
    def begun(self) -> tuple[Frame, ...]:
        """The frames with which an answer begins that somebody is giving already; empty where nobody speaks."""
        return tuple(self._kept) if self.noticed or self._activity.speaking else ()
