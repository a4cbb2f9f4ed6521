"""The classifier of candidates: boosted trees, fitted to what the recogniser and the network took for fillers.

It learns from made-up and acted speech that the network wasn't trained on, and, if you name a folder of annotated
telephone speech, from that, which counts ten times as much, as it shows how people really hesitate. With
``--cross-validate``, it prints how well that works on sessions that it wasn't fitted to.
"""

from __future__ import annotations

import argparse
import csv
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from assistant.asr.recogniser import VoskRecogniser
from assistant.audio.frame import Samples
from assistant.fillers.candidates import FEATURES, Candidate, candidates, features, merged
from assistant.fillers.network import FilledPauseNetwork
from assistant.models import find
from assistant.turns.answer import Word
from assistant.turns.audio import AnswerAudio
from tools.command import ToolError
from tools.corpus.acoustics import REAL_SPEEDS, SYNTHETIC_SPEEDS, in_drawn_room
from tools.listening import samples_of
from tools.training.alignment import labels_of_transcript
from tools.training.examples import kept_for_classifier
from tools.training.real_speech import real_lines
from tools.training.voices import spoken

MADE_UP_WEIGHT: Final = 0.1
"""The weight of a candidate from made-up or acted speech; one from telephone speech counts 1."""
LINES: Final = 1500
THRESHOLD: Final = 0.32
FOLDS: Final = 8
_MEMBERS, _TREES = 5, 60
_PIECE = 3200

_RISES: Final = {
    "named: log duration": 1,
    "named: log confidence": 1,
    "unnamed: log duration": 1,
    "unnamed: confidence of the word there": -1,
    "best odds": 1,
    "mean odds": 1,
    "length of the run": 1,
    "gap before": 1,
    "gap after": 1,
    "quiet before": 1,
    "quiet after": 1,
    "pitch movement": -1,
    "spectral movement": -1,
}
"""The direction in which the probability may change as a feature rises; others may go either way."""


@dataclass(frozen=True)
class LabelledCandidates:
    """The candidates of a recording: features, labels (1, 0, or -1 for unknown), and facts about it."""

    rows: NDArray[np.float32]
    labels: NDArray[np.int64]
    session: str | None = None
    fillers: int = 0
    duration_s: float = 0.0


class CandidateFinder:
    """Runs the recogniser and the network on one recording after another."""

    def __init__(self, model: str | None) -> None:
        installed = find(model)
        self.fillers = frozenset(installed.fillers)
        self._recogniser = VoskRecogniser(installed.path)
        self._network = FilledPauseNetwork()

    def candidates_in(self, samples: Samples) -> tuple[list[Candidate], list[Word], NDArray[np.float32]]:
        """The candidates, the words around them, and the features of each."""
        self._recogniser.begin()
        self._network.reset()
        sound = AnswerAudio()
        for start in range(0, len(samples), _PIECE):
            piece = samples[start : start + _PIECE]
            sound.append(piece)
            self._recogniser.accept(sound)
            self._network.feed(piece)
        self._network.finish()
        words = merged(self._recogniser.finish(sound), self.fillers)
        odds, rows = self._network.odds, self._network.rows
        found = candidates(words, self.fillers, odds)
        plain = [word for word in words if word.word not in self.fillers]
        table = [features(each, plain, odds, rows) for each in found]
        return found, words, np.array(table, np.float32).reshape(-1, len(FEATURES))


def main(options: argparse.Namespace) -> None:
    """Run the step."""
    console = Console(stderr=True)
    finder = CandidateFinder(options.model)
    made_up = _made_up(options.work, finder, console) + _acted(options.work, finder, console)
    telephone = _telephone(options.annotated, finder, console) if options.annotated is not None else []
    if not made_up and not telephone:
        raise ToolError(f"There is nothing to learn from in {options.work}. Run the step “voices” first.")
    if options.cross_validate:
        _cross_validate(telephone, made_up)
        return
    _write(_members(_table([*telephone], [*made_up])), options.out)


def _made_up(work: Path, finder: CandidateFinder, console: Console) -> list[LabelledCandidates]:
    labelled = []
    chosen = [(path, spans) for path, spans in spoken(work) if kept_for_classifier(path.name)]
    for path, spans in track(chosen, description="made-up speech", console=console):
        sound, rate_hz = soundfile.read(path, dtype="float32")
        there = in_drawn_room(sound, rate_hz, np.random.default_rng(zlib.crc32(path.name.encode())), SYNTHETIC_SPEEDS)
        found, _, rows = finder.candidates_in(there.samples)
        times = [(span.start_s / there.speed, span.end_s / there.speed) for span in spans]
        labelled.append(LabelledCandidates(rows, labels_of_spans(found, times)))
    return labelled


def labels_of_spans(found: Sequence[Candidate], spans: Sequence[tuple[float, float]]) -> NDArray[np.int64]:
    """Labels of candidates, given the times of fillers; of two for the same filler, the lesser one is unknown."""
    labels = np.zeros(len(found), np.int64)
    for start_s, end_s in spans:
        shared = [min(each.end_s, end_s) - max(each.start_s, start_s) for each in found]
        hits = [
            number
            for number, (each, shared_s) in enumerate(zip(found, shared, strict=True))
            if shared_s > 0.3 * (each.end_s - each.start_s) or shared_s > 0.5 * (end_s - start_s)
        ]
        for number in hits:
            labels[number] = max(labels[number], -1) if labels[number] == 1 else -1
        if hits:
            labels[max(hits, key=lambda number: shared[number])] = 1
    return labels


def _acted(work: Path, finder: CandidateFinder, console: Console) -> list[LabelledCandidates]:
    acted = [line for line in real_lines(work) if line.kind == "fluent" and line.acted]
    lines = [line for line in acted if kept_for_classifier(line.name)][:LINES]
    labelled = []
    for line in track(lines, description="acted speech", console=console):
        sound, rate_hz = line.read()
        there = in_drawn_room(sound, rate_hz, np.random.default_rng(zlib.crc32(line.name.encode())), REAL_SPEEDS)
        found, _, rows = finder.candidates_in(there.samples)
        labelled.append(LabelledCandidates(rows, np.zeros(len(found), np.int64)))
    return labelled


def _telephone(folder: Path, finder: CandidateFinder, console: Console) -> list[LabelledCandidates]:
    with (folder / "wuw.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    labelled = []
    for row in track(table, description="telephone speech", console=console):
        found, words, rows = finder.candidates_in(samples_of(folder / row["file"]))
        labels = labels_of_transcript(found, words, row["transcript"].split(), finder.fillers)
        fillers = len(row["fillers"].split())
        labelled.append(LabelledCandidates(rows, labels, row["session"], fillers, float(row["duration_s"])))
    return labelled


Table = tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float64]]


def _table(telephone: Sequence[LabelledCandidates], made_up: Sequence[LabelledCandidates]) -> Table:
    """Features, labels and weights of all candidates whose label is known."""
    every = [(example, 1.0) for example in telephone] + [(example, MADE_UP_WEIGHT) for example in made_up]
    rows = np.concatenate([example.rows for example, _ in every])
    labels = np.concatenate([example.labels for example, _ in every])
    weights = np.concatenate([np.full(len(example.labels), weight) for example, weight in every])
    known = labels >= 0
    return rows[known], labels[known], weights[known]


def _members(table: Table) -> list[Any]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    ways = [_RISES.get(name, 0) for name in FEATURES]
    return [
        HistGradientBoostingClassifier(
            max_iter=_TREES,
            learning_rate=0.06,
            max_depth=3,
            min_samples_leaf=8,
            l2_regularization=1.0,
            max_features=0.5,
            monotonic_cst=ways,
            random_state=number,
        ).fit(*table)
        for number in range(_MEMBERS)
    ]


def _cross_validate(telephone: Sequence[LabelledCandidates], made_up: Sequence[LabelledCandidates]) -> None:
    """Print how well sessions are classified after fitting to the others, counting fillers per utterance."""
    sessions = sorted({example.session for example in telephone if example.session is not None})
    fold_of = dict(zip(sessions, np.random.default_rng(0).permutation(len(sessions)) % FOLDS, strict=True))
    likely: dict[int, NDArray[np.float64]] = {}
    for fold in range(FOLDS):
        others = [example for example in telephone if fold_of[str(example.session)] != fold]
        members = _members(_table(others, made_up))
        for number, example in enumerate(telephone):
            if fold_of[str(example.session)] == fold and len(example.rows):
                odds = np.mean([member.decision_function(example.rows) for member in members], axis=0)
                likely[number] = 1.0 / (1.0 + np.exp(-odds))
    print("threshold  precision  recall    F1  false a minute without fillers")
    for threshold in (0.2, 0.25, 0.28, 0.32, 0.36, 0.4, 0.5):
        heard_counts = [int((likely.get(n, np.zeros(0)) >= threshold).sum()) for n in range(len(telephone))]
        right = sum(min(count, example.fillers) for count, example in zip(heard_counts, telephone, strict=True))
        precision = right / max(1, sum(heard_counts))
        recall = right / sum(example.fillers for example in telephone)
        clean = [
            (count, example) for count, example in zip(heard_counts, telephone, strict=True) if not example.fillers
        ]
        a_minute = 60 * sum(count for count, _ in clean) / sum(example.duration_s for _, example in clean)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{threshold:9.2f}  {precision:9.2f}  {recall:6.2f}  {f1:4.2f}  {a_minute:8.2f}")


def _write(members: Sequence[Any], out: Path) -> None:
    """Store the trees as `assistant.fillers.detector.FilledPauseClassifier` reads them."""
    # scikit-learn has no public access to its trees; its own explanations use this.
    trees = [step[0].nodes for member in members for step in member._predictors]
    shape = (len(trees), max(len(tree) for tree in trees))
    feature, limit = np.full(shape, -1, np.int8), np.zeros(shape, np.float32)
    below = np.tile(np.arange(shape[1], dtype=np.int8), (shape[0], 1))
    above, value = below.copy(), np.zeros(shape, np.float32)
    for number, tree in enumerate(trees):
        for place, node in enumerate(tree):
            if node["is_leaf"]:
                value[number, place] = node["value"] / len(members)
                continue
            feature[number, place], limit[number, place] = node["feature_idx"], node["num_threshold"]
            below[number, place], above[number, place] = node["left"], node["right"]
    base = np.mean([member._baseline_prediction.ravel()[0] for member in members])
    np.savez_compressed(
        out,
        feature=feature,
        limit=limit,
        below=below,
        above=above,
        value=value,
        base=np.float32(base),
        threshold=np.float32(THRESHOLD),
    )
