"""``assistant models``: what there is to listen with."""

from __future__ import annotations

import click


@click.group()
def models() -> None:
    """List, install and verify speech models."""


@models.command("list")
def list_models() -> None:
    """Show which models there are, and which are installed."""
    from assistant.models.installed import statuses

    for status in statuses():
        default = " (default)" if status.is_default else ""
        size = f", {status.entry.installed_bytes / 1e6:.0f} MB" if status.entry else ""
        licence = f", {status.entry.licence}" if status.entry else ""
        click.echo(f"{status.name}{default}: {status.state.value}, {status.language}{licence}{size}")
        click.echo(f"    {status.problem or status.path}")


@models.command()
@click.argument("name", required=False)
def install(name: str | None) -> None:
    """Bring a model here: NAME from the catalogue, or the default one."""
    from assistant.models.bar import progress_bar
    from assistant.models.install import install as install_model

    with progress_bar() as progress:
        path = install_model(name, progress=progress)
    click.echo(f"The model is in {path}")


@models.command()
@click.argument("name", required=False)
def verify(name: str | None) -> None:
    """Check every file of an installed model: NAME, a folder, or the default one."""
    from assistant.models.bar import progress_bar
    from assistant.models.installed import damaged, locate
    from assistant.models.verify import verify as verify_model

    with progress_bar() as progress:
        findings = verify_model(name, progress=progress)
    if findings:
        raise damaged(locate(name), findings)
    click.echo("The model is whole.")
