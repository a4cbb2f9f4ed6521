"""Questions, the small ones at the end of a statement, and where commas go."""

from __future__ import annotations

import pytest

from assistant.review.writing import spell
from tests.support.source_answers import tokens, written


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("why won't anybody hold her hand", "Why won't anybody hold her hand?"),
        ("so whose coat is it", "So whose coat is it?"),
        ("what's the point of the horse", "What's the point of the horse?"),
        ("where's his umbrella", "Where's his umbrella?"),
        ("how long is it", "How long is it?"),
        ("what did oscar want", "What did Oscar want?"),
        ("why is there a swan", "Why is there a swan?"),
        ("sorry did you hear that", "Sorry did you hear that?"),
        ("the swan why does nobody feed it", "The swan, why does nobody feed it?"),
        # these ask nothing
        ("what's saddest is his umbrella", "What's saddest is his umbrella."),
        ("what would make it better is a dog", "What would make it better is a dog."),
        ("the man who was his friend", "The man who was his friend."),
        ("how good it is", "How good it is."),
    ],
)
def test_a_question_has_its_mark(spoken: str, sentence: str) -> None:
    assert written(spoken) == [sentence]


@pytest.mark.parametrize(
    ("spoken", "sentences"),
    [
        ("she can't sing can she", ["She can't sing, can she?"]),
        ("it's a joke isn't it (0.6) but i laughed", ["It's a joke, isn't it?", "But I laughed."]),
        ("you like him don't you (0.5) we all do", ["You like him, don't you?", "We all do."]),
        ("he's lost and so is she", ["He's lost and so is she."]),
    ],
)
def test_a_small_question_stays_with_what_it_asks_about(spoken: str, sentences: list[str]) -> None:
    assert written(spoken) == sentences


def test_who_asks_and_answers_is_written_so() -> None:
    assert written("would i sit through it twice no") == ["Would I sit through it twice? No."]


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("it shows a ladder a bucket a wet coat", "It shows a ladder, a bucket, a wet coat."),
        (
            "we ate cake the red one the green one the last one",
            "We ate cake, the red one, the green one, the last one.",
        ),
        ("she gave the boy the bucket", "She gave the boy the bucket."),
    ],
)
def test_a_list_without_a_joint_has_commas(spoken: str, sentence: str) -> None:
    assert written(spoken) == [sentence]


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("the song i hum it in the shower", "The song, I hum it in the shower."),
        ("my brother he cried a lot", "My brother, he cried a lot."),
        ("oscar isaac he sings it", "Oscar Isaac, he sings it."),
        ("and my sister and i we held hands", "And my sister and I, we held hands."),
        ("the second half (0.4) nobody speaks", "The second half, nobody speaks."),
        # a clause about the noun, and no new subject
        ("the woman he meets never speaks", "The woman he meets never speaks."),
        ("the man i saw was him", "The man I saw was him."),
        ("the films they made were awful", "The films they made were awful."),
        ("the way he folds it", "The way he folds it."),
        ("the last day he saw her", "The last day he saw her."),
    ],
)
def test_what_a_pronoun_takes_up_has_a_comma(spoken: str, sentence: str) -> None:
    assert written(spoken) == [sentence]


def test_no_comma_parts_a_verb_from_what_it_is_about() -> None:
    assert written("we were watching you know a silent film") == ["We were watching a silent film."]


@pytest.mark.parametrize(
    ("spoken", "spelled"),
    [
        ("its slow but its worth seeing", "it's slow but it's worth seeing"),
        ("its long and its cruel", "it's long and it's cruel"),
        ("its worth to me and its best part", "its worth to me and its best part"),
    ],
)
def test_its_is_it_is_where_no_noun_follows(spoken: str, spelled: str) -> None:
    assert " ".join(token.word for token in spell(tokens(spoken))[0]) == spelled
