"""From speech to a review in the person's own words, each sentence of which knows its sources."""

from assistant.review.compose import compose, is_enough
from assistant.review.grounding import is_grounded
from assistant.review.names import people_named
from assistant.review.redraft import check_draft
from assistant.review.review import Passage, Review, ReviewRequest, Romance, Sentence, Voice

__all__ = [
    "Passage",
    "Review",
    "ReviewRequest",
    "Romance",
    "Sentence",
    "Voice",
    "check_draft",
    "compose",
    "is_enough",
    "is_grounded",
    "people_named",
]
