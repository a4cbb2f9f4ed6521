"""Setting up outlets: where settings are looked for, what mistakes are told, and where secrets come from."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.config import settings_file
from assistant.delivery.destinations import check, destinations, outlet_of, read_outlets
from assistant.errors import DeliveryError, SettingsError
from assistant.kiosk import kiosk_settings
from assistant.net.secret import SERVICE, Secret, SecretError
from assistant.store import Destination
from tests.support.outbox import SECRET, settings
from tests.support.replays import replay, short_conversation
from tools.paths import RECORDINGS
from tools.simulation.http_servers import Receiver, serving
from tools.simulation.program import run

FLUENT = RECORDINGS / "fluent"

ALL = """
[language_model]
model = "left to whom it belongs to"

[outlets.json]

[outlets.neodb]
visibility = "private"

[outlets.webhook]
url = "https://example.org/hooks/reviews"

[outlets.command]
send_to = ["mail", "-s", "A review", "ada@example.org"]
"""


def test_nothing_leaves_the_machine_unless_it_is_set_up(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ASSISTANT_SETTINGS", raising=False)
    assert settings_file() is None
    assert [one.outlet for one in destinations(tmp_path)] == ["markdown", "letterboxd_csv"]
    empty = settings(tmp_path, "")
    assert [one.outlet for one in destinations(tmp_path, empty)] == ["markdown", "letterboxd_csv"]


def test_what_is_set_up_is_added_and_only_the_place_of_the_settings_gets_into_the_store(tmp_path):
    path = settings(tmp_path, ALL)
    found = destinations(tmp_path / "out", path)
    assert [one.outlet for one in found] == ["markdown", "letterboxd_csv", "json", "neodb", "webhook", "command"]
    assert [one.settings for one in found[2:]] == [{"folder": str(tmp_path / "out")}] + 3 * [{"settings": str(path)}]
    assert [outlet_of(one).name for one in found] == [one.outlet for one in found]


def test_files_alone_are_files_alone(tmp_path):
    found = destinations(tmp_path, settings(tmp_path, ALL), files_only=True)
    assert [one.outlet for one in found] == ["markdown", "letterboxd_csv", "json"]


@pytest.mark.skipif(sys.platform != "linux", reason="the folder for settings is elsewhere")
def test_settings_are_looked_for_among_the_persons_own_and_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("ASSISTANT_SETTINGS", raising=False)
    own = tmp_path / "config" / "voice-review-assistant" / "settings.toml"
    own.parent.mkdir(parents=True)
    own.write_text("[outlets.json]\n")
    assert settings_file() == own
    other = settings(tmp_path, "")
    monkeypatch.setenv("ASSISTANT_SETTINGS", str(other))
    assert settings_file() == other
    monkeypatch.chdir(tmp_path)
    assert settings_file(Path("mine.toml")) == tmp_path / "mine.toml"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[outlets]]", "outlets: has to be a table"),
        ("[outlet.webhook]\nurl = 'https://example.org'", "the table “outlet”. Did you mean “outlets”?"),
        (
            "[outlets.webhok]\nurl = 'https://example.org'",
            "outlets › webhok: there is no such key. Did you mean “webhook”?",
        ),
        ("[outlets.pigeon]", "There are: json, neodb, webhook, mqtt, command."),
        ("[outlets.webhook]", "outlets › webhook › url: is missing."),
        ("[outlets.webhook]\nurl = 'example.org'", "has to be an address that begins with https://"),
        ("[outlets.webhook]\nurl = 'http://example.org'", "the url has to begin with https://"),
        ("[outlets.webhook]\nurl = 'https://ada:hunter2@example.org'", "must not have a user name or password"),
        (
            "[outlets.webhook]\nurl = 'https://example.org:99999'",
            "outlets › webhook › url: isn't an address that can exist",
        ),
        (
            "[outlets.webhook]\nurl = 'https://example.org:0'",
            "outlets › webhook › url: isn't an address that can exist",
        ),
        ("[outlets.webhook]\nurl = 'https://[example'", "outlets › webhook › url: isn't an address that can exist"),
        (
            "[outlets.command]\nsend_to = [1]",
            "has a mistake:\n  outlets › command › send_to › 1: has to be text in quotes.",
        ),
        ("[outlets.webhook]\nurl = 'https://example.org'\nlimit_s = 0", "outlets › webhook › limit_s"),
        ("[outlets.webhook]\nurl = 'https://example.org'\nsecret = 'hunter2'", "secrets don't belong in this file"),
        ("[outlets.webhook]\nurl = 'https://example.org'\nsecret_env = 'hunter2 !'", "outlets › webhook › secret_env"),
        ("[outlets.neodb]\ntoken = 'hunter2'", "secrets don't belong in this file"),
        ("[outlets.neodb]", "outlets › neodb › visibility: is missing."),
        ("[outlets.neodb]\nvisibility = 'secret'", "outlets › neodb › visibility"),
        (
            "[outlets.neodb]\nvisibility = 'public'\nserver = 'http://neodb.social'",
            "anyone on the way can read the token",
        ),
        ("[outlets.command]\nsend_to = 'mail ada'", "outlets › command › send_to"),
        ("[outlets.command]\nsend_to = []", "outlets › command › send_to"),
        ("[outlets.command]\nsend_to = ['mail', 3]", "outlets › command › send_to › 2"),
        ("outlets = 3", "outlets"),
        ("[outlets", "isn't valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_key_and_without_a_secret(tmp_path, text, told):
    path = settings(tmp_path, text)
    with pytest.raises(SettingsError) as error:
        read_outlets(path)
    assert told in error.value.sentence
    assert str(path) in error.value.sentence
    assert "hunter2" not in error.value.sentence


def test_settings_that_can_not_be_read_are_named(tmp_path):
    with pytest.raises(SettingsError, match="can't be read"):
        destinations(tmp_path, tmp_path / "none.toml")
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="isn't valid TOML"):
        read_outlets(tmp_path / "settings.toml")


@pytest.mark.parametrize("url", ["http://localhost:8000/hook", "http://127.0.0.1/hook", "http://[::1]:8000/"])
def test_this_machine_needs_no_encryption(tmp_path, url):
    assert read_outlets(settings(tmp_path, f"[outlets.webhook]\nurl = '{url}'")).webhook.url == url


def test_a_network_that_is_trusted_needs_none_either(tmp_path):
    text = "[outlets.webhook]\nurl = 'http://homeassistant.local:8123/api/webhook/x'\nallow_http = true"
    assert read_outlets(settings(tmp_path, text)).webhook.allow_http


def test_an_outlet_that_is_not_set_up_any_more_is_told(tmp_path):
    path = settings(tmp_path, "")
    with pytest.raises(DeliveryError, match=r"no table \[outlets\.webhook\] any more"):
        outlet_of(Destination("webhook", {"settings": str(path)}))
    with pytest.raises(DeliveryError, match=r"writes no files\. There are: markdown, letterboxd_csv, json"):
        outlet_of(Destination("webhook", {"folder": str(tmp_path)}))


def test_what_is_missing_is_found_before_anything_is_sent(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.delenv("ASSISTANT_NEODB_TOKEN", raising=False)
    path = settings(tmp_path, ALL.replace('"mail"', '"no-such-program"'))
    with pytest.raises(DeliveryError, match=r"The token of NeoDB \(neodb\.social\) is missing"):
        check(path)
    monkeypatch.setenv("ASSISTANT_NEODB_TOKEN", "there")
    monkeypatch.setenv("ASSISTANT_WEBHOOK_SECRET", "not a key")
    with pytest.raises(DeliveryError, match="signing key of the webhook"):
        check(path)
    monkeypatch.setenv("ASSISTANT_WEBHOOK_SECRET", SECRET)
    with pytest.raises(DeliveryError, match="no program “no-such-program”"):
        check(path)
    settings(tmp_path, ALL.replace('"mail"', '"sh"'))
    assert check(path) == ("markdown", "letterboxd_csv", "json", "neodb", "webhook", "command")


TOKEN_OF_TESTS = Secret("neodb", "ASSISTANT_TEST_TOKEN", "the token of tests")


@pytest.fixture
def key_ring(monkeypatch):
    """A key ring of the real kind, with one thing in it, in place of the person's own."""
    keyring = pytest.importorskip("keyring")

    class InMemory(keyring.backend.KeyringBackend):
        priority = 1
        kept = {(SERVICE, "neodb"): "from-the-key-ring"}  # noqa: RUF012

        def get_password(self, service, username):
            return self.kept.get((service, username))

        def set_password(self, service, username, password):
            raise NotImplementedError

        def delete_password(self, service, username):
            raise NotImplementedError

    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield InMemory
    keyring.set_keyring(before)


def test_a_secret_comes_from_the_key_ring_and_the_environment_counts_more(key_ring, monkeypatch):
    monkeypatch.delenv("ASSISTANT_TEST_TOKEN", raising=False)
    assert TOKEN_OF_TESTS.find() == "from-the-key-ring"
    monkeypatch.setenv("ASSISTANT_TEST_TOKEN", " from-the-environment\n")
    assert TOKEN_OF_TESTS.find() == "from-the-environment"


def test_a_secret_that_is_nowhere_is_told_with_both_places(key_ring, monkeypatch):
    monkeypatch.delenv("ASSISTANT_TEST_TOKEN", raising=False)
    key_ring.kept = {}
    with pytest.raises(SecretError) as error:
        TOKEN_OF_TESTS.find()
    assert "environment variable ASSISTANT_TEST_TOKEN" in error.value.sentence
    assert f"keyring set {SERVICE} neodb" in error.value.sentence


def test_a_key_ring_that_is_locked_is_told(key_ring, monkeypatch):
    import keyring.errors

    def locked(self, service, username):
        raise keyring.errors.KeyringLocked("wrong password hunter2")

    monkeypatch.delenv("ASSISTANT_TEST_TOKEN", raising=False)
    monkeypatch.setattr(key_ring, "get_password", locked)
    with pytest.raises(SecretError, match="doesn't give the token of tests") as error:
        TOKEN_OF_TESTS.find()
    assert "hunter2" not in error.value.sentence


def test_a_machine_without_any_key_ring_is_no_trouble_of_its_own(key_ring, monkeypatch):
    import keyring.errors

    def none_at_all(self, service, username):
        raise keyring.errors.NoKeyringError

    monkeypatch.delenv("ASSISTANT_TEST_TOKEN", raising=False)
    monkeypatch.setattr(key_ring, "get_password", none_at_all)
    with pytest.raises(SecretError, match="is missing"):
        TOKEN_OF_TESTS.find()


def test_without_the_key_ring_package_the_environment_is_enough(tmp_path):
    code = """
import sys
sys.modules["keyring"] = None
from assistant.net.secret import Secret, SecretError
try:
    Secret("neodb", "ASSISTANT_NO_TOKEN", "the token of tests").find()
except SecretError as error:
    print(error.sentence)
print(Secret("neodb", "ASSISTANT_TEST_TOKEN", "the token of tests").find())
"""
    environment = {**os.environ, "ASSISTANT_TEST_TOKEN": "there"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    missing, found = done.stdout.splitlines()
    assert "is missing" in missing
    assert found == "there"


def test_a_kiosk_finds_its_settings_beside_its_own(tmp_path):
    (tmp_path / "kiosk.toml").write_text("settings = 'outlets.toml'\nfiles_only = true\n")
    chosen = kiosk_settings(tmp_path / "kiosk.toml", {"files_only": False, "settings": None})
    assert chosen.settings == tmp_path / "outlets.toml"
    assert chosen.files_only


def test_settings_with_a_mistake_end_a_conversation_before_it_begins(tmp_path):
    path = settings(tmp_path, "[outlets.webhook]\nurl = 'https://example.org'\ntoken = 'hunter2'")
    done = run("replay", FLUENT, "--settings", path, "--data", tmp_path / "data")
    assert done.returncode == 3
    assert "secrets don't belong in this file" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_a_recording_is_sent_elsewhere_only_where_that_was_asked_for(tmp_path):
    with serving(Receiver()) as receiver:
        path = settings(tmp_path, f"[outlets.webhook]\nurl = '{receiver.url}'\n[outlets.json]\n")
        own = {"ASSISTANT_SETTINGS": str(path), "ASSISTANT_WEBHOOK_SECRET": SECRET}
        conversation = short_conversation(tmp_path)
        told = replay(tmp_path, *conversation, **own).document
        assert [one["outlet"] for one in told["delivered"]] == ["markdown", "letterboxd_csv", "json"]
        assert receiver.requests == []
        told = replay(tmp_path, *conversation, "--settings", path, **own).document
        assert told["delivered"][-1] == {"outlet": "webhook", "path": receiver.url}
        assert receiver.requests[0].json["data"]["text"] == told["review"]["text"]


def test_settings_that_notepad_wrote_are_read(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xef\xbb\xbf[outlets.json]\r\n")
    assert read_outlets(path).json_file is not None


def test_settings_nested_without_end_are_refused(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("x = " + "[" * 20_000)
    with pytest.raises(SettingsError, match="nested too deeply"):
        read_outlets(path)


@pytest.mark.parametrize(("table", "meant"), [("composr", "composer"), ("outlet", "outlets"), ("Composer", "composer")])
def test_a_table_whose_name_is_misspelt_is_told(tmp_path, table, meant):
    path = tmp_path / "settings.toml"
    path.write_text(f"[{table}]\nmodel = 'x'\n")
    with pytest.raises(SettingsError, match=f"Did you mean “{meant}”"):
        read_outlets(path)


def test_a_key_in_a_table_that_has_none_is_told(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("[outlets.json]\nindent = 2\n")
    with pytest.raises(SettingsError, match=r"there is no such key\. This table has none\.$"):
        read_outlets(path)
