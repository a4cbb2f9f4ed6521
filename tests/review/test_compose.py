"""Whole reviews out of whole rambles."""

from __future__ import annotations

import random
from typing import get_args

import pytest

from assistant.disfluency import EditKind
from assistant.films.film import Film
from assistant.review import Passage, ReviewRequest, Voice, compose
from assistant.review.compose import draft_review
from assistant.turns.user_turn import UserTurn
from tests.support.source_answers import said, unsaid_words, written_by_both

HER = Film("Her", 2013, "tt1798709")
TALK = [
    said(
        "um it's it's about this man who who falls in love with (0.7) with a voice and (0.9) i thought that was going "
        "to be (0.4) silly but but it isn't silly at all (1.1) it got to me",
        9,
    ),
    said(
        "you can see it in his shoulders (0.7) the colours are all (0.4) warm like red and orange (0.6) and everybody "
        "is walking around talking to nobody",
        11,
    ),
    said("i i haven't felt that (0.6) uh in a long time (0.8) i used to be married but", 13),
    said("i'd see it again (0.5) maybe not alone (1.0) that's all", 15),
]
PHRASES = [
    "i um (0.8) loved the the colours",
    "the music the music is so quiet",
    "he was he used to write letters",
    "it's it was you know really sad",
    "but i i didn't cry at the end",
    "my sister said it was boring",
    "would you call it a comedy",
    "i saw it two times in one week",
    "the voice is like a warm room",
    "and nobody in the city looks up",
    "so i called my mother after",
    "i'm not sure it's about love",
    "that that was the saddest scene",
    "that's all",
    "i don't know",
]


def test_a_ramble_becomes_sentences_of_its_own_words() -> None:
    review = compose(TALK, ReviewRequest(HER, 4.5, "introspective"))
    assert review is not None
    assert (review.film, review.rating, review.voice) == (HER, 4.5, "introspective")
    texts = [sentence.text for sentence in review.sentences]
    assert texts[0] == "It got to me."
    assert texts[-1] == "I used to be married."
    assert "It's about this man who falls in love with a voice." in texts
    assert "Everybody is walking around talking to nobody." in texts
    assert "That's all." not in texts


def test_each_sentence_knows_where_it_was_said() -> None:
    review = compose(TALK, ReviewRequest(HER))
    assert review is not None
    (married,) = [sentence for sentence in review.sentences if "married" in sentence.text]
    *_, i, _used, _to, _be, last, _but = TALK[2].answer.words
    assert married.sources == (Passage(13, i.start_s, last.end_s),)


@pytest.mark.parametrize("voice", [*get_args(Voice), None])
def test_whatever_is_said_every_sentence_is_grounded_and_none_comes_twice(voice: Voice | None) -> None:
    chance = random.Random(2013)
    for _ in range(60):
        phrases = chance.choices(PHRASES, k=12)
        joints = chance.choices([" ", " (0.3) ", " (0.7) ", " (1.3) ", " um "], k=11)
        script = "".join(phrase + joint for phrase, joint in zip(phrases, [*joints, ""], strict=True))
        told = [said(script, 3), said(chance.choice(PHRASES), 5)]
        review = compose(told, ReviewRequest(HER, None, voice))
        assert review is not None
        texts = [sentence.text for sentence in review.sentences]
        assert len(set(texts)) == len(texts)
        for sentence in review.sentences:
            assert unsaid_words(sentence, told) == []
            assert sentence.text[0].isupper()
            assert sentence.text[-1] in ".?"
            assert sentence.sources
            for source in sentence.sources:
                answer = next(one.answer for one in told if one.number == source.turn)
                assert answer.words[0].start_s <= source.start_s < source.end_s <= answer.words[-1].end_s


def test_the_same_answers_give_the_same_review() -> None:
    assert compose(TALK, ReviewRequest(HER, voice="both")) == compose(TALK, ReviewRequest(HER, voice="both"))


@pytest.mark.parametrize(
    "script", ["", "um uh", "that's all", "i don't know (0.9) send review", "can you repeat that", "yes", "i would"]
)
def test_without_a_usable_sentence_there_is_no_review(script: str) -> None:
    assert compose([said(script)], ReviewRequest(HER)) is None


def test_no_answers_give_no_review() -> None:
    assert compose([], ReviewRequest(HER)) is None


@pytest.mark.parametrize(
    "aside",
    [
        "that's all",
        "yeah that's about it",
        "i don't know what to say",
        "let me think about that",
        "that's a good question",
        "can you repeat the question please",
        "send review",
        "not sure",
        "is it okay to say that",
        "what was your question again",
        "sorry are you recording this",
        "can we talk about something else please",
        "i don't know if that's what you mean",
        "you keep asking such difficult questions",
        "i'd like to say one more thing",
        "does that answer your question",
        "that's everything i wanted to say thank you for asking",
        "bye bye",
    ],
)
def test_what_is_said_about_the_interview_is_not_in_the_review(aside: str) -> None:
    review = compose([said(f"{aside} (1.3) the sea is grey and wide"), said(aside, 2)], ReviewRequest(HER))
    assert review is not None
    assert review.text == "The sea is grey and wide."


def test_a_sentence_that_only_begins_like_an_aside_is_kept() -> None:
    review = compose([said("i don't know why it hurt me (0.9) that's all he ever wanted from her")], ReviewRequest(HER))
    assert review is not None
    assert review.text == "I don't know why it hurt me. That's all he ever wanted from her."


@pytest.mark.parametrize(
    "sentence",
    [
        "you want to ask him why he left",
        "you can hear the sea in every room",
        "the film asks hard questions",
        "they don't say anything for an hour",
        "i couldn't talk on the way home",
        "it's about being kind",
        "who would say that to a child",
    ],
)
def test_a_sentence_about_saying_and_asking_in_the_film_is_kept(sentence: str) -> None:
    review = compose([said(sentence)], ReviewRequest(HER))
    assert review is not None
    assert review.text.lower().rstrip(".?") == sentence


def test_what_says_nothing_by_itself_stays_behind_what_it_answers() -> None:
    told = [said("everybody in the cinema cried (0.9) but i didn't (0.9) it's theirs (0.9) the sea was grey")]
    review = compose(told, ReviewRequest(HER))
    assert review is not None
    assert review.text == "Everybody in the cinema cried. But I didn't. It's theirs. The sea was grey."


def test_thats_all_is_a_sentence_of_a_story_and_no_end_of_an_answer() -> None:
    told = [said("she puts a spoon on his table (0.8) that's all (0.8) she leaves the house (0.8) that's all")]
    review = compose(told, ReviewRequest(HER))
    assert review is not None
    assert review.text == "She puts a spoon on his table. That's all. She leaves the house."


@pytest.mark.parametrize(
    "answer",
    ["perhaps not tomorrow", "under a blanket", "tired and cold", "only if it rains", "i think so but not now"],
)
def test_an_answer_that_needs_its_question_is_left_out(answer: str) -> None:
    review = compose([said("the sea is grey and wide"), said(answer, 2)], ReviewRequest(HER))
    assert review is not None
    assert review.text == "The sea is grey and wide."


def test_where_nobody_said_more_even_an_answer_that_needs_its_question_is_a_review() -> None:
    review = compose([said("tired and cold")], ReviewRequest(HER))
    assert review is not None
    assert review.text == "Tired and cold."


def test_words_without_a_verb_stay_with_the_sentence_that_they_lead_to() -> None:
    told = [said("the long red staircase (0.9) you never learn where it goes"), said("the sea made me cry", 2)]
    review = compose(told, ReviewRequest(HER, voice="both"))
    assert review is not None
    texts = [sentence.text for sentence in review.sentences]
    staircase = texts.index("The long red staircase.")
    assert texts[staircase + 1] == "You never learn where it goes."


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("yes i would take my aunt", "I would take my aunt."),
        ("oh absolutely i'd take my aunt", "I'd take my aunt."),
        ("nothing really (0.6) i just sat there", "I just sat there."),
        ("brave (0.6) she was brave", "She was brave."),
        ("no music is louder than this", "No music is louder than this."),
    ],
)
def test_the_word_that_takes_up_the_question_is_left_out(answer: str, sentence: str) -> None:
    review = compose([said(answer)], ReviewRequest(HER))
    assert review is not None
    assert review.text == sentence


def emotional(script: str) -> UserTurn:
    return said(script, 2, "emotional_movies")


def test_a_short_answer_is_helped_by_what_was_said_of_emotional_films() -> None:
    told = [emotional("they're long (0.9) i keep sad movies for sundays"), said("it made me cry", 4)]
    review = compose(told, ReviewRequest(HER))
    assert review is not None
    assert review.text == "It made me cry. I keep sad movies for Sundays."


def test_a_long_answer_needs_no_such_help() -> None:
    review = compose([emotional("sad movies find me on sundays"), *TALK], ReviewRequest(HER))
    assert review is not None
    assert "Sundays" not in review.text


def test_what_was_said_of_emotional_films_alone_is_no_review() -> None:
    assert compose([emotional("sad movies find me on sundays")], ReviewRequest(HER)) is None


def test_other_questions_are_no_material() -> None:
    assert compose([said("i used to be a sailor", 1, "romance")], ReviewRequest(HER)) is None


def test_a_but_stays_behind_what_it_contradicts() -> None:
    told = [said("the sea is cold (0.9) but the piano made me cry"), said("it's the best film ever", 2)]
    texts = [draft.text for draft in draft_review(told, ReviewRequest(HER, voice="introspective"))]
    assert texts == ["It's the best film ever.", "The sea is cold.", "But the piano made me cry."]


def test_a_but_that_lost_what_it_contradicts_is_dropped_and_the_record_says_so() -> None:
    told = [said("the old sea is cold", 1), said("the old sea is cold (0.9) but the red piano is loud", 2)]
    _, second = draft_review(told, ReviewRequest(HER, voice="funny"))
    assert second.text == "The red piano is loud."
    assert [(edit.kind, edit.words) for edit in second.edits] == [(EditKind.CONNECTIVE, ("but",))]


def test_the_raw_words_of_a_sentence_are_one_step_away() -> None:
    (draft,) = draft_review([said("um i was i used to (0.4) be the the sailor but")], ReviewRequest(HER))
    dropped = [token for edit in draft.edits for token in edit.tokens]
    raw = sorted((*draft.tokens, *dropped), key=lambda token: token.index)
    assert draft.text == "I used to be the sailor."
    assert " ".join(token.word for token in raw) == "um i was i used to be the the sailor but"


def test_names_that_the_second_ear_wrote_keep_their_capitals() -> None:
    review = compose([written_by_both("I loved Joaquin Phoenix in it.")], ReviewRequest(HER))
    assert review is not None
    assert [sentence.text for sentence in review.sentences] == ["I loved Joaquin Phoenix in it."]
