"""A funny review: a few things one can see, each with its punchline."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.films.aspects import is_romantic
from assistant.review.blocks import Block, block_words, parted, text_of, words_in
from assistant.review.concreteness import concrete_nouns_in
from assistant.review.draft import THOUGHT_PAUSE_S
from assistant.review.fragments import has_clause
from assistant.review.request import Romance

FUNNY_WORDS = (10, 60)
"""Fewest and most words of a funny review, where there are as many."""

_MOST_BLOCKS = 4
_LONGEST = 30
"""Words of the longest story that is still a joke."""
_OPENING_LINE = 20
_PUNCHLINE = 8
# A thing to see is worth five words that lead to it; more things than these make a list.
_THINGS, _WORDS_PER_THING = 8, 5


def humour_score(blocks: Sequence[Block], romance: Romance | None, variant: int) -> list[Block]:
    """Up to four of the funniest blocks as they were said, the one that ends on the shortest line last.

    The second arrangement does without the funniest, where enough others are there.
    """
    lines = _lines(blocks)
    ranked = sorted(lines, key=lambda block: (-_wit(block, romance), block[0].number))
    ranked = [*ranked[variant:], *ranked[:variant]]
    fewest, most = FUNNY_WORDS
    chosen: list[Block] = []
    for block in ranked:
        size = sum(map(words_in, chosen))
        if len(chosen) < _MOST_BLOCKS and (size + words_in(block) <= most or size < fewest):
            chosen.append(block)
    chosen.sort(key=lambda block: block[0].number)
    if len(chosen) < 2:
        return chosen
    ends = [
        block
        for block, after in zip(chosen[1:], (*chosen[2:], None), strict=True)
        # What was said in one go keeps its order.
        if after is None or after[0].turn != block[0].turn or after[0].pause_s >= THOUGHT_PAUSE_S
    ]
    last = min(ends, key=lambda block: (len(block[-1].words), -block[0].number))
    return [*(block for block in chosen if block is not last), last]


def opening_line(blocks: Sequence[Block], romance: Romance | None, variant: int) -> Block:
    """The best of the short funny blocks; one whose answer holds nothing else where there is such a block."""
    lines = _lines(blocks)
    turns = [block[0].turn for block in blocks]
    short = [block for block in lines if words_in(block) <= _OPENING_LINE] or lines
    apart = [block for block in short if turns.count(block[0].turn) == 1] or short
    ranked = sorted(apart, key=lambda block: (-_wit(block, romance), block[0].number))
    return ranked[min(variant, len(ranked) - 1)]


def _lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that can be funny: not too long, with a verb, and with a beginning that can be understood."""
    firsts = {block[0].turn: block[0] for block in reversed(blocks)}
    parts = [part for block in blocks for part in parted(block, _LONGEST)]
    for candidates in ([block for block in blocks if words_in(block) <= _LONGEST], parts):
        lines = [
            block
            for block in candidates
            if (block[0].stands_alone or block[0] is firsts[block[0].turn])
            and not block[0].text.endswith("?")
            and any(has_clause(draft.tokens) for draft in block)
        ]
        if lines:
            return lines
    return parts


def _wit(block: Block, romance: Romance | None) -> float:
    """How much a block promises: the things one can see in it, against its length; and a short line at its end."""
    wit = min(len(concrete_nouns_in(block_words(block))), _THINGS) - words_in(block) / _WORDS_PER_THING
    wit += len(block) > 1 and len(block[-1].words) <= _PUNCHLINE
    if romance in ("romantic", "non-romantic") and is_romantic(text_of(block)):
        wit += 0.5 if romance == "romantic" else -0.5
    return wit
