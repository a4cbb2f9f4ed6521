"""Delivers every sent review exactly once: right away, or in the background if that fails."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from filelock import FileLock, Timeout
from typing_extensions import Self

from assistant.delivery.destinations import FILES, outlet_of
from assistant.delivery.outlet import (
    Delivery,
    Intent,
    Outlet,
    RetryLaterError,
    UndeliverableError,
    describe_write_error,
)
from assistant.errors import AssistantError, DamagedError, DeliveryError, SettingsError, StoreError
from assistant.store import Destination, OutboxEntry, Store, store_errors

_log = logging.getLogger("assistant.delivery")

_BUDGET_S = 20.0

FIRST_S = 30.0
"""The wait after the first attempt, in seconds; each further attempt doubles it."""

LONGEST_S = 6 * 3600.0
"""The longest wait, in seconds, unless the other side asked for a longer one."""

MOST_ATTEMPTS = 30
"""Attempts before a delivery is given up: with these waits, some five days after it was sent."""

_PAUSE_S = 15.0
"""How often the outbox is checked for due deliveries, in seconds; a check costs a millisecond."""

_LEAVE_S = 1.0
"""How long the program waits at its end for a running delivery; one that is cut off is resumed later."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A review that has arrived: its id, the outlet's name, and the file or other place it went to."""

    review_id: str
    outlet: str
    path: str


class RetryScope(Enum):
    """Which of the waiting deliveries are tried."""

    DUE = auto()
    """Those that are due."""
    FILES_NOW = auto()
    """Those, and all files: a folder may come back at any moment, and trying it costs nothing."""
    EVERYTHING = auto()
    """All of them, because the person asked for it."""


class Outbox:
    """Delivers the reviews waiting in the store.

    Each delivery is a row that waits until its outlet is done. An outlet that was cut off finds its intent on the next
    attempt, and can tell from it what it had done.

    Parameters
    ----------
    store : Store
        Open.
    make : callable, optional
        Makes the outlet for a destination.
    patience_s : float, optional
        How long to wait for another process that is delivering to the same outlet, in seconds.
    """

    def __init__(
        self, store: Store, make: Callable[[Destination], Outlet] = outlet_of, patience_s: float = 20.0
    ) -> None:
        self._store = store
        self._make = make
        self._patience_s = patience_s

    def deliver_due(self, scope: RetryScope = RetryScope.FILES_NOW, *, files_only: bool = False) -> list[Delivered]:
        """Try every waiting delivery once, files first.

        A delivery that fails is kept for later with the reason (`OutboxEntry.last_error`), or marked as failed if no
        further attempt could help. An outlet is skipped if another process still delivers to it after `patience_s`, as
        that process has the same entries. People may be waiting, so after 20 s no delivery off the machine is begun
        unless `scope` is `EVERYTHING`. With `files_only` nothing leaves the machine: all but files go on waiting.

        Returns
        -------
        list of Delivered
            What this call delivered.

        Raises
        ------
        StoreError
            If the store can't be written.
        """
        began_s = time.monotonic()
        arrived = []
        outlets = [name for name in self._store.queue.outlets() if name in FILES or not files_only]
        for outlet in sorted(outlets, key=lambda name: name not in FILES):
            lock = FileLock(self._store.folder / f"outbox-{outlet}.lock", timeout=self._patience_s, mode=0o600)
            with store_errors(self._store.path):
                try:
                    lock.acquire()
                except Timeout:
                    continue
            # The lock keeps two processes from making the same delivery; a killed process releases it. Each outlet
            # has one, so that a server that hangs doesn't hold up the writing of files.
            try:
                for entry in self._store.queue.waiting(outlet):
                    if not self._is_time(entry, scope):
                        continue
                    if (
                        outlet not in FILES
                        and scope is not RetryScope.EVERYTHING
                        and time.monotonic() > began_s + _BUDGET_S
                    ):
                        break
                    arrived.append(self._deliver(entry))
            finally:
                lock.release()
        return [delivered for delivered in arrived if delivered is not None]

    def _is_time(self, entry: OutboxEntry, scope: RetryScope) -> bool:
        if scope is RetryScope.EVERYTHING or (scope is RetryScope.FILES_NOW and entry.destination.outlet in FILES):
            return True
        return self._store.queue.is_due(entry)

    def _deliver(self, entry: OutboxEntry) -> Delivered | None:
        if not self._store.has_review(entry.review_id):
            return None  # deleted since the list was made
        self._store.queue.begin(entry)
        try:
            result = self._hand_over(entry)
        except UndeliverableError as error:
            self._store.queue.give_up(entry, error.sentence, afresh=error.afresh)
        except RetryLaterError as error:
            told = f"{error.sentence} It will be tried again later."
            self._put_off(entry, error.sentence, told, after_s=error.after_s, afresh=error.afresh)
        except (DeliveryError, SettingsError, DamagedError) as error:
            self._put_off(entry, error.sentence)
        except StoreError:
            raise
        except OSError as error:
            folder = entry.destination.settings.get("folder", entry.destination.outlet)
            self._put_off(entry, describe_write_error(error, folder).sentence)
        except Exception as error:
            # Whatever it is, it must not hold up the other entries.
            _log.exception("unforeseen, in delivering %s to %s", entry.review_id, entry.destination.outlet)
            self._put_off(entry, f"It failed in an unforeseen way ({type(error).__name__}).")
        else:
            self._store.queue.delivered(entry, result)
            return Delivered(entry.review_id, entry.destination.outlet, result["path"])
        return None

    def _hand_over(self, entry: OutboxEntry) -> dict[str, str]:
        if entry.damage is not None:
            raise DamagedError(entry.damage)
        stored = self._store.review(entry.review_id)
        item = Delivery(stored.review, stored.watched, entry.review_id)

        def record_intent(intent: Intent) -> None:
            self._store.queue.record_intent(entry, intent)

        return self._make(entry.destination).deliver(item, entry.intent, record_intent)

    def _put_off(
        self,
        entry: OutboxEntry,
        why: str,
        told: str | None = None,
        *,
        after_s: float | None = None,
        afresh: bool = False,
    ) -> None:
        """Keep an entry for later, or give up after enough attempts; but a folder may come back after months."""
        attempts = entry.attempts + 1
        if attempts >= MOST_ATTEMPTS and entry.destination.outlet not in FILES:
            why = f"{why} That was the last of {attempts} attempts; send the review again to go on."
            self._store.queue.give_up(entry, why, afresh=afresh)
        else:
            self._store.queue.postpone(entry, told or why, wait_s(attempts, after_s), afresh=afresh)


def wait_s(attempts: int, asked_s: float | None = None, chance: random.Random | None = None) -> float:
    """Seconds until the next attempt.

    The wait is drawn from between half and all of the doubled time, so that many kiosks that lost the same server don't
    come back to it at the same moment.

    Parameters
    ----------
    attempts : int
        Attempts so far, at least 1.
    asked_s : float, optional
        The wait that the other side asked for; ours isn't shorter.
    chance : random.Random, optional
        The source of randomness.
    """
    # Doubling beyond this would only make the figure too large for a float.
    doubled = min(LONGEST_S, FIRST_S * 2.0 ** min(attempts - 1, 20))
    drawn = (chance or random.Random()).uniform(doubled / 2, doubled)  # noqa: S311 - nothing secret about it
    return max(drawn, asked_s or 0.0)


class OutboxWorker:
    """Delivers what is due while a program runs: at the start, and then at intervals.

    Parameters
    ----------
    data : Path, optional
        Folder of the store; the usual one otherwise.
    files_only : bool
        Whether it delivers only files.
    pause_s : float, optional
        Time between two rounds, in seconds.
    """

    def __init__(self, data: Path | None = None, *, files_only: bool = False, pause_s: float = _PAUSE_S) -> None:
        self._data = data
        self._files_only = files_only
        self._pause_s = pause_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="outbox", daemon=True)

    def start(self) -> None:
        """Start the worker's thread."""
        self._thread.start()

    def close(self) -> None:
        """Stop the worker, waiting at most a second. May be called twice."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(_LEAVE_S)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _work(self) -> None:
        scope = RetryScope.FILES_NOW
        while True:
            try:
                self._round(scope)
            except AssistantError as error:
                _log.warning("the outbox can't be processed: %s", error.sentence)
            except Exception:
                # It may work next time, but only if this thread is still alive.
                _log.exception("the outbox can't be processed")
            scope = RetryScope.DUE
            if self._ended.wait(self._pause_s):
                return

    def _round(self, scope: RetryScope) -> None:
        # A store is for one thread; and a newly opened one has recovered from whatever went wrong before.
        with Store(self._data) as store:
            for delivered in Outbox(store).deliver_due(scope, files_only=self._files_only):
                # Not to which file: its name has the film in it, and others read a kiosk's log.
                _log.info("delivered later: %s by %s", delivered.review_id, delivered.outlet)
