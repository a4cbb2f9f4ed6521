"""What one can do with reviews that were written."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import reviews
from assistant.cli.reviews import reviews as commands
from assistant.delivery import destinations
from assistant.errors import DeliveryError, StoreError
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence
from assistant.store import Store, Turn

HER = Film("Her", 2013, "tt1798709")
REVIEW = Review(HER, 4.5, "both", (Sentence("It stayed with me.", (Passage(1, 3.2, 6.0),)),))


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


def written(store):
    session = store.open_session("Ada")
    store.add_turn(session, Turn(0, "assistant", "What did it do to you?", "about"))
    store.add_turn(session, Turn(1, "person", "it stayed with me", "about", {"duration_s": 6.1}, agreed=True))
    store.set_profile(session, {"voice": "both"})
    store.set_film(session, HER)
    store.set_rating(session, 4.5)
    store.save_review(session, REVIEW, date(2026, 11, 22))
    return session


def test_the_list_has_the_newest_first_and_says_how_delivery_stands(store, tmp_path):
    (tmp_path / "blocked").write_text("")
    unsent, delivered, waiting = written(store), written(store), written(store)
    reviews.send(store, delivered, tmp_path / "out")
    reviews.send(store, waiting, tmp_path / "blocked")
    assert [(listed.id, listed.delivery_state) for listed in reviews.listing(store)] == [
        (waiting, "waiting: markdown, letterboxd_csv"),
        (delivered, "delivered: markdown, letterboxd_csv"),
        (unsent, "not sent"),
    ]


def test_a_session_is_shown_in_the_form_of_replay(store, tmp_path):
    session = written(store)
    reviews.send(store, session, tmp_path / "out")
    assert reviews.document(store, session[:-1]) == {
        "session": session,
        "status": "sent",
        "profile": {"voice": "both"},
        "film": {"title": "Her", "year": 2013, "imdb_id": "tt1798709", "rating": 4.5},
        "turns": [
            {"speaker": "assistant", "text": "What did it do to you?", "question": "about"},
            {
                "speaker": "person",
                "text": "it stayed with me",
                "question": "about",
                "analysis": {"duration_s": 6.1},
                "agreed": True,
            },
        ],
        "review": {
            "text": "It stayed with me.",
            "sentences": [
                {
                    "text": "It stayed with me.",
                    "opens_paragraph": False,
                    "from": [{"turn": 1, "start_s": 3.2, "end_s": 6.0}],
                }
            ],
        },
        "delivered": [
            {"outlet": "markdown", "path": str(tmp_path / "out" / "reviews" / "2026-11-22-her.md")},
            {"outlet": "letterboxd_csv", "path": str(tmp_path / "out" / "letterboxd.csv")},
        ],
    }


def test_a_session_that_came_to_nothing_is_shown_with_nulls(store):
    session = store.open_session()
    store.end_session(session, "abandoned")
    assert reviews.document(store, session) == {
        "session": session,
        "status": "abandoned",
        "profile": None,
        "film": None,
        "turns": [],
        "review": None,
        "delivered": [],
    }


def test_a_rating_without_a_film_is_shown(store):
    session = store.open_session()
    store.set_rating(session, 3.0)
    assert reviews.document(store, session)["film"] == {"title": None, "year": None, "imdb_id": None, "rating": 3.0}


def test_an_unsent_review_can_be_sent_later(store, tmp_path):
    session = written(store)
    store.end_session(session, "unsent")
    assert {entry.state for entry in reviews.send(store, session[:-2], tmp_path / "out")} == {"delivered"}
    assert store.session(session).status == "sent"


def test_a_waiting_review_is_sent_to_where_it_was_meant_to_go(store, tmp_path):
    out = tmp_path / "out"
    out.write_text("in the way")
    session = written(store)
    store.send(session, destinations(out))
    assert {entry.state for entry in reviews.send(store, session)} == {"waiting"}
    out.unlink()
    assert {entry.state for entry in reviews.send(store, session)} == {"delivered"}
    assert (out / "letterboxd.csv").exists()


def test_an_export_counts_as_no_delivery(store, tmp_path):
    session = written(store)
    path = Path(reviews.export(store, session, tmp_path / "export"))
    assert path == tmp_path / "export" / "reviews" / "2026-11-22-her.md"
    assert path.exists()
    assert Path(reviews.export(store, session, tmp_path / "export", "letterboxd_csv")).exists()
    assert store.entries(session) == []


def test_exporting_a_review_twice_leaves_it_once(store, tmp_path):
    first, second = written(store), written(store)
    for outlet in ("letterboxd_csv", "markdown"):
        paths = {reviews.export(store, first, tmp_path / "export", outlet) for _ in range(3)}
        assert len(paths) == 1
    content = (tmp_path / "export" / "letterboxd.csv").read_text(encoding="utf-8")
    assert content.count("It stayed with me.") == 1
    store.save_review(second, replace(REVIEW, rating=1.0), date(2026, 11, 22))
    reviews.export(store, second, tmp_path / "export", "letterboxd_csv")
    content = (tmp_path / "export" / "letterboxd.csv").read_text(encoding="utf-8")
    assert content.count("It stayed with me.") == 2


def test_a_folder_whose_name_is_no_text_is_refused(store, tmp_path):
    session = written(store)
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    for attempt in (lambda: reviews.send(store, session, folder), lambda: reviews.export(store, session, folder)):
        with pytest.raises(DeliveryError, match="isn't UTF-8 text"):
            attempt()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["data"]
    assert store.entries(session) == []


def test_the_home_of_nobody_is_a_folder_like_another(store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    session = written(store)
    assert {entry.state for entry in reviews.send(store, session, Path("~no-such-person"))} == {"delivered"}
    assert (tmp_path / "~no-such-person" / "letterboxd.csv").exists()


def test_sessions_without_a_review_are_listed_when_asked_for(store, tmp_path):
    reviewed = written(store)
    left = store.open_session("Grace")
    store.end_session(left, "abandoned")
    assert [(listed.id, listed.has_review) for listed in reviews.listing(store)] == [(reviewed, True)]
    everything = reviews.listing(store, everything=True)
    assert [(listed.id, listed.has_review) for listed in everything] == [(left, False), (reviewed, True)]
    data = ["--data", str(tmp_path / "data")]
    assert f"{left}  without a review\n" in CliRunner().invoke(commands, ["list", "--all", *data]).stdout
    assert CliRunner().invoke(commands, ["delete", left, "--yes", *data]).exit_code == 0
    assert left not in CliRunner().invoke(commands, ["list", "--all", *data]).stdout
    reviews.delete(store, reviewed)
    store.end_session(store.open_session(), "abandoned")
    told = CliRunner().invoke(commands, ["list", *data]).stdout
    assert "no reviews yet" in told
    assert "Sessions without one: 1. “assistant reviews list --all” shows them." in told


def test_an_export_that_can_not_be_written_says_why(store, tmp_path):
    session = written(store)
    with pytest.raises(DeliveryError, match="There are: markdown, letterboxd_csv"):
        reviews.export(store, session, tmp_path, "pigeon")
    (tmp_path / "file").write_text("")
    with pytest.raises(DeliveryError, match="there is a file where a folder should be"):
        reviews.export(store, session, tmp_path / "file")


def test_a_review_is_deleted_and_its_delivered_files_stay(store, tmp_path):
    session = written(store)
    entry = reviews.send(store, session, tmp_path / "out")[0]
    assert reviews.delete(store, session[:-1]) == session
    assert store.sessions() == []
    assert Path(entry.result["path"]).exists()
    with pytest.raises(StoreError):
        reviews.delete(store, session)
