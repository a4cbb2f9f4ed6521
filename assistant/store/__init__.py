"""The store: what was said and written, and what is still to be delivered."""

from assistant.store.database import store_errors
from assistant.store.encoding import damage_error, review_json
from assistant.store.records import Destination, OutboxEntry, StoredReview, StoredSession, Turn
from assistant.store.store import Store, default_data_folder

__all__ = [
    "Destination",
    "OutboxEntry",
    "Store",
    "StoredReview",
    "StoredSession",
    "Turn",
    "damage_error",
    "default_data_folder",
    "review_json",
    "store_errors",
]
