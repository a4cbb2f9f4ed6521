"""How a kiosk is doing, for whoever looks after it from far away: numbers and troubles, and nothing that was said."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timezone
from enum import Enum
from pathlib import Path
from typing import Any

from assistant.version import VERSION

_log = logging.getLogger("assistant.kiosk")

REPLY_BOUNDS_S = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Upper bounds of the classes that replies are counted in, in seconds from the end of an answer."""


class State(Enum):
    """What a kiosk is doing."""

    STARTING = "starting"
    WAITING = "waiting"
    IN_SESSION = "in session"
    IN_TROUBLE = "in trouble"
    ENDED = "ended"


class Part(Enum):
    """What can be in trouble; the value is its name in the health file."""

    SOUND = "sound"
    DISK = "disk"
    CROWD = "crowd"
    OTHER = "other"


class Health:
    """Counts and remembers; may be asked from any thread.

    Attributes
    ----------
    state : State
    sessions : Counter of str
        Ended sessions by how they ended: "sent", "unsent", "abandoned", "declined" or "failed".
    left_at : Counter of str
        Sessions that were abandoned, by the question that was open.
    answers, restarts, lost : int
        Answers heard, times that everything had to be made anew, and answers with sound missing.
    deliveries : Counter of str
        Deliveries at the end of a session, by "delivered" or "undelivered".

    Parameters
    ----------
    file : Path, optional
        Where `save` writes; nowhere by default.
    clock : callable, optional
        The time in seconds, going on evenly.
    """

    def __init__(self, file: Path | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._clock = clock
        self._began = clock()
        self._lock = threading.RLock()
        self._troubles: dict[Part, str] = {}
        self._unwritable = False
        self.state = State.STARTING
        self.sessions: Counter[str] = Counter()
        self.left_at: Counter[str] = Counter()
        self.deliveries: Counter[str] = Counter()
        self.answers = 0
        self.restarts = 0
        self.lost = 0
        self._replies = [0] * (len(REPLY_BOUNDS_S) + 1)
        self._replies_s = 0.0

    def enter(self, state: State) -> None:
        """Note what the kiosk does from now on."""
        with self._lock:
            self.state = state
        self.save()

    def trouble(self, part: Part, sentence: str) -> bool:
        """Note that something is wrong; returns whether that is news."""
        with self._lock:
            is_news = self._troubles.get(part) != sentence
            self._troubles[part] = sentence
        if is_news:
            self.save()
        return is_news

    def well(self, *parts: Part) -> None:
        """Note that something is in order (again); everything, if nothing is named."""
        with self._lock:
            gone = [self._troubles.pop(part, None) for part in parts or tuple(Part)]
        if any(gone):
            self.save()

    def replied(self, after_s: float) -> None:
        """Note how long after the end of an answer the assistant began to speak."""
        with self._lock:
            self._replies[bisect_left(REPLY_BOUNDS_S, after_s)] += 1
            self._replies_s += after_s

    @property
    def is_well(self) -> bool:
        """Whether nothing is in the way of the next visitor."""
        return self.state in {State.WAITING, State.IN_SESSION} and not self._troubles

    @property
    def uptime_s(self) -> float:
        """Seconds since the kiosk was started."""
        return self._clock() - self._began

    @property
    def replies(self) -> tuple[list[tuple[float, int]], float]:
        """How many replies came within each of `REPLY_BOUNDS_S` and at all, and the sum of all seconds."""
        with self._lock:
            bounds, total = [], 0
            for bound, count in zip((*REPLY_BOUNDS_S, float("inf")), self._replies, strict=True):
                total += count
                bounds.append((bound, total))
            return bounds, self._replies_s

    def document(self) -> dict[str, Any]:
        """Everything, as the health file has it."""
        with self._lock:
            replies, replies_s = self.replies
            count = replies[-1][1]
            return {
                "version": VERSION,
                "at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
                "pid": os.getpid(),
                "well": self.is_well,
                "state": self.state.value,
                "troubles": {part.value: sentence for part, sentence in self._troubles.items()},
                "uptime_s": round(self.uptime_s),
                "memory_mb": memory_mb(),
                "sessions": dict(self.sessions),
                "left_at": dict(self.left_at),
                "answers": self.answers,
                "answers_with_lost_sound": self.lost,
                "deliveries": dict(self.deliveries),
                "restarts": self.restarts,
                "mean_reply_s": round(replies_s / count, 3) if count else None,
            }

    def save(self) -> None:
        """Write the health file, if there is one, whole or not at all; that it can't be written is logged once."""
        if self._file is None:
            return
        text = json.dumps(self.document(), ensure_ascii=False, indent=1) + "\n"
        try:
            _write_whole(self._file, text)
            self._unwritable = False
        except OSError as error:
            if not self._unwritable:
                self._unwritable = True
                _log.warning("the health file %s can't be written: %s", self._file, error.strerror)


def _write_whole(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)


def memory_mb() -> float | None:
    """What this process has in memory, in MB; None where the system doesn't say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)
