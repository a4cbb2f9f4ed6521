"""What is left out of a review where the person said more than it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.films.aspects import is_romantic
from assistant.review.blocks import Block, block_words, parted, text_of, words_in
from assistant.review.concreteness import concrete_nouns_in
from assistant.review.draft import Draft
from assistant.review.request import Romance

_LONGEST = 75
"""Words of the longest part that goes, or stays, as a whole."""
# So many things to see, and so many words to a question, are as good as any more.
_THINGS, _THICK = 12, 100
_MOST_SIDES = 1.5
"""A part that names a bit of everything isn't missed more than one that dwells on something."""


def trim(answers: Sequence[Block], most: int, romance: Romance | None, kept: Block = ()) -> list[Draft]:
    """The sentences that say most and are at most so many words.

    A short answer goes or stays as a whole, of a long one parts that were said without a long silence. The beginning
    stays, and so does `kept`.
    """
    parts = [part for answer in answers for part in parted(answer, _LONGEST)]
    thickness: Counter[int] = Counter()
    for answer in answers:
        thickness[answer[0].turn] += words_in(answer)
    sides = [side for part in parts for draft in part for side in draft.aspects]
    fixed = [not at or not set(part).isdisjoint(kept) for at, part in enumerate(parts)]
    room = most - sum(words_in(part) for part, stays in zip(parts, fixed, strict=True) if stays)
    # By the words that they take up, the choices that say most (the knapsack problem).
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for at, part in enumerate(parts):
        if fixed[at]:
            continue
        weight = _weight(part, sides, romance) + min(thickness[part[0].turn] / _THICK, 1)
        for size, (said, chosen) in list(best.items()):
            longer = size + words_in(part)
            if longer <= room and said + weight > best.get(longer, (-1.0, ()))[0]:
                best[longer] = said + weight, (*chosen, at)
    _, chosen = max(best.values())
    return [draft for at, part in enumerate(parts) if fixed[at] or at in chosen for draft in part]


def _weight(part: Block, sides: Sequence[str], romance: Romance | None) -> float:
    """How much would be missed: sides that few others speak of, feeling, what is concrete; not length.

    What the film means to somebody would be missed most: nobody else could have said that.
    """
    own = {side for draft in part for side in draft.aspects}
    rare = min(sum(1 / sides.count(side) for side in own), _MOST_SIDES)
    personal = 2.0 if "meaning" in own else 1.0 if "feeling" in own else 0.0
    love = romance == "romantic" and is_romantic(text_of(part))
    return (
        rare
        + personal
        + love
        + min(len(concrete_nouns_in(block_words(part))) / _THINGS, 1)
        - (part[0].question != "about")
    )
