"""What the person said, as tests of the review write it down, and what becomes of it on the way to sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.disfluency import remove
from assistant.english.lexicon import lemmas_of
from assistant.english.normalise import with_numbers_as_in, words_of
from assistant.english.sentences import sentences_of
from assistant.english.token import Token
from assistant.english.words import is_content
from assistant.review import Sentence
from assistant.review.grounding import source_words
from assistant.review.writing import write
from assistant.turns.user_turn import UserTurn
from tools.notation import Timing, answer_of

_TIMING = Timing(first_word_s=0.4, word_s=0.12, letter_s=0.04)


def said(script: str, turn: int = 1, question: str = "about") -> UserTurn:
    """An answer to a question, from its script."""
    return UserTurn(turn, answer_of(script, _TIMING), question=question)


def written_by_both(text: str) -> UserTurn:
    """An answer of which both ears heard every word, and the second wrote this text; silences stand in brackets."""
    answer = answer_of(" ".join(part if part[0] == "(" else " ".join(words_of(part)) for part in text.split()), _TIMING)
    written = [part for part in text.split() if part[0] != "("]
    words = tuple(replace(word, by="both", written=each) for word, each in zip(answer.words, written, strict=True))
    return UserTurn(1, replace(answer, words=words), question="about")


def tokens(script: str) -> tuple[Token, ...]:
    """The words of a script, cleaned."""
    return remove(said(script).tokens).tokens


def written(script: str, title: str | None = None) -> list[str]:
    """The sentences that a script becomes."""
    return [write(sentence, title) for sentence in sentences_of(tokens(script))]


def unsaid_words(sentence: Sentence, said: Sequence[UserTurn]) -> list[str]:
    """The content words of a sentence that weren't said, in any form, in the passages it names as its sources."""
    spoken = [word for passage in sentence.sources for word in source_words(passage, said)]
    lemmas = {lemma for word in spoken for lemma in (word, *lemmas_of(word))}
    return [
        word
        for word in words_of(" ".join(with_numbers_as_in(words_of(sentence.text), spoken)))
        if is_content(word) and lemmas.isdisjoint({word, *lemmas_of(word)})
    ]
