"""What gets into the review: the better of two sentences that say the same, the funniest, those that say most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.english.clauses import has_clause
from assistant.english.normalise import content_of
from assistant.english.words import HEDGES, SUBJECTS, is_negation, subject_of
from assistant.films.aspects import is_romantic
from assistant.review.blocks import Block, block_words, parted, text_of, words_in
from assistant.review.draft import THOUGHT_PAUSE_S, Draft
from assistant.review.review import Romance
from assistant.review.substance import concrete_nouns_in

FUNNY_WORDS = (10, 60)
"""Fewest and most words of a funny review, if there are that many."""

_MOST_BLOCKS = 4
_LONGEST_JOKE = 30
"""Words of the longest story that is still a joke."""
_OPENING_LINE = 20
_PUNCHLINE = 8
# A thing to see is worth five words of lead-up; with more than eight things, it's a list.
_THINGS_SEEN, _WORDS_PER_THING = 8, 5

_LONGEST_PART = 75
"""Words of the longest part that goes or stays as a whole."""
# More things to see than this, and more words to a question, are no better.
_THINGS, _THICK = 12, 100
_MOST_SIDES = 1.5
"""A part that mentions a bit of everything would be missed no more than one that dwells on something."""

SIMILAR = 85
"""Lowest likeness (0 to 100, by rapidfuzz) at which two sentences can say the same."""

_SHORTEST_REPEATED = 3
"""Words of the shortest sentence that another can repeat and continue."""


def funniest(blocks: Sequence[Block], romance: Romance | None, variant: int) -> list[Block]:
    """Up to four of the funniest blocks as they were said, but the one that ends on the shortest line last.

    The second arrangement does without the funniest if there are enough others.
    """
    lines = _lines(blocks)
    ranked = sorted(lines, key=lambda block: (-_humour_score(block, romance), block[0].number))
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
    """The best of the short funny blocks, preferably one that is a whole answer."""
    lines = _lines(blocks)
    turns = [block[0].turn for block in blocks]
    short = [block for block in lines if words_in(block) <= _OPENING_LINE] or lines
    apart = [block for block in short if turns.count(block[0].turn) == 1] or short
    ranked = sorted(apart, key=lambda block: (-_humour_score(block, romance), block[0].number))
    return ranked[min(variant, len(ranked) - 1)]


def _lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that can be funny: not too long, with a verb, and with a beginning that makes sense."""
    firsts = {block[0].turn: block[0] for block in reversed(blocks)}
    parts = [part for block in blocks for part in parted(block, _LONGEST_JOKE)]
    for candidates in ([block for block in blocks if words_in(block) <= _LONGEST_JOKE], parts):
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


def _humour_score(block: Block, romance: Romance | None) -> float:
    """How funny a block promises to be: many things to see for its length, and a short line at its end."""
    score = min(len(concrete_nouns_in(block_words(block))), _THINGS_SEEN) - words_in(block) / _WORDS_PER_THING
    score += len(block) > 1 and len(block[-1].words) <= _PUNCHLINE
    if romance in ("romantic", "non-romantic") and is_romantic(text_of(block)):
        score += 0.5 if romance == "romantic" else -0.5
    return score


def trim(answers: Sequence[Block], most: int, romance: Romance | None, kept: Block = ()) -> list[Draft]:
    """The sentences that say most, in at most `most` words.

    A short answer goes or stays as a whole; a long one in parts that were said without a long silence. The beginning
    stays, and so does `kept`.
    """
    parts = [part for answer in answers for part in parted(answer, _LONGEST_PART)]
    thickness: Counter[int] = Counter()
    for answer in answers:
        thickness[answer[0].turn] += words_in(answer)
    sides = [side for part in parts for draft in part for side in draft.aspects]
    fixed = [not at or not set(part).isdisjoint(kept) for at, part in enumerate(parts)]
    room = most - sum(words_in(part) for part, stays in zip(parts, fixed, strict=True) if stays)
    # For each total of words, the choice that says most (the knapsack problem).
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
    """How much a part would be missed: for aspects that few others mention, feeling, concrete things; not length.

    What the film means to the person would be missed most, because nobody else could have said that.
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


def without_repetition(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those that say the same as another; the better one stays, in its own place."""
    kept: list[Draft] = []
    for draft in drafts:
        rivals = [other for other in kept if says_the_same(draft, other)]
        if all(_is_better(draft, other) for other in rivals):
            kept = [other for other in kept if other not in rivals]
            kept.append(draft)
    return sorted(kept, key=lambda draft: draft.number)


def says_the_same(one: Draft, other: Draft) -> bool:
    """Whether two sentences are close enough to count as one.

    They are if one continues all the other's words ("i liked it", "i liked it less than the book"). Otherwise their
    letters have to be similar, or one has to be a part of the other; one must contain the other's content; and they
    must agree in whom they are about, in their hedges, and in how often they negate. So "i loved the music" and "i
    loved the movie" are two.
    """
    short, long = sorted((one, other), key=lambda draft: len(draft.words))
    if long.words[: len(short.words)] == short.words and len(short.words) >= _SHORTEST_REPEATED:
        return True
    if _stance(short) != _stance(long) or not set(_content(short)) <= set(_content(long)):
        return False
    first, second = " ".join(short.words), " ".join(long.words)
    return fuzz.token_sort_ratio(first, second) >= SIMILAR or f" {first} " in f" {second} "


def _content(draft: Draft) -> list[str]:
    return content_of(" ".join(draft.words))


def _stance(draft: Draft) -> tuple[int, frozenset[str], frozenset[str]]:
    return (
        sum(is_negation(word) for word in draft.words),
        frozenset(word for word in draft.words if word in HEDGES),
        frozenset(subject for word in draft.words if (subject := subject_of(word)) in SUBJECTS - {"it"}),
    )


def _is_better(draft: Draft, other: Draft) -> bool:
    """Whether `draft` says more than `other`, or as much with less stumbling; the earlier one wins a tie."""
    return (len(_content(draft)), -len(draft.edits)) > (len(_content(other)), -len(other.edits))
