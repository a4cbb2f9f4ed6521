"""What stays together in a review: sentences that need each other, the answers they were said in, and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.films.aspects import Aspect
from assistant.review.draft import THOUGHT_PAUSE_S, Draft

Block = tuple[Draft, ...]
"""Sentences of one answer, as they were said."""

_PERSONAL = frozenset("i i'm i've i'd i'll me my mine myself".split())
# If a sentence has several aspects, the most specific counts.
_BY_PARTICULARITY: tuple[Aspect, ...] = (
    "again", "music", "picture", "performances", "direction", "story", "feeling", "meaning",
)  # fmt: skip

ONE_PARAGRAPH = 60
"""A review of at most this many words is one paragraph."""

_SHORTEST = 20
"""Words of the shortest paragraph; the last one may have half as many."""
_LONGEST = 50
"""Words of the longest answer that is never split; a paragraph with this many ends at the next block."""
_SIDES = (("feeling",), ("story", "performances", "direction"), ("picture", "music"), ("again", "meaning"))


def blocks_of(drafts: Sequence[Draft]) -> list[Block]:
    """Sentences with those that depend on them: a person and "he", a set-up and its punchline."""
    blocks: list[Block] = []
    for draft in drafts:
        if blocks and draft.leans_on(blocks[-1][-1]):
            blocks[-1] = (*blocks[-1], draft)
        else:
            blocks.append((draft,))
    return blocks


def is_monologue(drafts: Sequence[Draft]) -> bool:
    """Whether everything about the film was said in one answer."""
    return len({draft.turn for draft in drafts if draft.question == "about"}) == 1


def answers_of(drafts: Sequence[Draft], monologue: bool) -> list[Block]:
    """What was said in one go: an answer; in a monologue, what was said between long silences."""
    answers: list[Block] = []
    for block in blocks_of(drafts):
        parts = monologue and block[0].pause_s >= THOUGHT_PAUSE_S
        if answers and block[0].turn == answers[-1][0].turn and not parts:
            answers[-1] = (*answers[-1], *block)
        else:
            answers.append(block)
    return answers


def parted(block: Block, most: int) -> list[Block]:
    """A block in parts of at most `most` words, split where the person drew breath."""
    if words_in(block) <= most or len(block) == 1:
        return [block]

    def breath(at: int) -> tuple[float, bool, int]:
        free = not block[at].leans_on(block[at - 1])
        return block[at].pause_s / (1 if free else 2), free, -at

    at = max(range(1, len(block)), key=breath)
    return [*parted(block[:at], most), *parted(block[at:], most)]


def words_in(block: Block) -> int:
    """How many words a block's sentences have."""
    return len(block_words(block))


def text_of(block: Block) -> str:
    """A block's sentences, as written."""
    return " ".join(draft.text for draft in block)


def block_words(block: Block) -> list[str]:
    """The words of a block's sentences."""
    return [word for draft in block for word in draft.words]


def aspect_of(block: Block) -> Aspect | None:
    """The aspect of the film that a block is about; None if it mentions none.

    What the film means to the person counts before anything else in the block.
    """
    sides = [side for draft in block if (side := _aspect_of(draft))]
    return "meaning" if "meaning" in sides else next(iter(sides), None)


def _aspect_of(draft: Draft) -> Aspect | None:
    aspects = draft.aspects
    if not _PERSONAL.isdisjoint(draft.words):
        for aspect in ("meaning", "feeling"):
            if aspect in aspects:
                return aspect
    return next((aspect for aspect in _BY_PARTICULARITY if aspect in aspects), None)


def paragraphs(drafts: Sequence[Draft]) -> list[bool]:
    """For each of some arranged sentences, whether it opens a paragraph: when the aspect of the film changes.

    A short answer is never split, and a long one only at a silence before a sentence that depends on no other; and no
    paragraph is just a sentence of few words.
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
    """The rough group of a block's aspect: feeling, story and acting, picture and music, or the rest."""
    aspect = aspect_of(block)
    return next((place for place, sides in enumerate(_SIDES) if aspect in sides), None)
