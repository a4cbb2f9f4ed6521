"""Reviews published to an MQTT broker: for several kiosks that hand theirs to one place."""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, model_validator
from typing_extensions import Self

from assistant.config import BesideFile, Table
from assistant.delivery.outlet import Delivery, Intent, LimitS, RetryLaterError, Variable, network_as_delivery
from assistant.delivery.review_files import as_document
from assistant.delivery.webhook import EVENT
from assistant.errors import DeliveryError
from assistant.net import Secret, is_this_machine

if TYPE_CHECKING:
    from paho.mqtt.client import Client

_AT_LEAST_ONCE = 1
"""MQTT's quality of service: the broker confirms that it has the message."""


class MqttSettings(Table):
    """An MQTT broker that reviews are published to."""

    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65_535)] = 8883
    topic: Annotated[str, Field(min_length=1)] = "reviews"
    tls: bool = True
    ca_file: BesideFile | None = None
    username: Annotated[str, Field(min_length=1)] | None = None
    password_env: Variable = "ASSISTANT_MQTT_PASSWORD"  # noqa: S105 - a variable's name
    limit_s: LimitS = 15.0
    allow_plain: bool = False

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if re.search(r"[/@\s]", self.host):
            raise ValueError("the host has to be only the name of the broker, such as mqtt.example.org")
        if re.search(r"[+#\0]", self.topic) or self.topic.startswith("$"):
            raise ValueError("the topic has to be a place to publish to, with no wildcard (+ or #) in it")
        if not (self.tls or self.allow_plain or is_this_machine(f"mqtt://{self.host}")):
            raise ValueError(
                "without tls, anyone on the way can read the reviews; in a network that you trust, set "
                "allow_plain = true"
            )
        return self


class Mqtt:
    """Publishes each review as JSON, and takes it for delivered once the broker has confirmed that (QoS 1).

    The message has the same ``id`` however often it has to be sent, in its JSON and as the user property ``id`` of
    MQTT 5: whoever subscribes and remembers ids gets it once.

    Parameters
    ----------
    settings : MqttSettings
    """

    name = "mqtt"

    def __init__(self, settings: MqttSettings) -> None:
        self._settings = settings
        self._secret = Secret(self.name, settings.password_env, "the password for the MQTT broker")

    @network_as_delivery()
    def check(self) -> None:
        """Check that there is a client, and a password if one is needed; see `RemoteOutlet.check`."""
        self._client()

    @network_as_delivery()
    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Publish a review; see `Outlet.deliver`."""
        client = self._client()
        noted = intent or {"id": f"review_{uuid.uuid4().hex}", "at": datetime.now(timezone.utc).isoformat()}
        if intent is None:
            record_intent(noted)
        told = {"type": EVENT, "id": noted["id"], "timestamp": noted["at"], "data": as_document(item)}
        _Publication(client, self._settings).publish(noted["id"], json.dumps(told, ensure_ascii=False).encode())
        scheme = "mqtts" if self._settings.tls else "mqtt"
        return {"path": f"{scheme}://{self._settings.host}/{self._settings.topic}"}

    def _client(self) -> Client:
        try:
            from paho.mqtt.client import Client, MQTTv5
            from paho.mqtt.enums import CallbackAPIVersion
        except ImportError:
            raise DeliveryError(
                "Publishing to an MQTT broker needs an extra: pip install 'voice-review-assistant[mqtt]'."
            ) from None
        client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTv5, reconnect_on_failure=False)
        if self._settings.username is not None:
            client.username_pw_set(self._settings.username, self._secret.find())
        if self._settings.tls:
            try:
                client.tls_set(ca_certs=str(self._settings.ca_file) if self._settings.ca_file else None)
            except (OSError, ssl.SSLError) as error:
                raise DeliveryError(f"The certificates in {self._settings.ca_file} can't be used: {error}.") from None
        return client


class _Publication:
    """One connection with one message."""

    def __init__(self, client: Client, settings: MqttSettings) -> None:
        self._client = client
        self._settings = settings
        self._deadline = time.monotonic() + settings.limit_s
        self._is_connected = threading.Event()
        self._is_confirmed = threading.Event()
        self._refusal: str | None = None
        client.on_connect = self._connected
        client.on_publish = self._published
        client.on_disconnect = self._disconnected

    def publish(self, key: str, payload: bytes) -> None:
        """Connect, publish, wait for the broker's confirmation, and leave.

        Raises
        ------
        RetryLaterError
            If there is no connection, or no confirmation in time, or the broker refuses.
        """
        from paho.mqtt.packettypes import PacketTypes
        from paho.mqtt.properties import Properties

        client, settings = self._client, self._settings
        properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
        properties.UserProperty = ("id", key)
        properties.ContentType = "application/json"
        client.connect_timeout = settings.limit_s
        try:
            client.connect(settings.host, settings.port)
            client.loop_start()
            self._wait_for(self._is_connected)
            client.publish(settings.topic, payload, qos=_AT_LEAST_ONCE, properties=properties)
            self._wait_for(self._is_confirmed)
        except OSError as error:
            raise self._failed(f"can't be reached ({error.strerror or type(error).__name__})") from None
        finally:
            client.disconnect()
            client.loop_stop()

    def _wait_for(self, event: threading.Event) -> None:
        if not event.wait(max(0.0, self._deadline - time.monotonic())):
            raise self._failed(f"didn't answer within {self._settings.limit_s:g} s")
        if self._refusal is not None:
            raise self._failed(f"refuses ({self._refusal})")

    def _failed(self, what: str) -> RetryLaterError:
        return RetryLaterError(f"The MQTT broker at {self._settings.host}:{self._settings.port} {what}.")

    def _connected(self, client: Client, userdata: object, flags: object, code: Any, properties: object) -> None:  # noqa: ANN401 (paho's reason code)
        self._note(code)
        self._is_connected.set()

    def _published(self, client: Client, userdata: object, number: int, code: Any, properties: object) -> None:  # noqa: ANN401
        self._note(code)
        self._is_confirmed.set()

    def _disconnected(self, client: Client, userdata: object, flags: object, code: Any, properties: object) -> None:  # noqa: ANN401
        if not self._is_confirmed.is_set():
            self._refusal = self._refusal or f"it closed the connection: {str(code).lower()}"
        self._is_connected.set()
        self._is_confirmed.set()

    def _note(self, code: Any) -> None:  # noqa: ANN401
        if code.is_failure:
            self._refusal = str(code).lower()
