"""Where reviews go, and the outbox that delivers each of them once."""

from assistant.delivery.destinations import (
    FILES,
    check,
    default_reviews_folder,
    destinations,
    file_destination,
    outlet_of,
)
from assistant.delivery.letterboxd import LetterboxdCsv
from assistant.delivery.outbox import Delivered, Outbox, OutboxWorker, RetryScope
from assistant.delivery.outlet import Delivery, Outlet, RetryLaterError, UndeliverableError, describe_write_error

__all__ = [
    "FILES",
    "Delivered",
    "Delivery",
    "LetterboxdCsv",
    "Outbox",
    "OutboxWorker",
    "Outlet",
    "RetryLaterError",
    "RetryScope",
    "UndeliverableError",
    "check",
    "default_reviews_folder",
    "describe_write_error",
    "destinations",
    "file_destination",
    "outlet_of",
]
