"""Sees that the kiosk goes on, and tells its supervisor: one that is stuck is ended, so that it is started again.

The supervisor may be systemd, which listens for what `tell_supervisor` sends, or anything else that starts a program
again when it ends.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from typing_extensions import Self

_log = logging.getLogger("assistant.kiosk")

STUCK = 70
"""The exit code of a process that its own watchdog ended (EX_SOFTWARE of sysexits.h)."""

_OFTEN = 4
"""How often it looks, within the time after which something is stuck."""


def tell_supervisor(*news: str) -> bool:
    """Tell systemd, if it started us, something like ``READY=1``, ``STATUS=…`` or ``WATCHDOG=1``.

    The protocol is that of sd_notify(3): a datagram of lines to the socket that ``NOTIFY_SOCKET`` names, where an ``@``
    at the beginning stands for a zero byte.

    Returns
    -------
    bool
        Whether anybody was told.
    """
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return False
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as speaking:
        speaking.connect("\0" + address[1:] if address.startswith("@") else address)
        speaking.sendall("\n".join(news).encode())
        return True
    return False


def end_process() -> None:
    """Write where every thread is, which has nothing of what was said in it, and end without clearing up."""
    faulthandler.dump_traceback(sys.stderr)
    os._exit(STUCK)


class Watchdog:
    """Expects to be told again and again that the kiosk goes on.

    Parameters
    ----------
    limit_s : float
        After how long without a `beat` the kiosk is taken to be stuck.
    on_well : callable, optional
        Called whenever it has looked and all is well, on the watchdog's own thread.
    on_stuck : callable, optional
        Called then, once, on the watchdog's own thread; by default `end_process`.
    clock : callable, optional
        The time in seconds; it has to go on evenly, whatever happens to the time of day.
    """

    def __init__(
        self,
        limit_s: float,
        on_well: Callable[[], object] = lambda: None,
        on_stuck: Callable[[], object] = end_process,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit_s = limit_s
        self._on_well = on_well
        self._on_stuck = on_stuck
        self._clock = clock
        self._last = clock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def beat(self) -> None:
        """Note that the kiosk goes on. Costs next to nothing."""
        self._last = self._clock()

    def look(self) -> bool:
        """Tell the supervisor that all is well, or say that nothing goes on and end it; returns whether all is well."""
        quiet_s = self._clock() - self._last
        if quiet_s <= self._limit_s:
            tell_supervisor("WATCHDOG=1")
            self._on_well()
            return True
        _log.critical("nothing has gone on for %.0f s; ending, to be started again", quiet_s)
        self._on_stuck()
        return False

    def __enter__(self) -> Self:
        self._last = self._clock()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(self._limit_s / _OFTEN) and self.look():
            pass
