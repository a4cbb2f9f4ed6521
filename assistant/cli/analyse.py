"""``assistant analyse``: what can be heard in recordings, without a conversation."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.cli import options


@click.command()
@click.argument("sources", nargs=-1, required=True, type=options.FILE, metavar="SOURCE…")
@options.model
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list with one object per recording.")
@options.report
def analyse(sources: tuple[Path, ...], model: str | None, as_json: bool, report: Path | None) -> None:
    """Show what can be heard in recordings: words, fillers, pauses, hesitation, discomfort.

    A SOURCE is an audio file or a folder of them. Each file counts as one answer, to a question that
    ended where the recording begins.
    """
    from rich.console import Console

    from assistant.assessment import SpeakerModel
    from assistant.audio import WaveformPeaks, find_recordings
    from assistant.report import Page, check_writable, print_answer, read_analysis, render_page, write_page
    from assistant.session.assembly import make_ear
    from assistant.turns.document import analysis_document, hear_recording

    files = find_recordings(sources, ()).files
    if report is not None:
        check_writable(report)
    ear = make_ear(model)
    console, errors = Console(highlight=False), Console(stderr=True, highlight=False)
    if ear.advice is not None:
        errors.print(ear.advice, style="yellow", markup=False, soft_wrap=True)
    documents, answers = [], []
    for file in files:
        outline = WaveformPeaks()
        answer, prosody = hear_recording(file, ear.listener, errors, outline)
        impression = SpeakerModel().hear(answer, prosody)
        documents.append(analysis_document(answer, impression, source=str(file), model=ear.model))
        answers.append(read_analysis(documents[-1], title=str(file), outline=outline))
        if not as_json:
            print_answer(console, answers[-1])
    if as_json:
        click.echo(json.dumps(documents, ensure_ascii=False, indent=2))
    if report is not None:
        title = files[0].name if len(files) == 1 else f"{len(files)} recordings"
        write_page(report, render_page(Page(title, (("heard with", ear.model),), tuple(answers))))
        errors.print(f"The page is in {report}", markup=False, soft_wrap=True)
