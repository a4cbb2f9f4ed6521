"""Correcting a review: what becomes of it, what is read again, and where the words come from."""

from __future__ import annotations

import pytest

from assistant.editing import (
    CommandContext,
    Editor,
    EditReply,
    Outcome,
    parse_command,
    parse_heard,
    sentences_said,
    wording,
)
from assistant.editing.wording import passage_of
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.films.film import Film
from assistant.intents import Command, Intent, resembling
from assistant.review import Review, Sentence
from assistant.turns.user_turn import UserTurn
from tests.support.answers import spoken
from tests.support.source_answers import said as answered
from tests.support.source_answers import unsaid_words

ANSWERS = (
    "i watched it alone late at night",
    "the rain looked sad and the music made me cry",
    "samantha never lies to him",
    "the rain never stops",
    "i would see it again with my mother",
)
WRITTEN = (
    "I watched it alone, late at night.",
    "The rain looked sad and the music made me cry.",
    "I know that Samantha never lies to him.",
    "The rain never stops.",
    "I would see it again with my mother.",
)


class Correcting:
    """A review of five sentences, arranged in the given order of what was said, and somebody who corrects it."""

    def __init__(self, *order: int) -> None:
        self.said = [
            UserTurn(turn, spoken(text if turn != 3 else "i know that " + text), question="about")
            for turn, text in enumerate(ANSWERS, 1)
        ]
        sentences = [
            Sentence(text, (passage_of(said.answer.spoken, said),))
            for text, said in zip(WRITTEN, self.said, strict=True)
        ]
        picked = [sentences[at - 1] for at in order or (1, 2, 3, 4, 5)]
        self.editor = Editor(Review(Film("Her"), 4.5, "both", tuple(picked)))
        self.turn = 10

    def say(self, text: str) -> EditReply:
        command = parse_command(text, self.editor.document)
        assert command is not None, text
        return self.editor.obey(command, self.utterance(text))

    def utterance(self, text: str) -> UserTurn:
        self.turn += 1
        self.said.append(UserTurn(self.turn, spoken(text), question="review"))
        return self.said[-1]

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.editor.document.lines]

    def assert_own_words(self) -> None:
        for sentence in self.editor.review.sentences:
            assert sentence.sources
            assert unsaid_words(sentence, self.said) == []


def test_replacing_changes_the_nearest_backwards_and_reads_only_that_sentence():
    person = Correcting()
    reply = person.say("replace never with hardly ever")
    assert reply == EditReply(Outcome.CHANGED, ("The rain hardly ever stops.",))
    assert person.texts[2] == WRITTEN[2]
    person.say("replace the rain with the snow")
    assert person.texts[3] == "The snow hardly ever stops."
    person.assert_own_words()


def test_the_nearest_is_looked_for_from_the_sentence_that_was_read_last():
    person = Correcting()
    person.editor.broken_off(2)
    person.say("replace never with rarely")
    assert person.texts[2] == "I know that Samantha rarely lies to him."
    assert person.texts[3] == WRITTEN[3]


def test_new_words_come_from_the_turn_and_the_moment_at_which_they_were_said():
    person = Correcting()
    person.say("replace mother with younger sister")
    sentence = person.editor.review.sentences[-1]
    assert sentence.text == "I would see it again with my younger sister."
    [old, new] = sentence.sources
    assert old.turn == 5
    assert new.turn == person.turn
    words = {word.word: word for word in person.said[-1].answer.words}
    assert (new.start_s, new.end_s) == (words["younger"].start_s, words["sister"].end_s)
    person.assert_own_words()


def test_without_the_source_of_its_new_words_an_edited_sentence_would_not_be_grounded():
    person = Correcting()
    person.say("replace mother with sister")
    sentence = person.editor.review.sentences[-1]
    assert unsaid_words(Sentence(sentence.text, sentence.sources[:1]), person.said) == ["sister"]


def test_what_sounds_alike_is_found_but_what_is_spelled_the_same_comes_first():
    person = Correcting()
    person.say("replace the reign with the storm")
    assert person.texts[3] == "The storm never stops."
    person.say("replace sat with grey")
    assert person.texts[1] == "The rain looked grey and the music made me cry."


@pytest.mark.parametrize(
    ("said", "at", "text"),
    [
        ("insert very before sad", 1, "The rain looked very sad and the music made me cry."),
        ("insert and cold after sad", 1, "The rain looked sad and cold and the music made me cry."),
        ("insert honestly before i watched", 0, "Honestly I watched it alone, late at night."),
        ("insert again after alone", 0, "I watched it alone again, late at night."),
        ("insert softly before the rain", 3, "Softly the rain never stops."),
        ("delete late at night", 0, "I watched it alone."),
        ("delete sad and", 1, "The rain looked the music made me cry."),
        ("delete i know that", 2, "Samantha never lies to him."),
        ("delete the rain", 3, "Never stops."),
        ("capitalise mother", 4, "I would see it again with my Mother."),
        ("replace with my mother with with samantha", 4, "I would see it again with Samantha."),
        ("replace the rain with i'm sure i", 3, "I'm sure I never stops."),
        ("replace rain with my grief", 3, "My grief never stops."),
        ("replace mother with the neighbours", 4, "I would see it again with the neighbours."),
    ],
)
def test_spaces_marks_and_capitals_come_out_right(said: str, at: int, text: str):
    person = Correcting()
    person.say(said)
    assert person.texts[at] == text
    person.assert_own_words()


@pytest.mark.parametrize(
    ("text", "old", "new", "then"),
    [
        ("He carries a lamp.", "lamp", "umbrella", "He carries an umbrella."),
        ("He carries a lamp.", "lamp", "an old coat", "He carries an old coat."),
        ("An end like a song.", "end", "beginning", "A beginning like a song."),
        ("It took a minute.", "minute", "hour", "It took an hour."),
        ("It is an opera.", "opera", "uniform", "It is a uniform."),
        ("I gave her flowers.", "flowers", "a book", "I gave her a book."),
        ("I think that rain helps.", "rain", "the snow", "I think that the snow helps."),
    ],
)
def test_what_is_put_in_gets_the_article_that_goes_with_it_and_no_second_one(text: str, old: str, new: str, then: str):
    start = text.index(old)
    assert wording.replace_words(text, start, start + len(old), new) == then


def test_an_article_goes_with_the_word_that_follows_after_a_change():
    assert wording.insert_before("He is a man.", 8, "honest") == "He is an honest man."
    assert wording.delete_words("It is an awful film.", 9, 14) == "It is a film."


def test_undo_and_redo_go_back_and_forth_through_everything():
    person = Correcting()
    before = person.texts
    person.say("replace sad with happy")
    person.say("delete the last sentence")
    after = person.texts
    assert person.say("undo").outcome is Outcome.UNDONE
    assert person.say("undo") == EditReply(Outcome.UNDONE, (WRITTEN[1],))
    assert person.texts == before
    assert person.say("undo").outcome is Outcome.NOTHING_TO_UNDO
    assert person.say("redo").read == ("The rain looked happy and the music made me cry.",)
    person.say("redo")
    assert person.texts == after
    assert person.say("redo").outcome is Outcome.NOTHING_TO_REDO


def test_after_another_change_what_was_undone_is_gone():
    person = Correcting()
    person.say("delete the last sentence")
    person.say("undo")
    person.say("replace sad with happy")
    assert person.say("redo").outcome is Outcome.NOTHING_TO_REDO


def test_scratch_that_takes_out_what_was_read_last_but_takes_back_what_was_just_changed():
    person = Correcting()
    person.say("scratch that")
    assert person.texts == list(WRITTEN[:4])
    person = Correcting()
    person.say("replace sad with happy")
    person.say("scratch that")
    assert person.texts == list(WRITTEN)


def test_read_that_again_reads_the_sentence_read_last_and_the_whole_thing_all_of_them():
    person = Correcting()
    assert person.say("read that again").read == WRITTEN
    person.say("replace sad with happy")
    assert person.say("read that again").read == ("The rain looked happy and the music made me cry.",)
    assert len(person.say("read the whole thing").read) == 5


def test_a_reading_that_was_broken_off_goes_on_with_the_sentence_that_was_not_heard_to_its_end():
    person = Correcting()
    assert person.say("continue").outcome is Outcome.NOTHING_UNREAD
    person.editor.broken_off(1)
    assert person.say("stop") == EditReply(Outcome.STOPPED)
    assert person.say("continue") == EditReply(Outcome.READ, WRITTEN[1:])
    assert person.say("continue").outcome is Outcome.NOTHING_UNREAD


def test_a_reading_goes_on_after_what_was_changed_meanwhile():
    person = Correcting()
    person.editor.broken_off(1)
    person.say("replace sad with happy")
    assert person.say("continue").read == WRITTEN[2:]
    person.say("read the whole thing")
    person.editor.broken_off(2)
    person.say("delete this sentence")
    person.editor.add(person.utterance("i liked it"))
    assert person.say("continue").read == (*WRITTEN[3:], "I liked it.")
    assert person.say("continue").outcome is Outcome.NOTHING_UNREAD


def test_what_was_moved_to_the_end_is_read_at_the_end():
    person = Correcting()
    person.editor.broken_off(1)
    person.say("move that to the end")
    assert person.say("continue").read == (*WRITTEN[2:], WRITTEN[1])


def test_the_last_sentence_and_the_last_paragraph_go_but_never_the_whole_review():
    person = Correcting()
    person.editor.broken_off(2)
    person.say("new paragraph")
    assert [len(paragraph) for paragraph in person.editor.document.paragraphs] == [3, 2]
    assert person.editor.document.text.split("\n\n")[1] == " ".join(WRITTEN[3:])
    person.say("delete the last paragraph")
    assert person.texts == list(WRITTEN[:3])
    assert person.say("delete the last paragraph").outcome is Outcome.LAST_SENTENCE
    person.say("delete the last sentence")
    person.say("delete the last sentence")
    assert person.say("delete the last sentence").outcome is Outcome.LAST_SENTENCE
    assert person.texts == [WRITTEN[0]]


def test_a_paragraph_stays_one_when_its_first_sentence_goes():
    person = Correcting()
    person.editor.broken_off(1)
    person.say("new paragraph")
    person.say("read that again")
    person.say("scratch that")
    assert [len(paragraph) for paragraph in person.editor.document.paragraphs] == [2, 2]


def test_that_moves_to_the_end():
    person = Correcting()
    assert person.say("move that to the end").outcome is Outcome.AT_END
    person.editor.broken_off(1)
    assert person.say("move that to the end").read == (WRITTEN[1],)
    assert person.texts == [WRITTEN[at] for at in (0, 2, 3, 4, 1)]
    assert person.say("move that to the end").outcome is Outcome.AT_END


def test_new_sentences_are_added_at_the_end_with_their_source_and_in_the_paragraph_that_was_begun():
    person = Correcting()
    person.say("new paragraph")
    said = person.utterance("and um my father would have loved the old captain")
    reply = person.editor.add(said)
    assert reply.outcome is Outcome.CHANGED
    assert person.texts[-1] == reply.read[0]
    assert "father would have loved the old captain" in person.texts[-1]
    assert [len(paragraph) for paragraph in person.editor.document.paragraphs] == [5, 1]
    assert {passage.turn for passage in person.editor.review.sentences[-1].sources} == {said.number}
    person.assert_own_words()


def test_of_an_escaped_utterance_only_the_words_after_literally_are_added():
    person = Correcting()
    person.editor.add(person.utterance("literally scratch that"), "scratch that")
    assert person.texts[-1] == "Scratch that."


def test_a_sentence_said_again_takes_the_place_of_the_one_read_last():
    person = Correcting()
    person.editor.broken_off(1)
    gap = SENTENCE_PAUSE_S + 0.5
    said = person.utterance(f"the rain was grey and cold ({gap}) i cried when the music stopped")
    person.editor.reword(said)
    assert len(person.texts) >= 5
    assert person.texts[0] == WRITTEN[0]
    assert person.texts[-3:] == list(WRITTEN[2:])
    new = person.editor.review.sentences[1:-3]
    spoken_words = [token.word for token in said.tokens]
    assert " ".join(sentence.text for sentence in new).lower().replace(".", "").replace(",", "").split() == spoken_words
    person.assert_own_words()


def test_shorter_keeps_the_opening_and_what_was_changed_and_ends_somewhere():
    person = Correcting()
    person.say("replace stops with ends")
    words = sum(len(text.split()) for text in person.texts)
    person.say("make it shorter")
    assert sum(len(text.split()) for text in person.texts) <= 0.75 * words
    assert person.texts[0] == WRITTEN[0]
    assert "The rain never ends." in person.texts
    while person.say("make it shorter").outcome is Outcome.CHANGED:
        pass
    assert len(person.texts) >= 1
    person.assert_own_words()


def test_another_one_is_in_the_order_in_which_it_was_said():
    person = Correcting(3, 1, 2, 4, 5)
    person.say("replace sad with happy")
    assert person.say("another one").outcome is Outcome.CHANGED
    assert person.texts[0] == WRITTEN[0]
    assert person.texts[1] == "The rain looked happy and the music made me cry."
    assert person.texts[2] == WRITTEN[2]
    assert person.say("another one").outcome is Outcome.NO_OTHER
    person.say("undo")
    assert person.texts[0] == WRITTEN[2]


def test_another_arrangement_keeps_what_was_changed_put_in_and_taken_out():
    person = Correcting()
    other = Correcting(4, 5, 3, 2, 1).editor.review
    person.say("replace sad with happy")
    person.say("delete the last sentence")
    person.editor.add(person.utterance("my father would have loved the captain"))
    person.editor.rearrange(other)
    assert person.texts == [
        WRITTEN[3],
        WRITTEN[2],
        "The rain looked happy and the music made me cry.",
        WRITTEN[0],
        "My father would have loved the captain.",
    ]
    assert person.editor.rearrange(other).outcome is Outcome.NO_OTHER


def test_what_was_deleted_and_brought_back_is_in_the_other_arrangement_too():
    person = Correcting()
    person.say("delete the last sentence")
    person.say("undo")
    person.editor.rearrange(Correcting(5, 4).editor.review)
    assert person.texts == [WRITTEN[4], WRITTEN[3]]


def test_words_that_are_nowhere_change_nothing():
    person = Correcting()
    said = person.utterance("delete the elephant")
    assert person.editor.obey(Command(Intent.DELETE, {"old": "the elephant"}), said).outcome is Outcome.NOT_FOUND
    assert person.texts == list(WRITTEN)


def test_what_is_more_than_editing_is_refused():
    person = Correcting()
    with pytest.raises(ValueError, match="more than the editor can do"):
        person.editor.obey(Command(Intent.SEND), person.utterance("send review"))


def test_a_command_is_taken_from_the_wording_that_was_expected_unless_it_was_escaped():
    document = Correcting().editor.document
    assert parse_heard("and you", "undo", document) == Command(Intent.UNDO)
    assert parse_heard("stop", None, document) == Command(Intent.STOP_READING)
    assert parse_heard("literally and you", "undo", document) is None
    assert parse_heard("i liked the rain", None, document) is None


def test_there_is_leeway_for_commands_alone_and_more_for_those_in_the_words_of_the_help():
    margin = CommandContext.of(Correcting().editor.document).margin
    documented = margin("please send the review")
    other = margin("i want to say that again")
    assert documented is not None
    assert other is not None
    about_words = margin("replace the rain with snow")
    assert about_words is not None
    assert about_words > documented > other > 0
    assert margin("capitalize alone") == about_words
    assert margin("i want to see that again") is None
    assert margin("replace the rain with a dog and it's my family") is None


def test_an_utterance_resembles_commands_that_sound_like_it_behind_what_leads_in():
    assert "move it to the end" in resembling("new the to the end")
    assert "okay undo the last change" in resembling("okay and do the last change")
    assert resembling("the letters made me cry on the way home") == []


def test_the_grammar_has_what_people_say_before_an_order():
    expected = CommandContext.of(Correcting().editor.document).phrases
    assert {"um", "wait", "um scratch", "wait undo", "sorry replace", "no delete"} <= set(expected)


def test_a_dictated_sentence_keeps_the_word_that_an_answer_would_lose() -> None:
    (sentence,) = sentences_said(answered("yes i would take my aunt"), None)
    assert sentence.text.lower() in {"yes i would take my aunt.", "yes, i would take my aunt."}
