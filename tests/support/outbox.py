"""Reviews that are sent, and what the outbox has of them."""

import base64
from datetime import date

from assistant.delivery import destinations
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


def write(store, text="It stayed with me."):
    session = store.open_session("Ada")
    review = Review(Film("Her", 2013, "tt1798709"), 4.5, "both", (Sentence(text, (Passage(1, 0.0, 1.0),)),))
    store.save_review(session, review, date(2026, 11, 22))
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
