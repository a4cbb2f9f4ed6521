"""Reviews on a NeoDB server, where people keep track of books and films and review them.

The paths and fields are those of NeoDB's API, from its source (https://github.com/neodb-social/neodb,
``journal/apis/review.py``, ``journal/apis/shelf.py``, ``catalog/apis.py``); every server documents them at
``/developer/``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

from pydantic import model_validator
from typing_extensions import Self

from assistant.config import Table
from assistant.delivery.outlet import (
    Delivery,
    Intent,
    LimitS,
    RetryLaterError,
    UndeliverableError,
    Variable,
    WebAddress,
    network_as_delivery,
)
from assistant.films.film import Film
from assistant.net import HttpReply, Secret, Server, is_this_machine

_VISIBILITY = {"public": 0, "followers": 1, "private": 2}
_ITEM = re.compile(r"[A-Za-z0-9]{21,22}")
"""An item's id: 128 bits in base 62."""

_IMDB = re.compile(r"tt\d{7,9}")
_FETCHING_S = 20.0
"""A server that is fetching a film asks us to wait 15 seconds or more."""

_MOST_CANDIDATES = 5
"""How many films of the same title are checked for the right year."""

_KEPT = ("visibility", "comment_text", "tags", "created_time")
"""The parts of a mark that stay when the film gets its stars."""

_FOUND_OR_NOT = frozenset({404})


class NeoDbSettings(Table):
    """A person's account on a NeoDB server."""

    server: WebAddress = "https://neodb.social"
    visibility: Literal["public", "followers", "private"]
    stars: bool = True
    replace: bool = False
    token_env: Variable = "ASSISTANT_NEODB_TOKEN"  # noqa: S105 - a variable's name
    limit_s: LimitS = 20.0

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if urlsplit(self.server).scheme != "https" and not is_this_machine(self.server):
            raise ValueError("the server has to begin with https://, or anyone on the way can read the token")
        return self


class NeoDb:
    """Writes a review and rates the film in the person's account.

    NeoDB keeps one review of a film for each person, so we first look at what's there: if it's this one, an earlier
    attempt wrote it; if it's another one, it stays, unless the settings say to replace it.

    Parameters
    ----------
    settings : NeoDbSettings
    """

    name = "neodb"

    def __init__(self, settings: NeoDbSettings) -> None:
        self._settings = settings
        self._host = urlsplit(settings.server).netloc
        self._secret = Secret(self.name, settings.token_env, f"the token of NeoDB ({self._host})")

    @network_as_delivery()
    def check(self) -> None:
        """Check that there is a token; see `RemoteOutlet.check`."""
        self._secret.find()

    @network_as_delivery()
    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Write a review; see `Outlet.deliver`."""
        film = item.review.film
        if film is None:
            raise UndeliverableError("NeoDB takes no review without a film; the Markdown file has it.")
        account = _Account(self._settings, self._host, self._secret.find(), item.review_id)
        if intent is None:
            intent = {"item": account.find(film)}
            record_intent(intent)
        target = f"/api/me/review/item/{intent['item']}"
        written = account.get(target)
        if written is None or not _same(written, item):
            if written is not None and not self._settings.replace:
                raise UndeliverableError(
                    f"There is another review of {film.title} of yours on {self._host}, and NeoDB keeps one a film. "
                    "Delete it there, or set replace = true in the settings, "
                    f"then “assistant reviews send {item.review_id}”."
                )
            text = item.review.text.strip()
            account.post(
                target,
                {
                    "title": film.title,
                    # Depending on its version, a server reads one or the other and ignores the rest.
                    "content": text,
                    "body": text,
                    "visibility": _VISIBILITY[self._settings.visibility],
                    "post_to_fediverse": False,
                },
            )
            written = account.get(target)
            if written is None:
                raise RetryLaterError(f"NeoDB ({self._host}) took the review and has lost it.")
        if self._settings.stars and item.review.rating is not None:
            self._give_stars(account, intent["item"], item.review.rating)
        return {"path": _address(self._settings.server, written)}

    def _give_stars(self, account: _Account, item: str, rating: float) -> None:
        target = f"/api/me/shelf/item/{item}"
        mark = account.get(target) or {}
        grade = round(rating * 2)
        if mark.get("rating_grade") == grade and mark.get("shelf_type") == "complete":
            return
        # Any part of a mark that we left out would be cleared.
        kept = {key: mark[key] for key in _KEPT if mark.get(key) is not None}
        account.post(
            target,
            {
                "visibility": _VISIBILITY[self._settings.visibility],
                **kept,
                "shelf_type": "complete",
                "rating_grade": grade,
                "post_to_fediverse": False,
            },
        )


class _Account:
    """A person's account on a server."""

    def __init__(self, settings: NeoDbSettings, host: str, token: str, review_id: str) -> None:
        self._settings = settings
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._called = f"NeoDB ({host})"
        self._server = Server(
            settings.server,
            self._called,
            settings.limit_s,
            "If that's because of the token, make a new one there and set it as docs/delivery.md says; "
            f"then “assistant reviews send {review_id}”.",
        )

    def get(self, target: str) -> dict[str, Any] | None:
        """Get an object; None if there is none."""
        reply = self._request("GET", target)
        return None if reply.status == 404 else self._object(reply)

    def post(self, target: str, value: Mapping[str, Any]) -> None:
        """Write an object."""
        body = json.dumps(value, ensure_ascii=False).encode()
        self._object(self._server.request("POST", target, headers=self._headers, body=body, follow=True))

    def find(self, film: Film) -> str:
        """The id of a film: by its IMDb id if that is known, else by title and year; never a guess."""
        if film.imdb_id is not None and _IMDB.fullmatch(film.imdb_id):
            reply = self._request(
                "GET", f"/api/catalog/fetch?url={quote(f'https://www.imdb.com/title/{film.imdb_id}/')}"
            )
            if reply.status == 202:
                raise RetryLaterError(f"{self._called} is getting to know {film.title}.", after_s=_FETCHING_S)
            if reply.status != 404:
                return self._id_in(self._object(reply))
        reply = self._request("GET", f"/api/catalog/search?{urlencode({'query': film.title, 'category': 'movie'})}")
        found = [] if reply.status == 404 else self._object(reply).get("data")
        named = [one for one in found if film.title.casefold() in _titles(one)] if isinstance(found, list) else []
        ids = [self._id_in(one) for one in named[:_MOST_CANDIDATES]]
        if film.year is not None:
            ids = [one for one in ids if (self.get(f"/api/movie/{one}") or {}).get("year") == film.year]
        if len(ids) == 1:
            return ids[0]
        known = "several films" if ids else "no film"
        raise UndeliverableError(f"{self._called} knows {known} called {film.described}.")

    def _request(self, method: Literal["GET", "POST"], target: str) -> HttpReply:
        return self._server.request(method, target, headers=self._headers, accepted=_FOUND_OR_NOT, follow=True)

    def _object(self, reply: HttpReply) -> dict[str, Any]:
        if isinstance(value := reply.json, dict):
            return value
        raise self._gibberish()

    def _gibberish(self) -> RetryLaterError:
        return RetryLaterError(f"{self._called} answered with something that can't be understood.")

    def _id_in(self, item: Any) -> str:  # noqa: ANN401 - whatever the server says
        found = item.get("uuid") if isinstance(item, dict) else None
        if isinstance(found, str) and _ITEM.fullmatch(found):
            return found
        raise self._gibberish()


def _titles(item: Any) -> set[str]:  # noqa: ANN401 - whatever the server says
    if not isinstance(item, dict):
        return set()
    localised = item.get("localized_title")
    texts = [one.get("text") for one in localised if isinstance(one, dict)] if isinstance(localised, list) else []
    texts += [item.get(key) for key in ("title", "display_title", "orig_title")]
    return {text.casefold() for text in texts if isinstance(text, str)}


def _same(written: Mapping[str, Any], item: Delivery) -> bool:
    """Whether a review found on the server is this one; the server may have changed the white space."""
    text = written.get("content") or written.get("body")
    return isinstance(text, str) and text.split() == item.review.text.split()


def _address(server: str, written: Mapping[str, Any]) -> str:
    base = server.rstrip("/")
    url = written.get("url")
    return f"{base}{url}" if isinstance(url, str) and url.startswith("/") else base
