"""How what is left is written: names, years, apostrophes; how much is taken out at which strength."""

from __future__ import annotations

import pytest

from assistant.disfluency import EditKind, Strength, remove
from assistant.films.film import Film
from assistant.review import ReviewRequest, compose
from assistant.review.draft import drafts_of
from assistant.review.writing import spell, write
from tests.support.source_answers import said, tokens

STUMBLED = "um i was i used to lo- love the the sea you know but"
NAMES = (
    "Kill Bill: Vol. 1",
    "Spike Jonze",
    "Scarlett Johansson",
    "Lost in Translation",
    "Will Smith",
    "Pedro Almodóvar",
    "uncle Frank",
)


@pytest.mark.parametrize(
    ("strength", "left"),
    [
        (Strength.VERBATIM, "um i was i used to lo- love the the sea you know but"),
        (Strength.LIGHT, "i was i used to love the sea you know but"),
        (Strength.CLEAN, "i used to love the sea"),
    ],
)
def test_the_strength_says_how_much_goes(strength: Strength, left: str) -> None:
    assert remove(said(STUMBLED).tokens, strength).text == left


def test_a_review_is_made_at_the_strength_of_its_brief() -> None:
    told = [said("i was i used to love the grey sea")]
    texts = [review.text for strength in Strength if (review := compose(told, ReviewRequest(strength=strength)))]
    assert texts == [
        "I was I used to love the grey sea.",
        "I was I used to love the grey sea.",
        "I used to love the grey sea.",
    ]


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("spike jonze made it", "Spike Jonze made it."),
        ("i love johansson's voice", "I love Johansson's voice."),
        ("i liked lost in translation more", "I liked Lost in Translation more."),
        ("i got lost in the city", "I got lost in the city."),
        ("i will see it with smith", "I will see it with smith."),
        ("will smith is funny", "Will Smith is funny."),
        ("the almodovar film is red", "The Almodóvar film is red."),
        ("my uncle frank was frank", "My uncle Frank was frank."),
        ("kill bill volume one at full volume", "Kill Bill: Vol. 1 at full volume."),
        ("spike jonze (0.7) he's in every scene", "Spike Jonze, he's in every scene."),
    ],
)
def test_names_are_written_as_they_are_written(spoken: str, sentence: str) -> None:
    assert write(tokens(spoken), None, NAMES) == sentence


@pytest.mark.parametrize(
    ("spoken", "title", "sentence"),
    [
        ("i loved twelve angry men", "12 Angry Men", "I loved 12 Angry Men."),
        ("apollo thirteen's end is known", "Apollo 13", "Apollo 13's end is known."),
        ("rocky two is the best", "Rocky II", "Rocky II is the best."),
        ("e t the extra terrestrial is ugly", "E.T. the Extra-Terrestrial", "E.T. the Extra-Terrestrial is ugly."),
        ("gunfight at the o k corral is long", "Gunfight at the O.K. Corral", "Gunfight at the O.K. Corral is long."),
        ("five hundred days of summer is long", "(500) Days of Summer", "(500) Days of Summer is long."),
        ("eight and a half is long", "8½", "8½ is long."),
        ("and crocodile dundee is fun", "“Crocodile” Dundee", "“Crocodile” Dundee is fun."),
        ("i liked good night and good luck", "Good Night, and Good Luck.", "I liked Good Night, and Good Luck."),
        ("i saw it seven times", "Seven", "I saw it seven times."),
        ("the film seven broke me", "Seven", "The film Seven broke me."),
    ],
)
def test_a_title_is_written_as_the_film_has_it_however_its_numbers_and_letters_are_said(
    spoken: str, title: str, sentence: str
) -> None:
    review = compose([said(spoken)], ReviewRequest(Film(title)))
    assert review is not None
    assert review.text == sentence


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("it came out in twenty thirteen", "it came out in 2013"),
        ("the nineteen eighty four one", "the 1984 one"),
        ("two hundred and fifty people", "250 people"),
        ("three thousand two hundred and fifty three people", "3253 people"),
        ("i saw it two or three times", "i saw it two or three times"),
        ("nineteen years later", "nineteen years later"),
        ("four and a half stars", "four and a half stars"),
        ("its a film about its own end", "it's a film about its own end"),
        ("its so good", "it's so good"),
        ("i love its colours", "i love its colours"),
        ("i dont know", "i don't know"),
    ],
)
def test_years_and_apostrophes_are_written(spoken: str, written: str) -> None:
    spelled, edits = spell(tokens(spoken))
    assert " ".join(token.word for token in spelled) == written
    assert bool(edits) == (spoken != written)


def test_a_year_says_what_it_was_and_lasts_as_long() -> None:
    words = tokens("we saw it in twenty thirteen together")
    (draft,) = drafts_of([said("we saw it in twenty thirteen together")])
    (edit,) = draft.edits
    assert (edit.kind, edit.words, edit.written) == (EditKind.NUMBER, ("twenty", "thirteen"), "2013")
    year = next(token for token in draft.tokens if token.word == "2013")
    assert (year.start_s, year.end_s) == (words[4].start_s, words[5].end_s)


def test_a_year_in_digits_is_grounded_in_its_words() -> None:
    review = compose([said("it came out in twenty thirteen and i was nine")], ReviewRequest())
    assert review is not None
    assert "2013" in review.text


def test_a_name_that_was_mentioned_has_capitals_and_is_no_fact_of_the_film() -> None:
    brief = ReviewRequest(mentioned=("Heath Ledger",))
    review = compose([said("heath ledger scared me more than that")], brief)
    assert review is not None
    assert review.text == "Heath Ledger scared me more than that."
    assert "Heath Ledger" not in str(brief.facts)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("i loved the ending exclamation mark", "I loved the ending!"),
        ("i saw it on c n n last night", "I saw it on CNN last night."),
        ("missus brown was there", "Mrs Brown was there."),
        ("why did he leave her question mark i never knew it", "Why did he leave her? I never knew it."),
    ],
)
def test_spoken_marks_and_letters_are_written_as_such(spoken: str, written: str) -> None:
    assert " ".join(draft.text for draft in drafts_of([said(spoken)])) == written
