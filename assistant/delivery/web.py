"""Talking to a server: within a time limit, to that server alone, and with nothing secret in what is told of it."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any, Literal, TypeVar
from urllib.parse import urljoin, urlsplit

from assistant import __version__
from assistant.delivery.outlet import RetryLaterError, UndeliverableError

T = TypeVar("T")

_MOST_BYTES = 2_000_000
"""No answer of a server's that we talk to is longer."""

_CHUNK_BYTES = 65_536
_MOST_REDIRECTS = 3
_REDIRECTS = {"GET": frozenset({301, 302, 303, 307, 308}), "POST": frozenset({307, 308})}
"""After which answers the same is to be asked elsewhere (RFC 9110, 15.4)."""

_PASSING = frozenset({408, 425, 429})
"""Client errors that say "not now" rather than "never" (RFC 9110, 8470, 6585)."""


@dataclass(frozen=True, slots=True)
class HttpReply:
    """What a server answered."""

    status: int
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the server says
        """The body as JSON; None where it isn't."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Server:
    """A server that reviews are sent to.

    Attributes
    ----------
    address : str
        An URL; all of it but the host may be secret, as with services that put a password into the path.
    called : str
        What errors call it, as the beginning of a sentence: "The webhook at example.org".
    limit_s : float
        Seconds for everything together: name look-up, connection, sending, redirects and the answer.
    to_mend : str
        What to do where the server doesn't accept us.
    """

    address: str
    called: str
    limit_s: float
    to_mend: str

    def ask(
        self,
        method: Literal["GET", "POST"],
        place: str = "",
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        accepted: frozenset[int] = frozenset(),
        follow: bool = False,
    ) -> HttpReply:
        """Send a request and wait for the whole answer.

        Parameters
        ----------
        method : "GET" or "POST"
        place : str
            Path and query on the server; the address itself otherwise.
        headers : mapping
        body : bytes, optional
        accepted : set of int
            Statuses besides 200 to 299 that are an answer, not a failure.
        follow : bool
            Whether to follow redirects within the same server; never to another, which would get our headers.

        Raises
        ------
        RetryLaterError
            Where there is no answer in time, or one that says that it's for now.
        UndeliverableError
            Where the server refuses for good.
        """
        url = urljoin(self.address, place) if place else self.address
        deadline = time.monotonic() + self.limit_s
        for _ in range(_MOST_REDIRECTS):
            answer = self._once(method, url, headers, body, deadline)
            status = answer.status
            if 200 <= status < 300 or status in accepted:
                return HttpReply(status, answer.body)
            if not (follow and status in _REDIRECTS[method] and answer.location):
                raise self._failure(answer)
            try:
                further = urljoin(url, answer.location)
                elsewhere = origin(further) != origin(url)
            except ValueError:
                elsewhere = True
            if elsewhere:
                raise RetryLaterError(f"{self.called} sends us on to another server, which isn't followed.")
            url = further
        raise RetryLaterError(f"{self.called} sends us round in circles.")

    def _once(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, deadline: float) -> _Answer:
        left_s = deadline - time.monotonic()
        try:
            return run_with_timeout(left_s, lambda: _exchange(method, url, headers, body, left_s))
        except TimeoutError:
            trouble = f"gave no answer within {self.limit_s:g} s"
        except (OSError, ValueError) as error:
            # All that requests raises, or lets through. What it says of an error holds the whole URL.
            trouble = _trouble(error, self.limit_s)
        raise RetryLaterError(f"{self.called} {trouble}.")

    def _failure(self, answer: _Answer) -> RetryLaterError | UndeliverableError:
        status = answer.status
        said = f"{self.called} answered {status}" + (f" ({answer.reason})" if answer.reason else "")
        if 400 <= status < 500 and status not in _PASSING:
            return UndeliverableError(f"{said}. {self.to_mend}")
        return RetryLaterError(f"{said}.", after_s=answer.retry_after_s)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    reason: str
    location: str
    retry_after_s: float | None
    body: bytes


def _exchange(method: str, url: str, headers: Mapping[str, str], body: bytes | None, limit_s: float) -> _Answer:
    import requests

    ours = {"User-Agent": f"voice-review-assistant/{__version__}", "Accept": "application/json", **headers}
    with (
        requests.Session() as session,
        session.request(
            method,
            url,
            data=body,
            headers=ours,
            # A do-nothing: otherwise a password in ~/.netrc would take the place of our own header.
            auth=lambda request: request,
            timeout=limit_s,
            stream=True,
            allow_redirects=False,
            # This machine is never behind a proxy. None overrides what the environment says.
            proxies={"http": None, "https": None, "all": None} if is_this_machine(url) else None,  # type: ignore[dict-item]
        ) as response,
    ):
        content = b""
        for chunk in response.iter_content(_CHUNK_BYTES):
            content += chunk
            if len(content) > _MOST_BYTES:
                break
        return _Answer(
            status=response.status_code,
            reason=(response.reason or "")[:60],
            location=response.headers.get("Location", ""),
            retry_after_s=_retry_after_s(response.headers.get("Retry-After", "")),
            body=content,
        )


def _retry_after_s(text: str) -> float | None:
    """Seconds that a ``Retry-After`` header asks for, be it a number or a date (RFC 9110, 10.2.3)."""
    text = text.strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=timezone.utc)
    return max(0.0, (date - datetime.now(timezone.utc)).total_seconds())


def _trouble(error: Exception, limit_s: float) -> str:
    import requests

    if isinstance(error, requests.exceptions.ProxyError):
        return "can't be reached: the proxy refuses"
    if isinstance(error, requests.exceptions.SSLError):
        return "can't be trusted: its certificate is not accepted"
    if isinstance(error, requests.Timeout):
        return f"gave no answer within {limit_s:g} s"
    if "NameResolutionError" in repr(error):
        return "can't be reached: its name can't be looked up"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "cut the connection in the middle of its answer"
    if "BadStatusLine" in repr(error):
        return "gave an answer that isn't a web server's"
    if "RemoteDisconnected" in repr(error) or "ConnectionResetError" in repr(error):
        return "cut the connection"
    if isinstance(error, requests.ConnectionError):
        return "can't be reached: no connection"
    if isinstance(error, requests.RequestException | ValueError):
        return "answered with something that can't be understood"
    return "can't be asked: this machine's certificates can't be read; look at REQUESTS_CA_BUNDLE"


def run_with_timeout(limit_s: float, work: Callable[[], T]) -> T:
    """What `work` returns or raises, if it does so in time.

    In a thread of its own, because no time limit of a library covers a name look-up or a key ring that hangs; a thread
    that does is left behind and keeps nobody from ending.

    Raises
    ------
    TimeoutError
        Where it takes longer than `limit_s` seconds.
    """
    outcomes: queue.SimpleQueue[tuple[T, None] | tuple[None, BaseException]] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcomes.put((work(), None))
        except BaseException as error:
            outcomes.put((None, error))

    threading.Thread(target=run, name="within", daemon=True).start()
    try:
        result, error = outcomes.get(timeout=max(0.0, limit_s))
    except queue.Empty:
        raise TimeoutError(f"nothing within {limit_s:g} s") from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port of an URL: what makes a server the same one."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def is_this_machine(url: str) -> bool:
    """Whether an URL leads nowhere else."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
