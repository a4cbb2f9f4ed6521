"""What every outlet has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from assistant.errors import DeliveryError, NetworkError, describe_os_error
from assistant.net import RefusedError, UnavailableError
from assistant.review import Review

Intent = Mapping[str, Any]
"""What an outlet notes before it writes, so that after a crash it can tell whether it had."""


class UndeliverableError(DeliveryError):
    """An outlet can't take this review at all; trying again by itself won't help.

    Parameters
    ----------
    sentence : str
    afresh : bool
        Whether the outlet's notes are to be dropped: if the person sends the review again, that is a new attempt.
    """

    code = "undeliverable"

    def __init__(self, sentence: str, *, afresh: bool = False) -> None:
        super().__init__(sentence)
        self.afresh = afresh


class RetryLaterError(DeliveryError):
    """An outlet elsewhere can't take the review now: no network, or the other side is busy.

    It's tried again, less and less often, a limited number of times.

    Parameters
    ----------
    sentence : str
    after_s : float, optional
        How many seconds the other side asked us to wait.
    afresh : bool
        Whether the outlet's notes are to be dropped, as nothing came of this attempt.
    """

    code = "retry_later"

    def __init__(self, sentence: str, *, after_s: float | None = None, afresh: bool = False) -> None:
        super().__init__(sentence)
        self.after_s = after_s
        self.afresh = afresh


def describe_write_error(error: OSError, folder: str | Path) -> DeliveryError:
    """An error of the operating system's as a sentence; `folder` is named where the error names no file."""
    return DeliveryError(
        f"{error.filename or folder} can't be written: {describe_os_error(error)}. "
        "The review is kept; try again, or name another folder with --out."
    )


@contextmanager
def network_as_delivery() -> Iterator[None]:
    """Tell what a server or a secret said as what it means for a delivery; also a decorator.

    Raises
    ------
    UndeliverableError, RetryLaterError, DeliveryError
        In place of a `NetworkError`.
    """
    try:
        yield
    except RefusedError as error:
        raise UndeliverableError(error.sentence) from None
    except UnavailableError as error:
        raise RetryLaterError(error.sentence, after_s=error.after_s) from None
    except NetworkError as error:
        raise DeliveryError(error.sentence) from None


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
            Puts a note on disk before it returns. No secret belongs in it.

        Returns
        -------
        dict
            ``{"path": …}``: the file that was written, or where else the review went.

        Raises
        ------
        UndeliverableError
            Where this review can never be delivered here.
        RetryLaterError
            Where it may succeed later, and asking costs something.
        DeliveryError, OSError
            Where it may succeed at any time.
        """


class Elsewhere(Outlet, Protocol):
    """An outlet that has to be set up."""

    def check(self) -> None:
        """Look whether what it needs is here, without sending anything.

        Raises
        ------
        DeliveryError
            Where a secret or a program is missing.
        """
