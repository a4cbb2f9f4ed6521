"""What is left out of a review where the person said more than it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.review.arranging.aspects import is_romantic
from assistant.review.arranging.blocks import Block, parted, text_of, words_in, words_of
from assistant.review.arranging.draft import Draft
from assistant.review.arranging.things import things_in
from assistant.review.material import Romance

_LONGEST = 75
"""Words of the longest part that goes, or stays, as a whole."""
# So many things to see, and so many words to a question, are as good as any more.
_THINGS, _THICK = 12, 100


def trimmed(answers: Sequence[Block], most: int, romance: Romance | None, kept: Block = ()) -> list[Draft]:
    """The sentences without the parts that say least, as many as it takes for the words to be at most so many.

    A short answer goes as a whole, of a long one a part that was said without a long silence. The beginning stays, and
    so does `kept`.
    """
    parts = [part for answer in answers for part in parted(answer, _LONGEST)]
    sizes: Counter[int] = Counter()
    for answer in answers:
        sizes[answer[0].turn] += words_in(answer)
    spare = [part for part in parts[1:] if set(part).isdisjoint(kept)]
    while sum(map(words_in, parts)) > most and spare:
        sides = [side for part in parts for draft in part for side in draft.aspects]
        missed = [_weight(part, sides, romance) + min(sizes[part[0].turn] / _THICK, 1) for part in spare]
        least = max(place for place, weight in enumerate(missed) if weight == min(missed))
        parts.remove(spare.pop(least))
    return [draft for part in parts for draft in part]


def _weight(part: Block, sides: Sequence[str], romance: Romance | None) -> float:
    """How much would be missed: sides that few others speak of, feeling and meaning, what is concrete; not length."""
    own = {side for draft in part for side in draft.aspects}
    rare = sum(1 / sides.count(side) for side in own)
    personal = 1.0 if own & {"feeling", "meaning"} else 0.0
    love = romance == "romantic" and is_romantic(text_of(part))
    return rare + personal + love + min(len(things_in(words_of(part))) / _THINGS, 1) - (part[0].question != "about")
