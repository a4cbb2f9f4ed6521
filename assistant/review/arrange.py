"""The order in which a review says things, which depends on the voice that the person chose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.films.aspects import ASPECTS, compares, is_romantic, judges_film
from assistant.review.blocks import (
    Block,
    answers_of,
    aspect_of,
    blocks_of,
    is_monologue,
    parted,
    text_of,
    words_in,
)
from assistant.review.draft import THOUGHT_PAUSE_S, Draft
from assistant.review.review import ReviewRequest, Romance
from assistant.review.selection import funniest, opening_line, trim

INTROSPECTIVE_WORDS = (60, 150)
"""Fewest and most words of an introspective review, if there are that many."""
VARIANTS = 2
"""How many arrangements of the same sentences there are to choose from, in every voice."""

_ORDER = {aspect: 10 * (place + 1) for place, aspect in enumerate(ASPECTS)}
_OPENING, _FIRST, _ROMANCE_UP, _OTHER, _ROMANCE_DOWN, _COMPARING, _ASIDE = 0, 3, 5, 15, 65, 68, 90
_LIKING = re.compile(r"\bi (?:really |just |absolutely )*(?:love|loved|adore|adored|hate|hated|like|liked) it\b")


def arrange(drafts: Sequence[Draft], brief: ReviewRequest, variant: int = 0) -> list[Draft]:
    """Put sentences in the order of the chosen voice.

    What was said in one go stays together and in order. Introspective, or no voice chosen: what takes a stand, then
    what was felt, the film's aspects one by one, and last what it means to the person. Funny: a choice of blocks, each
    with its punchline, as they were said, a short line last. Both: the best of the funny blocks, then the rest as
    introspective. If there is more than a review holds, the blocks that say least are left out.

    Parameters
    ----------
    drafts : sequence of Draft
        Sentences without repetitions, as they were said; at least one.
    brief : ReviewRequest
    variant : int
        Which of the `VARIANTS` arrangements; numbers wrap around. The second opens with something else, if anything
        else can open, and takes the film's aspects in the order in which the person did.
    """
    variant %= VARIANTS
    first = _arranged(drafts, brief, 0)
    if not variant:
        return _flat(first)
    other = _arranged(drafts, brief, variant)
    return _flat(other if other != first else _reordered(other))


def _flat(blocks: Sequence[Block]) -> list[Draft]:
    return [draft for block in blocks for draft in block]


def _reordered(blocks: Sequence[Block]) -> list[Block]:
    """Another order, for when people already said things in the order that suits the voice.

    Beginning and end stay if there is enough between them; otherwise the end opens. A block that mentions no aspect of
    the film may be about what was said before it, and stays behind that.
    """
    parts = list(blocks) if len(blocks) > 1 else parted(blocks[0], words_in(blocks[0]) // 2)
    runs: list[list[Block]] = []
    for block in parts:
        if runs and aspect_of(block) is None:
            runs[-1].append(block)
        else:
            runs.append([block])
    if len(runs) < 2:
        runs = [[block] for block in parts]
    order = [runs[0], *reversed(runs[1:-1]), runs[-1]] if len(runs) > 3 else [*runs[-1:], *runs[:-1]]
    return [block for run in order for block in run]


def _arranged(drafts: Sequence[Draft], brief: ReviewRequest, variant: int) -> list[Block]:
    if brief.voice == "funny":
        return funniest(blocks_of(drafts), brief.romance, variant)
    monologue = is_monologue(drafts)
    opening: Block = opening_line(blocks_of(drafts), brief.romance, variant) if brief.voice == "both" else ()
    rest = [draft for draft in drafts if draft not in opening]
    most = INTROSPECTIVE_WORDS[1] - words_in(opening)
    if words_in(tuple(rest)) > most:
        stand = next((block for block in blocks_of(rest) if _takes_a_stand(block)), ())
        rest = trim(answers_of(rest, monologue), most, brief.romance, stand)
    order = _introspective(answers_of(rest, monologue), brief.romance, variant, monologue)
    return [opening, *order] if opening else order


def _introspective(answers: Sequence[Block], romance: Romance | None, variant: int, monologue: bool) -> list[Block]:
    opening = _opening(answers, variant)
    placed: list[tuple[int, Block]] = []
    for place, answer in zip(_places(answers, romance, variant, monologue), answers, strict=True):
        if opening and opening[0] == answer[0]:
            placed.append((_OPENING, answer))
        elif opening and opening[0] in answer:
            # Only an opening is ever taken out of what was said in one go.
            placed += [(_OPENING, opening), (place, tuple(draft for draft in answer if draft not in opening))]
        else:
            placed.append((place, answer))
    return [answer for _, answer in sorted(placed, key=lambda pair: pair[0])]


def _opening(answers: Sequence[Block], variant: int) -> Block:
    """The block that comes first: one that takes a stand, or else one about a feeling; empty if there is none."""
    stands: list[Block] = []
    felt: list[Block] = []
    for answer in answers:
        blocks = blocks_of(answer)
        for block, after in zip(blocks, (*blocks[1:], None), strict=True):
            free = block is blocks[0] or after is None or after[0].stands_alone
            if free and _takes_a_stand(block):
                stands.append(block)
            elif _is_felt(block) and (block is blocks[0] or (free and block[0].pause_s >= THOUGHT_PAUSE_S)):
                felt.append(block)
    openings = [*stands, *felt] if variant else stands or [block for block in felt if block[0] in answers[0]]
    return openings[min(variant, len(openings) - 1)] if openings else ()


def _is_felt(block: Block) -> bool:
    head = block[0]
    return head.question == "about" and aspect_of(block) == "feeling" and not compares(" ".join(head.words))


def _takes_a_stand(block: Block) -> bool:
    head = block[0]
    said = " ".join(head.words)
    stands = head.question == "about" and head.stands_alone and not head.text.endswith("?")
    return stands and (judges_film(said) or (_LIKING.search(said) is not None and not head.aspects))


def _places(answers: Sequence[Block], romance: Romance | None, variant: int, monologue: bool) -> list[int]:
    """Where each answer goes; one that mentions no aspect of the film stays behind the one before it."""
    first = next((answer[0] for answer in answers if answer[0].question == "about"), None)
    places: list[int] = []
    for answer in answers:
        # The first question asks what the film did to them.
        place = _FIRST if answer[0] is first and not monologue else _place(answer, romance)
        if place is None:
            place = min(places[-1], _COMPARING) if places else _OTHER
        places.append(place)
    return [_OTHER if variant and _ROMANCE_UP < place < _ORDER["again"] else place for place in places]


def _place(answer: Block, romance: Romance | None) -> int | None:
    head = answer[0]
    if head.question != "about":
        return _ASIDE
    aspect = aspect_of(answer)
    place = _ORDER[aspect] if aspect else None
    if aspect != "meaning" and compares(" ".join(head.words)):
        place = _COMPARING
    if romance in (None, "unsure") or not is_romantic(text_of(answer)):
        return place
    place = _OTHER if place is None else place
    return min(place, _ROMANCE_UP) if romance == "romantic" else max(place, _ROMANCE_DOWN)
