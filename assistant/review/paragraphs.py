"""Where the paragraphs of a review begin."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.review.blocks import Block, answers_of, aspect_of, blocks_of, is_monologue, words_in
from assistant.review.draft import Draft

ONE_PARAGRAPH = 60
"""A review of at most so many words is one paragraph."""

_SHORTEST = 20
"""Words of the shortest paragraph; the last one may have half as many."""
_LONGEST = 50
"""Words of the longest answer that is never parted, and of a paragraph that more of another side can be part of."""
_SIDES = (("feeling",), ("story", "performances", "direction"), ("picture", "music"), ("again", "meaning"))


def paragraphs(drafts: Sequence[Draft]) -> list[bool]:
    """For each of some arranged sentences, whether a paragraph opens with it: where the side of the film changes.

    A short answer is never parted, a long one only where a silence is, before a sentence that leans on none; and no
    paragraph has a single sentence of few words.
    """
    opens = [False] * len(drafts)
    left = sum(len(draft.words) for draft in drafts)
    if left <= ONE_PARAGRAPH:
        return opens
    at, size, side = 0, 0, None
    for answer in answers_of(drafts, is_monologue(drafts)):
        for block in _parts_of(answer):
            turns = _side(block) not in (side, None)
            if (turns or size >= _LONGEST) and size >= _SHORTEST and left >= _SHORTEST // 2:
                opens[at], size = True, 0
            side = _side(block) if turns else side
            at += len(block)
            size += words_in(block)
            left -= words_in(block)
    return opens


def _parts_of(answer: Block) -> list[Block]:
    if words_in(answer) <= _LONGEST:
        return [answer]
    parts: list[Block] = []
    for block in blocks_of(answer):
        if parts and block[0].pause_s < SENTENCE_PAUSE_S:
            parts[-1] = (*parts[-1], *block)
        else:
            parts.append(block)
    return parts


def _side(block: Block) -> int | None:
    """The side of the film, roughly, that a block belongs to: what it is to me, is told, is seen, or the rest."""
    aspect = aspect_of(block)
    return next((place for place, sides in enumerate(_SIDES) if aspect in sides), None)
