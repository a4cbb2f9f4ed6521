"""Reviews at NeoDB: of the right film, once, and without harm to what is there."""

import pytest

from assistant.delivery.neodb import NeoDb, NeoDbSettings
from assistant.delivery.outlet import RetryLaterError, UndeliverableError
from assistant.errors import DeliveryError
from assistant.films.film import Film
from tests.support.outbox import item
from tools.simulation.http_servers import DROP, HANG, TOKEN, Answer, NeoDbServer, Receiver, item_id, serving


@pytest.fixture(autouse=True)
def token(monkeypatch):
    monkeypatch.setenv("ASSISTANT_NEODB_TOKEN", TOKEN)


@pytest.fixture
def server():
    with serving(NeoDbServer()) as receiver:
        yield receiver


def write(server, what=None, intent=None, notes=None, **settings):
    notes = [] if notes is None else notes
    outlet = NeoDb(NeoDbSettings(**{"server": server.url, "visibility": "followers", "limit_s": 5.0, **settings}))
    return outlet.deliver(what or item(), intent, notes.append)


def test_a_review_is_written_and_the_film_has_its_stars(server):
    uuid = server.add("Her", 2013, "tt1798709")
    assert write(server) == {"path": f"{server.url}/review/{uuid}"}
    review = server.reviews[uuid]
    assert (review["title"], review["visibility"], review["post_to_fediverse"]) == ("Her", 1, False)
    assert review["body"] == review["content"] == "It stayed with me."
    mark = server.marks[uuid]
    assert (mark["shelf_type"], mark["rating_grade"], mark["visibility"]) == ("complete", 9, 1)


def test_a_newer_server_that_leads_on_to_the_film_is_followed(server):
    uuid = server.add("Her", 2013, "tt1798709")
    server.newer = True
    write(server)
    assert list(server.reviews) == [uuid]


def test_stars_are_left_out_where_there_are_none_or_they_are_not_wanted(server):
    server.add("Her", 2013, "tt1798709")
    write(server, item(rating=None))
    assert server.marks == {}
    server.reviews.clear()
    write(server, stars=False)
    assert server.marks == {}


def test_what_a_mark_had_stays_when_the_film_gets_its_stars(server):
    uuid = server.add("Her", 2013, "tt1798709")
    server.marks[uuid] = {
        "shelf_type": "progress",
        "rating_grade": None,
        "visibility": 0,
        "comment_text": "half way",
        "tags": ["siri"],
        "created_time": "2026-11-01T10:00:00Z",
    }
    write(server)
    mark = server.marks[uuid]
    assert (mark["shelf_type"], mark["rating_grade"], mark["visibility"]) == ("complete", 9, 0)
    assert (mark["comment_text"], mark["tags"], mark["created_time"]) == ("half way", ["siri"], "2026-11-01T10:00:00Z")


def test_without_an_imdb_id_the_film_is_found_by_title_and_year(server):
    server.add("Herself", 2013)
    server.add("Her", 1999)
    right = server.add("her", 2013)
    write(server, item(film=Film("Her", 2013)))
    assert list(server.reviews) == [right]


def test_a_film_is_found_by_its_title_in_another_language(server):
    uuid = server.add("千と千尋の神隠し Spirited Away", 2001)
    server.films[uuid]["localized_title"] = [{"lang": "en", "text": "Spirited Away"}]
    write(server, item(film=Film("Spirited Away", 2001)))
    assert list(server.reviews) == [uuid]


def test_a_film_of_whose_imdb_id_the_server_knows_nothing_is_looked_for_by_title(server):
    uuid = server.add("Her", 2013)
    write(server)
    assert list(server.reviews) == [uuid]


@pytest.mark.parametrize(
    ("film", "told"),
    [
        (Film("Her"), "several films called Her."),
        (Film("Her", 1950), r"no film called Her \(1950\)."),
        (Film("Him", 2013), r"no film called Him \(2013\)."),
    ],
)
def test_a_film_is_never_guessed(server, film, told):
    server.add("Her", 2013)
    server.add("Her", 1999)
    with pytest.raises(UndeliverableError, match=told):
        write(server, item(film=film))
    assert server.reviews == {}


def test_a_server_that_is_getting_to_know_a_film_is_asked_again(server):
    uuid = server.add("Her", 2013, "tt1798709")
    server.fetching = 1
    with pytest.raises(RetryLaterError) as error:
        write(server)
    assert error.value.after_s >= 15
    write(server)
    assert list(server.reviews) == [uuid]


def test_a_review_that_was_written_before_the_crash_is_not_written_again(server):
    uuid = server.add("Her", 2013, "tt1798709")
    notes = []
    write(server, notes=notes)
    assert notes == [{"item": uuid}]
    # A server may store white space in its own way.
    server.reviews[uuid]["body"] = server.reviews[uuid]["content"] = "It stayed\r\nwith me. "
    assert write(server, intent=notes[-1], notes=notes) == {"path": f"{server.url}/review/{uuid}"}
    assert server.review_posts == [uuid]
    assert len(notes) == 1


def test_a_review_that_was_only_announced_before_the_crash_is_written(server):
    uuid = server.add("Her", 2013, "tt1798709")
    write(server, intent={"item": uuid})
    assert server.review_posts == [uuid]


def test_stars_that_were_cut_off_are_given_after_the_crash(server):
    uuid = server.add("Her", 2013, "tt1798709")
    write(server)
    server.marks.clear()
    write(server, intent={"item": uuid})
    assert server.marks[uuid]["rating_grade"] == 9
    assert server.review_posts == [uuid]


def test_another_review_of_theirs_stays_unless_it_is_to_be_replaced(server):
    uuid = server.add("Her", 2013, "tt1798709")
    server.reviews[uuid] = {"title": "Her", "body": "I wrote this years ago.", "visibility": 0, "url": "/review/old"}
    with pytest.raises(UndeliverableError, match="replace = true"):
        write(server)
    assert server.reviews[uuid]["body"] == "I wrote this years ago."
    assert server.marks == {}
    write(server, replace=True)
    assert server.reviews[uuid]["body"] == "It stayed with me."


def test_a_film_that_was_merged_into_another_is_followed(server):
    old, new = server.add("Her", 2013, "tt1798709"), server.add("Her (2013)", 2013)
    server.merged[old] = new
    write(server)
    assert list(server.reviews) == list(server.marks) == [new]


def test_a_review_is_not_posted_to_where_only_reading_is_meant(server):
    uuid = server.add("Her", 2013, "tt1798709")
    server.plan = [200, 200, Answer(302, b"", {"Location": "/account/login"})]
    with pytest.raises(RetryLaterError, match="answered 302"):
        write(server)
    assert [request.method for request in server.requests] == ["GET", "GET", "POST"]
    assert uuid not in server.reviews


def test_the_token_is_not_handed_on_to_another_server(server):
    with serving(Receiver()) as other:
        away = Answer(302, b"", {"Location": f"{other.url}/api/catalog/fetch"})
        server.plan = [away]
        with pytest.raises(RetryLaterError, match="another server"):
            write(server)
        assert other.requests == []
        server.plan = [Answer(302, b"", {"Location": "http://[half"})]
        with pytest.raises(RetryLaterError, match="can't be understood"):
            write(server)
        server.plan = [Answer(302, b"", {"Location": "/api/catalog/fetch?url=x"})] * 9
        with pytest.raises(RetryLaterError, match="in circles"):
            write(server)


@pytest.mark.parametrize("trouble", [DROP, 500, 429, HANG, Answer(200, b"<html>Welcome to our network</html>")])
@pytest.mark.parametrize("at", range(7))
def test_trouble_at_any_step_passes_and_the_review_is_written_once(server, trouble, at):
    uuid = server.add("Her", 2013, "tt1798709")
    server.plan = [200] * at + [trouble]
    notes = []
    try:
        write(server, notes=notes, limit_s=0.4 if trouble == HANG else 5.0)
    except RetryLaterError:
        write(server, intent=notes[-1] if notes else None)
    assert server.reviews[uuid]["body"] == "It stayed with me."
    assert server.marks[uuid]["rating_grade"] == 9
    assert server.review_posts == [uuid]


def test_a_token_that_is_not_accepted_is_told_without_being_told(server, monkeypatch):
    monkeypatch.setenv("ASSISTANT_NEODB_TOKEN", "an-old-one")
    with pytest.raises(UndeliverableError, match=r"answered 401.*make a new one") as error:
        write(server)
    assert "an-old-one" not in repr(error.value)


@pytest.mark.parametrize("broken", ["with\nnew line", "schlüssel"])
def test_a_token_that_no_header_can_hold_is_told(server, monkeypatch, broken):
    monkeypatch.setenv("ASSISTANT_NEODB_TOKEN", broken)
    with pytest.raises(DeliveryError, match="characters that it can't have") as error:
        write(server)
    assert broken not in repr(error.value)


def test_neodb_takes_no_review_without_a_film(server):
    with pytest.raises(UndeliverableError, match="without a film"):
        write(server, item(film=None))
    assert server.requests == []


def test_an_item_whose_id_is_none_is_not_put_into_an_address(server):
    server.add("Her", 2013, "tt1798709")
    server.films[item_id(1)]["uuid"] = "../../somewhere"
    with pytest.raises(RetryLaterError, match="can't be understood"):
        write(server)
    assert len(server.requests) == 1
