"""What was sent arrives where it was meant to, or says why not."""

import csv
import resource
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.delivery.destinations import default_reviews_folder, destinations, outlet_of
from assistant.delivery.outbox import Delivered, Outbox
from assistant.errors import DeliveryError
from assistant.store import Destination, Store
from tests.support.outbox import write


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


def sent(store, out, text="It stayed with me.", **given):
    session = write(store, text, **given)
    store.send(session, destinations(out))
    return session


def rows(out):
    with (out / "letterboxd.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_sent_review_is_delivered_to_both_outlets_once(store, tmp_path):
    out = tmp_path / "out"
    session = sent(store, out)
    assert store.session(session).status == "sent"
    assert Outbox(store).deliver_due() == [
        Delivered(session, "markdown", str(out / "reviews" / "2026-11-22-her.md")),
        Delivered(session, "letterboxd_csv", str(out / "letterboxd.csv")),
    ]
    assert Outbox(store).deliver_due() == []
    assert [(e.state, e.attempts, e.last_error, e.intent) for e in store.entries(session)] == [
        ("delivered", 1, None, None)
    ] * 2
    assert all(entry.delivered_at is not None for entry in store.entries(session))
    assert len(rows(out)) == 1


def test_a_review_that_was_not_sent_is_not_delivered(store):
    session = write(store)
    assert Outbox(store).deliver_due() == []
    assert store.entries(session) == []


def test_sending_twice_delivers_once(store, tmp_path):
    session = sent(store, tmp_path / "out")
    store.send(session, destinations(tmp_path / "out"))
    Outbox(store).deliver_due()
    store.send(session, destinations(tmp_path / "elsewhere"))
    assert Outbox(store).deliver_due() == []
    assert len(rows(tmp_path / "out")) == 1
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_given_relatively_is_the_same_from_everywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert {d.settings["folder"] for d in destinations(Path("out"))} == {str(tmp_path / "out")}


def test_reviews_go_among_the_documents_by_default(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DOCUMENTS_DIR", raising=False)
    assert default_reviews_folder() == tmp_path / "Documents" / "Reviews"
    assert {d.settings["folder"] for d in destinations()} == {str(default_reviews_folder())}
    assert [d.outlet for d in destinations()] == ["markdown", "letterboxd_csv"]


@pytest.mark.parametrize("below", [".", "deeper/still"])
def test_a_folder_that_can_not_be_written_keeps_the_review_until_it_can(store, tmp_path, below):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    session = sent(store, blocked / below)
    assert Outbox(store).deliver_due() == []
    for entry in store.entries(session):
        assert (entry.state, entry.attempts) == ("waiting", 1)
        assert "there is a file where a folder should be" in entry.last_error
        assert "--out" in entry.last_error
        assert str(blocked) in entry.last_error
    blocked.unlink()
    assert len(Outbox(store).deliver_due()) == 2
    assert {(e.state, e.attempts, e.last_error) for e in store.entries(session)} == {("delivered", 2, None)}


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a /proc, in which nobody can make folders")
def test_a_folder_on_a_file_system_that_takes_nothing_is_named(store):
    session = sent(store, Path("/proc/self/reviews"))
    assert Outbox(store).deliver_due() == []
    assert all("/proc/self/reviews" in entry.last_error for entry in store.entries(session))


class OnAFullDisk:
    """An outlet while not one more byte can be written to any file."""

    def __init__(self, destination):
        self._outlet = outlet_of(destination)
        self.name = self._outlet.name

    def deliver(self, item, intent, record_intent):
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            return self._outlet.deliver(item, intent, lambda _: pytest.fail("nothing is there to be announced"))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_keeps_the_review_and_harms_no_file(store, tmp_path):
    sent(store, tmp_path / "out", "Earlier.")
    Outbox(store).deliver_due()
    session = write(store, "Later.")
    store.send(session, destinations(tmp_path / "out")[:1])
    assert Outbox(store, OnAFullDisk).deliver_due() == []
    assert "the disk is full" in store.entries(session)[0].last_error
    assert [path.name for path in (tmp_path / "out" / "reviews").glob("*.md")] == ["2026-11-22-her.md"]
    assert len(Outbox(store).deliver_due()) == 1


def test_a_csv_file_is_not_harmed_by_a_full_disk(store, tmp_path, monkeypatch):
    sent(store, tmp_path / "out", "Earlier.")
    Outbox(store).deliver_due()
    before = (tmp_path / "out" / "letterboxd.csv").read_bytes()
    session = write(store, "Later.")
    store.send(session, destinations(tmp_path / "out")[1:])

    def half(path, content):
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patched:
        patched.setattr("assistant.delivery.letterboxd.write_through", half)
        assert Outbox(store).deliver_due() == []
    assert (tmp_path / "out" / "letterboxd.csv").read_bytes() == before
    assert "the disk is full" in store.entries(session)[0].last_error
    Outbox(store).deliver_due()
    assert [row["Review"] for row in rows(tmp_path / "out")] == ["Earlier.", "Later."]


def test_a_review_without_a_film_has_its_markdown_file_and_no_endless_attempts(store, tmp_path):
    session = sent(store, tmp_path / "out", film=None)
    assert [d.outlet for d in Outbox(store).deliver_due()] == ["markdown"]
    failed = store.entries(session)[1]
    assert (failed.state, failed.attempts) == ("failed", 1)
    assert "without a film" in failed.last_error
    Outbox(store).deliver_due()
    assert store.entries(session)[1].attempts == 1


def test_an_outlet_of_another_version_is_named_and_blocks_nothing(store, tmp_path):
    session = write(store)
    store.send(session, [Destination("pigeon", {}), *destinations(tmp_path / "out")])
    assert len(Outbox(store).deliver_due()) == 2
    assert store.entries(session)[0].last_error == (
        "There is no outlet called 'pigeon'. There are: markdown, letterboxd_csv, json, neodb, webhook, mqtt, command."
    )


def test_what_fails_is_tried_once_a_call_and_after_the_others(store, tmp_path):
    tried = []

    class Sulking:
        name = "sulking"

        def __init__(self, destination):
            self._folder = destination.settings["folder"]

        def deliver(self, item, intent, record_intent):
            tried.append(item.review.text)
            raise DeliveryError("Not today.")

    first = write(store, "First.")
    store.send(first, [Destination("markdown", {"folder": "x"})])
    Outbox(store, Sulking).deliver_due()
    second = write(store, "Second.")
    store.send(second, [Destination("markdown", {"folder": "x"})])
    Outbox(store, Sulking).deliver_due()
    assert tried == ["First.", "Second.", "First."]
    assert store.entries(first)[0].last_error == "Not today."


def test_what_could_not_be_delivered_can_be_sent_elsewhere(store, tmp_path):
    (tmp_path / "blocked").write_text("")
    session = sent(store, tmp_path / "blocked")
    Outbox(store).deliver_due()
    store.send(session, destinations(tmp_path / "out"))
    assert len(Outbox(store).deliver_due()) == 2
    assert len(rows(tmp_path / "out")) == 1


def test_a_review_deleted_in_the_middle_of_a_delivery_round_is_passed_over(store, tmp_path):
    doomed, first = write(store, "Doomed."), write(store, "First.")

    def deleting(destination):
        if doomed in [session.id for session in store.sessions()]:
            store.delete(doomed)
        return outlet_of(destination)

    store.send(first, destinations(tmp_path / "out"))
    store.send(doomed, destinations(tmp_path / "out"))
    assert {delivered.review_id for delivered in Outbox(store, deleting).deliver_due()} == {first}
    assert [row["Review"] for row in rows(tmp_path / "out")] == ["First."]


def test_a_process_leaves_an_outlet_to_another_that_is_at_it(store, tmp_path):
    session = sent(store, tmp_path / "out")
    with FileLock(store.folder / "outbox-markdown.lock"):
        assert [done.outlet for done in Outbox(store, patience_s=0).deliver_due()] == ["letterboxd_csv"]
    assert [entry.state for entry in store.entries(session)] == ["waiting", "delivered"]
    assert [done.outlet for done in Outbox(store).deliver_due()] == ["markdown"]
