"""The same thing said twice, in two sentences: the better one stays."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.normalise import content_of
from assistant.english.words import HEDGES, SUBJECTS, is_negation, subject_of
from assistant.review.draft import Draft

SIMILAR = 85
"""From this likeness on (0 to 100, by rapidfuzz), two sentences can be the same one."""

_SHORTEST = 3
"""Words of the shortest sentence that another can repeat and go on from."""


def without_repetition(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those that say the same as another; the better of two stays, in its own place."""
    kept: list[Draft] = []
    for draft in drafts:
        rivals = [other for other in kept if says_the_same(draft, other)]
        if all(_is_better(draft, other) for other in rivals):
            kept = [other for other in kept if other not in rivals]
            kept.append(draft)
    return sorted(kept, key=lambda draft: draft.number)


def says_the_same(one: Draft, other: Draft) -> bool:
    """Whether two sentences are near enough to be one.

    One that goes on from all the other's words is ("i liked it", "i liked it less than the book"). Otherwise they have
    to be alike in their letters, or one be a part of the other; the content of one must be within the other's; and
    they must agree in who it is about, in their hedges, and in what they negate. So "i loved the music" and "i loved
    the movie" are two.
    """
    from rapidfuzz import fuzz

    short, long = sorted((one, other), key=lambda draft: len(draft.words))
    if long.words[: len(short.words)] == short.words and len(short.words) >= _SHORTEST:
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
