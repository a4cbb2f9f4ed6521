"""Measure how well hesitation and discomfort are estimated, on the recordings of tools.corpus.make_hesitation_pairs.

Each recording counts as a person's first answer, which is the hardest case: only the population norms are known.

  python -m tools.benchmarks.hesitation                 with what the program hears in the held-out half
  python -m tools.benchmarks.hesitation --truth         with what is really there: a perfect recogniser
  python -m tools.benchmarks.hesitation --fit           fit the one free number of each scale, on the other half
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant.assessment.baseline import Baseline
from assistant.assessment.cues import DISCOMFORT, HESITATION, CueModel
from assistant.assessment.estimate import estimate, estimate_discomfort, estimate_hesitation
from assistant.assessment.measures import measure
from assistant.assessment.prosody import ProsodyMeter
from assistant.assessment.speaker_model import SpeakerModel
from assistant.audio.frame import Samples
from assistant.english import lexicon
from assistant.turns.answer import Answer
from assistant.turns.assessment import Estimate, Measures, Prosody
from assistant.turns.audio import AnswerAudio
from tools.benchmarks.scores import Agreement, of_errors
from tools.command import parser_for, run_command
from tools.corpus.truth import answer_of
from tools.listening import listen, samples_of
from tools.paths import ROOT

_GRADES = ("0", "1", "2", "3", "4")
_KINDS = ("usual-1", "usual-2", *_GRADES, "uneasy-2", "uneasy-4")
_ORDINARY = ("0", "usual-1", "usual-2")
_HESITANT = ("2", "3", "4")
_UNEASY = ("uneasy-2", "uneasy-4")
"""Grade 1 is left out of yes-or-no questions: it is about as hesitant as ordinary people are now and then."""

_ORDINARY_ANSWERS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A recording: its text (part and number), its kind, and what was measured in it."""

    text: str
    kind: str
    answer: Answer
    prosody: Prosody | None
    measures: Measures
    hesitation: Estimate
    discomfort: Estimate


def main() -> int:
    """Run the command and return its exit code."""
    options = _options()
    part = "dev" if options.fit else "test"
    paths = sorted((options.pairs / part).glob("*.flac"))
    if not paths:
        print(f"There are no recordings in '{options.pairs / part}'.")
        print("Make them: python -m tools.corpus.make_hesitation_pairs")
        return 2
    console = Console(width=110)
    perfect = options.truth or options.fit
    cases, agreement, cpu = _hear(paths, None if perfect else options.model, perfect=perfect)
    if options.fit:
        _fit(cases, console)
        return 0
    if not perfect:
        _print_timing(agreement, console)
    _print_scores(cases, console)
    _print_goals(cases, console)
    _print_calibration(cases, console)
    _print_after_others(cases, console)
    console.print(f"Measures, pitch and estimates: {cpu:.1f} ms of processor time for a second of sound (goal: 10).")
    return 0


def _options() -> argparse.Namespace:
    parser = parser_for("tools.benchmarks.hesitation", __doc__)
    parser.add_argument("--pairs", type=Path, default=ROOT / "build" / "hesitation-pairs", metavar="DIR")
    parser.add_argument("--model", metavar="NAME", help="the speech model; otherwise the one that is used")
    parser.add_argument("--truth", action="store_true", help="a perfect ear in place of the recogniser")
    parser.add_argument("--fit", action="store_true", help="fit, on the half there is for it, with a perfect ear")
    return parser.parse_args()


def _hear(paths: Sequence[Path], model: str | None, *, perfect: bool) -> tuple[list[Case], Agreement, float]:
    """Process all recordings; return them, how well they agree, and processor time in ms per second of sound."""
    from assistant.session.assembly import make_ear

    listener = None if perfect else make_ear(model).listener
    ProsodyMeter.load()
    lexicon.load()
    cases, agreement = [], Agreement()
    spent_s = sound_s = 0.0
    for number, path in enumerate(paths):
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {len(paths)} ", end="", file=sys.stderr)
        truth = answer_of(json.loads(path.with_suffix(".json").read_text("utf-8")))
        samples = samples_of(path)
        answer = truth if listener is None else listen(listener, samples)[0]
        agreement.add(answer, truth)
        began_s = time.process_time()
        prosody = _prosody(samples)
        measures = measure(answer, prosody)
        hesitation, discomfort = (judge(measures, Baseline()) for judge in (estimate_hesitation, estimate_discomfort))
        spent_s += time.process_time() - began_s
        sound_s += truth.duration_s
        text, _, kind = path.stem.partition("-")
        cases.append(Case(text, kind, answer, prosody, measures, hesitation, discomfort))
    return cases, agreement, 1000 * spent_s / sound_s


def _prosody(samples: Samples) -> Prosody | None:
    return ProsodyMeter().finish(AnswerAudio(samples))


# What is printed


def _print_timing(agreement: Agreement, console: Console) -> None:
    table = Table("what", "median", "95 %", "goal", title="Times, against the exact truth")
    for what, errors in (("pause edges", agreement.boundary_errors_s), ("latency", agreement.latency_errors_s)):
        median, high = of_errors(errors)
        table.add_row(what, f"{1000 * median:.0f} ms", f"{1000 * high:.0f} ms", "50, 120 ms")
    median, high = of_errors(agreement.filler_rate_errors)
    table.add_row("fillers in 100 words, true fillers given", f"{median:.2f}", f"{high:.2f}", "0.3")
    table.add_row("pauses of 0.25 s and more, F1", f"{agreement.pauses.f1:.3f}", "", "0.95")
    table.add_row("fillers heard, of those there", f"{agreement.fillers_heard} of {agreement.fillers_there}", "", "")
    console.print(table)


def _print_scores(cases: Sequence[Case], console: Console) -> None:
    for name in ("hesitation", "discomfort"):
        table = Table(
            "recordings", "median", "above", "can't tell", "not above", title=f"{name.capitalize()}, first answer"
        )
        for kind in _KINDS:
            _add_shares(table, kind, [getattr(case, name) for case in cases if case.kind == kind])
        console.print(table)


def _add_shares(table: Table, kind: str, estimates: Sequence[Estimate]) -> None:
    shares = (
        np.mean([each.is_strong for each in estimates]),
        np.mean([each.score is None for each in estimates]),
        np.mean([each.score is not None and not each.is_strong for each in estimates]),
    )
    median = np.median([each.leaning for each in estimates if each.leaning is not None])
    table.add_row(kind, f"{median:.2f}", *(f"{share:.0%}" for share in shares))


def _print_goals(cases: Sequence[Case], console: Console) -> None:
    by_text = _by_text(cases)
    table = Table("what", "result", "goal", title="Goals")
    for name, fluent, more in (("hesitation", "0", _GRADES[1:]), ("discomfort", "0", _UNEASY)):
        pairs = [
            (_leaning(kinds[kind], name), _leaning(kinds[fluent], name)) for kinds in by_text.values() for kind in more
        ]
        right = sum(one > other for one, other in pairs)
        table.add_row(f"{name}: pairs in the right order", f"{right} of {len(pairs)}, {right / len(pairs):.1%}", "95 %")
    each = [
        _spearman([_leaning(kinds[grade], "hesitation") for grade in _GRADES], range(len(_GRADES)))
        for kinds in by_text.values()
    ]
    table.add_row("hesitation and grade, Spearman, mean of the texts", f"{np.mean(each):.3f}", "0.9")
    graded = [case for case in cases if case.kind in _GRADES]
    over_all = _spearman([_leaning(case, "hesitation") for case in graded], [int(case.kind) for case in graded])
    table.add_row("… of all texts together", f"{over_all:.3f}", "")
    ordinary = [case for case in cases if case.kind in _ORDINARY]
    asked = sum(case.hesitation.is_strong or case.discomfort.is_strong for case in ordinary)
    table.add_row("fluent and usual answers that are asked about", f"{asked} of {len(ordinary)}", "5 %")
    uncomfortable = sum(case.discomfort.is_strong for case in ordinary)
    table.add_row("… because of discomfort", f"{uncomfortable} of {len(ordinary)}", "5 %")
    console.print(table)


def _print_calibration(cases: Sequence[Case], console: Console) -> None:
    for name, above, rate in (("hesitation", _HESITANT, HESITATION), ("discomfort", _UNEASY, DISCOMFORT)):
        leanings, labels, weights = _labelled(cases, name, above, rate)
        table = Table("estimate", "recordings", "above the usual", title=f"Calibration of {name}, at its prior")
        for low, high in (
            (0, 0.05),
            (0.05, 0.1),
            (0.1, 0.2),
            (0.2, 0.4),
            (0.4, 0.6),
            (0.6, 0.8),
            (0.8, 0.9),
            (0.9, 1.01),
        ):
            here = (leanings >= low) & (leanings < high)
            share = f"{np.average(labels[here], weights=weights[here]):.0%}" if here.any() else "–"
            table.add_row(f"{low:.2f}–{min(high, 1):.2f}", f"{here.sum()}", share)
        console.print(table)
        decided = np.array([getattr(case, name).score is not None for case in _yes_or_no(cases, above)])
        strong = np.array([getattr(case, name).is_strong for case in _yes_or_no(cases, above)])
        wrong = strong[decided] != (labels[decided] == 1)
        console.print(
            f"{name}: decided {decided.mean():.0%}, of which wrong {wrong.mean():.1%}; "
            f"without abstaining, wrong {np.mean((leanings > 0.5) != (labels == 1)):.1%}; "
            f"log loss {_log_loss(leanings, labels, weights):.3f}\n"
        )


def _print_after_others(cases: Sequence[Case], console: Console) -> None:
    """The same recordings as a fourth answer, after three fluent ones by the same voice."""
    texts = sorted({case.text for case in cases})
    by_text = _by_text(cases)
    table = Table(
        "recordings", "median", "above", "can't tell", "not above", title="Hesitation, after three fluent answers"
    )
    for kind in _KINDS:
        estimates = []
        for at, text in enumerate(texts):
            # Voices take turns, so every fourth text has the same one.
            before = [texts[(at + 4 * step) % len(texts)] for step in range(1, _ORDINARY_ANSWERS_BEFORE + 1)]
            speaker = SpeakerModel()
            for earlier in before:
                speaker.assess(by_text[earlier]["0"].answer, by_text[earlier]["0"].prosody)
            estimates.append(speaker.assess(by_text[text][kind].answer, by_text[text][kind].prosody).hesitation)
        _add_shares(table, kind, estimates)
    console.print(table)


# Figures


def _by_text(cases: Sequence[Case]) -> dict[str, dict[str, Case]]:
    by_text: dict[str, dict[str, Case]] = {}
    for case in cases:
        by_text.setdefault(case.text, {})[case.kind] = case
    return by_text


def _leaning(case: Case, name: str) -> float:
    leaning = getattr(case, name).leaning
    return 0.0 if leaning is None else leaning


def _yes_or_no(cases: Sequence[Case], above: Sequence[str]) -> list[Case]:
    return [case for case in cases if case.kind in _ORDINARY or case.kind in above]


def _labelled(
    cases: Sequence[Case], name: str, above: Sequence[str], scale: CueModel
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Leanings, whether the recordings are above the usual, and weights that make those as rare as in the prior."""
    chosen = _yes_or_no(cases, above)
    labels = np.array([float(case.kind in above) for case in chosen])
    rare = 1 / (1 + np.exp(-scale.prior))
    weights = np.where(labels == 1, rare / labels.sum(), (1 - rare) / (1 - labels).sum())
    return np.array([_leaning(case, name) for case in chosen]), labels, weights


def _log_loss(leanings: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> float:
    likely = np.clip(np.where(labels == 1, leanings, 1 - leanings), 1e-6, 1)
    return float(-np.average(np.log(likely), weights=weights))


def _spearman(values: Sequence[float], others: Sequence[float]) -> float:
    return float(np.corrcoef(_ranks(values), _ranks(others))[0, 1])


def _ranks(values: Sequence[float]) -> np.ndarray:
    """Ranks; equal values get their mean rank."""
    _, where, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[where]


def _fit(cases: Sequence[Case], console: Console) -> None:
    for name, scale, above in (("hesitation", HESITATION, _HESITANT), ("discomfort", DISCOMFORT, _UNEASY)):
        table = Table("sharpness", "log loss", title=f"{name}, {len(_yes_or_no(cases, above))} recordings")
        for sharpness in np.arange(0.4, 2.6, 0.2):
            tried = replace(scale, sharpness=float(sharpness))
            judged = [_estimated_again(case, name, estimate(tried, case.measures, Baseline())) for case in cases]
            table.add_row(f"{sharpness:.1f}", f"{_log_loss(*_labelled(judged, name, above, scale)):.4f}")
        console.print(table)


def _estimated_again(case: Case, name: str, by: Estimate) -> Case:
    return replace(case, hesitation=by) if name == "hesitation" else replace(case, discomfort=by)


if __name__ == "__main__":
    run_command(main)
