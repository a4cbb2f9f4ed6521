"""Make the graded recordings that the estimates of hesitation and discomfort are calibrated and tested on.

There are 48 answers, each by one voice in five grades from fluent to very hesitant, twice by a person who talks as
usual, and twice ill at ease (see tools/corpus/graded.py): 432 recordings, an hour and a half of sound, in
build/hesitation-pairs, each with the exact truth beside it. tools.benchmarks.hesitation measures with them.

  python -m tools.corpus.make_hesitation_pairs                 all of them; takes a quarter of an hour
  python -m tools.corpus.make_hesitation_pairs dev/00 test/    those whose names begin like this
  python -m tools.corpus.make_hesitation_pairs --for-tests     the twelve in tests/hesitation_pairs, as Ogg
"""

from __future__ import annotations

from pathlib import Path

from tools.command import parser_for, require, run_command
from tools.corpus.graded import recordings
from tools.corpus.production import NEEDS, make
from tools.paths import HESITATION_PAIRS, ROOT

FOR_TESTS = tuple(f"test/{text}-{grade}" for text in ("00", "05", "10", "15", "18", "23") for grade in (0, 3))
"""Two texts of each voice but one, with every manner of hesitating."""


def main() -> None:
    """Run the command."""
    parser = parser_for("tools.corpus.make_hesitation_pairs", __doc__)
    parser.add_argument("names", nargs="*", help="make only files whose names begin like this")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "build" / "hesitation-pairs", metavar="DIR", help="where they go"
    )
    parser.add_argument("--for-tests", action="store_true", help="make those that the tests hear, and keep them there")
    options = parser.parse_args()
    script = recordings()
    names = FOR_TESTS if options.for_tests else tuple(options.names)
    chosen = [each for each in script if each.file.startswith(names or "")]
    if not chosen:
        parser.error(f"No recording's name begins with {' or '.join(names)}.")
    require(NEEDS)
    make(chosen, script, options.out)
    if options.for_tests:
        _keep(options.out, HESITATION_PAIRS)


def _keep(made: Path, folder: Path) -> None:
    """Copy sound and truth of `FOR_TESTS` into `folder`, as Ogg, which is small enough to keep."""
    import soundfile

    folder.mkdir(parents=True, exist_ok=True)
    for name in FOR_TESTS:
        flac = made / f"{name}.flac"
        ogg = folder / f"{flac.stem}.ogg"
        sound, rate_hz = soundfile.read(flac, dtype="float32")
        soundfile.write(ogg, sound, rate_hz, format="OGG", subtype="VORBIS", compression_level=0.5)
        truth = flac.with_suffix(".json").read_text("utf-8")
        ogg.with_suffix(".json").write_text(truth.replace(flac.name, ogg.name), "utf-8")


if __name__ == "__main__":
    run_command(main)
