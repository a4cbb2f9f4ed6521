"""A crash anywhere between "send" and the files neither loses a review nor doubles it."""

import csv
import hashlib
import os
import random
import signal
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

import assistant
from assistant.delivery import Outbox, RetryScope, destinations
from assistant.store import Store
from tests.support.outbox import review, write
from tools.simulation import crashes
from tools.simulation.http_servers import NeoDbServer, Receiver, serving

HOME = Path(assistant.__file__).parent
WRITING = tuple(
    str(HOME / f"{module}.py")
    for module in (
        "store/store",
        "store/queue",
        "delivery/outbox",
        "delivery/review_files",
        "delivery/letterboxd",
        "disk",
        "delivery/webhook",
        "delivery/neodb",
        "delivery/command",
    )
)
"""The code between "send" and the files; the rest turns one value into another."""


def write_review(folder, text="It stayed with me."):
    with Store(folder / "data") as store:
        session = write(store, text)
        store.end_session(session, "unsent")
    return session


def send_and_deliver(folder, session):
    with Store(folder / "data") as store:
        store.send(session, destinations(folder / "out"))
        Outbox(store).deliver_due()


def in_a_child(work):
    """Fork, work and leave with 0, or with 1 where the work failed."""
    child = os.fork()
    if child == 0:
        left_with = 1
        try:
            work()
            left_with = 0
        finally:
            os._exit(left_with)
    return child


def die_at(line, work, at_every_line=lambda: None):
    """Work, and be killed by ``kill -9`` at the nth line of our own code; 0 never comes."""
    passed = 0

    def trace(frame, event, argument):
        nonlocal passed
        if not frame.f_code.co_filename.startswith(WRITING):
            return None
        if event == "line":
            passed += 1
            at_every_line()
            if passed == line:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)


@contextmanager
def another_looking_into(folder):
    """Gives a function that tells a digest of all files in a folder.

    Another process reads them: a database that is closed in ours would lose its locks.
    """
    asked, ask = os.pipe()
    told, tell = os.pipe()

    def look():
        os.close(ask)
        while os.read(asked, 1):
            digest = hashlib.sha256()
            for path in sorted(folder.rglob("*")):
                digest.update(repr((str(path), path.read_bytes() if path.is_file() else None)).encode())
            os.write(tell, digest.digest())

    def what_is_there():
        os.write(ask, b"?")
        return os.read(told, hashlib.sha256().digest_size)

    child = in_a_child(look)
    try:
        yield what_is_there
    finally:
        os.close(ask)
        os.waitpid(child, 0)
        for end in (asked, told, tell):
            os.close(end)


def mend_and_check(folder, session):
    """The next start: what was sent is delivered; what wasn't yet is sent by the person, who heard no reply."""
    with Store(folder / "data") as store:
        if store.session(session).status != "sent":
            assert store.entries(session) == []
            assert not (folder / "out").exists()
            store.send(session, destinations(folder / "out"))
        Outbox(store).deliver_due()
        assert [entry.state for entry in store.entries(session)] == ["delivered", "delivered"]
    with (folder / "out" / "letterboxd.csv").open(encoding="utf-8", newline="") as file:
        assert [row["Review"] for row in csv.DictReader(file, strict=True)] == ["It stayed with me."]
    files = sorted(path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*"))
    assert files == [".letterboxd.lock", "letterboxd.csv", "reviews", "reviews/2026-11-22-her.md"]
    assert "It stayed with me." in (folder / "out" / "reviews" / "2026-11-22-her.md").read_text()


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """The lines that find other files than the line before. Killed at any other, nothing else is left behind."""
    folder = tmp_path_factory.mktemp("counted")
    session = write_review(folder)
    found = [None]
    with another_looking_into(folder) as what_is_there:
        die_at(0, lambda: send_and_deliver(folder, session), lambda: found.append(what_is_there()))
    mend_and_check(folder, session)
    assert len(found) > 300
    return [line for line in range(1, len(found)) if found[line] != found[line - 1]]


def test_killed_at_any_line_a_review_is_delivered_once(tmp_path, lines):
    assert len(lines) > 20
    for line in lines:
        folder = tmp_path / str(line)
        session = write_review(folder)
        child = in_a_child(lambda line=line, f=folder, s=session: die_at(line, lambda: send_and_deliver(f, s)))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        mend_and_check(folder, session)


def test_killed_again_and_again_a_review_is_delivered_once(tmp_path, lines):
    chance = random.Random(8)
    for number in range(15):
        folder = tmp_path / str(number)
        session = write_review(folder)
        for _ in range(4):
            line = chance.randrange(1, lines[-1] + 1)
            child = in_a_child(lambda line=line, f=folder, s=session: die_at(line, lambda: send_and_deliver(f, s)))
            os.waitpid(child, 0)
        mend_and_check(folder, session)


def test_killed_from_outside_at_any_moment_a_review_is_delivered_once(tmp_path):
    chance = random.Random(3)
    for number in range(20):
        folder = tmp_path / str(number)
        session = write_review(folder)
        child = in_a_child(lambda f=folder, s=session: send_and_deliver(f, s))
        time.sleep(chance.uniform(0, 0.03))  # the moment is what's tested
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        mend_and_check(folder, session)


def test_processes_that_deliver_at_once_deliver_once(tmp_path):
    with Store(tmp_path / "data") as store:
        for number in range(6):
            session = store.open_session()
            store.save_review(session, review(f"Number {number}."), date(2026, 11, 22))
            store.send(session, destinations(tmp_path / "out"))

    def deliver():
        with Store(tmp_path / "data") as store:
            Outbox(store).deliver_due()

    children = [in_a_child(deliver) for _ in range(3)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    with (tmp_path / "out" / "letterboxd.csv").open(encoding="utf-8", newline="") as file:
        assert sorted(row["Review"] for row in csv.DictReader(file)) == [f"Number {n}." for n in range(6)]
    assert len(list((tmp_path / "out" / "reviews").glob("*.md"))) == 6


@pytest.mark.slow
def test_killed_anywhere_in_a_whole_conversation_nothing_is_lost_and_nothing_delivered_twice(tmp_path, monkeypatch):
    for name, value in crashes.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    tally = crashes.CrashTest(tmp_path, seed=15).run(15)
    assert not tally.wrong, str(tally)
    assert tally.killed.total() == 15
    assert tally.killed["during delivery"] >= 1, str(tally)


@pytest.mark.parametrize("outlet", ["webhook", "neodb", "command"])
def test_killed_at_any_line_a_review_reaches_an_outlet_elsewhere_once(tmp_path, outlet, monkeypatch):
    for name, value in crashes.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    import requests  # noqa: F401 - loaded before the fork, so that a kill is in our own code

    line = 1
    while kill_on_the_way_elsewhere(tmp_path / str(line), outlet, line):
        line += 3  # all of them would take minutes; each outlet has others, as its own lines come in between
    assert line > 50


def kill_on_the_way_elsewhere(folder, outlet, line):
    """Send to one outlet, be killed at a line, start again, and look what has arrived; False if the end came first."""
    session = write_review(folder)
    webhook, neodb = Receiver(), NeoDbServer()
    neodb.add("Her", 2013, "tt1798709")
    settings = crashes.settings_for(folder, webhook, neodb)
    where = [one for one in destinations(folder / "out", settings) if one.outlet == outlet]

    def send_and_deliver():
        with Store(folder / "data") as store:
            store.send(session, where)
            Outbox(store).deliver_due()

    child = in_a_child(lambda: die_at(line, send_and_deliver))
    with serving(webhook), serving(neodb):
        killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        with Store(folder / "data") as store:
            if store.session(session).status != "sent":
                store.send(session, where)
            Outbox(store).deliver_due(RetryScope.EVERYTHING)
            entry = store.entries(session)[0]
    if outlet == "webhook":
        assert len({(request.headers["webhook-id"], request.body) for request in webhook.requests}) == 1
    elif outlet == "neodb":
        assert [review["body"] for review in neodb.reviews.values()] == ["It stayed with me."]
        assert len(neodb.review_posts) == 1
    elif entry.state == "failed":
        assert "cut off before it ended" in entry.last_error
        return killed
    else:
        assert (folder / "commanded").read_text().count("It stayed with me.") == 1
    assert entry.state == "delivered"
    return killed
