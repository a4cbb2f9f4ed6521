"""What the person says while editing, as sentences and passages of the review: their own words, from that turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.english.token import Token
from assistant.review.draft import drafts_of
from assistant.review.request import SourceAnswer, span_of
from assistant.review.review import Passage, Sentence
from assistant.review.writing import write


def sentences_said(said: SourceAnswer, title: str | None, words: str | None = None) -> tuple[Sentence, ...]:
    """An utterance as sentences, written as any answer is. All of it counts, be it whole sentences or not.

    Parameters
    ----------
    said : SourceAnswer
    title : str or None
        The film's, for its capitals.
    words : str, optional
        Only these of it, its last ones.
    """
    tokens = [token for token in said.tokens if not token.filler]
    if words is not None:
        tokens = tokens[len(tokens) - len(words.split()) :]
    if not tokens:
        return ()
    if words is None:
        drafts = drafts_of([replace(said, question="about")], title)
        kept = sum(len(draft.tokens) for draft in drafts) + sum(
            len(edit.tokens) for draft in drafts for edit in draft.edits
        )
        if drafts and kept >= len(tokens):
            return tuple(draft.sentence for draft in drafts)
    return (Sentence(write(tokens, title), (_passage(said.turn, tokens),)),)


def passage_of(words: str, said: SourceAnswer) -> Passage:
    """Where in an utterance some of its words are: the last run of them, or else all of it."""
    tokens = [token for token in said.tokens if not token.filler]
    sought = words.split()
    for start in range(len(tokens) - len(sought), -1, -1):
        run = tokens[start : start + len(sought)]
        if run and [token.word for token in run] == sought:
            return _passage(said.turn, run)
    start_s, end_s = span_of(said.answer)
    return Passage(said.turn, start_s, end_s)


def _passage(turn: int, tokens: Sequence[Token]) -> Passage:
    return Passage(turn, tokens[0].start_s, tokens[-1].end_s)
