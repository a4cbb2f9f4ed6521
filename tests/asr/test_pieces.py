"""Where answers are cut for the second ear; times are made up, so that each rule stands alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from assistant.asr.pieces import Piece, PieceCutter
from assistant.asr.voice_activity import SpeechSegment
from assistant.audio.frame import RATE_HZ
from assistant.turns.audio import AnswerAudio


def spoken(*spans: tuple[float, float]) -> list[SpeechSegment]:
    return [SpeechSegment(*span) for span in spans]


def silent(duration_s: float) -> AnswerAudio:
    return AnswerAudio(np.zeros(round(duration_s * RATE_HZ), np.int16))


def seen_until(speech: list[SpeechSegment], now_s: float) -> list[SpeechSegment]:
    return [SpeechSegment(each.start_s, min(each.end_s, now_s)) for each in speech if each.start_s < now_s]


def heard(speech: list[SpeechSegment], duration_s: float, step_s: float, noise: bool = False) -> list[Piece]:
    """The pieces of an answer that comes in steps, and what is left at its end."""
    samples = np.zeros(round(duration_s * RATE_HZ), np.int16)
    if noise:
        samples = np.random.default_rng(5).normal(size=len(samples), scale=1000).astype(np.int16)
    cutter, sound, pieces = PieceCutter(), AnswerAudio(), []
    step = round(step_s * RATE_HZ)
    for at in range(0, len(samples), step):
        sound.append(samples[at : at + step])
        pieces += cutter.settled(sound, seen_until(speech, sound.duration_s), sound.duration_s)
    rest = cutter.rest(sound, speech)
    return [*pieces, rest] if rest is not None else pieces


def test_a_short_answer_is_one_piece_with_a_little_sound_around_it():
    (piece,) = heard(spoken((1.0, 3.0)), 4.0, 0.02)
    assert (piece.start_s, piece.end_s) == pytest.approx((0.75, 3.2))


def test_nothing_is_heard_where_nobody_speaks():
    assert heard([], 10.0, 0.5) == []


def test_a_piece_long_enough_ends_at_the_next_real_silence():
    first, second = heard(spoken((0.0, 5.0), (5.6, 9.0), (9.4, 12.0), (12.6, 14.0)), 15.0, 0.02)
    assert first.end_s == pytest.approx(12.2)
    assert (second.start_s, second.end_s) == pytest.approx((12.35, 14.2))


def test_after_fifteen_seconds_a_short_breath_is_enough():
    first, second = heard(spoken((0.0, 16.0), (16.3, 18.0)), 19.0, 0.02)
    assert first.end_s == pytest.approx(16.1)
    assert second.start_s == pytest.approx(16.1)


def test_someone_who_never_breathes_is_cut_at_the_quietest_moment():
    pieces = heard(spoken((0.0, 60.0)), 61.0, 0.02, noise=True)
    assert all(piece.duration_s <= 25 for piece in pieces)
    assert all(before.end_s == after.start_s for before, after in pairwise(pieces))
    assert (pieces[0].start_s, pieces[-1].end_s) == pytest.approx((0.0, 60.2))


def test_the_middle_of_a_long_silence_is_left_out_and_moments_are_still_found():
    (piece,) = heard(spoken((0.0, 2.0), (5.0, 6.0)), 7.0, 0.02)
    assert piece.stretches == tuple((round(a * RATE_HZ), round(b * RATE_HZ)) for a, b in ((0, 2.4), (4.6, 6.2)))
    assert piece.duration_s == pytest.approx(4.0)
    assert [piece.moment_s(inside_s) for inside_s in (1.0, 2.3, 2.8, 4.0, 9.0)] == pytest.approx(
        [1.0, 2.3, 5.0, 6.2, 6.2]
    )
    assert len(piece.samples(silent(7.0))) == 4.0 * RATE_HZ


HESITANT = spoken(
    (0.5, 3.1), (3.5, 4.0), (5.3, 9.9), (10.13, 13.0), (13.41, 13.6), (14.15, 20.0), (20.22, 44.9), (45.12, 49.0)
)


@pytest.mark.parametrize("step_s", [0.032, 0.1, 0.5, 7.0, 60.0])
def test_the_same_answer_is_cut_in_the_same_way_however_its_sound_comes_in(step_s: float):
    pieces = heard(HESITANT, 50.0, step_s, noise=True)
    assert pieces == heard(HESITANT, 50.0, 0.02, noise=True)
    assert all(before.end_s <= after.start_s for before, after in pairwise(pieces))
    for voice in HESITANT:
        covered = sum(
            max(0, min(end, voice.end_s * RATE_HZ) - max(start, voice.start_s * RATE_HZ))
            for piece in pieces
            for start, end in piece.stretches
        )
        assert covered == pytest.approx((voice.end_s - voice.start_s) * RATE_HZ, abs=2)
