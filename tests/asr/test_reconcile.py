"""One transcript from what two ears heard."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from assistant.asr.reconcile import Reconciliation, SecondHearing, reconcile, second_hearing
from assistant.asr.second_ear import trust_in
from assistant.asr.voice_activity import SpeechSegment
from assistant.asr.whisper import Hypothesis
from assistant.turns.answer import Filler, Word, WrittenWord
from tools.notation import answer_of


def heard(text: str, confidence: float = 0.9, start_s: float = 0.5) -> tuple[Word, ...]:
    """Words of 0.3 s each; those with a question mark have a confidence of 0.3."""
    words = answer_of(text.replace("?", "")).words
    sure = [0.3 if word.endswith("?") else confidence for word in text.split() if word[0] != "("]
    return tuple(Word(w.word, w.start_s, w.end_s, each) for w, each in zip(words, sure, strict=True))


def wrote(text: str, probability: float = 0.9) -> tuple[WrittenWord, ...]:
    """Words of one second each, to show that their times don't matter; those with a tilde have a probability of 0.1."""
    return tuple(
        WrittenWord(word.removesuffix("~"), 0.1 if word.endswith("~") else probability, float(at), at + 1.0)
        for at, word in enumerate(text.split())
    )


def merged(first: Sequence[Word], second: str, voice: Sequence[tuple[float, float]] = ((0.5, 60.0),)) -> Reconciliation:
    return reconcile(first, SecondHearing(wrote(second), {}), [SpeechSegment(*each) for each in voice])


def text(said: Reconciliation) -> str:
    return " ".join(word.word for word in said.words)


def test_without_a_second_ear_the_first_ears_words_stay_as_they_are():
    words = heard("i loved it")
    assert merged(words, "") == Reconciliation(words, 0)


def test_what_both_heard_is_surer_than_either_alone_and_keeps_the_first_ears_times():
    words = heard("i loved it", confidence=0.8)
    said = merged(words, "I loved it.")
    assert [(word.word, word.start_s, word.end_s) for word in said.words] == [
        (word.word, word.start_s, word.end_s) for word in words
    ]
    assert {word.by for word in said.words} == {"both"}
    assert all(word.confidence == pytest.approx(0.98) for word in said.words)
    assert [word.written for word in said.words] == ["I", "loved", "it."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("i'm gonna watch it", "I am going to watch it."),
        ("i gave it four point five stars", "I gave it 4.5 stars."),
        ("it was nineteen eighty four", "It was 1984."),
        ("in one hundred and one ways", "In 101 ways"),
        ("twenty dollars for the second time", "$20 for the 2nd time"),
        ("the color of a wildfire", "The colour of a wild-fire"),
        ("at five o'clock", "At five o 'clock."),
        ("i don't know", "I do not know."),
        ("because he's so tall", "Because he is so tall."),
    ],
)
def test_different_spellings_of_the_same_words_agree(first: str, second: str):
    said = merged(heard(first), second)
    assert {word.by for word in said.words} == {"both"}
    assert said.dropped == 0


def test_a_word_that_the_first_ear_parted_in_two_is_one():
    (one,) = merged(heard("some day"), "Someday,").words
    assert (one.word, one.start_s, one.end_s, one.written) == ("someday", 0.5, 1.1, "Someday,")


def test_a_contraction_gives_way_to_all_words_that_the_second_ear_heard_in_its_place():
    assert text(merged(heard("because he'd? so tall"), "Because he is~ so tall.")) == "because he is so tall"


def test_an_unsure_word_gives_way_to_a_sure_one_in_its_place():
    said = merged(heard("the music calories? everything"), "The music carries everything.")
    assert text(said) == "the music carries everything"
    assert [word.by for word in said.words] == ["both", "both", "whisper", "both"]
    assert said.words[2].start_s == pytest.approx(1.1)


def test_a_weaker_recogniser_only_confirms():
    first = heard("the music calories? everything")
    second = SecondHearing(wrote("the music carries on everything"), {})
    said = reconcile(first, second, [SpeechSegment(0.5, 60.0)], trust=-3.0)
    assert text(said) == "the music calories everything"
    assert [word.by for word in said.words] == ["both", "both", "vosk", "both"]


def test_a_sure_word_stands_against_an_unsure_one():
    said = merged(heard("nobody forgets paddington", confidence=1.0), "Nobody forgets pattington~")
    assert text(said) == "nobody forgets paddington"
    assert said.words[2].by == "vosk"
    assert said.words[2].written is None


def test_repeats_that_the_second_ear_smooths_away_stay():
    said = merged(heard("i i thought the the dog did it", confidence=1.0), "I thought the dog did it.")
    assert text(said) == "i i thought the the dog did it"


def test_an_unsure_restart_that_the_second_ear_smooths_away_goes():
    smooth = "I used to be shy."
    assert text(merged(heard("i was i used to be shy", confidence=1.0), smooth)) == "i was i used to be shy"
    assert text(merged(heard("i was i used to be shy", confidence=0.8), smooth)) == "i used to be shy"


def test_a_word_that_the_second_ear_thought_of_too_stands_against_an_unsure_one():
    words, speech = heard("it wants trains"), [SpeechSegment(0.5, 60.0)]
    second = wrote("It wants") + wrote("drains.", probability=0.4)
    assert text(reconcile(words, SecondHearing(second, {}), speech)) == "it wants drains"
    assert text(reconcile(words, SecondHearing(second, {words[2]: 0.5}), speech)) == "it wants trains"


def test_a_word_that_the_first_ear_invented_is_dropped_and_counted():
    said = merged(heard("so the? i cried"), "So I cried.")
    assert text(said) == "so i cried"
    assert said.dropped == 1


def test_a_word_that_only_the_second_ear_heard_gets_its_place_in_the_voice_between_its_neighbours():
    said = merged(heard("it was (2.0) sad"), "It was terribly sad.", voice=((0.5, 1.2), (2.2, 2.9), (3.1, 3.4)))
    missed = said.words[2]
    assert (missed.word, missed.by) == ("terribly", "whisper")
    assert 2.2 <= missed.start_s < missed.end_s <= 2.9


def test_where_there_is_no_room_its_neighbours_give_up_what_is_too_long_for_them():
    first = (Word("i", 0.5, 1.3, 0.9), Word("cried", 1.3, 1.6, 0.9))
    said = merged(first, "I nearly cried.")
    assert text(said) == "i nearly cried"
    assert all(before.end_s <= after.start_s for before, after in pairwise(said.words))
    assert all(word.end_s > word.start_s for word in said.words)


def test_words_over_silence_are_dropped_and_counted():
    said = merged(
        heard("it was sad"), "It was sad. Thanks for watching everybody, see you all next time.", voice=((0.5, 1.4),)
    )
    assert text(said) == "it was sad"
    assert said.dropped == 9


def test_a_filler_isnt_the_sound_of_a_word():
    first, filler = (Word("was", 0.8, 1.0, 0.9), Word("sad", 3.1, 3.3, 0.9)), Filler("um", 2.2, 3.1, 0.9)
    second = SecondHearing(wrote("was terribly sad."), {})
    speech = [SpeechSegment(0.8, 1.0), SpeechSegment(2.2, 3.3)]
    assert text(reconcile(first, second, speech)) == "was terribly sad"
    assert text(reconcile(first, second, speech, [filler])) == "was sad"


def test_fillers_of_the_second_ear_are_no_words():
    assert text(merged(heard("i think so"), "Um, I think, uh, so.")) == "i think so"


def test_if_the_first_ear_heard_nothing_the_second_is_believed_where_there_is_voice():
    said = merged((), "Hello there.", voice=((1.0, 2.0),))
    assert text(said) == "hello there"
    assert 1.0 <= said.words[0].start_s < said.words[1].end_s <= 2.0
    assert merged((), "You", voice=()).words == ()


DRAINS = Hypothesis(wrote("It wants drains."), -2.0)


def test_of_texts_about_as_likely_the_one_that_the_first_ear_is_sure_of_is_taken():
    hypotheses = [DRAINS, Hypothesis(wrote("It wants trains."), -3.0)]
    for confidence, taken in ((1.0, "trains."), (0.8, "drains.")):
        second = second_hearing([(hypotheses, heard("it wants trains", confidence))])
        assert [word.text for word in second.words] == ["It", "wants", taken]


def test_a_text_much_likelier_than_what_the_first_ear_heard_is_taken():
    hypotheses = [DRAINS, Hypothesis(wrote("It wants trains."), -9.0)]
    assert second_hearing([(hypotheses, heard("it wants trains", 1.0))]).words[2].text == "drains."


def test_all_texts_together_say_how_probable_the_first_ears_words_are():
    words = heard("it wants trains")
    second = second_hearing([([DRAINS, Hypothesis(wrote("It wants trains."), -2.0)], words)])
    assert [second.support[word] for word in words] == pytest.approx([1.0, 1.0, 0.5])


@pytest.mark.parametrize(
    ("first", "whole"),
    [("he is tall the? ending?", "he is tall the ending"), ("he is tall the?", "he is tall")],
)
def test_where_the_second_ears_text_stops_early_the_first_ears_words_stay(first: str, whole: str):
    words = heard(first)
    second = second_hearing([([Hypothesis(wrote("He is tall."), -1.0)], words)])
    assert text(reconcile(words, second, [SpeechSegment(0.5, 60.0)])) == whole


def test_a_full_stop_where_an_answer_was_cut_is_none():
    pieces = [([Hypothesis(wrote(text), -1.0)], heard(text.strip(".").lower())) for text in ("I saw.", "It twice.")]
    assert [word.text for word in second_hearing([*pieces, ((), ())]).words] == ["I", "saw", "It", "twice"]


def test_on_a_telephone_the_second_ear_is_trusted_more_and_a_weaker_one_always_less():
    words, second = heard("it wants trains", confidence=1.0), SecondHearing(wrote("It wants drains~"), {})
    trusted = {
        (engine, narrow): text(
            reconcile(words, second, [SpeechSegment(0.5, 60.0)], trust=trust_in(engine, narrow_band=narrow))
        )
        for engine in ("whisper", "sphinx")
        for narrow in (False, True)
    }
    assert [each for each, said in trusted.items() if said == "it wants drains"] == [("whisper", True)]
