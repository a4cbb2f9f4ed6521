"""``assistant doctor``: looks whether everything is here."""

from __future__ import annotations

import click

from assistant.cli import options


@click.command()
@options.model
@click.option("--microphone", metavar="DEVICE", help="Look at this microphone.")
@click.option("--speaker", metavar="DEVICE", help="Look at this speaker.")
@click.pass_context
def doctor(ctx: click.Context, model: str | None, microphone: str | None, speaker: str | None) -> None:
    """Check model, microphone, speaker and voice, and say how to mend what is amiss.

    Leaves with the exit code of the first thing that a conversation can't do without: 5 for the model, 4 for the
    microphone. Without a speaker or a voice a conversation goes on with captions.
    """
    from assistant.doctor import check_up

    code = 0
    for finding in check_up(model=model, microphone=microphone, speaker=speaker):
        mark = click.style("✓", fg="green") if finding.trouble is None else click.style("✗", fg="red")
        click.echo(f"{mark} {finding.part}: {finding.trouble.sentence if finding.trouble else finding.what}")
        if finding.trouble is not None and finding.needed and not code:
            code = finding.trouble.exit_code
    ctx.exit(code)
