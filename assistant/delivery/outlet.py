"""What every outlet has in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from assistant.errors import DeliveryError
from assistant.review.review import Review

Intent = Mapping[str, Any]
"""What an outlet notes before it writes, so that after a crash it can tell whether it had."""


class UndeliverableError(DeliveryError):
    """An outlet can't take this review at all; trying again won't help."""

    code = "undeliverable"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A review to be delivered, the day on which the film was watched, and the id that the review goes by."""

    review: Review
    watched: date
    review_id: str


class Outlet(Protocol):
    """Where reviews go. Constructors touch nothing; `deliver` may fail."""

    @property
    def name(self) -> str:
        """What it's called in the outbox and in what is printed."""

    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Deliver a review once, even if an earlier attempt was cut off anywhere.

        Parameters
        ----------
        item : Delivery
        intent : mapping or None
            What the last attempt noted; None on the first.
        record_intent : callable
            Puts a note on disk before it returns.

        Returns
        -------
        dict
            ``{"path": …}`` of what was written.

        Raises
        ------
        UndeliverableError
            Where this review can never be delivered here.
        DeliveryError, OSError
            Where it may succeed another time.
        """
