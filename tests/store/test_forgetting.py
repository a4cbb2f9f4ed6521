"""What is deleted is gone."""

import random
import stat
from datetime import date
from itertools import count

import numpy as np
import pytest
import soundfile

from assistant.delivery import Outbox, destinations
from assistant.errors import StoreError
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence
from assistant.store import Store, Turn

WATCHED = date(2026, 11, 22)
REVIEW = Review(Film("Her"), 4.5, None, (Sentence("Unmistakable sentence.", (Passage(1, 0.0, 1.0),)),))
TONE = (np.sin(np.arange(16_000) / 20) * 8_000).astype(np.int16)


def bytes_on_disk(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def told(store, name="Unmistakable Ada"):
    session = store.open_session(name)
    store.set_profile(session, {"romance": "unmistakable heart"})
    store.add_turn(session, Turn(1, "person", "unmistakable words", analysis={"text": "unmistakable words"}))
    store.save_review(session, REVIEW, WATCHED)
    return session


def test_a_deleted_session_leaves_no_text_in_the_files(tmp_path):
    with Store(tmp_path) as store:
        session = told(store)
        store.keep_audio(session, 1, TONE, 16_000)
        assert b"nmistakable" in bytes_on_disk(tmp_path)
        store.delete(session)
        assert b"nmistakable" not in bytes_on_disk(tmp_path)
        assert store.sessions() == []
        assert list((tmp_path / "audio").iterdir()) == []


def test_no_copy_stays_behind_where_the_file_was_rearranged(tmp_path):
    # With these figures SQLite's secure_delete alone leaves traces.
    for seed in (17, 38, 57):
        chance, numbers = random.Random(seed), count()
        folder = tmp_path / str(seed)
        with Store(folder) as store:
            sessions = [store.open_session() for _ in range(4)]
            for _ in range(60):
                session = chance.choice(sessions)
                word = "secret " if session == sessions[0] else "public "
                text = word * chance.choice([1, 5, 20, 200, 900])
                analysis = {"words": [word] * chance.randint(0, 100)}
                store.add_turn(session, Turn(next(numbers), "person", text, None, analysis))
            store.delete(sessions[0])
            assert b"secret" not in bytes_on_disk(folder)
            assert b"public" in bytes_on_disk(folder)


def test_deleting_leaves_the_others_alone(tmp_path):
    with Store(tmp_path) as store:
        session, other = told(store), told(store)
        store.delete(session)
        assert [kept.id for kept in store.sessions()] == [other]
        assert [turn.text for turn in store.turns(other)] == ["unmistakable words"]
        assert store.review(other).review == REVIEW


def test_what_is_deleted_before_it_was_delivered_is_not_delivered(tmp_path):
    out = tmp_path / "out"
    with Store(tmp_path / "data") as store:
        session = told(store)
        store.send(session, destinations(out))
        store.delete(session)
        assert Outbox(store).deliver_due() == []
    assert not out.exists()


def test_a_reader_that_keeps_the_log_alive_is_mentioned(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.store.database.BUSY_S", 0.1)
    with Store(tmp_path) as store, Store(tmp_path) as reader:
        session = told(store)
        with reader._database.transaction():
            pass
        connection = reader._database._open_connection
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM turns").fetchone()
        with pytest.raises(StoreError, match="deleted, but traces stay"):
            store.delete(session)
        connection.execute("ROLLBACK")
        store.delete(store.open_session())
        assert b"nmistakable" not in bytes_on_disk(tmp_path)


def test_kept_audio_is_flac_for_its_owner_alone(tmp_path):
    with Store(tmp_path) as store:
        session = told(store)
        path = store.keep_audio(session, 1, TONE, 16_000)
        assert path == tmp_path / "audio" / session / "1.flac"
        assert store.turns(session)[0].audio == path
    samples, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == 16_000
    assert np.array_equal(samples, TONE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["1.flac"]


def test_audio_is_not_kept_unasked(tmp_path):
    with Store(tmp_path) as store:
        assert store.turns(told(store))[0].audio is None
    assert not (tmp_path / "audio").exists()


def test_audio_that_can_not_be_written_is_named(tmp_path):
    with Store(tmp_path) as store:
        session = told(store)
        (tmp_path / "audio").write_text("in the way")
        with pytest.raises(StoreError, match="audio"):
            store.keep_audio(session, 1, TONE, 16_000)


def test_someone_forgotten_who_sent_nothing_is_gone_at_once(tmp_path):
    with Store(tmp_path) as store:
        session = told(store)
        store.end_session(session, "unsent")
        store.forget(session)
        assert store.sessions() == []
        assert b"nmistakable" not in bytes_on_disk(tmp_path)


def test_someone_forgotten_is_nameless_until_their_review_is_delivered_and_then_gone(tmp_path):
    data, out = tmp_path / "data", tmp_path / "out"
    out.write_text("in the way")
    with Store(data) as store:
        session = told(store)
        store.keep_audio(session, 1, TONE, 16_000)
        store.send(session, destinations(out))
        assert Outbox(store).deliver_due() == []
        store.forget(session)
        kept = store.session(session)
        assert (kept.person, kept.profile, kept.film, store.turns(session)) == (None, None, None, [])
        for said in (b"Unmistakable Ada", b"unmistakable words", b"unmistakable heart"):
            assert said not in bytes_on_disk(data)
        assert not (data / "audio" / session).exists()
    out.unlink()
    with Store(data) as store:
        assert len(Outbox(store).deliver_due()) == 2
        assert "Unmistakable sentence." in next((out / "reviews").glob("*.md")).read_text()
        assert store.sessions() == []
        assert b"nmistakable" not in bytes_on_disk(data)
