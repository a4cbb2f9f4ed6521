"""Spoken to written: what goes, what stays, and that nothing is lost."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from assistant.disfluency import Cleaned, EditKind, remove
from tests.support.source_answers import said


def cleaned(script: str) -> Cleaned:
    return remove(said(script).tokens)


@pytest.mark.parametrize(
    ("spoken", "left"),
    [
        # fillers
        ("i um (0.8) loved the the colours but", "i loved the colours"),
        ("erm it was hmm quiet", "it was quiet"),
        # spoken punctuation
        ("i loved the ending period it was so warm exclamation mark", "i loved the ending it was so warm"),
        ("it is a period drama full stop", "it is a period drama"),
        # what is said about not having finished
        ("wait sorry i was not finished i wanted to say that the ending is sad", "the ending is sad"),
        ("hold on i'm not done yet the ending is sad", "the ending is sad"),
        ("i haven't finished the book", "i haven't finished the book"),
        ("i'm not done with him", "i'm not done with him"),
        # repeats
        ("i saw it on c n n", "i saw it on c n n"),
        ("i saw it in the u s a", "i saw it in the u s a"),
        ("i was i was lost", "i was lost"),
        ("i loved the the the the colours", "i loved the colours"),
        ("it was it was it was beautiful", "it was beautiful"),
        ("it was (0.6) it was beautiful", "it was beautiful"),
        ("i think the music the music was perfect", "i think the music was perfect"),
        # restarts
        ("i was i used to be a romantic", "i used to be a romantic"),
        ("and i was and i used to hope", "and i used to hope"),
        ("it's it was lovely", "it was lovely"),
        ("i i'm lost", "i'm lost"),
        ("he had he has a kind face", "he has a kind face"),
        ("i don't i couldn't stop crying", "i couldn't stop crying"),
        ("i really i just couldn't breathe", "i just couldn't breathe"),
        ("it made it makes me cry", "it makes me cry"),
        ("there's there was a scene on the beach", "there was a scene on the beach"),
        ("that's that was the best part", "that was the best part"),
        ("the acting i mean the directing was bold", "the directing was bold"),
        ("it was sad no wait it was funny", "it was funny"),
        ("a the film is long", "the film is long"),
        ("of the in the city the light is soft", "in the city the light is soft"),
        ("it has a (0.5) i loved the colours", "i loved the colours"),
        # discourse
        ("you know (0.4) the music was lovely", "the music was lovely"),
        ("the music was you know really lovely", "the music was really lovely"),
        ("it was you know it was sad", "it was sad"),
        ("i wish i could you know just sit there", "i wish i could just sit there"),
        ("i loved it you know", "i loved it"),
        ("i loved it so yeah", "i loved it"),
        ("well i cried", "i cried"),
        ("so i cried", "i cried"),
        ("yeah so i mean it was sad", "it was sad"),
        ("they're long i think um well actually i like them", "they're long i think actually i like them"),
        ("it was (0.3) like (0.4) really sad", "it was really sad"),
        ("it was i don't know kind of sad", "it was kind of sad"),
        ("it felt cold (0.3) if you know what i mean", "it felt cold"),
        # hanging ends
        ("i loved it and i", "i loved it"),
        ("i loved it but i guess", "i loved it"),
        ("it was sad because", "it was sad"),
        ("it was about the", "it was about"),
    ],
)
def test_what_slipped_out_is_taken_out(spoken: str, left: str) -> None:
    assert cleaned(spoken).text == left


@pytest.mark.parametrize(
    "spoken",
    [
        "i said that that was enough",
        "she had had enough",
        "it was very very sad",
        "no no it was not that",
        "it took two two hour sittings",
        "it plays over and over and over",
        "i love what it is is a love story",
        "i loved it it was so good",
        "i loved the ending the ending was perfect",
        "i gave it to her her voice is everything",
        "i love you you know that",
        "i like this",
        "i (0.3) like (0.3) this one",
        "it was (0.3) like (0.3) a dream",
        "it's (0.3) like (0.3) titanic",
        "it was (0.3) like (0.3) before sunrise",
        "i love films (0.3) like (0.3) amelie",
        "he walks (0.3) like (0.3) chaplin",
        "it smelled (0.3) like (0.3) rain",
        "i know you know",
        "i know you know how it ends",
        "do you know what it does",
        "you know the feeling",
        "that's what i mean",
        "i mean it",
        "well made and well acted",
        "so sad and so good",
        "i know what it is it's a love story",
        "that's who i was i think",
        "i was i guess disappointed",
        "i wouldn't (0.5) i was too sad",
        "all i had i gave",
        "the love i had i lost",
        "when i saw it it made me cry",
        "it's kind it's slow",
        "i think so",
        "it was good though",
        "i had never felt it before",
        "i don't know why i cried",
    ],
)
def test_what_was_meant_stays(spoken: str) -> None:
    assert cleaned(spoken).edits == ()


def test_a_clause_said_twice_loses_its_first_copy_and_keeps_the_times_of_the_second() -> None:
    tokens = said("i was (0.5) i was lost").tokens
    assert remove(tokens).tokens[0].start_s == tokens[2].start_s


def test_every_edit_says_what_it_took_and_when() -> None:
    script = "um i was i used to be well (0.3) married but"
    edits = {edit.kind: edit for edit in cleaned(script).edits}
    assert edits[EditKind.FILLER].words == ("um",)
    assert edits[EditKind.RESTART].words == ("i", "was")
    assert edits[EditKind.HANGING].words == ("but",)
    tokens = said(script).tokens
    assert edits[EditKind.RESTART].start_s == tokens[1].start_s
    assert edits[EditKind.RESTART].end_s == tokens[2].end_s


def test_the_silence_around_a_filler_is_kept_for_the_word_after_it() -> None:
    last = cleaned("lovely (0.3) um (0.4) film").tokens[1]
    assert last.pause_s > 0.7


def test_the_mark_of_a_dropped_end_moves_to_the_word_before() -> None:
    heard = said("i loved it you know (0.6) really sad film").tokens
    kept = remove([replace(token, mark="." if token.word in ("know", "film") else "") for token in heard])
    assert [token.word for token in kept.tokens if token.mark] == ["it", "film"]


def test_nothing_is_lost_whatever_is_said() -> None:
    pieces = "i i was the the um you know like it's it that (0.4) (0.9) but and so well had film mean very no".split()
    chance = random.Random(7)
    edited = 0
    for _ in range(300):
        script = " ".join(chance.choices(pieces, k=chance.randrange(60)))
        whole = said(script)
        result = remove(whole.tokens)
        dropped = (token for edit in result.edits for token in edit.tokens)
        # The silence of a word that goes passes to the next one.
        kept = sorted((*result.tokens, *dropped), key=lambda token: token.index)
        assert [(token.index, token.word) for token in kept] == [(token.index, token.word) for token in whole.tokens]
        assert remove(result.tokens).text == result.text
        edited += bool(result.edits)
    assert edited > 200


def test_an_answer_of_nothing_but_fillers_leaves_nothing() -> None:
    assert cleaned("um (0.5) uh hmm").text == ""


@pytest.mark.parametrize(
    "script",
    [
        "when i say loud i mean loud like a train",
        "if i call it cold i mean cold as a stone and not bad",
        "he kept saying wait and he kept smiling",
        "she digs and digs and digs and the dog looks on",
        "we sat there in the dark for a while",
    ],
)
def test_words_that_only_look_like_a_repair_or_an_end_stay(script: str) -> None:
    assert cleaned(script).text == script
