"""When a delivery is tried again, for how long, and by whom."""

import random
import sqlite3
import sys
import threading
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone

import pytest

from assistant.delivery import destinations
from assistant.delivery.outbox import LONGEST_S, MOST_ATTEMPTS, Outbox, OutboxWorker, RetryScope, wait_s
from assistant.store import Store
from assistant.store.database import MIGRATIONS
from tests.support.outbox import SECRET, entry, send, settings, webhook, write
from tools.simulation.http_servers import DROP, HANG, TOKEN, Answer, NeoDbServer, Receiver, serving
from tools.simulation.pace import wait_until, within
from tools.simulation.program import run


@pytest.fixture(autouse=True)
def secrets(monkeypatch):
    monkeypatch.setenv("ASSISTANT_WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("ASSISTANT_NEODB_TOKEN", TOKEN)


class Clock:
    def __init__(self):
        self.now = datetime(2026, 11, 22, 10, 15, tzinfo=timezone.utc)

    def __call__(self):
        return self.now

    def go_on(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    with Store(tmp_path / "data", clock) as opened:
        yield opened


def test_the_wait_doubles_is_drawn_and_has_an_end():
    chance = random.Random(1)
    for attempts, doubled in [(1, 30), (2, 60), (3, 120), (10, 15_360), (11, LONGEST_S), (5_000, LONGEST_S)]:
        drawn = [wait_s(attempts, chance=chance) for _ in range(200)]
        assert doubled / 2 <= min(drawn) < 0.6 * doubled
        assert 0.9 * doubled < max(drawn) <= doubled
    assert wait_s(1, 3600) == 3600
    assert wait_s(11, 1) > 1
    most_days = sum(wait_s(attempts, chance=chance) for attempts in range(1, MOST_ATTEMPTS)) / 86_400
    assert 3 < most_days < 6


def test_a_server_that_fails_is_asked_again_when_it_is_time_and_not_before(store, tmp_path, clock):
    with serving(Receiver(500, DROP)) as receiver:
        session = send(store, tmp_path, webhook(receiver))
        assert [done.outlet for done in Outbox(store).deliver_due()] == ["markdown", "letterboxd_csv"]
        assert entry(store, session).state == "waiting"
        assert "answered 500" in entry(store, session).last_error
        Outbox(store).deliver_due()
        assert len(receiver.requests) == 1
        clock.go_on(seconds=31)
        Outbox(store).deliver_due()
        assert len(receiver.requests) == 2
        clock.go_on(seconds=29)
        Outbox(store).deliver_due()
        assert len(receiver.requests) == 2
        clock.go_on(seconds=32)
        assert [done.path for done in Outbox(store).deliver_due()] == [receiver.url]
        assert (entry(store, session).state, entry(store, session).attempts) == ("delivered", 3)
        clock.go_on(days=1)
        Outbox(store).deliver_due(RetryScope.EVERYTHING)
        assert len(receiver.requests) == 3
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1


def test_a_server_that_asks_to_be_left_alone_is(store, tmp_path, clock):
    with serving(Receiver(Answer(429, b"", {"Retry-After": "7200"}))) as receiver:
        send(store, tmp_path, webhook(receiver))
        Outbox(store).deliver_due()
        clock.go_on(seconds=7190)
        Outbox(store).deliver_due()
        assert len(receiver.requests) == 1
        clock.go_on(seconds=11)
        Outbox(store).deliver_due()
        assert len(receiver.requests) == 2


def test_a_server_that_asks_for_years_is_asked_again_after_a_day(store, tmp_path, clock):
    with serving(Receiver(Answer(503, b"", {"Retry-After": "999999999"}))) as receiver:
        send(store, tmp_path, webhook(receiver))
        Outbox(store).deliver_due()
        clock.go_on(hours=23)
        Outbox(store).deliver_due()
        assert len(receiver.requests) == 1
        clock.go_on(hours=1, seconds=1)
        Outbox(store).deliver_due()
        assert len(receiver.requests) == 2


def test_a_clock_that_was_years_ahead_keeps_nothing_waiting_for_years(store, tmp_path, clock):
    with serving(Receiver(500)) as receiver:
        clock.go_on(days=3650)
        send(store, tmp_path, webhook(receiver))
        Outbox(store).deliver_due()
        clock.go_on(days=-3650)
        Outbox(store).deliver_due()
        assert len(receiver.requests) == 2


def test_a_dead_server_is_given_up_in_the_end_and_can_be_asked_anew(store, tmp_path, clock):
    receiver = Receiver()
    receiver.server.server_close()
    session = send(store, tmp_path, webhook(receiver))
    for _ in range(MOST_ATTEMPTS + 5):
        Outbox(store).deliver_due()
        clock.go_on(hours=7)
    assert (entry(store, session).state, entry(store, session).attempts) == ("failed", MOST_ATTEMPTS)
    assert f"the last of {MOST_ATTEMPTS} attempts" in entry(store, session).last_error
    key = entry(store, session).intent["id"]
    with serving(Receiver()) as alive:
        settings(tmp_path, webhook(alive))
        store.send(session, [one.destination for one in store.entries(session)])
        Outbox(store).deliver_due()
        assert (entry(store, session).state, entry(store, session).attempts) == ("delivered", 1)
        # Perhaps one of the attempts had arrived after all.
        assert alive.requests[0].headers["webhook-id"] == key


def test_a_refusal_is_not_repeated_until_somebody_asks(store, tmp_path, clock):
    with serving(Receiver(410)) as receiver:
        session = send(store, tmp_path, webhook(receiver))
        for _ in range(3):
            Outbox(store).deliver_due(RetryScope.EVERYTHING)
            clock.go_on(days=1)
        assert len(receiver.requests) == 1
        assert entry(store, session).state == "failed"
        store.send(session, [one.destination for one in store.entries(session)])
        Outbox(store).deliver_due()
        assert entry(store, session).state == "delivered"


def test_a_folder_is_looked_for_at_every_occasion_but_in_the_background_less_and_less_often(store, tmp_path, clock):
    (tmp_path / "out").write_text("in the way")
    session = send(store, tmp_path, "")
    for _ in range(3):
        Outbox(store).deliver_due()
    assert entry(store, session, "markdown").attempts == 3
    Outbox(store).deliver_due(RetryScope.DUE)
    assert entry(store, session, "markdown").attempts == 3
    clock.go_on(seconds=121)
    Outbox(store).deliver_due(RetryScope.DUE)
    assert entry(store, session, "markdown").attempts == 4


def test_a_missing_key_is_told_and_the_review_waits_for_it(store, tmp_path, clock, monkeypatch):
    with serving(Receiver()) as receiver:
        session = send(store, tmp_path, webhook(receiver))
        monkeypatch.delenv("ASSISTANT_WEBHOOK_SECRET")
        monkeypatch.setitem(sys.modules, "keyring", None)
        Outbox(store).deliver_due()
        assert "ASSISTANT_WEBHOOK_SECRET" in entry(store, session).last_error
        monkeypatch.setenv("ASSISTANT_WEBHOOK_SECRET", SECRET)
        Outbox(store).deliver_due(RetryScope.EVERYTHING)
        assert entry(store, session).state == "delivered"


def test_settings_with_a_mistake_keep_the_review_until_they_are_mended(store, tmp_path, clock):
    with serving(Receiver()) as receiver:
        session = send(store, tmp_path, webhook(receiver))
        settings(tmp_path, "[outlets.webhook]\nurl = 3")
        Outbox(store).deliver_due()
        assert (entry(store, session).state, "url" in entry(store, session).last_error) == ("waiting", True)
        settings(tmp_path, webhook(receiver))
        Outbox(store).deliver_due(RetryScope.EVERYTHING)
        assert entry(store, session).state == "delivered"


def test_nothing_secret_gets_into_the_store(store, tmp_path, clock):
    with serving(Receiver(404)) as receiver, serving(NeoDbServer(500)) as neodb:
        text = webhook(receiver) + f"[outlets.neodb]\nserver = '{neodb.url}'\nvisibility = 'private'\n"
        session = send(store, tmp_path, text)
        Outbox(store).deliver_due()
        assert {one.state for one in store.entries(session)} == {"delivered", "failed", "waiting"}
    for file in (tmp_path / "data").iterdir():
        content = file.read_bytes() if file.is_file() else b""
        for secret in (SECRET, TOKEN, "p4ssw0rd"):
            assert secret.encode() not in content


def test_files_come_first_also_where_something_else_has_waited_longer(store, tmp_path):
    with serving(Receiver()) as receiver:
        send(store, tmp_path, webhook(receiver), only="webhook")
        send(store, tmp_path, webhook(receiver))
        done = [one.outlet for one in Outbox(store).deliver_due()]
    assert done == ["markdown", "letterboxd_csv", "webhook", "webhook"]


def test_a_server_that_hangs_keeps_no_file_waiting(store, tmp_path):
    with serving(Receiver(HANG)) as receiver:
        session = send(store, tmp_path, webhook(receiver, limit_s=120))
        slow = threading.Thread(target=lambda: deliver_as_another(tmp_path), daemon=True)
        slow.start()
        wait_until(lambda: receiver.requests)
        second = write(store, "Later.")
        store.send(second, destinations(tmp_path / "out"))
        with within(5):
            done = {(one.review_id, one.outlet) for one in Outbox(store, patience_s=0.2).deliver_due()}
        assert {(second, "markdown"), (second, "letterboxd_csv")} <= done
        assert entry(store, session).state == "waiting"


def deliver_as_another(folder):
    with Store(folder / "data") as other:
        Outbox(other).deliver_due()


def test_a_command_that_failed_is_run_again_and_one_that_was_cut_off_is_not(store, tmp_path, clock):
    marks = tmp_path / "marks"
    code = f"open({str(marks)!r}, 'a').write('x'); import sys; sys.exit(len(open({str(marks)!r}).read()) == 1)"
    text = f"[outlets.command]\nsend_to = [{sys.executable!r}, '-c', {code!r}]".replace('"', "'''")
    session = send(store, tmp_path, text, only="command")
    Outbox(store).deliver_due()
    assert (entry(store, session, "command").state, entry(store, session, "command").intent) == ("waiting", None)
    clock.go_on(seconds=31)
    Outbox(store).deliver_due()
    assert entry(store, session, "command").state == "delivered"
    assert marks.read_text() == "xx"

    another = send(store, tmp_path, text, only="command")
    store.queue.record_intent(entry(store, another, "command"), {"started": "2026-11-22 10:15:00+00:00"})
    Outbox(store).deliver_due()
    assert entry(store, another, "command").state == "failed"
    assert "started on 2026-11-22 10:15:00+00:00 and cut off" in entry(store, another, "command").last_error
    assert marks.read_text() == "xx"
    store.send(another, [one.destination for one in store.entries(another)])
    Outbox(store).deliver_due()
    assert entry(store, another, "command").state == "delivered"
    assert marks.read_text() == "xxx"


def test_while_a_program_runs_the_outbox_worker_delivers_what_waits(tmp_path):
    with Store(tmp_path / "data") as store, serving(Receiver()) as receiver:
        blocked = tmp_path / "out"
        blocked.write_text("in the way")
        session = send(store, tmp_path, webhook(receiver))
        with OutboxWorker(tmp_path / "data", pause_s=0.02):
            wait_until(lambda: entry(store, session).state == "delivered")
            for _ in range(5):
                later = send(store, tmp_path, webhook(receiver), only="webhook")
                wait_until(lambda later=later: entry(store, later).state == "delivered")
            # All those rounds, and the folder was looked for once.
            assert (entry(store, session, "markdown").state, entry(store, session, "markdown").attempts) == (
                "waiting",
                1,
            )
            blocked.unlink()
            store.send(session, [one.destination for one in store.entries(session)])
            wait_until(lambda: {one.state for one in store.entries(session)} == {"delivered"})
            # A kiosk forgets people in the meantime.
            gone = send(store, tmp_path, webhook(receiver))
            store.forget(gone)
            wait_until(lambda: gone not in [one.id for one in store.sessions()])
        assert len({request.headers["webhook-id"] for request in receiver.requests}) == len(receiver.requests) == 7


def test_a_session_that_goes_on_is_not_ended_by_the_outbox_worker(tmp_path):
    with Store(tmp_path / "data") as store, serving(Receiver()) as receiver:
        going_on = store.open_session("Ada")
        with OutboxWorker(tmp_path / "data", pause_s=0.01):
            session = send(store, tmp_path, webhook(receiver))
            wait_until(lambda: entry(store, session).state == "delivered")
        assert store.session(going_on).status == "open"


def test_an_outbox_worker_goes_on_after_the_store_was_not_to_be_had(tmp_path, caplog):
    folder = tmp_path / "data"
    folder.write_text("in the way")
    with OutboxWorker(folder, pause_s=0.02):
        wait_until(lambda: "can't be processed" in caplog.text)
        folder.unlink()
        with Store(folder) as store, serving(Receiver()) as receiver:
            session = send(store, tmp_path, webhook(receiver))
            wait_until(lambda: entry(store, session).state == "delivered")


def test_an_outbox_worker_with_a_slow_server_keeps_no_program_from_ending(tmp_path):
    with Store(tmp_path / "data") as store, serving(Receiver(HANG)) as receiver:
        send(store, tmp_path, webhook(receiver, limit_s=120))
        with ExitStack() as stack, OutboxWorker(tmp_path / "data"):
            wait_until(lambda: receiver.requests)
            stack.enter_context(within(5))


def test_a_store_of_the_version_before_is_taken_over(tmp_path):
    database = sqlite3.connect(tmp_path / "assistant.sqlite3", isolation_level=None)
    for statement in MIGRATIONS[0]:
        database.execute(statement)
    database.execute("PRAGMA application_id = 1450328438")
    database.execute("PRAGMA user_version = 1")
    database.execute(
        "INSERT INTO sessions (id, status, started_at) VALUES ('old', 'sent', '2026-11-22T10:15:00+00:00')"
    )
    text = '{"film": null, "rating": null, "voice": null, "sentences": [{"text": "Old.", "from": []}]}'
    database.execute("INSERT INTO reviews VALUES ('old', ?, '2026-11-22', '2026-11-22T10:15:00+00:00')", (text,))
    database.execute(
        "INSERT INTO outbox (review, outlet, settings) VALUES ('old', 'markdown', ?)",
        (f'{{"folder": "{tmp_path}/out"}}',),
    )
    database.close()
    with Store(tmp_path) as store:
        assert store.entries("old")[0].due_at is None
        assert len(Outbox(store).deliver_due()) == 1


def test_reviews_send_tries_what_waits_now_and_tells_what_became_of_it(tmp_path):
    data = ("--data", tmp_path / "data")
    assert run("reviews", "send", *data).stdout == "Nothing is waiting.\n"
    with serving(Receiver(500, 503)) as receiver:
        with Store(tmp_path / "data") as store:
            session = send(store, tmp_path, webhook(receiver))
            Outbox(store).deliver_due()
        done = run("reviews", "send", *data)
        assert (done.returncode, done.stdout) == (3, "")
        assert f"{session}  webhook: The webhook at 127.0.0.1:{receiver.port} answered 503" in done.stderr
        assert "Traceback" not in done.stderr
        assert "p4ssw0rd" not in done.stderr
        done = run("reviews", "send", *data)
        assert (done.returncode, done.stdout) == (0, f"{session}  webhook: {receiver.url}\n")
        assert "delivered: markdown, letterboxd_csv, webhook" in run("reviews", "list", *data).stdout
        assert run("reviews", "send", "--out", tmp_path, *data).returncode == 2


def test_reviews_send_sends_one_that_was_not_sent_where_the_settings_say(tmp_path):
    with serving(Receiver()) as receiver:
        with Store(tmp_path / "data") as store:
            session = write(store)
            store.end_session(session, "unsent")
        own = {"ASSISTANT_SETTINGS": str(settings(tmp_path, webhook(receiver) + "[outlets.json]\n"))}
        done = run("reviews", "send", session, "--out", tmp_path / "out", "--data", tmp_path / "data", **own)
        assert done.returncode == 0, done.stderr
        assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
            "markdown",
            "letterboxd_csv",
            "json",
            "webhook",
        ]
        assert len(receiver.requests) == 1
