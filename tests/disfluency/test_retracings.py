"""Clauses begun again with a word changed, words that come twice beside each other, and what was meant so."""

from __future__ import annotations

import pytest

from tests.support.cleaning_pairs import left_of, pairs

REWORDED = """
we used to make we used to bake bread there -> we used to bake bread there
she always wanted she always needed a friend -> she always needed a friend
and he never gave he never lent anything -> and he never lent anything
i don't even we don't even know his name -> we don't even know his name
how the light how the music moves you is strange -> how the music moves you is strange
the people who make who made it are brave -> the people who made it are brave
a story that make that makes you think -> a story that makes you think
"""

TWICE = """
what i like is (0.3) is how slow it is -> what i like is how slow it is
what moved me was was the silence -> what moved me was the silence
what he's doing is is a kind of magic -> what he's doing is a kind of magic
what made the film work was was the piano -> what made the film work was the piano
where it fails is (0.3) is in the middle -> where it fails is in the middle
i play the drums so so i felt that -> i play the drums so i felt that
"""

MEANT = """
he never smiles he never laughs
they used to sing they used to dance all night
she never called she never wrote a letter
what the king what the queen and what the boy did
he doesn't she doesn't care
she was told she was asked to leave
you can tell you can feel it
i have to say i have to go
he never told me he never asked
what the problem is is the length
what i think it is is a western
who he is is the question
what my mother was was a dancer
what the meaning of the dream is is left open
it was so so i left
"""


@pytest.mark.parametrize(("spoken", "left"), pairs(REWORDED))
def test_of_a_clause_begun_again_with_one_word_changed_the_second_stays(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize(("spoken", "left"), pairs(TWICE))
def test_a_verb_or_joint_that_comes_twice_stays_once(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize("spoken", MEANT.strip().splitlines())
def test_what_is_said_in_step_on_purpose_stays(spoken: str) -> None:
    assert left_of(spoken) == spoken
