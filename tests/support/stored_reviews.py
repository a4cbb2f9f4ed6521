"""Reviews in a store."""

from datetime import date

from assistant.delivery import destinations
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence
from assistant.store import Turn


def sent(store, out, text="The ending is quiet."):
    session = store.open_session("Grace")
    store.add_turn(session, Turn(0, "person", text.lower(), "about", {"words": []}))
    store.set_profile(session, {"voice": "both"})
    store.set_film(session, Film("Arrival", 2016, "tt2543164"))
    review = Review(Film("Arrival", 2016, "tt2543164"), 4.0, "both", (Sentence(text, (Passage(0, 0.0, 1.0),)),))
    store.save_review(session, review, date(2026, 11, 20))
    store.send(session, destinations(out))
    return session
