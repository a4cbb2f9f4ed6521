"""Reviews that are delivered, and what the store and the outbox have of them."""

import base64
from datetime import date

import pytest

from assistant.delivery import Delivery, destinations
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence
from assistant.store import Turn

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


HER = Film("Her", 2013, "tt1798709")
ARRIVAL = Film("Arrival", 2016, "tt2543164")
WATCHED = date(2026, 11, 22)


def review(text="It stayed with me.", film=HER, rating=4.5):
    return Review(film, rating, "both", (Sentence(text, (Passage(1, 0.0, 1.0),)),))


def item(*what, review_id="2026-11-22T10-15-00-3f2a", **more):
    """A review of that text, film and rating, as an outlet gets it."""
    return Delivery(review(*what, **more), WATCHED, review_id)


class CutOffError(Exception):
    """Stands for a power cut."""


def announced(deliver):
    """The intent of a delivery that is cut off as soon as it is noted; `deliver` is called with what takes it."""
    notes = []

    def note_and_die(intent):
        notes.append(intent)
        raise CutOffError

    with pytest.raises(CutOffError):
        deliver(note_and_die)
    return notes[0]


def write(store, *what, **more):
    """Put a review of that text, film and rating into the store."""
    session = store.open_session("Ada")
    store.save_review(session, review(*what, **more), WATCHED)
    return session


def whole_session(store, out, text="The ending is quiet."):
    """A session with everything that one has, and its review sent."""
    session = store.open_session("Grace")
    store.add_turn(session, Turn(1, "person", text.lower(), "about", {"words": []}))
    store.set_profile(session, {"voice": "both"})
    store.set_film(session, ARRIVAL)
    store.save_review(session, review(text, ARRIVAL, 4.0), date(2026, 11, 20))
    store.send(session, destinations(out))
    return session


def settings(folder, text):
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def send(store, folder, text, only=None):
    """Send a review to what is set up; to one outlet of that, where it's named."""
    session = write(store)
    where = destinations(folder / "out", settings(folder, text))
    store.send(session, [one for one in where if only in {None, one.outlet}])
    return session


def webhook(receiver, limit_s=5.0):
    return f"[outlets.webhook]\nurl = '{receiver.url}/p4ssw0rd'\nlimit_s = {limit_s}\n"


def entry(store, session, outlet="webhook"):
    return next(one for one in store.entries(session) if one.destination.outlet == outlet)
