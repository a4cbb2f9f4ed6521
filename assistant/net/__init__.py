"""All requests to servers: within a time limit, to that server only, with no secrets in error messages."""

from assistant.net.deadline import run_with_timeout
from assistant.net.http import (
    ExchangeError,
    HttpReply,
    RefusedError,
    Server,
    UnavailableError,
    is_this_machine,
    open_download,
    web_address,
)
from assistant.net.secret import Secret, check_secret

__all__ = [
    "ExchangeError",
    "HttpReply",
    "RefusedError",
    "Secret",
    "Server",
    "UnavailableError",
    "check_secret",
    "is_this_machine",
    "open_download",
    "run_with_timeout",
    "web_address",
]
