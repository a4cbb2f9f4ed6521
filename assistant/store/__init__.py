"""The store: what was said, what was written, and what is still to be delivered."""

from assistant.store.records import Destination, Entry, Session, StoredReview, Turn
from assistant.store.store import Store

__all__ = ["Destination", "Entry", "Session", "Store", "StoredReview", "Turn"]
