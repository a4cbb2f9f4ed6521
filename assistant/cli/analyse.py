"""``assistant analyse``: what is heard in recordings, without a conversation."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.cli import options


@click.command()
@click.argument("sources", nargs=-1, required=True, type=options.FILE, metavar="SOURCE…")
@options.model
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list, an object for each recording.")
def analyse(sources: tuple[Path, ...], model: str | None, as_json: bool) -> None:
    """Tell what is heard in recordings: words, fillers, pauses, hesitation, discomfort.

    A SOURCE is an audio file or a folder of them. Each file is taken as one answer that began when the recording did.
    """
    from rich.console import Console

    from assistant.analysis import analysis_document, hear_recording
    from assistant.assembly import make_ear
    from assistant.audio.playlist import playlist_of
    from assistant.captions import aside, told, verbatim
    from assistant.hesitation.speaker import Speaker

    files = playlist_of(sources, ()).files
    ear = make_ear(model)
    errors = Console(stderr=True, highlight=False)
    if ear.advice is not None:
        errors.print(ear.advice, style="yellow", markup=False, soft_wrap=True)
    documents = []
    for file in files:
        answer, prosody = hear_recording(file, ear.listener, errors)
        impression = Speaker().hear(answer, prosody)
        documents.append(analysis_document(answer, impression, source=str(file), model=ear.model))
        if not as_json:
            console = Console(highlight=False)
            console.print(f"{file} ({answer.duration_s:.1f} s)", style="bold")
            console.print(verbatim(answer))
            for feeling, estimate in (("hesitation", impression.hesitation), ("discomfort", impression.discomfort)):
                line = told(feeling, estimate) if estimate.score is not None else f"{feeling}: {estimate.abstained}"
                console.print(aside(line))
    if as_json:
        click.echo(json.dumps(documents, ensure_ascii=False, indent=2))
