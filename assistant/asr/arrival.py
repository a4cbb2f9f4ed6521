"""Notices when somebody comes and speaks, in a room where a television may be on."""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

from assistant.asr.voice_activity import CHUNK_SAMPLES, VoiceActivity
from assistant.audio.frame import RATE_HZ, Samples

_CHUNK_S: Final = CHUNK_SAMPLES / RATE_HZ
_SPEECH_S: Final = 0.3
"""How much voice is somebody's: more than a cough, less than a word of greeting."""
_WINDOW: Final = round(_SPEECH_S / _CHUNK_S)
_LEARNED_S: Final = 3.0
"""For how long voices are only listened to, if those heard before belong to the room."""
_JUST_NOW: Final = round(1.0 / _CHUNK_S)
"""The last second doesn't count as the room's yet: it may be the beginning of somebody's voice."""
_NEARER_DB: Final = 4.0
"""How much louder than the loudest syllables of the room's voices somebody is who has come."""
_GONE_S: Final = 5.0
"""After this long without a voice, the next one is somebody's, however loud."""
_REMEMBERED_S: Final = 60.0
"""How long short noises are remembered while nobody is there."""


class Arrival:
    """Notices a voice that isn't the room's. It knows time only by the sound, and touches nothing until `begin`.

    Parameters
    ----------
    activity : VoiceActivity, optional
        Not shared with others.
    """

    def __init__(self, activity: VoiceActivity | None = None) -> None:
        self._activity = activity or VoiceActivity()
        self._rest: Samples = np.zeros(0, np.int16)
        self._levels: deque[float] = deque(maxlen=_WINDOW)
        self._room_db: float | None = None
        self._just_now: deque[float] = deque()
        self._learned_s = self._silent_s = 0.0

    def begin(self, *, room_talks: bool) -> None:
        """Start to wait.

        Parameters
        ----------
        room_talks : bool
            Whether the voices heard until now are the room's: a television, or people who talk to each other.
        """
        self._activity.reset()
        self._rest = np.zeros(0, np.int16)
        self._levels.clear()
        self._just_now.clear()
        self._room_db = float("-inf") if room_talks else None
        self._learned_s = self._silent_s = 0.0

    def feed(self, samples: Samples) -> bool:
        """Process more sound, int16 mono at 16 kHz, and return whether somebody has come."""
        sound = np.concatenate((self._rest, samples))
        whole = len(sound) // CHUNK_SAMPLES * CHUNK_SAMPLES
        self._rest = sound[whole:]
        return any(self._judge(chunk) for chunk in sound[:whole].reshape(-1, CHUNK_SAMPLES))

    def skip(self, samples: int) -> None:
        """Count sound that is too quiet to be anybody's, without judging it."""
        self._rest = np.zeros(0, np.int16)
        self._learned_s += samples / RATE_HZ
        self._be_silent(samples / RATE_HZ)

    def _be_silent(self, seconds: float) -> None:
        self._levels.clear()
        self._silent_s += seconds
        if self._silent_s >= _GONE_S:
            self._room_db = None

    def _judge(self, chunk: Samples) -> bool:
        self._activity.feed(chunk)
        if self._activity.judged_s >= _REMEMBERED_S and not self._activity.speaking:
            # Months of coughs would fill the memory.
            self._activity.reset()
        self._learned_s += _CHUNK_S
        if not self._activity.speaking:
            self._be_silent(_CHUNK_S)
            return False
        self._silent_s = 0.0
        self._levels.append(float(np.mean(np.square(chunk, dtype=np.float64))))
        if len(self._levels) < _WINDOW:
            return False
        if self._room_db is None:
            return True
        level_db = 10.0 * float(np.log10(np.mean(self._levels) + 1e-3))
        if self._learned_s >= _LEARNED_S and level_db >= self._room_db + _NEARER_DB:
            return True
        self._just_now.append(level_db)
        if len(self._just_now) > _JUST_NOW or self._learned_s < _LEARNED_S:
            self._room_db = max(self._room_db, self._just_now.popleft())
        return False
