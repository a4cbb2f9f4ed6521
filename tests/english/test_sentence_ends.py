"""Which silences end a sentence, and which places without one don't."""

from __future__ import annotations

import pytest

from assistant.english.clauses import opens_subordinate
from tests.support.source_answers import tokens, written


@pytest.mark.parametrize(
    ("spoken", "sentences"),
    [
        (
            "my brother fixes the roof (0.6) anna watches him (0.6) oscar isaac sings it",
            ["My brother fixes the roof.", "Anna watches him.", "Oscar Isaac sings it."],
        ),
        ("she never says it (0.6) water has a voice here", ["She never says it.", "Water has a voice here."]),
        ("the film is red (0.6) everything burns slowly", ["The film is red.", "Everything burns slowly."]),
        # a list has no verbs
        ("i loved the faces (0.6) walls painted in blue", ["I loved the faces walls painted in blue."]),
        ("i loved the cars (0.6) street lights (0.6) old hats", ["I loved the cars street lights old hats."]),
    ],
)
def test_a_name_or_a_noun_with_its_verb_starts_a_sentence_after_a_silence(spoken: str, sentences: list[str]) -> None:
    assert written(spoken) == sentences


@pytest.mark.parametrize(
    ("spoken", "sentences"),
    [
        ("you never learn where he is (0.7) she won't ask", ["You never learn where he is.", "She won't ask."]),
        ("and then she hears he wasn't (0.7) that was cruel", ["And then she hears he wasn't.", "That was cruel."]),
        ("the best bed i've ever slept in (0.6) i mean it", ["The best bed I've ever slept in.", "I mean it."]),
        ("he had never sung it before (0.6) she cries a lot", ["He had never sung it before.", "She cries a lot."]),
        ("my wife does but i really don't (0.6) it's slow", ["My wife does, but I really don't.", "It's slow."]),
        ("it's a man that people look up to (0.6) i don't", ["It's a man that people look up to.", "I don't."]),
        # here more is to come
        ("what he needs is (0.7) she has to leave him", ["What he needs is she has to leave him."]),
        ("it was better before (0.6) he met her", ["It was better before he met her."]),
    ],
)
def test_a_word_that_wants_another_may_be_the_last_where_a_clause_left_it_behind(
    spoken: str, sentences: list[str]
) -> None:
    assert written(spoken) == sentences


@pytest.mark.parametrize(
    ("spoken", "sentences"),
    [
        ("she tells me i can't win it (0.7) just like my father", ["She tells me I can't win it just like my father."]),
        ("i have to say (0.4) in the first half i was lost", ["I have to say in the first half I was lost."]),
    ],
)
def test_no_sentence_ends_without_a_silence_beside_one(spoken: str, sentences: list[str]) -> None:
    assert written(spoken) == sentences


@pytest.mark.parametrize(
    "spoken",
    [
        "you know how in silent films they roll their eyes",
        "they talk about money when really they talk about him",
        "the seal sleeps and she was like no it isn't dead",
    ],
)
def test_a_clause_is_not_cut_off_from_the_word_that_opens_it(spoken: str) -> None:
    assert len(written(spoken)) == 1


def test_a_phrase_without_a_verb_is_no_subordinate_clause() -> None:
    assert written("the bell rings twice (0.7) once for him and once for her (0.9) that's sad")[-1] == "That's sad."


@pytest.mark.parametrize(
    "spoken",
    [
        "and the nurse goes it's over",
        "and i say marlene it's a ghost",
        "then i thought oh god it's a sequel to that",
    ],
)
def test_who_speaks_and_what_is_spoken_are_one_sentence(spoken: str) -> None:
    assert len(written(spoken)) == 1


@pytest.mark.parametrize(
    "spoken",
    [
        "if the boat sinks and the crew is gone",
        "when she's on the roof and he tells the nurse that he's sorry",
        "at the end when they part",
        "while you think it's over",
        "every time she laughs",
        "before my mother died",
    ],
)
def test_a_subordinate_clause_waits_for_its_main_clause(spoken: str) -> None:
    assert opens_subordinate(tokens(spoken))


@pytest.mark.parametrize(
    "spoken",
    [
        "when he walks in she leaves",
        "when he dies the whole room is silent",
        "after the first hour",
        "because it was late",
        "in the end he forgives her",
    ],
)
def test_a_main_clause_or_a_mere_phrase_waits_for_nothing(spoken: str) -> None:
    assert not opens_subordinate(tokens(spoken))


def test_a_subordinate_clause_at_the_end_of_an_answer_stays_with_what_is_before_it() -> None:
    assert written("he only cried once (0.7) when the dog came home") == ["He only cried once when the dog came home."]


@pytest.mark.parametrize(
    ("spoken", "sentences"),
    [
        ("it's nearly as good as rocky (0.6) rocky was faster", ["It's nearly as good as rocky.", "Rocky was faster."]),
        ("it's all about money (0.7) money ruins them", ["It's all about money.", "Money ruins them."]),
    ],
)
def test_a_word_that_ends_one_sentence_and_starts_the_next_is_no_repeat(spoken: str, sentences: list[str]) -> None:
    assert written(spoken) == sentences


@pytest.mark.parametrize("spoken", ["he was so quiet (0.6) quiet at first", "then he left (0.6) left without her"])
def test_a_word_said_again_after_a_silence_is_a_repeat_where_no_clause_begins_with_it(spoken: str) -> None:
    assert len(written(spoken)) == 1


def test_a_phrase_that_joins_sentences_starts_one() -> None:
    assert written("it was slow (0.7) at the beginning i was bored") == [
        "It was slow.",
        "At the beginning I was bored.",
    ]


@pytest.mark.parametrize(
    ("spoken", "sentences"),
    [
        ("in the last act (0.6) nobody speaks", ["In the last act nobody speaks."]),
        ("after an hour (0.6) my seat was cold (0.7) it hurt us", ["After an hour, my seat was cold.", "It hurt us."]),
        ("that red balloon (0.7) i still see it", ["That red balloon, I still see it."]),
        (
            "we hadn't met (0.4) since the wedding (0.7) he waved at us",
            ["We hadn't met since the wedding.", "He waved at us."],
        ),
    ],
)
def test_what_only_leads_in_is_no_sentence(spoken: str, sentences: list[str]) -> None:
    assert written(spoken) == sentences


def test_a_condition_at_the_end_of_an_answer_is_not_joined_to_another() -> None:
    assert written("if you love rain (0.6) you'll stay (0.7) if you won't take a coat")[0] == (
        "If you love rain, you'll stay."
    )
