"""Brings what was sent to where it was meant to go, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from filelock import FileLock, Timeout

from assistant.delivery.destinations import outlet_of
from assistant.delivery.files import unwritable
from assistant.delivery.outlet import Delivery, Intent, Outlet, UndeliverableError
from assistant.errors import DeliveryError
from assistant.store.records import Destination, Entry
from assistant.store.sentences import in_sentences
from assistant.store.store import Store


@dataclass(frozen=True, slots=True)
class Delivered:
    """A review that has arrived: its id, the outlet's name, and the file."""

    review_id: str
    outlet: str
    path: str


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
        How long to wait for another process that is delivering, in seconds.
    """

    def __init__(
        self, store: Store, make: Callable[[Destination], Outlet] = outlet_of, patience_s: float = 30.0
    ) -> None:
        self._store = store
        self._make = make
        self._patience_s = patience_s

    def deliver_due(self) -> list[Delivered]:
        """Try every waiting delivery once.

        What fails is kept with the reason (`Entry.last_error`) for the next call, or marked as failed where no
        other attempt could help. Nothing is done where another process goes on delivering for `patience_s`: it
        has the same entries in hand.

        Returns
        -------
        list of Delivered
            What arrived just now, in this process.

        Raises
        ------
        StoreError
            Where the store can't be written.
        """
        lock = FileLock(self._store.folder / "outbox.lock", timeout=self._patience_s, mode=0o600)
        with in_sentences(self._store.path):
            try:
                lock.acquire()
            except Timeout:
                return []
        # The lock is what keeps two processes from doing the same; a killed one lets go of it.
        try:
            arrived = [self._deliver(entry) for entry in self._store.queue.waiting()]
        finally:
            lock.release()
        return [delivered for delivered in arrived if delivered is not None]

    def _deliver(self, entry: Entry) -> Delivered | None:
        queue = self._store.queue

        def record_intent(intent: Intent) -> None:
            queue.record_intent(entry, intent)

        if not self._store.has_review(entry.review_id):
            return None  # deleted since the list was made
        stored = self._store.review(entry.review_id)
        item = Delivery(stored.review, stored.watched, entry.review_id)
        queue.begin(entry)
        try:
            outlet = self._make(entry.destination)
            result = outlet.deliver(item, entry.intent, record_intent)
        except UndeliverableError as error:
            queue.give_up(entry, error.sentence)
            return None
        except DeliveryError as error:
            queue.postpone(entry, error.sentence)
            return None
        except OSError as error:
            folder = entry.destination.settings.get("folder", entry.destination.outlet)
            queue.postpone(entry, unwritable(error, folder).sentence)
            return None
        queue.delivered(entry, result)
        return Delivered(entry.review_id, entry.destination.outlet, result["path"])
