"""Whether somebody speaks to the kiosk, rather than near it."""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

from assistant.asr.arrival import Arrival
from assistant.audio.frame import RATE_HZ, Samples
from assistant.audio.level import SILENCE_DBFS, levels_dbfs

_WINDOW_S: Final = 0.1
_WINDOW: Final = round(_WINDOW_S * RATE_HZ)

_ROOM: Final = round(180.0 / _WINDOW_S)
"""For how long the room is remembered."""
_ROOM_KNOWN: Final = round(20.0 / _WINDOW_S)
"""How much of it has to be heard before anything is said about it."""
_RARELY_EXCEEDED: Final = 90
"""The room's level, as a percentile of its windows. The mean of a talk would leave room for its louder half."""
_RECKONED: Final = round(1.0 / _WINDOW_S)

_LATELY: Final = round(1.0 / _WINDOW_S)
_LOUD: Final = round(0.3 / _WINDOW_S)
"""So much of the last second has to stand out: more than a cough, no more than a "yes"."""

_SPARED_DB: Final = 10.0
"""What is quieter than a voice at the kiosk by this much needs no detector of voices, which is most of the work in
waiting; so quiet for a second, that is, since words have quiet parts."""
_PRE_ROLL: Final = 3
"""Windows before a loud one that the detector hears all the same: words begin softly."""


class Attention:
    """Notices a person who speaks near by, and loud enough against the room's own level. No clock: feed it sound.

    Parameters
    ----------
    near_dbfs : float
        A voice at the kiosk is at least this loud, in dBFS over 0.1 s.
    above_room_db : float
        And this much louder than what the room rarely exceeded in the last three minutes.
    arrival : Arrival, optional
        Tells voices from other sounds, and newcomers from the voices of the room.
    """

    def __init__(self, near_dbfs: float = -40.0, above_room_db: float = 6.0, arrival: Arrival | None = None) -> None:
        self._near_dbfs = near_dbfs
        self._above_room_db = above_room_db
        self._arrival = arrival or Arrival()
        self._room: deque[float] = deque(maxlen=_ROOM)
        self._room_dbfs = SILENCE_DBFS
        self._reckoned = 0
        self._rest: Samples = np.zeros(0, np.int16)
        self._lately: deque[float] = deque(maxlen=_LATELY)
        self._before: deque[Samples] = deque(maxlen=_PRE_ROLL)

    def begin(self, *, room_talks: bool = False) -> None:
        """Begin to wait. What is known of the room is remembered; what was said until now is over.

        Parameters
        ----------
        room_talks : bool
            Whether the voices heard last belong to the room.
        """
        self._arrival.begin(room_talks=room_talks)
        self._rest = np.zeros(0, np.int16)
        self._lately.clear()
        self._before.clear()

    @property
    def room_dbfs(self) -> float:
        """The level that the room rarely exceeds while nobody speaks to the kiosk."""
        return self._room_dbfs

    @property
    def needed_dbfs(self) -> float:
        """How loud a voice has to be now."""
        return max(self._near_dbfs, self._room_dbfs + self._above_room_db)

    @property
    def is_crowded(self) -> bool:
        """Whether the room itself is as loud as somebody at the kiosk, so that only who speaks up is heard."""
        return self._room_dbfs >= self._near_dbfs

    def feed(self, samples: Samples) -> bool:
        """Hear more sound, int16 mono at 16 kHz, and return whether somebody speaks to the kiosk."""
        sound = np.concatenate((self._rest, samples))
        whole = len(sound) // _WINDOW * _WINDOW
        self._rest = sound[whole:]
        has_come = False
        for window in sound[:whole].reshape(-1, _WINDOW):
            has_come = self._hear(window) or has_come
        return has_come

    def _hear(self, window: Samples) -> bool:
        level = float(levels_dbfs(window, _WINDOW)[0])
        was_quiet = self._is_quiet
        self._lately.append(level)
        if self._is_quiet:
            self._remember(level)
            self._before.append(window)
            self._arrival.skip(len(window))
            return False
        if was_quiet:
            for before in self._before:
                self._arrival.feed(before)
            self._before.clear()
        has_come = self._arrival.feed(window)
        stands_out = sum(each >= self.needed_dbfs for each in self._lately) >= _LOUD
        self._remember(level)
        return has_come and stands_out

    @property
    def _is_quiet(self) -> bool:
        return all(level < self._near_dbfs - _SPARED_DB for level in self._lately)

    def _remember(self, level: float) -> None:
        self._room.append(level)
        self._reckoned += 1
        if self._reckoned % _RECKONED == 0 and len(self._room) >= _ROOM_KNOWN:
            self._room_dbfs = float(np.percentile(self._room, _RARELY_EXCEEDED))
