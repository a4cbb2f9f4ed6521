"""``assistant analyse``: what can be heard in recordings, without a conversation."""

from __future__ import annotations

import json
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from assistant.cli import options
from assistant.errors import AudioFileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from assistant.audio.level import WaveformPeaks
    from assistant.session.assembly import LoadedEar
    from assistant.turns.document import Analysis
    from assistant.turns.user_turn import UserTurn


T = TypeVar("T")


@click.command()
@click.argument("sources", nargs=-1, required=True, type=options.FILE, metavar="SOURCE…")
@options.model
@options.second_hearing
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list with one object per recording.")
@options.report
@click.pass_context
def analyse(
    ctx: click.Context,
    sources: tuple[Path, ...],
    model: str | None,
    second_hearing: str | None,
    as_json: bool,
    report: Path | None,
) -> None:
    """Show what can be heard in recordings: words, fillers, pauses, hesitation, discomfort.

    A SOURCE is an audio file or a folder of them. Each file counts as one answer, to a question that
    ended where the recording begins. One that can't be used is named, and the others are analysed; the exit
    code is then 3.
    """
    from rich.console import Console

    from assistant.audio import find_recordings
    from assistant.report import Page, check_writable, print_answer, read_analysis, render_page, write_page
    from assistant.session.assembly import make_ear, make_second_ear
    from assistant.turns.document import Analysis

    troubles: list[AudioFileError] = []
    found = [_attempt(partial(find_recordings, [source], ()), troubles) for source in sources]
    files = [file for playlist in found if playlist is not None for file in playlist.files]
    if report is not None:
        check_writable(report)
    console, errors = Console(highlight=False), Console(stderr=True, highlight=False)

    def warn(text: str) -> None:
        errors.print(text, style="yellow", markup=False, soft_wrap=True)

    analyses: list[Analysis] = []
    answers = []
    with ExitStack() as stack:

        @cache
        def ear() -> LoadedEar:
            second_ear = make_second_ear(second_hearing, warn)
            if second_ear is not None:
                stack.callback(second_ear.close)
            loaded = make_ear(model, second_ear)
            if loaded.advice is not None:
                warn(loaded.advice)
            return loaded

        if as_json:
            # Whatever ends this, what is done isn't lost.
            stack.callback(_print_json, analyses)
        for file in files:
            heard = _attempt(partial(_hear, file, ear, errors), troubles)
            if heard is None:
                continue
            turn, outline = heard
            analyses.append(Analysis.of(turn, source=str(file), model=ear().model))
            answers.append(read_analysis(analyses[-1], title=str(file), outline=outline))
            if not as_json:
                print_answer(console, answers[-1])
    _report_troubles(troubles, errors, nothing_else=not answers)
    if report is not None:
        title = Path(answers[0].title).name if len(answers) == 1 else f"{len(answers)} recordings"
        write_page(report, render_page(Page(title, (("heard with", ear().model),), tuple(answers))))
        errors.print(f"The page is in {report}", markup=False, soft_wrap=True)
    ctx.exit(AudioFileError.exit_code if troubles else 0)


def _attempt(work: Callable[[], T], troubles: list[AudioFileError]) -> T | None:
    """Do something with a recording; one that can't be used is added to `troubles`."""
    try:
        return work()
    except AudioFileError as error:
        troubles.append(error)
        return None


def _print_json(analyses: list[Analysis]) -> None:
    if analyses:
        click.echo(json.dumps([analysis.to_json() for analysis in analyses], ensure_ascii=False, indent=2))


def _report_troubles(troubles: list[AudioFileError], errors: Console, *, nothing_else: bool) -> None:
    """Say which recordings can't be used; if there is nothing else, raise the last one as the command's error."""
    for trouble in troubles[:-1] if nothing_else else troubles:
        errors.print(f"assistant: {trouble.sentence}", markup=False, soft_wrap=True)
    if nothing_else:
        raise troubles[-1]


def _hear(path: Path, ear: Callable[[], LoadedEar], console: Console) -> tuple[UserTurn, WaveformPeaks]:
    """Process a recording with a progress bar on `console`; return what was said and the outline of its sound.

    The ears are loaded once there is something to hear.
    """
    from rich.progress import Progress

    from assistant.audio.frame import RATE_HZ, Frame
    from assistant.audio.level import WaveformPeaks
    from assistant.session.components import Watcher
    from assistant.session.recorded_answer import RecordedAnswer, hear_answer

    outline = WaveformPeaks()
    with (
        RecordedAnswer(path) as source,
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task(path.name, total=source.duration_s)

        class Onlooker(Watcher):
            def sound(self, frame: Frame) -> None:
                outline.feed(frame.samples)
                bar.update(task, completed=frame.end / RATE_HZ)

        turn = hear_answer(source, ear().listener, Onlooker())
        if source.note:
            console.print(source.note, style="yellow", markup=False, soft_wrap=True)
    return turn, outline
