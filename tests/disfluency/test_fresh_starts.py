"""Beginnings that were given up at a silence, and what looks like them and was meant."""

from __future__ import annotations

import pytest

from tests.support.cleaning_pairs import left_of, pairs, without_pauses

GIVEN_UP = """
we tried to (0.5) the lamps were so bright -> the lamps were so bright
did i tell you about (0.4) my neighbour was an extra in it -> my neighbour was an extra in it
the joy of (0.4) my cousins call it a mess -> my cousins call it a mess
have you ever (0.4) my uncle told me it was filmed here -> my uncle told me it was filmed here
what do you (0.5) the piano is the main thing -> the piano is the main thing
how to (0.4) my french is not so good -> my french is not so good
i used to stand in the (0.6) my knees are bad -> my knees are bad
if i look at (0.4) this scene is the best of all -> this scene is the best of all
she was talking to (0.4) the parrot doesn't even move -> the parrot doesn't even move
i was waiting for (0.5) the ghost never came -> the ghost never came
i was going to (0.5) my cousin told me not to look -> my cousin told me not to look
there was a (0.5) my favourite part is the storm -> my favourite part is the storm
at my school we (0.6) this play was forbidden -> this play was forbidden
"""

LITTLE = """
and he's (0.5) the mother knows it all along -> and the mother knows it all along
i think the (0.4) my favourite scene is the storm -> i think my favourite scene is the storm
i loved it there was a (0.5) this scene is so funny -> i loved it this scene is so funny
in my village we (0.6) my father was the barber -> in my village my father was the barber
when i was a boy we (0.7) my father was at sea -> when i was a boy my father was at sea
i think they (0.4) the ending was changed -> i think the ending was changed
i loved it because he (0.5) the father finally speaks -> i loved it because the father finally speaks
it was good he (0.5) the parrot is funny -> it was good the parrot is funny
"""

MEANT = """
it is about (0.4) the boy left behind in the war
the trouble with (0.5) the sequel is its length
the trouble with (0.4) my mother is that she cries
what i thought about (0.5) the twist is private
the one i went with (0.5) my sister was late
that's the film i talked about (0.5) the twist was sad
it's the town my mother comes from (0.5) the people are kind
there is nothing to laugh at (0.5) the jokes are old
he is worth waiting for (0.5) the finale was great
he was laughed at (0.5) the boss was mean
i didn't want to (0.5) my friend made me
i used to (0.6) my wife was never keen
i'd like to (0.5) the cinema is too far
i could watch it again i really wanted to (0.5) the cinema was closed
so do i (0.5) the music was great
how could you (0.5) the boy trusted him
i know who he is (0.5) the man is a spy
we (0.4) the audience are sitting there in the dark
my only complaint is (0.5) the finale drags
he comes in (0.5) the parrot was asleep
it goes on and on (0.5) the plot is too long
i think about (0.4) the most ordinary things
i looked at (0.5) the man dying in the snow
i could talk about (0.4) the music for hours
i was (0.5) the film was so sad
"""


@pytest.mark.parametrize(("spoken", "left"), pairs(GIVEN_UP))
def test_a_beginning_goes_that_is_given_up_for_a_sentence_about_something_else(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize(("spoken", "left"), pairs(LITTLE))
def test_where_little_is_given_up_nothing_else_goes(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize("spoken", MEANT.strip().splitlines())
def test_what_can_end_before_a_silence_or_go_on_after_it_stays(spoken: str) -> None:
    assert left_of(spoken) == without_pauses(spoken)
