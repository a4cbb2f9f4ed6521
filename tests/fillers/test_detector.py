"""Fillers by their sound: spectrum, network, candidates, classifier, drawn-out words; on the project's recordings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise

import numpy as np
import pytest

from assistant.asr.endpointing import ENDLESS
from assistant.asr.events import Event, FillerNoticed, PauseNoticed, TurnEnded
from assistant.asr.listener import Listener
from assistant.audio.frame import RATE_HZ, Frame, Samples
from assistant.fillers.candidates import FEATURES, candidates, features, merged, runs
from assistant.fillers.detector import FilledPauseDetector
from assistant.fillers.features import BANDS, COLUMNS, Spectrum
from assistant.fillers.lengthening import lengthened, needed_s
from assistant.fillers.network import FilledPauseNetwork
from assistant.fillers.second_ear import evidence_of
from assistant.models import find
from assistant.session.assembly import make_ear, make_second_ear
from assistant.turns.answer import Answer, Pause, Word, WrittenWord
from assistant.turns.audio import AnswerAudio
from tests.support.recordings import sound_of
from tools.paths import RECORDINGS

FILLERS = frozenset({"um", "uh", "ah"})


def tone(hz: float, seconds: float) -> Samples:
    """Something like a voice: a pulse at a pitch, with harmonics that fall off."""
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    wave = sum(np.sin(2 * np.pi * hz * n * t) / n for n in range(1, 20))
    return np.asarray(wave / np.abs(wave).max() * 12000, np.int16)


def truth_of(name: str) -> list[dict[str, object]]:
    items: list[dict[str, object]] = json.loads((RECORDINGS / name).with_suffix(".json").read_text())["items"]
    return items


@pytest.fixture(scope="module")
def heard() -> dict[str, list[Event]]:
    """Everything that a listener tells of two recordings of the same words."""
    if not find(None).verbatim:
        pytest.skip("there is no verbatim model here")
    return told_by(make_ear(None).listener)


@pytest.fixture(scope="module")
def heard_twice() -> Iterator[dict[str, list[Event]]]:
    """The same by two ears."""
    if not find(None).verbatim:
        pytest.skip("there is no verbatim model here")
    ear = make_second_ear(None, pytest.skip)
    assert ear is not None
    with closing(ear):
        yield told_by(make_ear(None, ear).listener)


def told_by(listener: Listener) -> dict[str, list[Event]]:
    told = {}
    for name in ("hesitant.flac", "fluent.flac"):
        listener.begin(ENDLESS)
        samples = sound_of(RECORDINGS / name)
        events: list[Event] = []
        for start in range(0, len(samples), 320):
            events += listener.feed(Frame(samples[start : start + 320], start))
        told[name] = events + listener.finish()
    return told


def answer_in(events: list[Event]) -> Answer:
    return next(event.answer for event in events if isinstance(event, TurnEnded))


def test_the_spectrum_does_not_depend_on_how_the_sound_was_cut() -> None:
    samples = tone(130, 1.3)
    spectrum = Spectrum()
    whole = np.concatenate((spectrum.feed(samples), spectrum.finish()))
    spectrum.reset()
    cuts = np.cumsum(np.random.default_rng(1).integers(1, 900, size=100))
    pieces = [spectrum.feed(piece) for piece in np.split(samples, cuts[cuts < len(samples)])]
    assert whole.shape == (len(samples) // 160, COLUMNS)
    np.testing.assert_allclose(np.concatenate((*pieces, spectrum.finish())), whole, atol=1e-4)


@pytest.mark.parametrize("hz", [80.0, 120.0, 210.0, 330.0])
def test_the_pitch_of_a_voice_is_found_within_two_percent(hz: float) -> None:
    rows = Spectrum().feed(tone(hz, 0.8))[20:60]
    heard_hz = 100.0 * 2.0 ** (rows[:, BANDS + 1] + 0.7)
    assert np.median(heard_hz) == pytest.approx(hz, rel=0.02)
    assert (rows[:, BANDS] > 0.5).all()


def test_noise_has_no_pitch() -> None:
    noise = np.random.default_rng(3).normal(0, 2000, RATE_HZ).astype(np.int16)
    rows = Spectrum().feed(noise)
    assert (rows[:, BANDS + 1] == 0).mean() > 0.8


def test_louder_sound_looks_the_same() -> None:
    samples = sound_of(RECORDINGS / "fluent.flac")[: 4 * RATE_HZ]
    quiet, loud = Spectrum().feed(samples // 2), Spectrum().feed(samples)
    voiced = loud[:, BANDS] > 0.6
    assert np.median(np.abs(quiet - loud)[voiced]) < 0.05


def test_the_network_says_the_same_of_sound_in_one_piece_and_in_many() -> None:
    samples = sound_of(RECORDINGS / "hesitant.flac")[: 6 * RATE_HZ]
    network = FilledPauseNetwork()
    whole = np.concatenate((network.feed(samples), network.finish()))
    network.reset()
    pieces = [network.feed(samples[start : start + 700]) for start in range(0, len(samples), 700)]
    np.testing.assert_allclose(np.concatenate((*pieces, network.finish())), whole, atol=1e-3)
    assert len(whole) == len(samples) // 160 == len(network.odds)


def test_the_network_holds_fillers_for_likelier_than_words() -> None:
    network = FilledPauseNetwork()
    network.feed(sound_of(RECORDINGS / "hesitant.flac"))
    network.finish()

    def best(kind: str) -> list[float]:
        return [
            float(network.odds[int(float(str(item["start_s"])) * 100) : int(float(str(item["end_s"])) * 100)].mean())
            for item in truth_of("hesitant.flac")
            if item["kind"] == kind
        ]

    assert min(best("filler")) > np.quantile(best("word"), 0.95)


def test_filler_words_of_one_breath_are_one_filler() -> None:
    words = [Word("ah", 1.0, 1.3, 0.6), Word("um", 1.35, 1.5, 0.9), Word("well", 1.5, 1.8, 1.0)]
    assert merged(words, FILLERS) == [Word("um", 1.0, 1.5, 0.9), words[2]]
    apart = [Word("uh", 1.0, 1.3, 0.6), Word("uh", 1.7, 1.9, 0.9)]
    assert merged(apart, FILLERS) == apart


def test_what_sounds_like_a_filler_without_a_name_is_a_candidate_too() -> None:
    odds = np.full(300, -5.0, np.float32)
    odds[100:140] = 3.0
    odds[120:122] = -4.0
    odds[200:205] = 3.0
    assert runs(odds, -0.85, 0.1) == [(1.0, 1.4)]
    found = candidates([Word("um", 2.0, 2.3, 0.8)], FILLERS, odds)
    assert [(each.word, each.start_s) for each in found] == [(None, 1.0), ("um", 2.0)]
    rows = np.zeros((300, COLUMNS), np.float32)
    assert features(found[0], [], odds, rows).shape == (len(FEATURES),)


def test_a_candidate_at_the_very_end_of_the_sound_can_be_judged() -> None:
    detector = FilledPauseDetector(FILLERS)
    spotted = detector.finish([Word("um", 0.45, 0.6, 0.9)], AnswerAudio(tone(120, 0.5)))
    assert len(spotted.fillers) + spotted.dropped >= 1
    assert not spotted.words


def test_no_sound_has_no_fillers() -> None:
    detector = FilledPauseDetector(FILLERS)
    assert detector.finish([], AnswerAudio()).fillers == ()
    detector.begin()
    silence = AnswerAudio(np.zeros(RATE_HZ, np.int16))
    assert detector.feed(silence) == []
    assert detector.finish([], silence).fillers == ()


def test_a_filler_that_only_the_second_ear_heard_becomes_one_of_the_answer() -> None:
    pulses = np.concatenate([np.zeros(RATE_HZ // 2, np.int16), tone(120, 0.4)] * 3)
    words = [Word("i", 0.5, 0.9, 0.9), Word("liked", 2.3, 2.7, 0.9)]
    assert FilledPauseDetector(FILLERS).finish(words, AnswerAudio(pulses)).words == tuple(words)
    second = evidence_of(WrittenWord(text, 0.9, 0.0, 0.1) for text in ("I,", "um,", "liked"))
    found = FilledPauseDetector(FILLERS).finish(words, AnswerAudio(pulses), second)
    assert found.words == tuple(words)
    (filler,) = found.fillers
    assert filler.word == "um"
    assert 1.35 <= filler.start_s < filler.end_s <= 1.85


def test_a_word_that_the_second_ear_heard_as_a_filler_goes() -> None:
    pulses = np.concatenate([np.zeros(RATE_HZ // 2, np.int16), tone(120, 0.4)] * 3)
    words = [Word("i", 0.5, 0.9, 0.9), Word("earned", 1.45, 1.75, 0.5), Word("liked", 2.3, 2.7, 0.9)]
    second = evidence_of(WrittenWord(text, 0.9, 0.0, 0.1) for text in ("I,", "uh,", "liked"))
    found = FilledPauseDetector(FILLERS).finish(words, AnswerAudio(pulses), second)
    assert [word.word for word in found.words] == ["i", "liked"]
    assert [filler.word for filler in found.fillers] == ["uh"]


def test_a_filler_of_the_first_ear_that_is_a_word_to_the_second_is_dropped() -> None:
    words = [Word("saw", 0.3, 0.6, 0.9), Word("uh", 0.6, 0.75, 0.6), Word("film", 0.75, 1.1, 0.9)]
    second = evidence_of(WrittenWord(text, 0.9, 0.0, 0.1) for text in ("Saw", "a", "film."))
    found = FilledPauseDetector(FILLERS).finish(words, AnswerAudio(tone(120, 1.4)), second)
    assert found.fillers == ()
    assert found.dropped == 1


@pytest.mark.parametrize("ears", ["heard", "heard_twice"])
def test_every_filler_of_the_hesitant_recording_is_heard_where_it_is(ears: str, request: pytest.FixtureRequest) -> None:
    answer = answer_in(request.getfixturevalue(ears)["hesitant.flac"])
    truth = [item for item in truth_of("hesitant.flac") if item["kind"] == "filler"]
    for item in truth:
        start_s, end_s = float(str(item["start_s"])), float(str(item["end_s"]))
        assert any(each.start_s < end_s and start_s < each.end_s for each in answer.fillers), item
    assert len(answer.fillers) <= len(truth) + 1
    assert not {"um", "uh", "ah", "er"} & {word.word for word in answer.words}


@pytest.mark.parametrize("ears", ["heard", "heard_twice"])
def test_the_same_words_said_fluently_have_no_fillers(ears: str, request: pytest.FixtureRequest) -> None:
    assert answer_in(request.getfixturevalue(ears)["fluent.flac"]).fillers == ()


def test_fillers_are_noticed_live_within_six_tenths_of_a_second(heard: dict[str, list[Event]]) -> None:
    noticed = [event for event in heard["hesitant.flac"] if isinstance(event, FillerNoticed)]
    onsets = [float(str(item["start_s"])) for item in truth_of("hesitant.flac") if item["kind"] == "filler"]
    delays = [event.noticed_s - onset_s for onset_s in onsets for event in noticed if abs(event.at_s - onset_s) < 0.25]
    assert delays
    assert np.median(delays) <= 0.6


def test_pauses_are_noticed_live(heard: dict[str, list[Event]]) -> None:
    noticed = [event for event in heard["hesitant.flac"] if isinstance(event, PauseNoticed)]
    assert len(noticed) >= 4
    assert all(before.end_s <= after.start_s for before, after in pairwise(noticed))


WORDS = [
    Word(word, n * 0.4, n * 0.4 + needed_s(word), 1.0)
    for n, word in enumerate("that was quite a funny film to see".split())
]


def test_a_drawn_out_word_is_marked_with_what_it_needed() -> None:
    drawn = [*WORDS, Word("and", 3.4, 4.3, 1.0), Word("then", 4.4, 4.6, 1.0)]
    (found,) = lengthened(drawn, ())
    assert found.word == "and"
    assert 0.1 < found.expected_s < 0.4


def test_a_slow_speaker_does_not_draw_out_every_word() -> None:
    slow = [Word(word.word, word.start_s * 2, word.start_s * 2 + 2.5 * needed_s(word.word), 1.0) for word in WORDS]
    assert lengthened(slow, ()) == ()


def test_a_word_before_a_pause_may_take_longer() -> None:
    length_s = 3.0 * needed_s("and")
    words = [*WORDS, Word("and", 3.4, 3.4 + length_s, 1.0), Word("then", 5.0, 5.2, 1.0)]
    assert [word.word for word in lengthened(words, ())] == ["and"]
    assert lengthened(words, (Pause(3.4 + length_s, 5.0, "then"),)) == ()
