"""A review goes nowhere that nobody meant it to go, and what is said of its delivery is true."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import reviews
from assistant.delivery import destinations
from assistant.delivery.outbox import Outbox, OutboxWorker, RetryScope
from assistant.store import Store
from tests.support.outbox import SECRET, entry, settings, webhook, write
from tests.support.replays import FIRST_EAR_ALONE, SHORT, replay, short_conversation
from tools.paths import RECORDINGS
from tools.simulation.http_servers import Receiver, serving
from tools.simulation.program import run

FLUENT = RECORDINGS / "fluent"


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setenv("ASSISTANT_WEBHOOK_SECRET", SECRET)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def receiver(tmp_path, monkeypatch):
    """A webhook that the person's usual settings name."""
    with serving(Receiver()) as opened:
        monkeypatch.setenv("ASSISTANT_SETTINGS", str(settings(tmp_path, webhook(opened))))
        yield opened


def states(store, session):
    return {one.destination.outlet: one.state for one in store.entries(session)}


# where to


def test_another_folder_for_its_files_publishes_no_review(store, tmp_path, receiver):
    (tmp_path / "blocked").write_text("")
    session = write(store)
    store.send(session, destinations(tmp_path / "blocked", files_only=True))
    Outbox(store).deliver_due()
    reviews.send(store, session, tmp_path / "good")
    assert states(store, session) == {"markdown": "delivered", "letterboxd_csv": "delivered"}
    assert (tmp_path / "good" / "letterboxd.csv").exists()
    assert receiver.requests == []


def test_a_review_that_has_arrived_is_sent_nowhere_else(store, tmp_path, receiver):
    session = write(store)
    store.send(session, destinations(tmp_path / "out", files_only=True))
    Outbox(store).deliver_due()
    done = run("reviews", "send", session, "--out", tmp_path / "more", "--data", tmp_path / "data")
    assert done.returncode == 0
    assert "arrived already" in done.stderr
    assert receiver.requests == []
    assert not (tmp_path / "more").exists()


def test_settings_that_are_named_send_it_there_too(store, tmp_path, receiver):
    session = write(store)
    store.send(session, destinations(tmp_path / "out", files_only=True))
    Outbox(store).deliver_due()
    reviews.send(store, session, settings=tmp_path / "settings.toml")
    assert states(store, session)["webhook"] == "delivered"
    assert len(receiver.requests) == 1


def test_a_review_never_sent_can_be_sent_as_files_alone(store, tmp_path, receiver):
    session = write(store)
    store.end_session(session, "unsent")
    where = ("--files-only", "--out", tmp_path / "out", "--data", tmp_path / "data")
    done = run("reviews", "send", session, *where)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert receiver.requests == []
    assert states(store, session) == {"markdown": "delivered", "letterboxd_csv": "delivered"}


def test_where_a_damaged_delivery_was_to_go_is_asked_of_the_settings_anew(store, tmp_path, receiver):
    session = write(store)
    store.send(session, destinations(tmp_path / "out"))
    with store._database.transaction() as connection:
        connection.execute("UPDATE outbox SET settings = '{' WHERE outlet IN ('markdown', 'webhook')")
    reviews.send(store, session, tmp_path / "good")
    assert set(states(store, session).values()) == {"delivered"}
    assert (tmp_path / "good" / "reviews").exists()


# by whom


def test_with_files_alone_nothing_of_earlier_reviews_leaves_the_machine(store, tmp_path, receiver):
    session = write(store)
    store.send(session, destinations(tmp_path / "out"))
    assert len(Outbox(store).deliver_due(RetryScope.EVERYTHING, files_only=True)) == 2
    with OutboxWorker(tmp_path / "data", files_only=True, pause_s=0.01):
        pass
    assert states(store, session)["webhook"] == "waiting"
    assert receiver.requests == []


def test_a_replay_without_settings_posts_no_earlier_review(store, tmp_path, receiver):
    session = write(store)
    store.send(session, destinations(tmp_path / "out"))
    done = run("replay", RECORDINGS / "silence.flac", "--data", tmp_path / "data", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert receiver.requests == []
    assert states(store, session) == {"markdown": "delivered", "letterboxd_csv": "delivered", "webhook": "waiting"}


# what is said of it


def test_a_review_that_no_outlet_can_take_is_not_promised_to_go_out(tmp_path):
    recordings = {question: recording for question, recording in SHORT.items() if question != "film"}
    replayed = replay(tmp_path, *short_conversation(tmp_path, recordings))
    told = replayed.document
    data = ("--data", replayed.data)
    assert [one["outlet"] for one in told["delivered"]] == ["markdown"]
    assert "couldn't be delivered everywhere" in told["turns"][-1]["text"]
    assert "letterboxd_csv: Letterboxd imports no review without a film" in replayed.captions
    listed = run("reviews", "list", *data).stdout
    assert "failed: letterboxd_csv)\n    letterboxd_csv: Letterboxd imports no review without a film" in listed
    nothing = run("reviews", "send", *data)
    assert nothing.returncode == 0
    assert f"“assistant reviews send ID”: {told['session']}." in nothing.stdout
    again = run("reviews", "send", told["session"], *data)
    assert again.returncode == 3
    assert "letterboxd_csv failed: " in again.stderr
    assert "outbox" not in again.stderr


def test_a_review_for_a_folder_that_can_not_be_written_waits_with_the_reason_and_is_sent_later(tmp_path):
    blocked = tmp_path / "out"
    blocked.write_text("a file where a folder is needed")
    replayed = replay(tmp_path, *short_conversation(tmp_path), code=3)
    told = replayed.document
    assert told["status"] == "sent"
    assert told["delivered"] == []
    assert "outbox" in told["turns"][-1]["text"]
    assert "there is a file where a folder should be" in replayed.captions
    data = ("--data", replayed.data)
    assert "    markdown: " in run("reviews", "list", *data).stdout
    blocked.unlink()
    assert run("reviews", "send", told["session"], *data).returncode == 0
    assert list((blocked / "reviews").glob("*.md"))


INTERRUPTED = """
import sys
from assistant.store import Store
send = Store.send
def interrupted(self, review_id, destinations):
    send(self, review_id, destinations)
    raise KeyboardInterrupt
Store.send = interrupted
from assistant.cli import main
main()
"""


def test_an_interrupt_right_after_sending_leaves_the_review_sent(tmp_path):
    conversation = map(str, (*short_conversation(tmp_path), *FIRST_EAR_ALONE))
    arguments = ["replay", *conversation, "--data", str(tmp_path / "data"), "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, *arguments], capture_output=True, text=True, env=os.environ, check=False
    )
    assert done.returncode == 130, done.stderr
    with Store(tmp_path / "data") as store:
        (session,) = store.sessions()
        assert session.status == "sent"
        assert {one.state for one in store.entries(session.id)} == {"waiting"}


def test_a_session_that_was_sent_stays_so(store, tmp_path: Path):
    session = write(store)
    store.send(session, destinations(tmp_path / "out"))
    store.end_session(session, "unsent")
    assert store.session(session).status == "sent"
    assert entry(store, session, "markdown").state == "waiting"
