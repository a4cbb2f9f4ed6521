"""The store: what was said and written, and what is still to be delivered."""

from assistant.store.records import Destination, OutboxEntry, StoredReview, StoredSession, Turn
from assistant.store.store import Store

__all__ = ["Destination", "OutboxEntry", "Store", "StoredReview", "StoredSession", "Turn"]
