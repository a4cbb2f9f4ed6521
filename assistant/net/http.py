"""Requests to a server: within a time limit, to that server only, and with no secrets in error messages."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin, urlsplit

from assistant.errors import NetworkError
from assistant.net.deadline import run_with_timeout
from assistant.version import VERSION

if TYPE_CHECKING:
    import requests

_MOST_BYTES = 2_000_000
"""Longest answer that we read from a server."""

_CHUNK_BYTES = 65_536
_DOWNLOAD_CHUNK_BYTES = 4096
"""Small, so that the first chunk comes in time even over a slow line."""

_MOST_REDIRECTS = 2
_REDIRECTS = {"GET": frozenset({301, 302, 303, 307, 308}), "POST": frozenset({307, 308})}
"""The statuses that ask for the same request at another address (RFC 9110, 15.4)."""

_PASSING = frozenset({408, 425, 429})
"""Client errors that mean "not now" rather than "never" (RFC 9110, 8470, 6585)."""


class RefusedError(NetworkError):
    """A server refuses for good: the same request won't succeed later."""

    code = "refused"


class UnavailableError(NetworkError):
    """A server can't be reached, or can't answer now.

    Parameters
    ----------
    sentence : str
    after_s : float, optional
        How many seconds the server asks us to wait before the next request.
    """

    code = "unavailable"

    def __init__(self, sentence: str, *, after_s: float | None = None) -> None:
        super().__init__(sentence)
        self.after_s = after_s


class ExchangeError(Exception):
    """A request failed; the text says why, as the end of a sentence that begins with the server.

    Parameters
    ----------
    told : str
    cut : bool
        Whether the connection ended in the middle of the answer.
    """

    def __init__(self, told: str, *, cut: bool = False) -> None:
        super().__init__(told)
        self.cut = cut


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A server's answer.

    Attributes
    ----------
    status : int
    reason : str
    body : bytes
    is_whole : bool
        Whether that is all of it; false if it is longer than we read.
    location : str
        Where a redirect leads.
    retry_after_s : float or None
        How many seconds the server asks us to wait before the next request.
    """

    status: int
    reason: str
    body: bytes
    is_whole: bool
    location: str
    retry_after_s: float | None

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the server says
        """The body parsed as JSON; None if it isn't JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Server:
    """A server to send requests to.

    Attributes
    ----------
    address : str
        A URL; all of it except the host may be secret, as some services put a password into the path.
    called : str
        Its name in errors, as the beginning of a sentence: "The webhook at example.org".
    limit_s : float
        Seconds for name look-up, connection, sending, redirects and the answer together.
    remedy : str
        What to do if the server doesn't accept us.
    """

    address: str
    called: str
    limit_s: float
    remedy: str

    def request(
        self,
        method: Literal["GET", "POST"],
        target: str = "",
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
        target : str
            Path and query on the server; otherwise those of the address.
        headers : mapping
        body : bytes, optional
        accepted : set of int
            Statuses besides 200 to 299 that count as an answer, not a failure.
        follow : bool
            Whether to follow redirects within the same server; never to another, as it would get our headers.

        Raises
        ------
        UnavailableError
            If there is no answer in time, or one that says "not now".
        RefusedError
            If the server refuses for good.
        """
        url = urljoin(self.address, target) if target else self.address
        deadline = time.monotonic() + self.limit_s
        for _ in range(1 + _MOST_REDIRECTS):
            reply = self._once(method, url, headers, body, deadline)
            if 200 <= reply.status < 300 or reply.status in accepted:
                return reply
            if not (follow and reply.status in _REDIRECTS[method] and reply.location):
                raise self._failure(reply)
            try:
                further = urljoin(url, reply.location)
                elsewhere = _origin(further) != _origin(url)
            except ValueError:
                elsewhere = True
            if elsewhere:
                raise UnavailableError(f"{self.called} sends us on to another server, which isn't followed.")
            url = further
        raise UnavailableError(f"{self.called} sends us round in circles.")

    def _once(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, deadline: float
    ) -> HttpReply:
        left_s = deadline - time.monotonic()
        try:
            return run_with_timeout(left_s, lambda: _exchange(method, url, headers, body, left_s))
        except (OSError, ValueError) as error:
            # Everything that requests raises or lets through. Its own messages contain the whole URL.
            told = _describe_http_error(error, self.limit_s)
        raise UnavailableError(f"{self.called} {told}.")

    def _failure(self, reply: HttpReply) -> RefusedError | UnavailableError:
        said = f"{self.called} answered {reply.status}" + (f" ({reply.reason})" if reply.reason else "")
        if 400 <= reply.status < 500 and reply.status not in _PASSING:
            return RefusedError(f"{said}. {self.remedy}")
        return UnavailableError(f"{said}.", after_s=reply.retry_after_s)


def _exchange(method: str, url: str, headers: Mapping[str, str], body: bytes | None, limit_s: float) -> HttpReply:
    with _request(method, url, {"Accept": "application/json", **headers}, limit_s, body=body) as response:
        content = bytearray()
        for chunk in response.iter_content(_CHUNK_BYTES):
            content += chunk
            if len(content) > _MOST_BYTES:
                break
        return HttpReply(
            response.status_code,
            (response.reason or "")[:60],
            bytes(content),
            len(content) <= _MOST_BYTES,
            response.headers.get("Location", ""),
            _retry_after_s(response.headers.get("Retry-After", "")),
        )


def open_download(
    url: str, *, headers: Mapping[str, str], limit_s: float, stall_s: float
) -> tuple[requests.Response, Iterator[bytes]]:
    """Send a GET request and return the answer with its body still to come; follows redirects, as nothing is secret.

    Parameters
    ----------
    url : str
    headers : mapping
    limit_s : float
        Seconds until the first bytes, for name look-up, proxy, connection, redirects and answer together.
    stall_s : float
        A connection that delivers nothing for this long, in seconds, is considered dead.

    Returns
    -------
    response : requests.Response
        The caller has to close it.
    chunks : iterator of bytes
        The body. Raises `ExchangeError` if the connection ends before the body does.

    Raises
    ------
    ExchangeError
        If there is no answer in time.
    """

    def reach() -> tuple[requests.Response, Iterator[bytes]]:
        response = _request("GET", url, headers, (limit_s, stall_s), follow=True)
        chunks = response.iter_content(_DOWNLOAD_CHUNK_BYTES)
        return response, itertools.chain([next(chunks, b"")], chunks)

    import requests

    try:
        response, chunks = run_with_timeout(limit_s, reach)
    except (OSError, ValueError) as error:
        cut = isinstance(error, requests.exceptions.ChunkedEncodingError)
        raise ExchangeError(_describe_http_error(error, limit_s), cut=cut) from error
    return response, _until_cut(chunks, stall_s)


def _until_cut(chunks: Iterator[bytes], stall_s: float) -> Iterator[bytes]:
    import requests

    try:
        yield from chunks
    except requests.RequestException as error:
        raise ExchangeError(_describe_http_error(error, stall_s), cut=True) from error


def _request(
    method: str,
    url: str,
    headers: Mapping[str, str],
    limit_s: float | tuple[float, float],
    *,
    body: bytes | None = None,
    follow: bool = False,
) -> requests.Response:
    import requests

    return requests.request(
        method,
        url,
        data=body,
        headers={"User-Agent": f"voice-review-assistant/{VERSION}", **headers},
        # Does nothing, but without it a password in ~/.netrc would replace our own header.
        auth=lambda request: request,
        timeout=limit_s,
        stream=True,
        allow_redirects=follow,
        # This machine is never behind a proxy. None overrides the environment.
        proxies={"http": None, "https": None, "all": None} if is_this_machine(url) else None,  # type: ignore[dict-item]
    )


def _retry_after_s(text: str) -> float | None:
    """Seconds that a ``Retry-After`` header asks for, as a number or a date (RFC 9110, 10.2.3)."""
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


def _describe_http_error(error: Exception, limit_s: float) -> str:
    """Why a request failed, as the end of a sentence that begins with the server; it contains no URL."""
    import requests

    if isinstance(error, requests.exceptions.ProxyError):
        return "can't be reached: the proxy refuses"
    if isinstance(error, requests.exceptions.SSLError):
        return "can't be trusted: its certificate is not accepted"
    if isinstance(error, requests.Timeout | TimeoutError):
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
    return "can't be contacted: this machine's certificates can't be read; look at REQUESTS_CA_BUNDLE"


def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port of a URL, which identify a server."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def web_address(text: str) -> str:
    """The text itself, if it is a URL for `Server` without a user name and password.

    Raises
    ------
    ValueError
        If it isn't; says why, as the end of a sentence, and repeats none of it.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError("isn't an address that can exist") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("has to be an address that begins with https://")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not have a user name or password in it; see docs/delivery.md for where secrets belong")
    if port == 0:
        raise ValueError("isn't an address that can exist")
    return text


def is_this_machine(url: str) -> bool:
    """Whether a URL leads to this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
