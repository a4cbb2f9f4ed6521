"""The step `both`: the judge of candidates that two ears heard, fitted to annotated speech of several corpora.

A logistic regression with three weights, since there are few fillers to learn from, and more features judged other
people no better. It is fitted to what the program itself hears in the recordings. A quarter of the speakers, chosen by
a hash, is kept back: the regression is never fitted to them, and ``--kept-back`` shows how well they are judged.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.asr.listener import Listener
from assistant.asr.recogniser import VoskRecogniser
from assistant.asr.voice_activity import VoiceActivity
from assistant.asr.whisper import WhisperRecogniser
from assistant.audio.frame import RATE_HZ
from assistant.fillers.candidates import FEATURES, candidates, features, merged
from assistant.fillers.detector import Detection, FilledPauseClassifier, FilledPauseDetector
from assistant.fillers.features import COLUMNS
from assistant.fillers.network import ROWS_PER_S
from assistant.fillers.second_ear import (
    SecondEvidence,
    SecondOpinion,
    TwoEarClassifier,
)
from assistant.models import find, find_second
from assistant.session.second_ear import SecondEarWorker
from assistant.turns.answer import Word
from assistant.turns.audio import AnswerAudio
from tools.benchmarks.scores import Retrieval
from tools.command import ToolError
from tools.listening import listen
from tools.training.alignment import labels_of_places, places_of
from tools.training.annotated import Annotated, annotated
from tools.training.examples import kept_for_classifier
from tools.training.real_speech import ASTERISK, real_lines

THRESHOLD: Final = 0.5
_FOLDS: Final = 8
_PENALTY: Final = 0.3
"""Of the squared weights of standardised features."""
_STEPS: Final = 30


@dataclass(frozen=True)
class Heard:
    """What both ears heard in a recording: times in seconds from the first sample that the network was fed."""

    first: tuple[Word, ...]
    second: tuple[Word, ...]
    odds: NDArray[np.float32]
    rows: NDArray[np.float32]

    def save(self, path: Path) -> None:
        """Keep it, since hearing takes a quarter of the sound's time."""
        words = [[[w.word, w.start_s, w.end_s, w.confidence] for w in ear] for ear in (self.first, self.second)]
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, words=json.dumps(words), odds=self.odds, rows=self.rows.astype(np.float16))

    @classmethod
    def load(cls, path: Path) -> Heard:
        """Read what was saved."""
        with np.load(path) as stored:
            first, second = (tuple(Word(*word) for word in ear) for ear in json.loads(str(stored["words"])))
            return cls(first, second, stored["odds"], stored["rows"].astype(np.float32))


@dataclass(frozen=True)
class Example:
    """The candidates of a recording.

    Attributes
    ----------
    of : Annotated
    duration_s : float
    log_odds : float32 array, shape (n,)
        Of a filler, by the first ear alone.
    written : bool array, shape (n,)
        Whether the second ear wrote a filler there.
    labels : int array, shape (n,)
        1, 0, or -1 for unknown.
    """

    of: Annotated
    duration_s: float
    log_odds: NDArray[np.float32]
    written: NDArray[np.bool_]
    labels: NDArray[np.int64]


class _Witness(FilledPauseDetector):
    """Keeps what the last answer was judged by."""

    heard: Heard | None = None

    def begin(self) -> None:
        super().begin()
        self.heard = None

    def finish(self, words: Sequence[Word], sound: AnswerAudio, second: SecondEvidence | None = None) -> Detection:
        detection = super().finish(words, sound, second)
        again = () if second is None else second.words
        self.heard = Heard(tuple(words), again, self._network.odds, self._network.rows)
        return detection


class Examiner:
    """Runs both ears over recordings, and labels what may be fillers.

    Parameters
    ----------
    model, second : str or None
        Names of the two ears' models; otherwise those that are used.
    kept : Path
        Folder for what was heard, so that every recording is heard only once.
    """

    def __init__(self, model: str | None, second: str | None, kept: Path) -> None:
        first, again = find(model), find_second(second)
        self._fillers = frozenset(first.fillers)
        self._kept = kept
        self._judge = FilledPauseClassifier()
        self._witness = _Witness(first.fillers)
        self._ear = SecondEarWorker(WhisperRecogniser(again.path), "whisper", again.short_name, _give_up)
        activity = VoiceActivity()
        activity.load()
        self._listener = Listener(
            VoskRecogniser(first.path),
            activity,
            fillers=first.fillers,
            detector=self._witness,
            second_ear=self._ear,
        )

    def close(self) -> None:
        """Stop the second ear."""
        self._ear.close()

    def example(self, recording: Annotated) -> Example:
        """The labelled candidates of a recording."""
        heard, duration_s = self._hear(recording)
        if heard is None:
            return Example(recording, duration_s, np.zeros(0, np.float32), np.zeros(0, bool), np.zeros(0, int))
        joined = merged(heard.first, self._fillers)
        plain = [word for word in joined if word.word not in self._fillers]
        opinion = SecondOpinion(SecondEvidence(heard.second), joined, self._fillers, len(heard.odds) / ROWS_PER_S)
        found, written = opinion.assign(candidates(joined, self._fillers, heard.odds), heard.odds, heard.rows)
        own = np.array([features(each, plain, heard.odds, heard.rows) for each in found], np.float32)
        log_odds = self._judge.log_odds(own.reshape(-1, len(FEATURES)))
        places = places_of(found, written, joined, heard.second, self._fillers)
        labels = labels_of_places(found, places, recording.transcript, heard.second)
        return Example(recording, duration_s, log_odds, np.array([each in written for each in found], bool), labels)

    def _hear(self, recording: Annotated) -> tuple[Heard | None, float]:
        path = self._kept / f"{recording.corpus}-{recording.name.replace('/', '_')}.npz"
        samples = recording.read()
        if not path.exists():
            listen(self._listener, samples)
            nothing = Heard((), (), np.zeros(0, np.float32), np.zeros((0, COLUMNS), np.float32))
            (self._witness.heard or nothing).save(path)
        heard = Heard.load(path)
        return (heard if len(heard.odds) else None), len(samples) / RATE_HZ


def _give_up(sentence: str) -> None:
    raise ToolError(sentence)


def fitted_to(examples: Iterable[Example]) -> TwoEarClassifier:
    """The regression fitted to all candidates of some recordings whose label is known.

    It has a penalty on the squared weights of standardised features, and is found by Newton's method.
    """
    every = list(examples)
    labels = np.concatenate([example.labels for example in every])
    rows = np.column_stack(
        [
            np.concatenate([example.log_odds for example in every]),
            np.concatenate([example.written for example in every]),
        ]
    )[labels >= 0].astype(np.float64)
    labels = labels[labels >= 0]
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    table = np.column_stack([(rows - middle) / spread, np.ones(len(rows))])
    penalty = np.append(np.full(rows.shape[1], _PENALTY), 0.0)
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        likely = 1.0 / (1.0 + np.exp(-(table @ weights)))
        slope = table.T @ (likely - labels) + penalty * weights
        curvature = (table * (likely * (1.0 - likely) + 1e-9)[:, None]).T @ table + np.diag(penalty)
        weights -= np.linalg.solve(curvature, slope)
    plain = weights[:-1] / spread
    first, second = map(float, plain)
    return TwoEarClassifier(first, second, float(weights[-1] - plain @ middle), THRESHOLD)


def main(options: argparse.Namespace) -> None:
    """Run the step."""
    recordings = [each for folder in options.annotated for each in annotated(folder)] + _fluent(options.work)
    chosen = [each for each in recordings if each.kept_back == options.kept_back]
    with closing(Examiner(options.model, options.second, options.work / "both-ears")) as examiner:
        console = Console(stderr=True)
        examples = [examiner.example(each) for each in track(chosen, description="both ears", console=console)]
    if options.kept_back:
        judge = TwoEarClassifier.load()
        Console().print(_table({"kept back": [(each, _accepted(each, judge)) for each in examples]}))
        return
    folds = {fold: fitted_to(each for each in examples if _fold(each) != fold) for fold in range(_FOLDS)}
    corpora = sorted({each.of.corpus for each in examples})
    others = {corpus: fitted_to(each for each in examples if each.of.corpus != corpus) for corpus in corpora}
    by_fold = [(each, _accepted(each, folds[_fold(each)])) for each in examples]
    by_corpus = [(each, _accepted(each, others[each.of.corpus])) for each in examples]
    Console().print(_table({"other speakers": by_fold, "other corpora": by_corpus}))
    fitted_to(examples).save(options.out)


def _fluent(work: Path) -> list[Annotated]:
    """Readings and prompts without fillers that the network wasn't trained on; one in four of the prompts."""
    lines = [line for line in real_lines(work) if line.kind == "fluent" and not line.acted]
    return [
        Annotated("fluent", line.name, line.name, (), 0, line.samples)
        for line in lines
        if kept_for_classifier(line.name) and (not _is_prompt(line.name) or zlib.crc32(line.name.encode()) % 4 == 0)
    ]


def _is_prompt(name: str) -> bool:
    return name.startswith(f"{ASTERISK.name}/")


def _fold(example: Example) -> int:
    return zlib.crc32(example.of.session.encode()) % _FOLDS


def _accepted(example: Example, judge: TwoEarClassifier) -> int:
    return int((judge.probability(example.log_odds, example.written) >= judge.threshold).sum())


@dataclass(slots=True)
class _Tally(Retrieval):
    false_in_clean: int = 0
    clean_s: float = 0.0


def _table(ways: Mapping[str, Sequence[tuple[Example, int]]]) -> Table:
    """How well each corpus is judged: fillers counted a recording, as transcripts have no times."""
    table = Table("fitted to", "judged", "fillers", "precision", "recall", "F1", "false a minute", box=None)
    for way, counted in ways.items():
        for corpus in sorted({example.of.corpus for example, _ in counted}):
            tally = _Tally()
            for example, heard in counted:
                if example.of.corpus != corpus:
                    continue
                right = min(heard, example.of.fillers)
                tally.right += right
                tally.wrong += heard - right
                tally.missed += example.of.fillers - right
                if not example.of.fillers:
                    tally.false_in_clean += heard
                    tally.clean_s += example.duration_s
            ratios = (tally.precision, tally.recall, tally.f1, 60 * tally.false_in_clean / max(1.0, tally.clean_s))
            table.add_row(way, corpus, str(tally.right + tally.missed), *(f"{ratio:.2f}" for ratio in ratios))
    return table
