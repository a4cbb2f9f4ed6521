"""The order in which a review says things; it depends on the voice that the person chose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.review.aspects import ASPECTS, compares, is_romantic, judges_film
from assistant.review.draft import Draft
from assistant.review.material import Brief, Romance
from assistant.review.words import content_of

FUNNY_WORDS = (10, 60)
"""Fewest and most words of a funny review, where there are as many."""
INTROSPECTIVE_WORDS = (60, 150)
"""Fewest and most words of an introspective review, where there are as many."""
VARIANTS = 2
"""So many arrangements of the same sentences there are to choose from, in every voice."""

_OPENING_LINE = 12
_PARAGRAPH = 20
"""Words of the shortest paragraph."""
_PARTS = (("feeling",), ("story", "performances", "direction"), ("picture", "music"), ("again", "meaning"))
_PERSONAL = frozenset("i i'm i've i'd i'll me my mine myself".split())
# What a sentence speaks of first: the more particular side names it.
_BY_PARTICULARITY = ("again", "music", "picture", "performances", "direction", "story", "feeling", "meaning")
_ORDER = {aspect: 10 * (place + 1) for place, aspect in enumerate(ASPECTS)}
_OPENING, _ROMANCE_UP, _OTHER, _ROMANCE_DOWN, _COMPARING, _ASIDE = 0, 5, 15, 65, 68, 90

_LIKING = re.compile(r"\bi (?:really |just |absolutely )*(?:love|loved|adore|adored|hate|hated|like|liked) it\b")
# Words of praise and feeling paint nothing.
_ABSTRACT = frozenset(
    "love loved loves like liked good great bad best nice beautiful wonderful amazing perfect incredible emotional "
    "feel feeling feelings felt think thought film movie really very way kind sort story makes made make thing things "
    "something everything whole life people always ever lot bit much many more most sad happy moving interesting "
    "important theme themes meaning relationship relationships human humans nature emotion emotions experience".split()
)

_Block = tuple[Draft, ...]


def arrange(drafts: Sequence[Draft], brief: Brief, variant: int = 0) -> list[Draft]:
    """Put sentences in the order of the chosen voice.

    Introspective, and where no voice was chosen: a sentence that takes a stand, then what was felt, the film's sides
    one by one, what it means to the person last. A sentence that leans on the one before it stays behind it. Funny: a
    choice of short and concrete lines, a short one last. Both: the best of the funny lines, then the rest as
    introspective. Where there is more than a review holds, what says least is left out.

    Parameters
    ----------
    drafts : sequence of Draft
        Sentences without repetitions, as they were said.
    brief : Brief
    variant : int
        Which of the `VARIANTS` arrangements, counted round. The second opens with something else, and takes up the
        film's sides in the order in which the person did.
    """
    variant %= VARIANTS
    first = _arranged(drafts, brief, 0)
    if not variant:
        return first
    other = _arranged(drafts, brief, variant)
    # Sentences said in just the order that suits the voice: the person's own beginning goes to the end.
    blocks = _blocks(other)
    return (
        other if other != first or len(blocks) < 2 else [draft for block in (*blocks[1:], blocks[0]) for draft in block]
    )


def paragraphs(drafts: Sequence[Draft]) -> list[bool]:
    """For each of some arranged sentences, whether a paragraph opens with it: where the side of the film changes.

    A review of fewer words than `INTROSPECTIVE_WORDS` is one paragraph, and none has a single sentence of few words.
    """
    opens = [False] * len(drafts)
    if sum(len(draft.words) for draft in drafts) < INTROSPECTIVE_WORDS[0]:
        return opens
    start = 0
    for at in range(1, len(drafts)):
        size = sum(len(draft.words) for draft in drafts[start:at])
        left = sum(len(draft.words) for draft in drafts[at:])
        turns = not drafts[at].leans_on(drafts[at - 1]) and _part(drafts[at]) != _part(drafts[at - 1])
        if turns and size >= _PARAGRAPH and left >= _PARAGRAPH // 2:
            opens[at], start = True, at
    return opens


def _part(draft: Draft) -> int:
    """The part of a review that a sentence belongs to: what it is to me, what is told, what is seen, the rest."""
    place = _place((draft,), None)
    return next(
        (part for part, aspects in enumerate(_PARTS) if place in {_ORDER[each] for each in aspects}), len(_PARTS)
    )


def _arranged(drafts: Sequence[Draft], brief: Brief, variant: int) -> list[Draft]:
    if brief.voice == "funny":
        return _funny(drafts, brief.romance, variant)
    blocks = _blocks(drafts)
    if brief.voice == "both" and len(blocks) > 1:
        opening = _opening_line(blocks, brief.romance, variant)
        rest = [block for block in blocks if block is not opening]
        room = INTROSPECTIVE_WORDS[1] - _size(opening)
        return [*opening, *_introspective(_within(rest, room, brief.romance), brief.romance, variant)]
    return _introspective(_within(blocks, INTROSPECTIVE_WORDS[1], brief.romance), brief.romance, variant)


def _size(block: _Block) -> int:
    return sum(len(draft.words) for draft in block)


def _within(blocks: Sequence[_Block], most: int, romance: Romance | None) -> list[_Block]:
    """The blocks without those that say least, as many as it takes for the words to be at most so many."""
    kept = list(blocks)
    stand = next((block for block in blocks if _takes_a_stand(block)), None)
    while sum(_size(block) for block in kept) > most and len(kept) > 1:
        sides = [side for block in kept for draft in block for side in draft.aspects]
        spare = [block for block in kept if block is not stand] or kept
        kept.remove(min(spare, key=lambda block: (_weight(block, sides, romance), -block[0].number)))
    return kept


def _weight(block: _Block, sides: Sequence[str], romance: Romance | None) -> float:
    """How much would be missed: sides that few others speak of, feeling and meaning, what is concrete; not length."""
    own = {side for draft in block for side in draft.aspects}
    rare = sum(1 / sides.count(side) for side in own)
    personal = 1.0 if own & {"feeling", "meaning"} else 0.0
    love = romance == "romantic" and is_romantic(" ".join(draft.text for draft in block))
    content = len(content_of(" ".join(draft.text for draft in block)))
    return rare + personal + love + content / max(_size(block), 1) - (block[0].question != "about")


def _blocks(drafts: Sequence[Draft]) -> list[_Block]:
    """Sentences with those that lean on them."""
    blocks: list[_Block] = []
    for draft in drafts:
        if blocks and draft.leans_on(blocks[-1][-1]):
            blocks[-1] = (*blocks[-1], draft)
        else:
            blocks.append((draft,))
    return blocks


def _introspective(blocks: Sequence[_Block], romance: Romance | None, variant: int) -> list[Draft]:
    stands = [block for block in blocks if _takes_a_stand(block)]
    felt = [block for block in blocks if _aspect(block) == "feeling"]
    openings = [*stands, *(block for block in felt if block not in stands)] if variant else stands
    opening = openings[min(variant, len(openings) - 1)] if openings else None

    def place(block: _Block) -> tuple[int, int]:
        if block is opening:
            return _OPENING, 0
        here = _place(block, romance)
        told = variant and _ROMANCE_UP < here < _ORDER["again"]
        return _OTHER if told else here, block[0].number

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
    if aspect != "meaning" and compares(" ".join(block[0].words)):
        place = _COMPARING
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


def _funny(drafts: Sequence[Draft], romance: Romance | None, variant: int) -> list[Draft]:
    ranked = sorted(
        (draft for draft in drafts if draft.stands_alone), key=lambda draft: (-_wit(draft, romance), draft.number)
    )
    # The second arrangement leads with the second best line.
    ranked = [*ranked[variant:], *ranked[:variant]]
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


def _opening_line(blocks: Sequence[_Block], romance: Romance | None, variant: int) -> _Block:
    lines = [block for block in blocks if block[0].stands_alone] or list(blocks)
    short = [block for block in lines if sum(len(draft.words) for draft in block) <= _OPENING_LINE]
    ranked = sorted(short or lines, key=lambda block: (len(block) - _wit(block[0], romance), block[0].number))
    return ranked[min(variant, len(ranked) - 1)]


def _wit(draft: Draft, romance: Romance | None) -> float:
    """How much a line promises: the things one can see in it, against its length."""
    things = sum(word not in _ABSTRACT for word in content_of(" ".join(draft.words)))
    size = len(draft.words)
    wit = min(things, 4) / 2 - max(size - 5, 0) / 4
    if romance in ("romantic", "non-romantic") and is_romantic(draft.text):
        wit += 0.5 if romance == "romantic" else -0.5
    return wit
