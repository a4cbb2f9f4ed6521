"""Reviews published to an MQTT broker: a real one."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from assistant.delivery import Outbox, destinations
from assistant.delivery.destinations import read_outlets
from assistant.delivery.outbox import RetryScope
from assistant.errors import SettingsError
from assistant.store import Store
from tests.support.outbox import write
from tools.simulation.pace import wait_until

PASSWORD = "correct horse"


class Broker:
    """mosquitto on a free port of this machine, and a subscriber that notes all it gets."""

    def __init__(self, program: str, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self._program = program
        self._config = folder / "mosquitto.conf"
        passwords = folder / "passwords"
        tool = shutil.which("mosquitto_passwd") or "/usr/bin/mosquitto_passwd"
        subprocess.run([tool, "-b", "-c", passwords, "kiosk", PASSWORD], check=True, capture_output=True)
        access = folder / "access"
        access.write_text("user kiosk\ntopic readwrite reviews/#\n", encoding="utf-8")
        for file in (passwords, access):
            file.chmod(0o644)
        self._config.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous false\npassword_file {passwords}\nacl_file {access}\n"
            "user root\n",
            encoding="utf-8",
        )
        self.messages: list[tuple[dict[str, Any], dict[str, str], int]] = []
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._program, "-c", self._config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self._is_up)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _is_up(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
            return True
        return False

    @contextmanager
    def subscribed(self) -> Iterator[None]:
        from paho.mqtt.client import Client, MQTTv5
        from paho.mqtt.enums import CallbackAPIVersion

        ready = threading.Event()
        client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTv5)
        client.username_pw_set("kiosk", PASSWORD)
        client.on_subscribe = lambda *_: ready.set()
        client.on_message = lambda _, __, message: self.messages.append(
            (json.loads(message.payload), dict(message.properties.UserProperty), message.qos)
        )
        client.connect("127.0.0.1", self.port)
        client.loop_start()
        try:
            client.subscribe("reviews/#", qos=1)
            wait_until(ready.is_set)
            yield
        finally:
            client.disconnect()
            client.loop_stop()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    program = shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin") or shutil.which(
        "mosquitto"
    )
    if program is None:
        warnings.warn("NOT TESTED: mosquitto is not installed (apt-get install mosquitto)", stacklevel=1)
        pytest.skip("mosquitto is not installed")
    broker = Broker(program, tmp_path)
    broker.start()
    yield broker
    broker.stop()


def settings(folder: Path, broker: Broker, topic: str = "reviews/north") -> Path:
    path = folder / "settings.toml"
    path.write_text(
        f"[outlets.mqtt]\nhost = '127.0.0.1'\nport = {broker.port}\ntls = false\ntopic = '{topic}'\n"
        "username = 'kiosk'\nlimit_s = 10\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MQTT_PASSWORD", PASSWORD)


def sent(store: Store, where: Path) -> str:
    session = write(store)
    store.send(session, destinations(where.parent / "out", where))
    return session


def state(store: Store, session: str) -> tuple[str, str]:
    (entry,) = [entry for entry in store.entries(session) if entry.destination.outlet == "mqtt"]
    return entry.state, entry.why


def test_a_review_arrives_once_with_its_key_and_is_confirmed(broker: Broker, tmp_path: Path):
    with Store(tmp_path / "data") as store, broker.subscribed():
        session = sent(store, settings(tmp_path, broker))
        Outbox(store).deliver_due()
        Outbox(store).deliver_due(RetryScope.EVERYTHING)
        assert state(store, session)[0] == "delivered"
        wait_until(lambda: len(broker.messages) == 1)
        told, properties, qos = broker.messages[0]
        assert told["type"] == "review.sent"
        assert told["data"]["text"]
        assert properties == {"id": told["id"]}
        assert qos == 1


def test_what_was_sent_while_the_broker_was_away_arrives_when_it_is_back_under_the_same_key(
    broker: Broker, tmp_path: Path
):
    broker.stop()
    with Store(tmp_path / "data") as store:
        session = sent(store, settings(tmp_path, broker))
        Outbox(store).deliver_due()
        waits, why = state(store, session)
        assert waits == "waiting"
        assert "can't be reached" in why
        (entry,) = [entry for entry in store.entries(session) if entry.destination.outlet == "mqtt"]
        assert entry.intent is not None
        broker.start()
        with broker.subscribed():
            Outbox(store).deliver_due(RetryScope.EVERYTHING)
            wait_until(lambda: len(broker.messages) == 1)
            assert broker.messages[0][0]["id"] == entry.intent["id"]
        assert state(store, session)[0] == "delivered"


@pytest.mark.parametrize(
    ("topic", "password", "told"), [("secret/place", PASSWORD, "not authorized"), ("reviews/north", "wrong", "refuses")]
)
def test_what_the_broker_refuses_is_not_taken_for_delivered(
    broker: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, topic: str, password: str, told: str
):
    monkeypatch.setenv("ASSISTANT_MQTT_PASSWORD", password)
    with Store(tmp_path / "data") as store:
        session = sent(store, settings(tmp_path, broker, topic))
        Outbox(store).deliver_due()
        waits, why = state(store, session)
        assert waits == "waiting"
        assert told in why
        assert password not in why


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "host: is missing"),
        ("host = 'example.org'\ntls = false", "anyone on the way can read the reviews"),
        ("host = 'example.org'\ntopic = 'reviews/#'", "no wildcard"),
        ("host = 'mqtt://example.org'", "only the name of the broker"),
    ],
)
def test_a_mistake_in_the_settings_is_named(tmp_path: Path, text: str, told: str):
    path = tmp_path / "settings.toml"
    path.write_text(f"[outlets.mqtt]\n{text}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        read_outlets(path)
