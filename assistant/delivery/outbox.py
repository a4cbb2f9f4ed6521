"""Brings what was sent to where it was meant to go, once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from filelock import FileLock, Timeout

from assistant.delivery.backoff import MOST_ATTEMPTS, wait_s
from assistant.delivery.destinations import FILES, outlet_of
from assistant.delivery.files import describe_write_error
from assistant.delivery.outlet import Delivery, Intent, Outlet, RetryLaterError, UndeliverableError
from assistant.errors import DamagedError, DeliveryError, SettingsError, StoreError
from assistant.store.records import Destination, OutboxEntry
from assistant.store.sentences import in_sentences
from assistant.store.store import Store

_log = logging.getLogger("assistant.delivery")

_BUDGET_S = 20.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """A review that has arrived: its id, the outlet's name, and the file, or where else it went."""

    review_id: str
    outlet: str
    path: str


class RetryScope(Enum):
    """Which of the waiting deliveries are tried."""

    DUE = auto()
    """Those whose time has come."""
    FILES_NOW = auto()
    """Those, and all files: a folder may be back at any moment, and asking for it costs nothing."""
    EVERYTHING = auto()
    """All of them: somebody asked."""


class Outbox:
    """Delivers what waits in the store.

    Each delivery is a row that is waiting until its outlet is done. An outlet that was cut off finds its own note on
    the next attempt, and sees from that what it had done.

    Parameters
    ----------
    store : Store
        Open.
    make : callable, optional
        The outlet for a destination.
    patience_s : float, optional
        How long to wait for another process that is delivering to the same outlet, in seconds.
    """

    def __init__(
        self, store: Store, make: Callable[[Destination], Outlet] = outlet_of, patience_s: float = 20.0
    ) -> None:
        self._store = store
        self._make = make
        self._patience_s = patience_s

    def deliver_due(self, haste: RetryScope = RetryScope.FILES_NOW, *, files_only: bool = False) -> list[Delivered]:
        """Try every waiting delivery once, files first.

        What fails is kept with the reason (`OutboxEntry.last_error`) for another time, or marked as failed where no
        other attempt could help. An outlet is left out where another process goes on delivering to it for `patience_s`:
        it has the same entries in hand. Somebody may be waiting for us, so after 20 s nothing further is begun unless
        everything is asked for. With `files_only` nothing leaves the machine: what else waits goes on waiting.

        Returns
        -------
        list of Delivered
            What arrived just now, in this process.

        Raises
        ------
        StoreError
            Where the store can't be written.
        """
        began_s = time.monotonic()
        arrived = []
        outlets = [name for name in self._store.queue.outlets() if name in FILES or not files_only]
        for outlet in sorted(outlets, key=lambda name: name not in FILES):
            lock = FileLock(self._store.folder / f"outbox-{outlet}.lock", timeout=self._patience_s, mode=0o600)
            with in_sentences(self._store.path):
                try:
                    lock.acquire()
                except Timeout:
                    continue
            # The lock is what keeps two processes from doing the same; a killed one lets go of it. There is one for
            # each outlet, so that a server that hangs keeps nobody from writing files.
            try:
                for entry in self._store.queue.waiting(outlet):
                    if not self._is_time(entry, haste):
                        continue
                    if (
                        outlet not in FILES
                        and haste is not RetryScope.EVERYTHING
                        and time.monotonic() > began_s + _BUDGET_S
                    ):
                        break
                    arrived.append(self._deliver(entry))
            finally:
                lock.release()
        return [delivered for delivered in arrived if delivered is not None]

    def _is_time(self, entry: OutboxEntry, haste: RetryScope) -> bool:
        if haste is RetryScope.EVERYTHING or (haste is RetryScope.FILES_NOW and entry.destination.outlet in FILES):
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
            told = f"{error.sentence} It's tried again later."
            self._put_off(entry, error.sentence, told, after_s=error.after_s, afresh=error.afresh)
        except (DeliveryError, SettingsError, DamagedError) as error:
            self._put_off(entry, error.sentence)
        except StoreError:
            raise
        except OSError as error:
            folder = entry.destination.settings.get("folder", entry.destination.outlet)
            self._put_off(entry, describe_write_error(error, folder).sentence)
        except Exception as error:
            # Whatever it is, it is this entry's own affair: the others wait behind it.
            _log.exception("unforeseen, of %s to %s", entry.review_id, entry.destination.outlet)
            self._put_off(entry, f"It failed in a way that wasn't foreseen ({type(error).__name__}).")
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
        """Keep an entry for another time, or give it up where there were enough; a folder may be back after months."""
        attempts = entry.attempts + 1
        if attempts >= MOST_ATTEMPTS and entry.destination.outlet not in FILES:
            why = f"{why} That was the last of {attempts} attempts; send the review again to go on."
            self._store.queue.give_up(entry, why, afresh=afresh)
        else:
            self._store.queue.postpone(entry, told or why, wait_s(attempts, after_s), afresh=afresh)
