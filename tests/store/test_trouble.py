"""A store that can't be used says so in a sentence."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.store import Store, Turn, database
from assistant.store.database import VERSION


@pytest.fixture
def shared_folder():
    """A folder that any user could reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def bound_by_permissions():
    """Be somebody whom permissions bind, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder_is_named(shared_folder):
    shared_folder.chmod(0o555)
    with bound_by_permissions(), pytest.raises(StoreError, match=r"read-only.*--data") as error:
        Store(shared_folder).open()
    assert str(shared_folder) in error.value.sentence


def test_a_folder_that_can_not_be_made_is_named(shared_folder):
    shared_folder.chmod(0o555)
    with bound_by_permissions(), pytest.raises(StoreError, match=r"read-only.*--data"):
        Store(shared_folder / "data").open()


def test_a_file_in_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "data").write_text("")
    for folder in (tmp_path / "data", tmp_path / "data" / "below"):
        with pytest.raises(StoreError, match="there is a file where a folder should be"):
            Store(folder).open()


def test_a_read_only_store_is_named_when_it_is_opened(shared_folder):
    Store(shared_folder).open()
    shared_folder.chmod(0o777)
    (shared_folder / "opening.lock").chmod(0o666)
    (shared_folder / "assistant.sqlite3").chmod(0o444)
    with bound_by_permissions(), pytest.raises(StoreError, match=r"assistant\.sqlite3: it is read-only"):
        Store(shared_folder).open()


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "assistant.sqlite3"
    path.write_bytes(b"Dear diary, " * 1000)
    with pytest.raises(StoreError, match="not a store of this program"):
        Store(tmp_path).open()
    assert path.read_bytes() == b"Dear diary, " * 1000


def test_a_truncated_store_is_called_damaged(tmp_path):
    with Store(tmp_path) as store:
        session = store.open_session()
        for number in range(200):
            store.add_turn(session, Turn(number, "person", "word " * 200))
    path = tmp_path / "assistant.sqlite3"
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(StoreError, match="damaged"), Store(tmp_path) as store:
        store.turns(session)


def test_an_empty_file_is_a_new_store(tmp_path):
    (tmp_path / "assistant.sqlite3").touch()
    with Store(tmp_path) as store:
        assert store.sessions() == []


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "assistant.sqlite3"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="a database of another program"):
        Store(tmp_path).open()
    assert path.read_bytes() == before


def test_a_store_from_a_newer_version_is_left_alone(tmp_path):
    with Store(tmp_path) as store:
        session = store.open_session("Ada")
        store.end_session(session, "abandoned")
    newer = sqlite3.connect(store.path)
    newer.execute("PRAGMA user_version = 7")
    newer.close()
    before = store.path.read_bytes()
    with pytest.raises(StoreError) as error:
        Store(tmp_path).open()
    assert error.value.sentence == (
        f"The store {store.path} was written by a newer version of this program (schema 7, this one knows {VERSION}). "
        "Update it, or name another folder with --data."
    )
    assert store.path.read_bytes() == before


def test_a_full_disk_keeps_what_was_there_and_goes_on_when_there_is_room(tmp_path):
    with Store(tmp_path) as store:
        session = store.open_session()
        store.add_turn(session, Turn(1, "person", "before"))
        # SQLite gives the same error at its own limit as on a full disk.
        with store._database.transaction() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match=r"The disk with .* is full\. Make room"):
            store.add_turn(session, Turn(2, "person", "word " * 10_000))
        with store._database.transaction() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        store.add_turn(session, Turn(2, "person", "after"))
        assert [turn.text for turn in store.turns(session)] == ["before", "after"]


def test_a_store_that_another_program_keeps_locked_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.store.database.BUSY_S", 0.1)
    with Store(tmp_path) as store:
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=f"in use by another program for {database.BUSY_S} s"):
            store.open_session()
        other.close()
        assert store.open_session()


def test_a_session_deleted_elsewhere_is_missed_in_a_sentence(tmp_path):
    with Store(tmp_path) as here, Store(tmp_path) as elsewhere:
        session = here.open_session()
        elsewhere.delete(session)
        for change in (
            lambda: here.add_turn(session, Turn(1, "person", "hello")),
            lambda: here.end_session(session, "unsent"),
            lambda: here.send(session, []),
        ):
            with pytest.raises(StoreError, match="may have been deleted"):
                change()


def test_sending_without_a_review_is_refused(tmp_path):
    with Store(tmp_path) as store:
        session = store.open_session()
        with pytest.raises(StoreError, match="no review that could be sent"):
            store.send(session, [])
        assert store.session(session).status == "open"


def test_a_store_that_is_not_open_says_so(tmp_path):
    store = Store(tmp_path)
    store.close()
    with pytest.raises(StoreError, match="isn't open"):
        store.sessions()


def test_many_processes_can_open_a_new_store_at_once(tmp_path):
    children = []
    for _ in range(6):
        child = os.fork()
        if child == 0:
            done = 1
            try:
                with Store(tmp_path) as store:
                    store.end_session(store.open_session(), "abandoned")
                done = 0
            finally:
                os._exit(done)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 6
    with Store(tmp_path) as store:
        assert len(store.sessions()) == 6


def test_an_opening_that_failed_leaves_no_session_in_progress_behind(tmp_path):
    with Store(tmp_path) as store:
        session = store.open_session()
    with sqlite3.connect(store.path) as connection:
        connection.execute("CREATE TRIGGER stuck BEFORE UPDATE ON sessions BEGIN SELECT raise(FAIL, 'disk full'); END")
    failed = Store(tmp_path)
    with pytest.raises(StoreError, match="is full"):
        failed.open()
    with sqlite3.connect(store.path) as connection:
        connection.execute("DROP TRIGGER stuck")
    with Store(tmp_path) as store:
        assert store.session(session).status == "abandoned"
