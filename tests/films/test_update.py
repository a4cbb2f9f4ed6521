"""Newer films, fetched on request from a server that answers as Wikidata's does."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli.films import films
from assistant.errors import AssistantError
from assistant.films.catalogue import FilmCatalogue
from assistant.films.decision import Found, decide
from assistant.films.film import Film
from assistant.films.library import FilmLibrary
from tools.simulation.http_servers import DROP, HANG, Answer, Receiver, SparqlServer, serving
from tools.simulation.pace import wait_until
from tools.simulation.program import started


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    with serving(SparqlServer()) as receiver:
        receiver.add(
            "2025-03-01", "Nine Herons", 30, imdb="tt9000001", directors="Ada Quill", players="Bo Reed|Cy Dunn"
        )
        receiver.add("2025-12-31", "Ten Storks", 8)
        yield receiver


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(films, [str(argument) for argument in arguments])


def update(server: Receiver, data: Path, *arguments: str) -> Result:
    return run("update", "--from", f"{server.url}/sparql", "--data", data, *arguments)


def test_newer_films_are_fetched_and_then_found(server: SparqlServer, tmp_path: Path):
    done = update(server, tmp_path, "--since", "2025")
    assert "Films since 2025: 2, 2 of them new" in done.stdout
    assert "Films of 2025" in done.stderr
    decision = decide(FilmCatalogue(own=FilmLibrary(tmp_path).entries()), "nine herons")
    assert isinstance(decision, Found)
    assert decision.sure
    assert decision.match.entry.film == Film("Nine Herons", 2025, "tt9000001")
    assert decision.match.entry.players == ("Bo Reed", "Cy Dunn")
    assert not decision.match.entry.own
    listed = run("list", "--since", "2025", "--data", tmp_path)
    assert listed.stdout == "Nine Herons (2025; Ada Quill; tt9000001)\nTen Storks (2025)\n"


def test_every_day_of_the_years_is_asked_for_once(server: SparqlServer, tmp_path: Path):
    server.add("2024-01-01", "Eleven Owls")
    server.add("2024-04-01", "Twelve Wrens")
    assert "Films since 2024: 4, 4 of them new" in update(server, tmp_path, "--since", "2024").stdout
    assert "Films since 2024: 4, 0 of them new" in update(server, tmp_path, "--since", "2024").stdout


def test_a_known_film_gets_what_it_lacks_and_is_there_once(server: SparqlServer, tmp_path: Path):
    server.add("2023-07-21", "Barbie", 90, imdb="tt1517268")
    update(server, tmp_path)
    catalogue = FilmCatalogue(own=FilmLibrary(tmp_path).entries())
    assert len(catalogue) == len(FilmCatalogue()) + 2
    entry = catalogue.find("barbie")[0].entry
    assert entry.film == Film("Barbie", 2023, "tt1517268")
    assert entry.directors == ("Greta Gerwig",)


def test_an_update_replaces_the_films_of_its_years_and_no_others(server: SparqlServer, tmp_path: Path):
    server.add("2024-05-01", "Eleven Owls")
    update(server, tmp_path, "--since", "2024")
    server.films = [("2025-05-01", {"title": "Thirteen Larks", "year": "2025", "articles": "9"})]
    update(server, tmp_path, "--since", "2025")
    assert [entry.film.title for entry in FilmLibrary(tmp_path).newer()] == ["Eleven Owls", "Thirteen Larks"]


@pytest.mark.parametrize(
    "trouble",
    [503, 403, DROP, Answer(body=b"<html>"), Answer(body=b'{"results": []}'), Answer(body=b" " * 2_100_000),
     Answer(body=b'{"results": {"bindings": [{"title": {"value": "X"}}]}}')],
    ids=["busy", "refused", "cut", "a page", "another form", "too long", "half a film"],
)  # fmt: skip
def test_whatever_goes_wrong_is_said_in_a_sentence_and_changes_nothing(
    server: SparqlServer, tmp_path: Path, trouble: Answer | str | int
):
    update(server, tmp_path, "--since", "2025")
    before = FilmLibrary(tmp_path).newer()
    # The first quarter is answered, the second isn't.
    server.plan = [200, trouble]
    failed = update(server, tmp_path, "--since", "2025")
    assert failed.exit_code != 0
    assert isinstance(failed.exception, AssistantError)
    assert failed.exception.exit_code == 3
    assert failed.exception.sentence.startswith(f"The film service at 127.0.0.1:{server.port} ")
    assert "ry again later" in failed.exception.sentence
    assert FilmLibrary(tmp_path).newer() == before


@pytest.mark.parametrize("address", ["http://[::1", "ftp://example.org", "example.org", "http://ada:pw@example.org/"])
def test_what_is_no_address_of_a_service_is_wrong_usage(tmp_path: Path, address: str):
    done = run("update", "--from", address, "--data", tmp_path)
    assert done.exit_code == 2
    assert "--from" in done.stderr
    assert "pw" not in done.stderr


def test_an_update_that_is_interrupted_says_that_it_stopped_and_no_more(tmp_path: Path):
    with (
        serving(Receiver(HANG)) as hanging,
        started("films", "update", "--from", hanging.url, "--data", tmp_path) as process,
    ):
        wait_until(lambda: hanging.requests)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert process.returncode == 130
    assert told.splitlines()[-1] == "Stopped."
    assert "kept" not in told


def test_nothing_but_the_update_asks_a_server(server: SparqlServer, tmp_path: Path):
    run("find", "nine herons", "--data", tmp_path)
    run("list", "--since", "2030", "--data", tmp_path)
    assert server.requests == []


def test_where_no_film_is_so_new_that_is_said(tmp_path: Path):
    listed = run("list", "--since", "2150", "--data", tmp_path)
    assert listed.stdout == ""
    assert "films update" in listed.stderr
