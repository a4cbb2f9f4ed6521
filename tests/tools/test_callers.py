"""Simulated callers, and how it is judged what came of their conversations."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.audio.frame import RATE_HZ
from assistant.session.assembly import make_catalogue, make_ear
from assistant.store import Turn
from tools.callers.calls import call, count_sentences
from tools.callers.personas import PERSONAS
from tools.callers.speaking import sound_of_words

PLAIN = PERSONAS["plain"]
ABOUT = "It is a quiet film. <0.7> The dog made me laugh."


def answers(**texts: str) -> list[Turn]:
    return [Turn(number, "person", text, question) for number, (question, text) in enumerate(texts.items())]


@pytest.mark.parametrize(
    ("heard", "kept", "stolen"),
    [
        ({"about": "it is a quiet film the dog made me laugh"}, 2, 0),
        ({"about": "it is a quite film the dock made me laugh"}, 2, 0),
        ({"about": "it is a quiet film"}, 1, 0),
        ({"about": "it is a quiet film", "stars": "the dog made me laugh"}, 1, 1),
        ({}, 0, 0),
    ],
)
def test_a_sentence_is_kept_in_the_answer_to_its_question_or_stolen_by_another(heard, kept, stolen):
    assert count_sentences([("about", ABOUT)], answers(**heard)) == (kept, stolen, 2)


def test_callers_pause_as_long_as_it_says_and_mumblers_are_quiet():
    paused = sound_of_words("I saw it. <2.0> Twice.", PLAIN, 0)
    apart = [sound_of_words(words, PLAIN, 0) for words in ("I saw it.", "Twice.")]
    assert len(paused) - sum(map(len, apart)) == 2 * RATE_HZ
    loud, quiet = (np.abs(sound_of_words("Twice.", PERSONAS[name], 0)).max() for name in ("plain", "mumbler"))
    assert quiet < loud / 8


def test_a_plain_caller_gets_the_right_review_and_nothing_said_is_lost():
    outcome = call(PLAIN, make_ear(None, live=True), make_catalogue(()))
    assert outcome.is_right, "\n".join(outcome.log)
