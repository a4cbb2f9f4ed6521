"""What comes first and last in each voice."""

from __future__ import annotations

import random
from itertools import pairwise

from assistant.review import ReviewRequest, Romance, Voice
from assistant.review.arrange import INTROSPECTIVE_WORDS, arrange
from assistant.review.blocks import paragraphs
from assistant.review.draft import Draft, drafts_of
from assistant.review.selection import FUNNY_WORDS, says_the_same, without_repetition
from tests.support.source_answers import said

RAMBLE = (
    "the colours are all orange (0.9) he wears his trousers up to his ribs (0.8) the music is mostly a piano (0.9) "
    "it made me cry on the train (0.8) it's the best film about a telephone (0.9) my mother left when i was nine (1.0) "
    "the marriage scenes are full of boxes (0.8) i would watch it again tomorrow"
)


def lines(script: str, voice: Voice | None, romance: Romance | None = None) -> list[str]:
    return [draft.text for draft in arrange(drafts_of([said(script)]), ReviewRequest(voice=voice, romance=romance))]


def the_drafts(*scripts: str) -> list[Draft]:
    return drafts_of([said(script, turn) for turn, script in enumerate(scripts)])


def test_an_introspective_review_takes_a_stand_then_feels_then_looks_and_ends_with_the_personal() -> None:
    assert lines(RAMBLE, "introspective") == [
        "It's the best film about a telephone.",
        "It made me cry on the train.",
        "The marriage scenes are full of boxes.",
        "The colours are all orange.",
        "He wears his trousers up to his ribs.",
        "The music is mostly a piano.",
        "I would watch it again tomorrow.",
        "My mother left when I was nine.",
    ]


def test_a_funny_review_is_short_and_ends_on_a_short_line() -> None:
    funny = lines(
        RAMBLE + " (0.9) " + "and there is a long walk along a beach in the sun with all of his clothes on", "funny"
    )
    sizes = [len(line.split()) for line in funny]
    assert FUNNY_WORDS[0] <= sum(sizes) <= FUNNY_WORDS[1]
    assert sizes[-1] == min(sizes[1:])
    assert funny[0] in {"The colours are all orange.", "He wears his trousers up to his ribs."}


def test_both_voices_open_with_a_funny_block_and_go_on_introspectively() -> None:
    both, introspective, funny = (lines(RAMBLE, voice) for voice in ("both", "introspective", "funny"))
    opening = ["The colours are all orange.", "He wears his trousers up to his ribs."]
    assert both[:2] == opening
    assert set(opening) <= set(funny)
    assert both[2:] == [line for line in introspective if line not in opening]


def test_the_order_differs_by_voice_and_no_voice_is_introspective() -> None:
    orders = {tuple(lines(RAMBLE, voice)) for voice in ("both", "introspective", "funny")}
    assert len(orders) == 3
    assert lines(RAMBLE, None) == lines(RAMBLE, "introspective")


def test_a_romantic_hears_of_love_sooner_than_one_who_is_not() -> None:
    places = [
        lines(RAMBLE, "introspective", romance).index("The marriage scenes are full of boxes.")
        for romance in ("romantic", "unsure", "non-romantic")
    ]
    assert places == sorted(set(places))


def test_a_sentence_that_leans_on_another_stays_behind_it() -> None:
    order = lines(
        "my father hated films (0.9) he slept through this (0.8) it made me cry (0.9) the music is soft", None
    )
    assert order.index("He slept through this.") == order.index("My father hated films.") + 1
    assert order[-1] == "He slept through this."


def test_a_sentence_said_twice_is_there_once() -> None:
    drafts = without_repetition(the_drafts("i loved the quiet ending", "um i i loved the quiet ending"))
    assert [draft.turn for draft in drafts] == [0]


def test_of_two_near_repeats_the_one_that_says_more_stays() -> None:
    drafts = without_repetition(the_drafts("it made me cry", "the sea is grey", "it made me cry on the bus"))
    assert [draft.text for draft in drafts] == ["The sea is grey.", "It made me cry on the bus."]


def test_a_sentence_that_is_repeated_and_gone_on_from_is_said_once():
    drafts = without_repetition(
        the_drafts("it taught me patience", "it taught me patience but only sort of with myself")
    )
    assert [draft.words[-1] for draft in drafts] == ["myself"]


def test_sentences_that_look_alike_and_say_different_things_both_stay() -> None:
    for one, other in [
        ("i loved the music", "i loved the movie"),
        ("i did like the ending", "i didn't like the ending"),
        ("he loved the ending", "she loved the ending"),
        ("it's a great film", "it's almost a great film"),
        ("it was two hours too long", "it was three hours too long"),
    ]:
        first, second = the_drafts(one, other)
        assert not says_the_same(first, second), (one, other)


def test_every_arrangement_has_only_sentences_that_were_given_and_none_twice() -> None:
    chance = random.Random(11)
    phrases = [*RAMBLE.split(" (0.9) "), "but he calls her", "it is slow", "so i left", "the city is a dream"]
    for _ in range(60):
        chance.shuffle(phrases)
        drafts = the_drafts(" (0.8) ".join(phrases[:5]), " (0.8) ".join(phrases[5:]))
        for voice in ("funny", "introspective", "both", None):
            order = [draft.number for draft in arrange(drafts, ReviewRequest(voice=voice))]
            assert len(set(order)) == len(order)
            assert voice == "funny" or sorted(order) == [draft.number for draft in drafts]


LONG = [
    "i cried so much at the end that the man beside me gave me his scarf",
    "the story follows a lighthouse keeper and his daughter through one long winter",
    "her father is played with hardly a word and his face does all of it",
    "the director never hurries and lets every door close by itself",
    "the camera stays outside the window as if it were afraid to come in",
    "the colours are grey and brown with one red coat in the middle of it",
    "the music is a single cello that comes back whenever somebody lies",
    "it is better than the book because the book explains too much",
    "my own father worked on a ship and i never asked him what he saw there",
    "the script has a joke about soup that i have told everyone since",
    "the actors speak so quietly that the whole cinema leaned forward",
    "i would watch it again on a sunday with nobody else in the house",
    "the plot has a letter in it that is opened only in the last minute",
    "the light in the kitchen scenes looks like the light at my grandmother's",
]


def test_an_introspective_review_is_no_longer_than_a_review_may_be() -> None:
    drafts = the_drafts(*LONG)
    order = arrange(drafts, ReviewRequest(voice="introspective"))
    assert INTROSPECTIVE_WORDS[0] <= sum(len(draft.words) for draft in order) <= INTROSPECTIVE_WORDS[1]
    assert {aspect for draft in order for aspect in draft.aspects} == {aspect for d in drafts for aspect in d.aspects}


def test_a_comparison_comes_after_what_is_seen_and_heard() -> None:
    order = lines("it is sadder than the book (0.9) the camera is slow (0.9) the music is a cello", None)
    assert order == ["The camera is slow.", "The music is a cello.", "It is sadder than the book."]


def test_another_arrangement_can_be_heard_and_after_it_the_first_again() -> None:
    for voice in ("funny", "introspective", "both", None):
        drafts = drafts_of([said(RAMBLE)])
        first, second, third = (arrange(drafts, ReviewRequest(voice=voice), variant) for variant in range(3))
        assert first != second
        assert first == third
        assert voice == "funny" or {draft.number for draft in first} == {draft.number for draft in second}


def test_paragraphs_open_where_the_side_of_the_film_changes() -> None:
    order = arrange(the_drafts(*LONG), ReviewRequest(voice="introspective"))
    opens = paragraphs(order)
    starts = [at for at, opened in enumerate(opens) if opened]
    assert 1 <= len(starts) <= 4
    assert not opens[0]
    for start, stop in zip([0, *starts], starts, strict=False):
        assert sum(len(draft.words) for draft in order[start:stop]) >= 20


def test_a_short_review_is_one_paragraph() -> None:
    drafts = drafts_of([said("the sea is cold (0.9) it made me cry (0.9) the music is a cello")])
    assert paragraphs(arrange(drafts, ReviewRequest())) == [False] * len(drafts)


def arranged(*scripts: str, voice: Voice | None = None, variant: int = 0) -> list[str]:
    return [draft.text for draft in arrange(the_drafts(*scripts), ReviewRequest(voice=voice), variant)]


ANSWERS = [
    "we saw it on a ferry in a storm (0.6) there were nine of us (0.5) and the projector fell over twice",
    "the baker sings out of tune (0.5) he knows it (0.6) the camera loves his hands (0.6) there's flour on the lens",
    "the trumpet comes in too early (0.6) my father played one (0.5) i never asked him to stop",
    "the ending is a door that stays shut (0.6) you can hear somebody cry behind it",
]


def test_an_answer_stays_together_and_in_its_order() -> None:
    drafts = the_drafts(*ANSWERS)
    for variant in (0, 1):
        order = arrange(drafts, ReviewRequest(), variant)
        turns = [draft.turn for draft in order]
        assert sum(before != after for before, after in pairwise(turns)) == 3
        for turn in range(4):
            numbers = [draft.number for draft in order if draft.turn == turn]
            assert numbers == sorted(numbers)


def test_the_answer_to_the_first_question_comes_first_and_what_is_personal_last() -> None:
    order = arranged(*ANSWERS)
    assert order[0] == "We saw it on a ferry in a storm."
    assert order[-1] == "I never asked him to stop."


def test_an_answer_that_names_no_side_of_the_film_stays_behind_the_one_before_it() -> None:
    order = arranged("it is a film for rainy days", "the music is a cello", "my aunt hums it", "the plot is a maze")
    assert order.index("My aunt hums it.") == order.index("The music is a cello.") + 1


def test_a_stand_is_taken_out_of_its_answer_where_nothing_after_it_needs_it() -> None:
    order = arranged("the harbour is grey", "the plot is a maze (0.6) it's the best film of the year (0.6) i mean that")
    assert order == ["It's the best film of the year.", "I mean that.", "The harbour is grey.", "The plot is a maze."]


def test_a_feeling_is_left_where_it_was_told_unless_it_was_said_by_itself() -> None:
    story = "the plot is about a dog that waits at a station every day"
    assert arranged(f"{story} (0.5) i cried in the lobby", "the music is soft")[0].startswith("The plot")
    assert arranged(f"{story} (0.9) i cried in the lobby", "the music is soft")[0] == "I cried in the lobby."


def test_another_arrangement_of_answers_in_the_order_of_the_voice_keeps_beginning_and_end() -> None:
    scripts = ["it broke me", "the plot is a maze", "the camera is slow", "the music is a cello", "my father hummed"]
    first, second = (arranged(*scripts, variant=variant) for variant in (0, 1))
    assert first != second
    assert (first[0], first[-1]) == (second[0], second[-1])


JOKES = [
    "the priest arrives on a tractor (0.5) nobody says why (0.6) that's the whole plot",
    "i think it was fine in a way (0.6) it was quite good really",
    "my cousin brought a cactus into the cinema (0.5) he cried (0.5) the cactus didn't",
    "they solve the murder with a spoon and a map of belgium",
    "it was all very moving and i felt a lot of things about it",
    "the villain has a wooden leg and two left shoes (0.5) it's never explained",
    "the whole thing is sort of nice",
]


def test_a_funny_review_is_a_few_jokes_with_their_punchlines() -> None:
    order = arrange(the_drafts(*JOKES), ReviewRequest(voice="funny"))
    turns = [draft.turn for draft in order]
    assert 2 <= len(set(turns)) <= 4
    assert set(turns) <= {0, 2, 3, 5}
    told = {draft.turn: [other.text for other in order if other.turn == draft.turn] for draft in order}
    assert told[2] == ["My cousin brought a cactus into the cinema.", "He cried.", "The cactus didn't."]
    assert sum(len(draft.words) for draft in order) <= FUNNY_WORDS[1]
    assert not any(paragraphs(order))


def test_a_question_to_who_asks_opens_no_review() -> None:
    scripts = ["have you seen a tractor in a church", "the spoon was the murderer", "a cactus has a ticket"]
    for voice in ("funny", "both"):
        assert not arranged(*scripts, voice=voice)[0].endswith("?")


def test_a_story_that_is_too_long_keeps_its_beginning_and_loses_whole_parts_of_it() -> None:
    parts = [
        "a man walks into the sea with a ladder (0.5) he wants to clean the moon he says (0.5) nobody stops him",
        "his wife sells the boat to a circus (0.5) she keeps the anchor in the kitchen (0.5) she cooks around it",
        "a boy finds the ladder on the beach (0.5) he climbs it every night (0.5) his teeth fall out one by one",
        "the mayor forbids the moon for the whole summer (0.5) he hates how it looks at him (0.5) he has it painted",
        "somebody steals the paint and drinks it (0.5) they glow in the dark for weeks (0.5) the police follow them",
        "in autumn the man comes back without shoes (0.5) he smells of salt and soap (0.5) the moon is clean",
        "the boy gives him the teeth in a matchbox (0.5) he puts them in the sky (0.5) that's where stars come from",
    ]
    drafts = the_drafts(" (1.0) ".join(parts), "the music is nice")
    order = arrange(drafts, ReviewRequest(voice="introspective"))
    kept = {draft.number for draft in order}
    assert INTROSPECTIVE_WORDS[0] <= sum(len(draft.words) for draft in order) <= INTROSPECTIVE_WORDS[1]
    assert order[0] == drafts[0]
    ends = [after for before, after in pairwise(drafts) if before.number in kept and after.number not in kept]
    assert all(draft.pause_s >= 1 or draft.turn == 1 for draft in ends)


def test_a_short_answer_is_in_one_paragraph() -> None:
    order = arrange(the_drafts(*ANSWERS, *LONG[:3]), ReviewRequest())
    starts = [draft for draft, opens in zip(order, paragraphs(order), strict=True) if opens]
    assert starts
    assert all(draft.turn != order[order.index(draft) - 1].turn for draft in starts)
