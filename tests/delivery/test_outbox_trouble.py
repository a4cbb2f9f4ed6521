"""Trouble that nobody foresaw, and trouble that doesn't pass."""

import logging
from datetime import datetime, timedelta, timezone

import pytest

from assistant.delivery.destinations import destinations, outlet_of
from assistant.delivery.outbox import MOST_ATTEMPTS, Outbox, OutboxWorker, RetryScope
from assistant.store import Store
from tests.support.outbox import entry, send, webhook, write
from tools.simulation.pace import wait_until


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


class Broken:
    name = "markdown"

    def deliver(self, item, intent, record_intent):
        raise RuntimeError("with something private in it")


def test_an_outlet_that_fails_unforeseen_keeps_no_other_from_delivering(store, tmp_path, caplog):
    sessions = [write(store), write(store)]
    for session in sessions:
        store.send(session, destinations(tmp_path / "out"))
    make = lambda where: Broken() if where.outlet == "markdown" else outlet_of(where)  # noqa: E731
    assert [done.outlet for done in Outbox(store, make).deliver_due()] == ["letterboxd_csv"] * 2
    for session in sessions:
        told = entry(store, session, "markdown")
        assert (told.state, told.attempts) == ("waiting", 1)
        assert told.last_error == "It failed in an unforeseen way (RuntimeError)."
    assert "unforeseen" in caplog.text
    assert len(Outbox(store).deliver_due()) == 2


def test_an_outbox_worker_survives_what_nobody_foresaw(tmp_path, caplog):
    with caplog.at_level(logging.ERROR), OutboxWorker(tmp_path / "a\0b", pause_s=0.01):
        wait_until(lambda: caplog.text.count("can't be processed") >= 3)


def test_an_outlet_that_was_taken_out_of_the_settings_is_given_up_at_last(tmp_path):
    now = datetime(2026, 11, 22, tzinfo=timezone.utc)
    with Store(tmp_path / "data", lambda: now) as store:

        class Nowhere:
            url = "http://127.0.0.1:9"

        session = send(store, tmp_path, webhook(Nowhere), only="webhook")
        (tmp_path / "settings.toml").write_text("")
        for _ in range(MOST_ATTEMPTS - 1):
            Outbox(store).deliver_due(RetryScope.EVERYTHING)
            now += timedelta(days=1)
        assert entry(store, session).state == "waiting"
        Outbox(store).deliver_due(RetryScope.EVERYTHING)
        assert entry(store, session).state == "failed"
        assert "no table [outlets.webhook] any more" in entry(store, session).last_error
        assert f"the last of {MOST_ATTEMPTS} attempts" in entry(store, session).last_error


def test_a_folder_that_is_away_is_waited_for_without_end(store, tmp_path):
    (tmp_path / "away").write_text("a file")
    session = write(store)
    store.send(session, destinations(tmp_path / "away"))
    for _ in range(MOST_ATTEMPTS + 2):
        Outbox(store).deliver_due()
    assert {one.state for one in store.entries(session)} == {"waiting"}
    (tmp_path / "away").unlink()
    assert len(Outbox(store).deliver_due()) == 2
