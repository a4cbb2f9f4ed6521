"""What all outlets have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Protocol

from pydantic import AfterValidator, Field

from assistant.errors import DeliveryError, NetworkError, describe_os_error
from assistant.net import RefusedError, UnavailableError, web_address
from assistant.review import Review

WebAddress = Annotated[str, AfterValidator(web_address)]
"""In settings: a URL without a user name and password."""

Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
"""In settings: the name of an environment variable."""

LimitS = Annotated[float, Field(gt=0, le=300)]
"""In settings: a time limit in seconds."""

Intent = Mapping[str, Any]
"""What an outlet notes before it writes, so that after a crash it can tell whether it did."""


class UndeliverableError(DeliveryError):
    """An outlet can't take this review at all; automatic retries won't help.

    Parameters
    ----------
    sentence : str
    afresh : bool
        Whether to drop the outlet's intent: if the person sends the review again, that is a new attempt.
    """

    code = "undeliverable"

    def __init__(self, sentence: str, *, afresh: bool = False) -> None:
        super().__init__(sentence)
        self.afresh = afresh


class RetryLaterError(DeliveryError):
    """An outlet off the machine can't take the review now: no network, or the other side is busy.

    It's tried again, less and less often, a limited number of times.

    Parameters
    ----------
    sentence : str
    after_s : float, optional
        How many seconds the other side asked us to wait.
    afresh : bool
        Whether to drop the outlet's intent, as nothing came of this attempt.
    """

    code = "retry_later"

    def __init__(self, sentence: str, *, after_s: float | None = None, afresh: bool = False) -> None:
        super().__init__(sentence)
        self.after_s = after_s
        self.afresh = afresh


def describe_write_error(error: OSError, folder: str | Path) -> DeliveryError:
    """Describe an operating system error in a sentence; `folder` is named if the error names no file."""
    return DeliveryError(
        f"{error.filename or folder} can't be written: {describe_os_error(error)}. "
        "The review is kept; try again, or name another folder with --out."
    )


@contextmanager
def network_as_delivery() -> Iterator[None]:
    """Turn an error from a server or a secret into what it means for a delivery; also a decorator.

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
    """A review to be delivered, the day on which the film was watched, and the review's id."""

    review: Review
    watched: date
    review_id: str


class Outlet(Protocol):
    """Where reviews go. Constructors touch nothing; `deliver` may fail."""

    @property
    def name(self) -> str:
        """Its name in the outbox and in output."""

    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Deliver a review once, even if an earlier attempt was cut off anywhere.

        Parameters
        ----------
        item : Delivery
        intent : mapping or None
            What the last attempt noted; None on the first attempt.
        record_intent : callable
            Writes an intent to disk before it returns. No secret belongs in it.

        Returns
        -------
        dict
            ``{"path": …}``: the file that was written, or the other place the review went to.

        Raises
        ------
        UndeliverableError
            If this review can never be delivered here.
        RetryLaterError
            If it may succeed later, and trying has a cost.
        DeliveryError, OSError
            If it may succeed at any time.
        """


class RemoteOutlet(Outlet, Protocol):
    """An outlet that has to be set up."""

    def check(self) -> None:
        """Check that it has what it needs, without sending anything.

        Raises
        ------
        DeliveryError
            If a secret or a program is missing.
        """
