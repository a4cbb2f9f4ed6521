"""Reviews posted, signed, to a URL of the person's choice.

Headers and signature follow Standard Webhooks 1.0.0 (https://www.standardwebhooks.com), which has ready-made
receivers in most languages.
"""

from __future__ import annotations

import base64
import binascii
import json
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timezone
from urllib.parse import urlsplit

from pydantic import model_validator
from typing_extensions import Self

from assistant.config import Table
from assistant.delivery.outlet import Delivery, Intent, LimitS, Variable, WebAddress, network_as_delivery
from assistant.delivery.review_files import as_document
from assistant.errors import DeliveryError
from assistant.net import Secret, Server, is_this_machine

EVENT = "review.sent"
"""What the body's ``type`` says."""

_PREFIX = "whsec_"
_KEY_BYTES = range(24, 65)
"""How long a signing key may be, in bytes, according to the specification."""


class WebhookSettings(Table):
    """A URL that reviews are posted to."""

    url: WebAddress
    secret_env: Variable = "ASSISTANT_WEBHOOK_SECRET"  # noqa: S105 - a variable's name
    limit_s: LimitS = 15.0
    allow_http: bool = False

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if urlsplit(self.url).scheme != "https" and not self.allow_http and not is_this_machine(self.url):
            raise ValueError(
                "the url has to begin with https://, or anyone on the way can read the reviews; "
                "in a network that you trust, set allow_http = true"
            )
        return self


class Webhook:
    """Posts each review as JSON, signed with HMAC-SHA256.

    The id in the header ``webhook-id`` is drawn and noted before the first attempt. It and the body stay the same no
    matter how often the review has to be sent, so a receiver that remembers ids accepts it once.

    Parameters
    ----------
    settings : WebhookSettings
    """

    name = "webhook"

    def __init__(self, settings: WebhookSettings) -> None:
        self._settings = settings
        self._secret = Secret(self.name, settings.secret_env, "the signing key of the webhook")

    @network_as_delivery()
    def check(self) -> None:
        """Check that there is a signing key of the right form; see `RemoteOutlet.check`."""
        signing_key(self._secret.find())

    @network_as_delivery()
    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Post a review; see `Outlet.deliver`."""
        url = self._settings.url
        host = urlsplit(url).netloc
        key = signing_key(self._secret.find())
        noted = intent or {"id": f"review_{uuid.uuid4().hex}", "at": datetime.now(timezone.utc).isoformat()}
        if intent is None:
            record_intent(noted)
        told = {"type": EVENT, "timestamp": noted["at"], "data": as_document(item)}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"Content-Type": "application/json", **sign(key, noted["id"], int(time.time()), body)}
        server = Server(
            url,
            f"The webhook at {host}",
            self._settings.limit_s,
            f"Fix what it objects to, then “assistant reviews send {item.review_id}”.",
        )
        server.request("POST", headers=headers, body=body)
        return {"path": f"{urlsplit(url).scheme}://{host}"}


def signing_key(secret: str) -> bytes:
    """The key in a secret of the form ``whsec_<base64>``.

    Raises
    ------
    DeliveryError
        If it has another form.
    """
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) not in _KEY_BYTES:
        raise DeliveryError(
            f"The signing key of the webhook has to be “{_PREFIX}” and 24 to 64 bytes in Base64, such as "
            "“openssl rand -base64 32” makes; the receiver has to have the same one."
        )
    return key


def sign(key: bytes, message_id: str, at_s: int, body: bytes) -> dict[str, str]:
    """The headers by which a receiver knows that a message is ours, unaltered and fresh.

    Parameters
    ----------
    key : bytes
    message_id : str
        The same for every attempt at the same message.
    at_s : int
        Time of this attempt, in seconds since 1970.
    body : bytes
    """
    import standardwebhooks

    # In UTC: the library treats any other time as UTC, too.
    at = datetime.fromtimestamp(at_s, timezone.utc)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at_s),
        "webhook-signature": standardwebhooks.Webhook(key).sign(message_id, at, body.decode()),
    }
