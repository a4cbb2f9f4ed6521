"""What is kept of a conversation."""

import os
import signal
import stat
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone

import pytest

from assistant.errors import StoreError
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence
from assistant.store import Store, Turn
from assistant.store.store import session_id

HER = Film("Her", 2013, "tt1798709")
REVIEW = Review(HER, 4.5, "both", (Sentence("It stayed with me.", (Passage(9, 3.2, 6.0),)),))
WATCHED = date(2026, 11, 22)


def begun_by_a_child(folder, and_then):
    """Run in a process that is killed at the end, or at once if it fails."""
    child = os.fork()
    if child == 0:
        try:
            store = Store(folder)
            store.open()
            and_then(store)
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_store_touches_nothing_before_it_is_opened(tmp_path):
    Store(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_the_store_is_for_its_owner_alone(tmp_path):
    folder = tmp_path / "data"
    with Store(folder) as store:
        store.open_session("Ada")
        assert mode(folder) == 0o700
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert {"assistant.sqlite3", "assistant.sqlite3-wal", "assistant.sqlite3-shm"} <= {f.name for f in files}
        assert {mode(path) for path in files} == {0o600}


def test_a_store_that_others_could_read_is_closed_to_them(tmp_path):
    Store(tmp_path).open()
    (tmp_path / "assistant.sqlite3").chmod(0o644)
    with Store(tmp_path) as store:
        assert mode(store.path) == 0o600


def test_a_folder_that_was_there_keeps_its_permissions(tmp_path):
    tmp_path.chmod(0o755)
    Store(tmp_path).open()
    assert mode(tmp_path) == 0o755


def test_an_id_tells_when_a_session_began():
    at = datetime(2026, 11, 22, 10, 15, 0, tzinfo=timezone(timedelta(hours=1)))
    assert session_id(at, "3f2a") == "2026-11-22T10-15-00-3f2a"


def test_everything_said_comes_back_as_it_was(tmp_path):
    at = datetime(2026, 11, 22, 10, 15, 0, tzinfo=timezone(timedelta(hours=1)))
    asked = Turn(0, "assistant", "Are you romantic or non-romantic?", "romance")
    answered = Turn(1, "person", "um \U0001f600 é", "romance", {"hesitation": {"score": 0.71}}, True)
    with Store(tmp_path, clock=lambda: at) as store:
        session = store.open_session("Dr Ada", "default")
        store.add_turn(session, asked)
        store.add_turn(session, answered)
        store.set_profile(session, {"romance": "unsure"})
        store.set_film(session, HER)
        store.set_rating(session, 4.5)
        store.save_review(session, REVIEW, WATCHED)
    with Store(tmp_path) as store:
        kept = store.session(session)
        assert kept.id.startswith("2026-11-22T10-15-00-")
        assert (kept.person, kept.interview, kept.started_at) == ("Dr Ada", "default", at)
        assert (kept.profile, kept.film, kept.rating) == ({"romance": "unsure"}, HER, 4.5)
        assert store.turns(session) == [asked, answered]
        stored = store.review(session)
        assert (stored.review, stored.watched) == (REVIEW, WATCHED)


def test_an_answer_outlives_a_process_that_is_killed_right_after(tmp_path):
    def say_something(store):
        session = store.open_session()
        store.add_turn(session, Turn(1, "person", "it was, um, lovely"))

    begun_by_a_child(tmp_path, say_something)
    with Store(tmp_path) as store:
        assert [turn.text for turn in store.turns(store.sessions()[0].id)] == ["it was, um, lovely"]


def test_a_killed_session_is_abandoned_and_with_a_review_unsent(tmp_path):
    begun_by_a_child(tmp_path, lambda store: store.open_session("without"))
    begun_by_a_child(tmp_path, lambda s: s.save_review(s.open_session("with"), REVIEW, WATCHED))
    with Store(tmp_path) as store:
        assert {s.person: s.status for s in store.sessions()} == {"without": "abandoned", "with": "unsent"}
        assert list((tmp_path / "running").iterdir()) == []


def test_a_session_that_goes_on_in_another_process_stays_open(tmp_path):
    ready, begun = os.pipe()
    child = os.fork()
    if child == 0:
        store = Store(tmp_path)
        store.open()
        store.open_session()
        os.write(begun, b"!")
        signal.pause()
    try:
        os.read(ready, 1)
        with Store(tmp_path) as store:
            assert [session.status for session in store.sessions()] == ["open"]
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(ready)
        os.close(begun)
    with Store(tmp_path) as store:
        assert [session.status for session in store.sessions()] == ["abandoned"]


def test_a_session_that_ended_keeps_its_status(tmp_path):
    with Store(tmp_path) as store:
        session = store.open_session()
        store.end_session(session, "unsent")
    with Store(tmp_path) as store:
        assert store.session(session).status == "unsent"


def test_their_yes_or_no_is_kept_with_the_estimate(tmp_path):
    with Store(tmp_path) as store:
        session = store.open_session()
        store.add_turn(session, Turn(1, "person", "fine", analysis={"discomfort": {"score": 0.6}}))
        store.set_agreed(session, 1, False)
        assert store.turns(session)[0].agreed is False
        assert store.turns(session)[0].analysis == {"discomfort": {"score": 0.6}}


def test_a_name_with_bytes_that_are_no_text_is_kept_as_far_as_it_is(tmp_path):
    with Store(tmp_path) as store:
        session = store.open_session("Ad\udcffa")
        assert store.session(session).person == "Ad?a"


def test_a_review_can_be_written_anew_until_it_is_sent(tmp_path):
    with Store(tmp_path) as store:
        session = store.open_session()
        store.save_review(session, Review(None, None, None, ()), WATCHED)
        store.save_review(session, REVIEW, WATCHED)
        assert store.review(session).review == REVIEW
        store.send(session, [])
        with pytest.raises(StoreError, match="can't be changed any more"):
            store.save_review(session, Review(None, None, None, ()), WATCHED)
        assert store.review(session).review == REVIEW


def test_the_beginning_of_an_id_is_enough(tmp_path):
    with Store(tmp_path) as store:
        session = store.open_session()
        assert store.session(session[:-1]).id == session


def test_an_unknown_id_is_answered_with_the_newest(tmp_path):
    with Store(tmp_path) as store:
        with pytest.raises(StoreError, match="nor any other yet"):
            store.session("x")
        sessions = [store.open_session() for _ in range(7)]
        with pytest.raises(StoreError, match="There is no session 'x'") as error:
            store.session("x")
        assert sessions[6] in error.value.sentence
        assert sessions[0] not in error.value.sentence
        with pytest.raises(StoreError, match="There is no session ''"):
            store.session("")


def test_the_beginning_of_several_ids_is_not_enough(tmp_path):
    with Store(tmp_path) as store:
        both = [store.open_session() for _ in range(2)]
        with pytest.raises(StoreError, match="fits 2 sessions") as error:
            store.session("20")
        assert all(session in error.value.sentence for session in both)


def test_a_session_without_a_review_says_which_have_one(tmp_path):
    with Store(tmp_path) as store:
        bare, written = store.open_session(), store.open_session()
        with pytest.raises(StoreError, match="None has one yet"):
            store.review(bare)
        store.save_review(written, REVIEW, WATCHED)
        with pytest.raises(StoreError, match=f"ended without a review.*{written}"):
            store.review(bare)


def test_the_store_knows_nothing_of_sound_or_conversation():
    loaded = subprocess.run(
        [sys.executable, "-c", "import assistant.store, sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "assistant.store.store" in loaded
    rooms = ("assistant.audio", "assistant.dialogue", "assistant.asr", "assistant.tts", "soundfile", "numpy")
    assert [name for name in loaded if name.startswith(rooms)] == []
