"""What can be understood only with the question before it."""

from __future__ import annotations

import pytest

from assistant.english.clauses import has_clause, needs_question
from tests.support.source_answers import tokens


@pytest.mark.parametrize(
    "words",
    [
        "she also told jokes",
        "my cousin sighs",
        "people whisper in it",
        "wendell leans on the piano",
        "nobody laughed",
        "it's a trap",
        "the dog never barks",
    ],
)
def test_a_subject_and_its_verb_are_a_clause(words: str) -> None:
    assert has_clause(tokens(words))
    assert not needs_question(tokens(words))


@pytest.mark.parametrize(
    "words",
    ["three spoons", "not in the bath", "any sunday", "cold and hungry", "because it's loud", "only if it rains"],
)
def test_few_words_without_a_clause_of_their_own_need_their_question(words: str) -> None:
    assert not has_clause(tokens(words))
    assert needs_question(tokens(words))


def test_many_things_without_a_verb_are_a_picture_by_themselves() -> None:
    picture = tokens("a very tall woman in a yellow raincoat on a ferry")
    assert not has_clause(picture)
    assert not needs_question(picture)
