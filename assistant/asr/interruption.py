"""Barge-in: noticing a voice that lasts while the assistant speaks, and keeping its sound from its beginning."""

from __future__ import annotations

from collections import deque

from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import RATE_HZ, Frame

LASTS_S = 0.25
"""A voice of this length counts as breaking in: shorter than "stop", longer than most clicks and knocks."""

_KEPT_S = 1.5
"""Sound to keep for the answer: more than `LASTS_S`, a soft beginning, and the delay of noticing it, together."""


class Interruption:
    """Notices when a person breaks in.

    Parameters
    ----------
    activity : VoiceActivity, optional
        Not shared with others; by default, one that counts `LASTS_S` of voice as speech.

    Attributes
    ----------
    noticed : bool
        Whether a person has broken in since `begin`.
    """

    def __init__(self, activity: VoiceActivity | None = None) -> None:
        self._activity = activity or VoiceActivity(shortest_s=LASTS_S)
        self._kept: deque[Frame] = deque()
        self.noticed = False

    def begin(self) -> None:
        """Start over."""
        self._activity.reset()
        self._kept.clear()
        self.noticed = False

    def feed(self, frame: Frame) -> None:
        """Process a frame; frames come in order."""
        self._kept.append(frame)
        while frame.end - self._kept[0].start > _KEPT_S * RATE_HZ and not self.noticed:
            self._kept.popleft()
        self._activity.feed(frame.samples)
        self.noticed = self.noticed or bool(self._activity.stretches)

    @property
    def begun(self) -> tuple[Frame, ...]:
        """The first frames of an answer that has already begun; empty if there is no voice."""
        return tuple(self._kept) if self.noticed or self._activity.speaking else ()
