"""Real HTTP servers on this machine to send reviews to, which can misbehave on demand."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

DROP = "drop"
"""Take the request and cut the connection without an answer."""
HANG = "hang"
"""Take the request and never answer, until the server is closed."""
DRIP = "drip"
"""Answer, one byte at a time, until the server is closed."""


@dataclass
class Request:
    """A request to a server."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body, parsed."""
        value: dict[str, Any] = json.loads(self.body)
        return value


@dataclass
class Answer:
    """A server's answer."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)


class Receiver:
    """Keeps every request that it gets, and handles each as `plan` says next; after the plan, as `usual` says."""

    def __init__(self, *plan: Answer | str | int, usual: Answer | str | int = 200) -> None:
        self.requests: list[Request] = []
        self.plan = list(plan)
        self.usual = usual
        self.closing = threading.Event()
        self.lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                request = Request(self.command, self.path, dict(self.headers.items()), body)
                with receiver.lock:
                    receiver.requests.append(request)
                    what = receiver.plan.pop(0) if receiver.plan else receiver.usual
                    if isinstance(what, int):
                        what = receiver.answer(request, Answer(what))
                self._do(what)

            def _do(self, what: Answer | str) -> None:
                if what == HANG:
                    receiver.closing.wait()
                if isinstance(what, str) and what != DRIP:
                    self.close_connection = True
                    return
                answer = what if isinstance(what, Answer) else Answer(body=b" " * 100_000)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if what == DRIP:
                    while not receiver.closing.wait(0.05):
                        self.wfile.write(b" ")
                        self.wfile.flush()
                else:
                    self.wfile.write(answer.body)

            do_GET = _serve  # noqa: N815 - http.server asks for it by this name
            do_POST = _serve  # noqa: N815

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False
            request_queue_size = 64

            def handle_error(self, request: object, address: object) -> None:
                pass  # The client was killed, which is the point here.

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def answer(self, request: Request, planned: Answer) -> Answer:
        """How to answer a request without misbehaving."""
        return planned

    def close(self) -> None:
        """Stop, and release clients that are kept waiting."""
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def serving(receiver: Receiver) -> Iterator[Receiver]:
    """Serve until the block ends."""
    threading.Thread(target=receiver.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield receiver
    finally:
        receiver.close()


TOKEN = "a-token-that-nobody-may-see"


def item_id(number: int) -> str:
    """The ID of the film with that number."""
    return f"{number:022d}"


class NeoDbServer(Receiver):
    """A NeoDB server that behaves like NeoDB's source: see `assistant.delivery.neodb`."""

    def __init__(self, *plan: Answer | str | int) -> None:
        super().__init__(*plan)
        self.films: dict[str, dict[str, Any]] = {}
        self.reviews: dict[str, dict[str, Any]] = {}
        self.marks: dict[str, dict[str, Any]] = {}
        self.merged: dict[str, str] = {}
        self.review_posts: list[str] = []
        self.fetching = 0
        self.newer = False

    def add(self, title: str, year: int, imdb: str | None = None, **more: object) -> str:
        """Add a film, and return its ID."""
        uuid = item_id(len(self.films) + 1)
        self.films[uuid] = {"uuid": uuid, "title": title, "display_title": title, "year": year, "imdb": imdb, **more}
        return uuid

    def answer(self, request: Request, planned: Answer) -> Answer:
        """Answer as NeoDB would, unless something else is planned."""
        if planned.status != 200:
            return planned
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Answer(401, b'{"detail": "Unauthorized"}')
        parts = urlsplit(request.path)
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if parts.path == "/api/catalog/fetch":
            return self._fetch(asked["url"])
        if parts.path == "/api/catalog/search":
            assert asked["category"] == "movie"
            # A search also finds similar titles, and doesn't report years.
            found = [film for film in self.films.values() if asked["query"].casefold() in film["title"].casefold()]
            plain = [{key: value for key, value in film.items() if key not in {"year", "imdb"}} for film in found]
            return _json({"data": plain, "pages": 1, "count": len(plain)})
        if movie := re.fullmatch(r"/api/movie/(\w+)", parts.path):
            film = self.films.get(movie[1])
            return _json(film) if film else _json({"message": "Item not found"}, 404)
        if mine := re.fullmatch(r"/api/me/(review|shelf)/item/(\w+)", parts.path):
            return self._mine(request, mine[1], mine[2])
        return _json({"message": "Not found"}, 404)

    def _fetch(self, url: str) -> Answer:
        if self.fetching:
            self.fetching -= 1
            return _json({"message": "Fetch in progress"}, 202)
        found = [film for film in self.films.values() if film["imdb"] and f"/{film['imdb']}/" in url]
        if found and self.newer:
            return Answer(302, b"{}", {"Location": f"/api/movie/{found[0]['uuid']}"})
        return _json(found[0]) if found else _json({"message": "URL not supported"}, 404)

    def _mine(self, request: Request, kind: str, uuid: str) -> Answer:
        if uuid in self.merged:
            place = f"/api/me/{kind}/item/{self.merged[uuid]}"
            return Answer(307 if request.method == "POST" else 302, b"{}", {"Location": place})
        if uuid not in self.films:
            return _json({"message": "Item not found"}, 404)
        kept = self.reviews if kind == "review" else self.marks
        if request.method == "GET":
            return _json(kept[uuid]) if uuid in kept else _json({"message": "Not found"}, 404)
        given = request.json
        if kind == "review":
            assert {"title", "body", "visibility"} <= given.keys()
            self.review_posts.append(uuid)
            given = {"url": f"/review/{uuid}", **given}
        else:
            assert {"shelf_type", "visibility"} <= given.keys()
            given = {"comment_text": "", "tags": [], "rating_grade": 0, **given}
        kept[uuid] = given
        return _json({"message": "OK"})


class SparqlServer(Receiver):
    """A SPARQL service that answers as Wikidata's does: the films whose dates are within those of the query."""

    def __init__(self, *plan: Answer | str | int) -> None:
        super().__init__(*plan)
        self.films: list[tuple[str, dict[str, str]]] = []

    def add(self, day: str, title: str, articles: int = 20, **more: str) -> None:
        """Add a film that came out on a day ("2025-03-01")."""
        self.films.append((day, {"title": title, "year": day[:4], "articles": str(articles), **more}))

    def answer(self, request: Request, planned: Answer) -> Answer:
        """Answer in the form of SPARQL's query results, unless something else is planned."""
        if planned.status != 200:
            return planned
        asked = parse_qs(request.body.decode())
        assert asked["format"] == ["json"]
        start, stop = re.findall(r'"(\d{4}-\d\d-\d\d)T00:00:00Z"', asked["query"][0])
        found = [row for day, row in self.films if start <= day < stop]
        bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in found]
        return _json({"head": {"vars": ["title", "year"]}, "results": {"bindings": bindings}})


def _json(value: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json"})
