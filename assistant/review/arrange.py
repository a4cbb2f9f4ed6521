"""The order in which a review says things; it depends on the voice that the person chose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.review.aspects import ASPECTS, is_romantic, judges_film
from assistant.review.draft import Draft
from assistant.review.material import Brief, Romance
from assistant.review.words import content_of

FUNNY_WORDS = (10, 60)
"""Fewest and most words of a funny review, where there are as many."""

_OPENING_LINE = 12
_PERSONAL = frozenset("i i'm i've i'd i'll me my mine myself".split())
# What a sentence speaks of first: the more particular side names it.
_BY_PARTICULARITY = ("again", "music", "picture", "performances", "direction", "story", "feeling", "meaning")
_ORDER = {aspect: 10 * (place + 1) for place, aspect in enumerate(ASPECTS)}
_OPENING, _ROMANCE_UP, _OTHER, _ROMANCE_DOWN, _ASIDE = 0, 5, 15, 65, 90

_LIKING = re.compile(r"\bi (?:really |just |absolutely )*(?:love|loved|adore|adored|hate|hated|like|liked) it\b")
# Words of praise and feeling paint nothing.
_ABSTRACT = frozenset(
    "love loved loves like liked good great bad best nice beautiful wonderful amazing perfect incredible emotional "
    "feel feeling feelings felt think thought film movie really very way kind sort story makes made make thing things "
    "something everything whole life people always ever lot bit much many more most sad happy moving interesting "
    "important theme themes meaning relationship relationships human humans nature emotion emotions experience".split()
)

_Block = tuple[Draft, ...]


def arrange(drafts: Sequence[Draft], brief: Brief) -> list[Draft]:
    """Put sentences in the order of the chosen voice.

    Introspective, and where no voice was chosen: a sentence that takes a stand, then what was felt, the film's sides
    one by one, what it means to the person last. A sentence that leans on the one before it stays behind it. Funny: a
    choice of short and concrete lines, a short one last. Both: the best of the funny lines, then the rest as
    introspective.

    Parameters
    ----------
    drafts : sequence of Draft
        Sentences without repetitions, as they were said.
    brief : Brief
    """
    if brief.voice == "funny":
        return _funny(drafts, brief.romance)
    blocks = _blocks(drafts)
    if brief.voice == "both" and len(blocks) > 1:
        opening = _opening_line(blocks, brief.romance)
        rest = [block for block in blocks if block is not opening]
        return [*opening, *_introspective(rest, brief.romance)]
    return _introspective(blocks, brief.romance)


def _blocks(drafts: Sequence[Draft]) -> list[_Block]:
    """Sentences with those that lean on them."""
    blocks: list[_Block] = []
    for draft in drafts:
        if blocks and draft.leans_on(blocks[-1][-1]):
            blocks[-1] = (*blocks[-1], draft)
        else:
            blocks.append((draft,))
    return blocks


def _introspective(blocks: Sequence[_Block], romance: Romance | None) -> list[Draft]:
    opening = next((block for block in blocks if _takes_a_stand(block)), None)

    def place(block: _Block) -> tuple[int, int]:
        return (_OPENING if block is opening else _place(block, romance)), block[0].number

    return [draft for block in sorted(blocks, key=place) for draft in block]


def _takes_a_stand(block: _Block) -> bool:
    head = block[0]
    said = " ".join(head.words)
    stands = head.question == "about" and head.stands_alone and not head.text.endswith("?")
    return stands and (judges_film(said) or (_LIKING.search(said) is not None and not head.aspects))


def _place(block: _Block, romance: Romance | None) -> int:
    if block[0].question != "about":
        return _ASIDE
    aspect = _aspect(block)
    place = _ORDER[aspect] if aspect else _OTHER
    if romance in (None, "unsure") or not is_romantic(" ".join(draft.text for draft in block)):
        return place
    return min(place, _ROMANCE_UP) if romance == "romantic" else max(place, _ROMANCE_DOWN)


def _aspect(block: _Block) -> str | None:
    head = block[0]
    if any(word in _PERSONAL for word in head.words):
        for aspect in ("meaning", "feeling"):
            if aspect in head.aspects:
                return aspect
    return next((aspect for aspect in _BY_PARTICULARITY if aspect in head.aspects), None)


def _funny(drafts: Sequence[Draft], romance: Romance | None) -> list[Draft]:
    ranked = sorted(
        (draft for draft in drafts if draft.stands_alone), key=lambda draft: (-_wit(draft, romance), draft.number)
    )
    fewest, most = FUNNY_WORDS
    chosen: list[Draft] = []
    for draft in ranked or drafts:
        size = sum(len(line.words) for line in chosen)
        if size + len(draft.words) <= most or size < fewest:
            chosen.append(draft)
    if len(chosen) < 3:
        return chosen
    last = min(chosen[1:], key=lambda draft: (len(draft.words), -draft.number))
    return [*(draft for draft in chosen if draft is not last), last]


def _opening_line(blocks: Sequence[_Block], romance: Romance | None) -> _Block:
    lines = [block for block in blocks if block[0].stands_alone] or list(blocks)
    short = [block for block in lines if sum(len(draft.words) for draft in block) <= _OPENING_LINE]
    return max(short or lines, key=lambda block: (_wit(block[0], romance) - len(block), -block[0].number))


def _wit(draft: Draft, romance: Romance | None) -> float:
    """How much a line promises: the things one can see in it, against its length."""
    things = sum(word not in _ABSTRACT for word in content_of(" ".join(draft.words)))
    size = len(draft.words)
    wit = min(things, 4) / 2 - max(size - 5, 0) / 4
    if romance in ("romantic", "non-romantic") and is_romantic(draft.text):
        wit += 0.5 if romance == "romantic" else -0.5
    return wit
