"""``assistant models``: the speech models to listen with."""

from __future__ import annotations

import click


@click.group()
def models() -> None:
    """List, install, verify and remove speech models."""


@models.command("list")
def list_models() -> None:
    """Show which models there are, and which are installed."""
    from assistant.models import statuses

    for status in statuses():
        default = " (default)" if status.is_default else ""
        size = f", {status.size_bytes / 1e6:.0f} MB" if status.size_bytes else ""
        licence = f", {status.entry.licence}" if status.entry else ""
        click.echo(f"{status.name}{default}: {status.state.value}, {status.language}{licence}{size}")
        click.echo(f"    {status.problem or status.path}")


@models.command()
@click.argument("name", required=False)
def install(name: str | None) -> None:
    """Download the models of both ears, or the one called NAME.

    From a model for the first ear, a verbatim model is then made, which hears fillers. NAME can also be the folder of
    another Vosk model; its verbatim model is put beside it.
    """
    from assistant.models import install as install_model
    from assistant.models import load_catalogue, progress_bar

    for wanted in [name] if name else [None, load_catalogue().second_name]:
        with progress_bar() as progress:
            path = install_model(wanted, progress=progress)
        click.echo(f"The model is in {path}")


@models.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove the installed model NAME."""
    from assistant.models import remove as remove_model

    click.echo(f"Removed {remove_model(name)}")


@models.command()
@click.argument("name", required=False)
def verify(name: str | None) -> None:
    """Check every file of an installed model.

    NAME can also be a model's folder; without it, all models from the catalogue are checked, and those made from them.
    """
    from assistant.models import State, damage_error, load_catalogue, locate, progress_bar, statuses
    from assistant.models import verify as verify_model

    # If none is installed, look for the default one, so that its absence is reported.
    installed = [status.name for status in statuses() if status.entry and status.state is not State.AVAILABLE]
    wanted_all = [name] if name else installed or [load_catalogue().default_name]
    for wanted in wanted_all:
        with progress_bar() as progress:
            findings = verify_model(wanted, progress=progress)
        model = locate(wanted)
        if findings:
            raise damage_error(model, findings)
        click.echo(f"{model.name} is complete.")
