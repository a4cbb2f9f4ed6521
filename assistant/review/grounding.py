"""The check that a review says nothing that the person didn't say."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.review.material import Said
from assistant.review.review import Passage, Sentence
from assistant.review.token import Token, tokens_of
from assistant.review.words import is_content, words_of
from assistant.review.writing import write_plainly

# Times are floats that may have been through a file.
_TOLERANCE_S = 0.005


def ungrounded(sentence: Sentence, said: Sequence[Said]) -> list[str]:
    """The content words of a sentence that are not among the words of its sources, in order.

    Names, numbers and negations are content. A sentence without sources, or with sources in no answer, is ungrounded
    as a whole.
    """
    spoken = {word for passage in sentence.sources for word in source_words(passage, said)}
    return [word for word in words_of(sentence.text) if is_content(word) and word not in spoken]


def grounded(sentence: Sentence, said: Sequence[Said]) -> Sentence:
    """The sentence itself where all of it was said, else the plain words of its sources."""
    if not ungrounded(sentence, said):
        return sentence
    words = [word for passage in sentence.sources for word in source_words(passage, said)]
    return Sentence(write_plainly(words), sentence.sources)


def source_words(passage: Passage, said: Sequence[Said]) -> list[str]:
    """What the person said in a passage, fillers left out; the second hearing's words where there was one."""
    return [
        token.word
        for answer in said
        if answer.turn == passage.turn
        for token in tokens_of(answer)
        if not token.filler and _is_within(token, passage)
    ]


def _is_within(token: Token, passage: Passage) -> bool:
    return passage.start_s - _TOLERANCE_S <= token.start_s and token.end_s <= passage.end_s + _TOLERANCE_S
