"""From what was said to a review in the person's own words, every sentence of which knows where it comes from."""

from assistant.review.compose import compose
from assistant.review.grounding import is_grounded
from assistant.review.people import people_named
from assistant.review.redraft import check_draft
from assistant.review.request import ReviewRequest, Romance, Voice
from assistant.review.review import Passage, Review, Sentence

__all__ = [
    "Passage",
    "Review",
    "ReviewRequest",
    "Romance",
    "Sentence",
    "Voice",
    "check_draft",
    "compose",
    "is_grounded",
    "people_named",
]
