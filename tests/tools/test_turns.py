"""How turn-taking is learned and judged."""

from __future__ import annotations

import random

import numpy as np
import pytest

from assistant.asr.endpointing import EndpointTimeouts, Evidence, TurnCompletion, turn_evidence
from tools.benchmarks.turns import best_within, point
from tools.corpus.turns import drawn, perform, pieces_of, place_after
from tools.turn_taking import Labelled, Silence

RATE_HZ = 16_000


def evidence(text: str) -> Evidence:
    return turn_evidence(text, TurnCompletion.UNKNOWN, EndpointTimeouts(), ())


def silence(length_s: float | None, *, holds: bool) -> Labelled:
    heard = Silence(1.0, None if length_s is None else 1.0 + length_s, ((0.2, evidence("it was")),))
    return Labelled("made", "somebody", "any", "", "one", heard, holds)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("I left.", "sentence"),
        ("I left,", "clause"),
        ("I left and", "joint"),
        ("I left um", "filler"),
        ("the", "phrase"),
    ],
)
def test_a_place_is_known_by_the_text_before_it(text: str, place: str):
    assert place_after(text) == place


def test_answers_are_drawn_the_same_every_time_and_no_voice_is_in_both_splits():
    assert drawn("fit") == drawn("fit")
    assert not {voice for _, _, voice, _ in drawn("fit")} & {voice for _, _, voice, _ in drawn("judge")}


def test_pauses_and_the_end_are_where_the_truth_says():
    pieces = pieces_of("I left. | It rained, | and | then it stopped.", random.Random(3))
    tone = np.sin(np.arange(RATE_HZ // 2) / 5).astype(np.float32)
    sound, pauses, end_s = perform(pieces, lambda text: (tone, RATE_HZ))
    assert [round(pause.end_s - pause.start_s, 2) for pause in pauses] == [each.pause_s for each in pieces[:-1]]
    for pause in pauses:
        assert np.abs(sound[int((pause.start_s + 0.05) * RATE_HZ) : int((pause.end_s - 0.05) * RATE_HZ)]).max() < 0.01
    assert np.abs(sound[int((end_s - 0.1) * RATE_HZ) : int(end_s * RATE_HZ)]).max() > 0.01


def test_a_turn_ends_when_what_is_known_then_is_enough():
    known = ((0.2, evidence("it was")), (0.6, evidence("it was good")))
    needs = {("it", "was"): 2.0, ("it", "was", "good"): 0.5}
    assert Silence(1.0, None, known).ended_after_s(lambda each: needs[each.words], 3.0) == 0.6
    assert Silence(1.0, None, known[:1]).ended_after_s(lambda each: needs[each.words], 3.0) == 2.0


def test_a_pause_is_cut_if_the_decision_falls_before_its_end():
    silences = [silence(0.5, holds=True), silence(1.5, holds=True), silence(None, holds=False)]
    points = [point(silences, lambda _, wait_s=wait_s: wait_s) for wait_s in (0.4, 1.0, 2.0)]
    assert [each.cut for each in points] == [1.0, 0.5, 0.0]
    assert best_within(points, 0.5) == points[1]
    assert best_within(points[:1], 0.5) is None
