"""How slow this machine is right now: tests' deadlines count the time that it had for us, not the clock's.

With ten other programs running, everything takes several times as long, and a deadline in seconds no longer says
anything about the program. So deadlines are in seconds of an idle machine: while one runs, we do a bit of work every
now and then, and the time that takes shows what a second is worth.
"""

from __future__ import annotations

import hashlib
import os
import signal
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_WORK = bytes(8_000_000)
_WORK_S = 0.009
"""Time for `_WORK` on an idle machine: several turns of the kernel's scheduler, so it gets only its share."""
_LOOK_S = 0.5
_POLL_S = 0.01


class Stopwatch:
    """Counts the seconds that an idle machine would have needed; the more often you `look`, the better."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._took: list[float] = []

    def look(self) -> None:
        """Measure how slow the machine is."""
        self._took.append(_slowness())

    @property
    def seconds(self) -> float:
        """The seconds of an idle machine that have passed."""
        if not self._took:
            self.look()
        return (time.monotonic() - self._began) / max(1.0, statistics.fmean(self._took))


def _slowness() -> float:
    """How many times longer something takes right now than on an idle machine."""
    began = time.monotonic()
    hashlib.blake2b(_WORK)  # Our other threads go on meanwhile.
    return (time.monotonic() - began) / _WORK_S


@contextmanager
def within(limit_s: float) -> Iterator[None]:
    """Fail if the block would take an idle machine longer than this."""
    watch, over = Stopwatch(), threading.Event()

    def look() -> None:
        while not over.wait(_LOOK_S):
            watch.look()

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
    assert watch.seconds < limit_s


def wait_until(condition: Callable[[], object], limit_s: float = 60.0) -> None:
    """Return as soon as a condition is true; fail if it still isn't after this much time of an idle machine."""
    watch = Stopwatch()
    looked = time.monotonic()
    while not condition():
        if time.monotonic() - looked > _LOOK_S:
            watch.look()
            looked = time.monotonic()
            assert watch.seconds < limit_s, "what was waited for hasn't come"
        time.sleep(_POLL_S)


def be_patient(limit_s: float) -> None:
    """Make the alarm that is set for this many seconds go off after as many seconds of an idle machine."""
    expired = signal.getsignal(signal.SIGALRM)
    if not callable(expired):
        return
    every_s = limit_s / 20
    spent_s = 0.0
    is_looking = False

    def look(number: int, frame: FrameType | None) -> None:
        nonlocal spent_s, is_looking
        if is_looking:  # So slow that the next alarm has already come.
            return
        is_looking = True
        spent_s += every_s / max(1.0, statistics.fmean(_slowness() for _ in range(5)))
        is_looking = False
        if spent_s >= limit_s:
            expired(number, frame)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, every_s, every_s)


@contextmanager
def off_the_clock() -> Iterator[None]:
    """Don't count the time of the block against the alarm."""
    left_s = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *left_s)


@contextmanager
def first_in_line() -> Iterator[None]:
    """Give this process, and anything it starts, priority over all others, if that is allowed.

    Sound that isn't read in time is lost, and a busy machine delays reading. A nice level isn't enough: Linux first
    divides the processor among sessions (autogroups), and then each session's share among its programs.
    """
    with suppress(AttributeError, PermissionError):  # Systems other than Linux, or people without permission.
        _schedule(os.SCHED_RR, 1)
    try:
        yield
    finally:
        with suppress(AttributeError, PermissionError):
            _schedule(os.SCHED_OTHER, 0)


def _schedule(policy: int, priority: int) -> None:
    for thread in threading.enumerate():
        if thread.native_id is not None:
            with suppress(ProcessLookupError):
                os.sched_setscheduler(thread.native_id, policy, os.sched_param(priority))
