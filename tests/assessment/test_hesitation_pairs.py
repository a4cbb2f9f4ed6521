"""The same answers by the same voices, fluent and hesitant: what the estimates make of real sound."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from assistant.assessment.baseline import Baseline
from assistant.assessment.estimate import estimate_discomfort, estimate_hesitation
from assistant.assessment.measures import measure
from assistant.assessment.prosody import ProsodyMeter
from assistant.audio.frame import Samples
from assistant.audio.recording import Recording
from assistant.turns.answer import Answer
from assistant.turns.assessment import Measures, Prosody
from assistant.turns.audio import AnswerAudio
from tools.benchmarks.scores import Agreement
from tools.corpus.graded import GRADES, recordings
from tools.corpus.make_hesitation_pairs import FOR_TESTS
from tools.corpus.truth import answer_of
from tools.notation import DrawnOutCue, FillerCue, PauseCue, parse
from tools.paths import HESITATION_PAIRS as PAIRS

TEXTS = sorted(path.name.partition("-")[0] for path in PAIRS.glob("*-0.ogg"))


def truth_of(name: str) -> Answer:
    return answer_of(json.loads((PAIRS / f"{name}.json").read_text("utf-8")))


def prosody_in(blocks: Iterable[Samples]) -> Prosody | None:
    meter, sound = ProsodyMeter(), AnswerAudio()
    for samples in blocks:
        sound.append(samples)
        meter.feed(sound)
    return meter.finish(sound)


def measured(name: str) -> Measures:
    with Recording(PAIRS / f"{name}.ogg") as recording:
        return measure(truth_of(name), prosody_in(iter_samples(recording)))


def test_the_recordings_are_those_that_the_script_makes():
    assert sorted(Path(name).name for name in FOR_TESTS) == sorted(path.stem for path in PAIRS.glob("*.ogg"))
    assert len(TEXTS) == 6


@pytest.mark.parametrize("text", TEXTS)
def test_the_hesitant_version_is_clearly_above_the_fluent_one(text: str):
    fluent, hesitant = (estimate_hesitation(measured(f"{text}-{grade}"), Baseline()) for grade in (0, 3))
    assert fluent.score is not None
    assert fluent.score < 0.1
    assert hesitant.leaning is not None
    assert hesitant.leaning > 0.5


@pytest.mark.parametrize("text", TEXTS)
def test_a_fluent_answer_shows_neither(text: str):
    measures = measured(f"{text}-0")
    assert not measures.fillers
    assert not measures.lengthened
    assert not estimate_hesitation(measures, Baseline()).is_strong
    assert not estimate_discomfort(measures, Baseline()).is_strong


def test_every_voice_has_the_pitch_of_a_man_or_a_woman():
    pitches = {}
    for text in TEXTS:
        voice = json.loads((PAIRS / f"{text}-0.json").read_text("utf-8"))["voice"]
        prosody = measured(f"{text}-0").prosody
        assert prosody is not None
        pitches[voice] = prosody.pitch_median_hz
    assert 150 < pitches.pop("flite slt") < 220
    assert all(75 < pitch < 150 for pitch in pitches.values())


def test_measures_and_estimates_cost_less_than_a_fiftieth_of_the_time():
    ProsodyMeter.load()
    names = [f"{text}-{grade}" for text in TEXTS for grade in (0, 3)]
    answers = [truth_of(name) for name in names]
    sounds = []
    for name in names:
        with Recording(PAIRS / f"{name}.ogg") as recording:
            sounds.append(list(iter_samples(recording)))
    # A hundredth on an idle machine; other programs on the same core cost processor time, too, so the quicker of two.
    spent_s = min(spent_on(answers, sounds) for _ in range(2))
    assert spent_s < 0.02 * sum(answer.duration_s for answer in answers)


def spent_on(answers: Sequence[Answer], sounds: Sequence[Sequence[Samples]]) -> float:
    began_s = time.process_time()
    for answer, sound in zip(answers, sounds, strict=True):
        measures = measure(answer, prosody_in(sound))
        estimate_hesitation(measures, Baseline())
        estimate_discomfort(measures, Baseline())
    return time.process_time() - began_s


def iter_samples(recording: Recording) -> Iterator[Samples]:
    while (samples := recording.read()) is not None:
        yield samples


# how they are made


def test_every_grade_keeps_what_the_one_below_has_and_adds_to_it():
    graded: dict[str, list[tuple[int, float]]] = {}
    for recording in recordings():
        name, _, kind = recording.file.removesuffix(".flac").partition("-")
        if kind in {str(grade) for grade in GRADES}:
            trouble = sum(isinstance(cue, FillerCue | PauseCue | DrawnOutCue) for cue in recording.cues)
            graded.setdefault(name, []).append((trouble, recording.lead_s))
    assert len(graded) == 48
    for grades in graded.values():
        assert len(grades) == len(GRADES)
        assert grades == sorted(set(grades))


def test_there_is_no_filler_in_the_uneasy_ones_and_none_in_the_fluent():
    for recording in recordings():
        if "uneasy" in recording.file or recording.file.endswith("-0.flac"):
            assert not [cue for cue in recording.cues if isinstance(cue, FillerCue)]


def test_a_tilde_draws_a_word_out():
    cues = parse("I saw it and~ (0.4) then")
    assert [type(cue).__name__ for cue in cues] == ["Phrase", "DrawnOutCue", "PauseCue", "Phrase"]
    assert DrawnOutCue("and") in cues
    truth = {
        "items": [
            {"kind": "word", "word": "and", "start_s": 1.0, "end_s": 1.66, "drawn_out": 2.2},
            {"kind": "pause", "word": None, "start_s": 1.66, "end_s": 2.06},
            {"kind": "word", "word": "then", "start_s": 2.06, "end_s": 2.3},
        ],
        "duration_s": 3.0,
    }
    [word] = measure(answer_of(truth)).lengthened
    assert (word.word, word.expected_s) == ("and", 0.3)


# how hearing is held against the truth


def test_a_perfect_ear_agrees_with_the_truth():
    agreement = Agreement()
    for text in TEXTS:
        agreement.add(truth_of(f"{text}-3"), truth_of(f"{text}-3"))
    assert agreement.pauses.f1 == 1.0
    assert max(agreement.boundary_errors_s) == max(agreement.latency_errors_s) == 0.0


def test_a_pause_missed_and_one_made_up_count_against_an_ear():
    truth = truth_of(f"{TEXTS[0]}-3")
    deaf, made_up = Agreement(), Agreement()
    half = Answer(**{**as_fields(truth), "pauses": truth.pauses[::2]})
    deaf.add(half, truth)
    made_up.add(truth, half)
    assert deaf.pauses.f1 == made_up.pauses.f1 < 0.75


def as_fields(answer: Answer) -> dict:
    return {name: getattr(answer, name) for name in Answer.__dataclass_fields__}
