"""Reviews posted to somebody's own address: signed, within a time limit, and taken once."""

import base64
import hashlib
import hmac
import json
import os
import shutil
import ssl
import subprocess
import time
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest

from assistant.delivery.outlet import Delivery, RetryLaterError, UndeliverableError
from assistant.delivery.webhook import Webhook, WebhookSettings, sign
from assistant.errors import DeliveryError
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence
from tools.simulation.http_servers import DRIP, DROP, HANG, Answer, Receiver, serving
from tools.simulation.pace import within

KEY = bytes(range(32))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
REVIEW_ID = "2026-11-22T10-15-00-3f2a"


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setenv("ASSISTANT_WEBHOOK_SECRET", SECRET)


def item(text="It’s “more” than I can say."):
    review = Review(Film("Her", 2013, "tt1798709"), 4.5, "both", (Sentence(text, (Passage(9, 3.2, 6.0),)),))
    return Delivery(review, date(2026, 11, 22), REVIEW_ID)


def post(url, intent=None, notes=None, limit_s=5.0, **settings):
    notes = [] if notes is None else notes
    return Webhook(WebhookSettings(url=url, limit_s=limit_s, **settings)).deliver(item(), intent, notes.append)


def checked(request):
    """What a receiver that goes by the specification takes from a message; it fails where that is forged or stale."""
    message_id, at = request.headers["webhook-id"], request.headers["webhook-timestamp"]
    assert abs(int(at) - time.time()) < 60
    content = f"{message_id}.{at}.".encode() + request.body
    expected = base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest()).decode()
    assert expected in [one.removeprefix("v1,") for one in request.headers["webhook-signature"].split(" ")]
    return message_id, json.loads(request.body)


def test_the_signature_is_the_one_of_the_specification():
    # Key, message and signature of the example that the reference libraries of Standard Webhooks test themselves with.
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_review_is_posted_whole_and_signed():
    with serving(Receiver(Answer(204, b""))) as receiver:
        assert post(f"{receiver.url}/hooks/p4ssw0rd") == {"path": receiver.url}
    request = receiver.requests[0]
    assert (request.method, request.path) == ("POST", "/hooks/p4ssw0rd")
    assert request.headers["Content-Type"] == "application/json"
    told = checked(request)[1]
    assert told["type"] == "review.sent"
    assert datetime.fromisoformat(told["timestamp"]).tzinfo is not None
    assert told["data"] == {
        "format": 1,
        "review": REVIEW_ID,
        "watched": "2026-11-22",
        "film": {"title": "Her", "year": 2013, "imdb_id": "tt1798709"},
        "rating": 4.5,
        "voice": "both",
        "text": "It’s “more” than I can say.",
        "sentences": [
            {
                "text": "It’s “more” than I can say.",
                "opens_paragraph": False,
                "from": [{"turn": 9, "start_s": 3.2, "end_s": 6.0}],
            }
        ],
    }


def test_an_altered_body_has_another_signature():
    with serving(Receiver()) as receiver:
        post(receiver.url)
    receiver.requests[0].body = receiver.requests[0].body.replace(b"4.5", b"5.0")
    with pytest.raises(AssertionError):
        checked(receiver.requests[0])


@pytest.mark.parametrize("trouble", [DROP, 500, 502, 503, 408, 425, 429, 302, HANG])
def test_after_trouble_that_passes_the_same_message_is_sent_again(trouble):
    notes = []
    with serving(Receiver(trouble)) as receiver:
        with pytest.raises(RetryLaterError):
            post(receiver.url, notes=notes, limit_s=0.4 if trouble == HANG else 5.0)
        post(receiver.url, intent=notes[-1])
    first, second = (checked(request) for request in receiver.requests)
    assert first == second
    assert len(notes) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 422])
def test_a_refusal_for_good_is_told_from_trouble_that_passes(status):
    with serving(Receiver(status)) as receiver, pytest.raises(UndeliverableError) as error:
        post(receiver.url)
    assert str(status) in error.value.sentence
    assert f"assistant reviews send {REVIEW_ID}" in error.value.sentence


@pytest.mark.parametrize(
    ("header", "at_least", "at_most"),
    [
        ("120", 120, 120),
        (format_datetime(datetime.now(timezone.utc) + timedelta(hours=9), usegmt=True), 28_000, 32_400),
        (format_datetime(datetime.now(timezone.utc) - timedelta(hours=1), usegmt=True), 0, 0),
        ("9" * 400, 999_999_999, 999_999_999),
        ("soon", None, None),
        ("-3", None, None),
    ],
    ids=["seconds", "a date", "a date that is past", "eons", "a word", "a negative number"],
)
def test_how_long_the_other_side_wants_to_be_left_alone_is_understood(header, at_least, at_most):
    with (
        serving(Receiver(Answer(429, b"", {"Retry-After": header}))) as receiver,
        pytest.raises(RetryLaterError) as error,
    ):
        post(receiver.url)
    if at_least is None:
        assert error.value.after_s is None
    else:
        assert at_least <= error.value.after_s <= at_most


@pytest.mark.parametrize("trouble", [HANG, DRIP])
def test_a_server_that_keeps_us_waiting_is_left(trouble):
    with serving(Receiver(trouble)) as receiver, within(3), pytest.raises(RetryLaterError, match=r"within 0\.3 s"):
        post(receiver.url, limit_s=0.3)


def test_a_server_that_is_not_there_is_told():
    receiver = Receiver()
    receiver.server.server_close()
    with pytest.raises(RetryLaterError, match=r"127\.0\.0\.1:\d+ can't be reached: no connection"):
        post(receiver.url)


def test_a_server_whose_name_nobody_knows_is_told(monkeypatch):
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(RetryLaterError, match=r"nowhere\.invalid (can't be reached|gave no answer)"):
        post("https://nowhere.invalid/hook")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_review_is_not_handed_on_to_another_server(status):
    with serving(Receiver()) as other, serving(Receiver(Answer(status, b"", {"Location": other.url}))) as receiver:
        with pytest.raises(RetryLaterError):
            post(receiver.url)
        assert other.requests == []


def test_no_secret_is_in_what_is_told_noted_or_kept():
    notes = []
    for trouble in (404, 500, DROP, Answer(302, b"", {"Location": "http://elsewhere.invalid/p4ssw0rd"})):
        with serving(Receiver(trouble)) as receiver, pytest.raises(DeliveryError) as error:
            post(f"{receiver.url}/p4ssw0rd?also=p4ssw0rd", notes=notes)
        told = repr(error.value) + repr(error.value.__cause__) + repr(error.value.__dict__)
        assert "p4ssw0rd" not in told
        assert SECRET not in told
        if error.value.__context__ is not None:
            assert error.value.__suppress_context__
    assert "p4ssw0rd" not in repr(notes)


@pytest.mark.parametrize("broken", ["whsec_", "short", "whsec_" + base64.b64encode(bytes(8)).decode(), "whsec_ä%&/"])
def test_a_key_of_the_wrong_form_is_named_without_being_told(monkeypatch, broken):
    monkeypatch.setenv("ASSISTANT_WEBHOOK_SECRET", broken)
    with serving(Receiver()) as receiver, pytest.raises(DeliveryError) as error:
        post(receiver.url)
    assert receiver.requests == []
    assert "signing key of the webhook" in error.value.sentence
    assert len(broken) < 7 or broken not in error.value.sentence


def test_the_key_may_be_in_a_variable_of_another_name(monkeypatch):
    monkeypatch.delenv("ASSISTANT_WEBHOOK_SECRET")
    monkeypatch.setenv("KINO_KEY", SECRET)
    with serving(Receiver()) as receiver:
        post(receiver.url, secret_env="KINO_KEY")
        checked(receiver.requests[0])


def test_a_password_for_the_host_in_netrc_is_not_sent(monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ada password p4ssw0rd\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(Receiver()) as receiver:
        post(receiver.url)
    assert "Authorization" not in receiver.requests[0].headers


def test_this_machine_is_reached_without_a_proxy(monkeypatch):
    for variable in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(variable, "http://proxy.invalid:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with serving(Receiver()) as receiver:
        post(receiver.url)
    assert len(receiver.requests) == 1


@pytest.fixture
def certified(tmp_path):
    """A server that speaks TLS, and its certificate, which nobody vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl, to make a certificate")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout {key} -out {certificate}".split() + subject,
        check=True,
        capture_output=True,
    )
    receiver = Receiver()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
    with serving(receiver):
        yield receiver, certificate


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(certified, monkeypatch):
    receiver, certificate = certified
    url = f"https://localhost:{receiver.port}/hook"
    with pytest.raises(RetryLaterError, match="certificate is not accepted"):
        post(url)
    assert receiver.requests == []
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", os.fspath(certificate.with_name("none.pem")))
    with pytest.raises(RetryLaterError, match="look at REQUESTS_CA_BUNDLE"):
        post(url)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", os.fspath(certificate))
    assert post(url) == {"path": f"https://localhost:{receiver.port}"}
    checked(receiver.requests[0])
