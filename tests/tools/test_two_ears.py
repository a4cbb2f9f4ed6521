"""Fitting the judge of both ears: which candidates are fillers of a transcript without times, and the regression."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.fillers.candidates import Candidate
from assistant.fillers.second_ear import is_filler
from assistant.turns.answer import Word
from tools.command import ToolError
from tools.training.alignment import labels_of_places, places_of
from tools.training.annotated import Annotated, annotated
from tools.training.two_ears import Example, fitted_to

FILLERS = frozenset({"um", "uh"})


def words(text: str) -> list[Word]:
    """A word every half a second, from 0 s on."""
    return [Word(word, n / 2, n / 2 + 0.4, 0.9) for n, word in enumerate(text.split())]


def candidate(start_s: float, word: str | None = None) -> Candidate:
    return Candidate(start_s, start_s + 0.3, word, 0.9 if word else 0.0)


def labels(found: list[Candidate], first: str, second: str, truth: str) -> list[int]:
    """Labels of candidates, the ones with a name being those that the second ear wrote, in order."""
    again = words(second)
    fillers = [word for word in again if is_filler(word.word)]
    written = dict(zip([each for each in found if each.word is not None], fillers, strict=True))
    places = places_of(found, written, words(first), again, FILLERS)
    return labels_of_places(found, places, truth.split(), again).tolist()


def test_a_candidate_is_a_filler_where_the_transcript_has_one() -> None:
    found = [candidate(0.5, "uh"), candidate(2.0)]
    assert labels(found, "i uh really liked it", "i uh really liked it", "i um really liked it") == [1, 0]


def test_a_filler_that_no_ear_wrote_is_found_by_time() -> None:
    found = [candidate(0.5), candidate(2.5)]
    assert labels(found, "i so really liked it too", "i really liked it too", "i um really liked it too") == [1, 0]


def test_a_second_candidate_for_the_same_filler_counts_for_nothing() -> None:
    found = [candidate(0.5, "uh"), candidate(0.9)]
    assert labels(found, "i uh really liked it", "i uh really liked it", "i um really liked it") == [1, -1]


def test_what_the_transcript_lacks_is_no_filler() -> None:
    found = [candidate(0.5, "uh")]
    assert labels(found, "i uh really liked it", "i uh really liked it", "i really liked it") == [0]


def example(log_odds: list[float], written: list[bool], truth: list[int]) -> Example:
    of = Annotated("wuw", "1", "a.flac", (), 0, lambda: np.zeros(0, np.int16))
    return Example(of, 5.0, np.array(log_odds, np.float32), np.array(written), np.array(truth))


def test_the_regression_finds_whom_to_believe_and_survives_a_trip_to_disk(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)
    truth = chance.integers(0, 2, 400)
    written = np.where(chance.random(400) < 0.95, truth, 1 - truth).astype(bool)
    log_odds = chance.normal(size=400) + 0.3 * truth
    judge = fitted_to([example(log_odds.tolist(), written.tolist(), truth.tolist())])
    judge.save(tmp_path / "judge.json")
    assert (tmp_path / "judge.json").read_text().count(":") == 4
    likely = judge.probability(log_odds.astype(np.float32), written)
    assert ((likely >= judge.threshold) == written).mean() > 0.98
    assert likely[written].mean() == pytest.approx(truth[written].mean(), abs=0.02)


def test_unknown_candidates_teach_nothing() -> None:
    known = example([-1.0, 0.0, 1.0, 2.0], [False, False, True, True], [0, 0, 1, 1])
    doubtful = example([-1.0, 0.0, 1.0, 2.0, 3.0], [False, False, True, True, False], [0, 0, 1, 1, -1])
    one, other = (fitted_to([each]) for each in (known, doubtful))
    ask = np.array([0.5], np.float32), np.array([True])
    assert one.probability(*ask) == other.probability(*ask)


def test_a_table_of_annotated_speech_is_read_and_a_missing_one_named(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="no table of recordings"):
        annotated(tmp_path)
    (tmp_path / "calls.csv").write_text("file,session,fillers,transcript\na/b.flac,7,um uh,um i uh liked it\n")
    (found,) = annotated(tmp_path)
    assert (found.corpus, found.session, found.name, found.fillers) == ("calls", "7", "b.flac", 2)
    assert found.transcript == ("um", "i", "uh", "liked", "it")


def test_a_transcript_beside_a_recording_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "one.lab").write_text("Um i uh liked it")
    (found,) = annotated(tmp_path)
    assert (found.corpus, found.session, found.fillers) == ("talks", "talks/one", 2)


def test_about_a_quarter_of_the_speakers_is_kept_back() -> None:
    people = [Annotated("c", str(number), "f", (), 0, lambda: np.zeros(0, np.int16)) for number in range(400)]
    assert 70 < sum(each.kept_back for each in people) < 130
