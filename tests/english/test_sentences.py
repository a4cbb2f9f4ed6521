"""Where sentences end, and how they are written."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from assistant.english.sentences import LONGEST, sentences_of
from assistant.english.words import ARTICLES, CONJUNCTIONS, PREPOSITIONS
from assistant.review.writing import write
from assistant.turns.answer import Lengthened
from tests.support.source_answers import said, tokens, written, written_by_both


@pytest.mark.parametrize(
    ("spoken", "sentences"),
    [
        # pauses
        ("i liked that (0.6) the ending is perfect", ["I liked that.", "The ending is perfect."]),
        ("a quiet film about love (0.8) it's honest", ["A quiet film about love.", "It's honest."]),
        ("he slept (0.9) i cried", ["He slept.", "I cried."]),
        # a brief one, between two whole clauses
        (
            "it's the best company he has ever had (0.4) the director takes that seriously (0.4) that is why it works",
            [
                "It's the best company he has ever had.",
                "The director takes that seriously.",
                "That is why it works.",
            ],
        ),
        ("and slowly (0.4) he falls in love", ["And slowly he falls in love."]),
        # a pause for thought is no end
        ("it is a (0.9) beautiful (0.8) film", ["It is a beautiful film."]),
        ("it made me feel (0.8) lonely", ["It made me feel lonely."]),
        ("i love (0.8) the quiet voice", ["I love the quiet voice."]),
        ("it was long (0.6) the music (0.8) was perfect", ["It was long.", "The music was perfect."]),
        ("i was moved by (0.9) the colours", ["I was moved by the colours."]),
        ("i was happy (0.9) with it all", ["I was happy with it all."]),
        # lists and tails
        ("i loved the colours (0.6) the light (0.7) and the music", ["I loved the colours, the light and the music."]),
        ("i'd see it again (0.5) maybe not alone", ["I'd see it again, maybe not alone."]),
        ("i thought of a joke you know a man and his phone", ["I thought of a joke, a man and his phone."]),
        ("it was sad i mean it was devastating", ["It was sad.", "It was devastating."]),
        ("it was you know really sad", ["It was really sad."]),
        ("by the end i was crying into a bowl", ["By the end I was crying into a bowl."]),
        ("it is all red (0.6) nobody owns a blue shirt", ["It is all red.", "Nobody owns a blue shirt."]),
        # syntax, without a pause
        ("i loved the colours it made me cry", ["I loved the colours.", "It made me cry."]),
        (
            "i thought about it for days i couldn't sleep i called my sister",
            ["I thought about it for days.", "I couldn't sleep.", "I called my sister."],
        ),
        (
            "would you call it a comedy i believe you would",
            ["Would you call it a comedy?", "I believe you would."],
        ),
        ("everything he does is slow", ["Everything he does is slow."]),
        ("i think it was the best film", ["I think it was the best film."]),
        ("the first time i saw it i was nineteen", ["The first time I saw it, I was nineteen."]),
        ("so good i cried twice", ["So good I cried twice."]),
        # clauses that wait for another
        ("when i saw it it made me cry", ["When I saw it, it made me cry."]),
        ("if you were ever left (0.8) it will hurt you", ["If you were ever left, it will hurt you."]),
        # afterthoughts
        ("they're long i think (0.8) i watch them", ["They're long I think.", "I watch them."]),
        ("i liked it but it is long", ["I liked it, but it is long."]),
        ("it is nothing but a dream", ["It is nothing but a dream."]),
        ("why did he wait so long", ["Why did he wait so long?"]),
        ("what i loved is the quiet", ["What I loved is the quiet."]),
    ],
)
def test_sentences_end_where_a_reader_expects_it(spoken: str, sentences: list[str]) -> None:
    assert written(spoken) == sentences


def test_a_long_ramble_without_a_pause_is_cut_into_readable_sentences() -> None:
    ramble = (
        "the camera stays on his face and you hear her think and i could listen to it all day and it's warm and it's "
        "funny and it's a bit sad and he walks through the city and nobody looks up and i wanted to call my mother"
    )
    sentences = sentences_of(tokens(ramble))
    assert len(sentences) >= 3
    assert all(3 <= len(sentence) <= LONGEST for sentence in sentences)


def test_no_sentence_ends_after_a_word_that_wants_another() -> None:
    chance = random.Random(3)
    pieces = "the film a light i cried it was in of and but my friend loved (0.6) (1.4) quiet he his voice for".split()
    for _ in range(200):
        kept = tokens(" ".join(chance.choices(pieces, k=40)))
        sentences = sentences_of(kept)
        assert tuple(token for sentence in sentences for token in sentence) == kept
        for sentence in sentences[:-1]:
            assert sentence[-1].word not in ARTICLES | PREPOSITIONS | CONJUNCTIONS


def test_a_sentence_ends_where_the_second_ear_ends_it_unless_more_has_to_come() -> None:
    heard = written_by_both("It was the. Best film of the year").tokens
    assert [write(sentence) for sentence in sentences_of(heard)] == ["It was the best film of the year."]
    heard = written_by_both("He waits. Lonely, in Tokyo? With a phone").tokens
    assert [write(sentence) for sentence in sentences_of(heard)] == ["He waits.", "Lonely in Tokyo?", "With a phone."]


@pytest.mark.parametrize(
    ("spoken", "title", "sentence"),
    [
        ("the movie her is strange", "Her", "The movie Her is strange."),
        ("a film called her broke me", "Her", "A film called Her broke me."),
        ("i gave her my heart", "Her", "I gave her my heart."),
        ("there is light in her", "Her", "There is light in her."),
        ("i called her at night", "Her", "I called her at night."),
        ("maybe casablanca comes close", "Casablanca", "Maybe Casablanca comes close."),
        ("i felt the gravity of it", "Gravity", "I felt the gravity of it."),
        (
            "i loved eternal sunshine of the spotless mind most",
            "Eternal Sunshine of the Spotless Mind",
            "I loved Eternal Sunshine of the Spotless Mind most.",
        ),
        ("i saw punch drunk love twice", "Punch-Drunk Love", "I saw Punch-Drunk Love twice."),
        ("i'm sure i've seen it in tokyo on a monday", None, "I'm sure I've seen it in Tokyo on a Monday."),
    ],
)
def test_capitals_are_for_starts_and_i_and_names(spoken: str, title: str | None, sentence: str) -> None:
    assert write(tokens(spoken), title) == sentence


def test_a_leading_well_has_its_comma() -> None:
    heard = written_by_both("It ends. Well the music stops.").tokens
    assert [write(sentence) for sentence in sentences_of(heard)] == ["It ends.", "Well, the music stops."]


def test_a_name_that_the_second_ear_wrote_keeps_its_capital() -> None:
    assert write(written_by_both("I adore Amy Adams in it.").tokens) == "I adore Amy Adams in it."


def test_a_silence_after_a_word_that_was_drawn_out_is_no_end_unless_two_clauses_meet() -> None:
    def sentences(script: str, *drawn_out: str) -> list[str]:
        whole = said(script)
        held = tuple(
            Lengthened(word.word, word.start_s, word.end_s, 1.0, 0.1)
            for word in whole.answer.words
            if word.word in drawn_out
        )
        answer = replace(whole.answer, lengthened=held)
        return [write(sentence) for sentence in sentences_of(replace(whole, answer=answer).tokens)]

    slow = "the long grey winter (0.7) the camera is slow"
    assert sentences(slow) == ["The long grey winter.", "The camera is slow."]
    assert sentences(slow, "winter") == ["The long grey winter, the camera is slow."]
    assert sentences("i cried a lot (0.7) the camera is slow", "lot") == ["I cried a lot.", "The camera is slow."]


def test_no_question_is_made_where_verb_and_subject_do_not_agree() -> None:
    assert written("the camera work is i think it's brilliant")[0].startswith("The camera work is")


@pytest.mark.parametrize(
    ("spoken", "sentences"),
    [
        (
            "after my father left (0.6) my mother talked to the radio",
            ["After my father left, my mother talked to the radio."],
        ),
        ("he talks to a voice and slowly (0.7) he falls in love", ["He talks to a voice and slowly he falls in love."]),
        (
            "he writes letters for strangers (0.6) because they have no words",
            ["He writes letters for strangers because they have no words."],
        ),
        ("joaquin phoenix (0.5) he's in every scene", ["Joaquin phoenix, he's in every scene."]),
    ],
)
def test_a_pause_for_thought_inside_a_sentence_does_not_end_it(spoken: str, sentences: list[str]) -> None:
    assert written(spoken) == sentences
