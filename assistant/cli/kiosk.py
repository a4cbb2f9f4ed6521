"""``assistant kiosk``: one session after another, with nobody to look after it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli import options
from assistant.errors import StoreError, describe_os_error

if TYPE_CHECKING:
    from assistant.cli.doctor import CheckResult
    from assistant.kiosk import KioskSettings


@click.command()
@options.conversation
@options.microphone
@options.headphones
@click.option("--config", type=options.FILE, metavar="FILE", help="Settings in TOML; see --example.")
@click.option("--example", "as_example", is_flag=True, help="Print a settings file with every setting explained.")
@click.option("--check", is_flag=True, help="Check that settings, devices, models, outlets, disk and voice work; end.")
@click.option("--sessions", type=click.IntRange(1), metavar="N", help="End after this many sessions; by default never.")
@click.pass_context
def kiosk(
    ctx: click.Context,
    /,
    config: Path | None,
    as_example: bool,
    check: bool,
    sessions: int | None,
    **given: Any,  # noqa: ANN401 - click hands over its options
) -> None:
    """Hold one session after another, with no screen or keyboard.

    When someone speaks, they are told what this is and asked whether they want to; the session ends when they are done
    or have left. Then everything they said is forgotten, except the reviews they sent. Standard error has a log,
    without a word of what was said.
    """
    from assistant.kiosk import example, kiosk_settings

    if as_example:
        click.echo(example(), nl=False)
        return
    settings = kiosk_settings(config, given)
    if check:
        ctx.exit(_report(settings))
    _serve(settings, sessions)


def _serve(settings: KioskSettings, sessions: int | None) -> None:
    import logging

    from assistant.audio import Microphone
    from assistant.kiosk import RETURN_S, Health, Kiosk, Monitor, State, Watchdog, logging_to_stderr, tell_supervisor

    def microphone() -> Microphone:
        return Microphone(settings.microphone, return_s=RETURN_S, on_trouble=logging.getLogger("assistant").warning)

    health = Health(settings.health_file)
    with ExitStack() as stack:
        stack.enter_context(logging_to_stderr(settings.log, debug=settings.debug))
        if settings.port is not None:
            stack.enter_context(Monitor(health, settings.port, metrics=settings.metrics))
        watchdog = stack.enter_context(Watchdog(settings.stuck_after_s, on_well=health.save))
        stack.callback(health.enter, State.ENDED)
        stack.callback(tell_supervisor, "STOPPING=1")
        Kiosk(settings, microphone, health, watchdog.beat).run(sessions)


def _report(settings: KioskSettings) -> int:
    """Print what works and what doesn't, and return the exit code: that of the first thing that doesn't."""
    code = 0
    for result in _checks(settings):
        mark = click.style("✓", fg="green") if result.trouble is None else click.style("✗", fg="red")
        click.echo(f"{mark} {result.part}: {result.trouble.sentence if result.trouble else result.what}")
        if result.trouble is not None and not code:
            code = result.trouble.exit_code
    return code


def _checks(settings: KioskSettings) -> Iterator[CheckResult]:
    """Check everything that a kiosk needs; unlike at a desk, it can't do without a speaker and a voice."""
    from assistant.cli.doctor import check_up, try_out

    for result in check_up(
        model=settings.model,
        second_hearing=settings.second_hearing,
        microphone=settings.microphone,
        speaker=settings.speaker,
        voice=settings.voice,
    ):
        if settings.aloud or result.part not in {"speaker", "voice"}:
            yield result
    yield try_out("interview", lambda: _interview(settings), needed=True)
    yield try_out("outlets", lambda: _outlets(settings), needed=True)
    yield try_out("disk", lambda: _disk(settings), needed=True)


def _interview(settings: KioskSettings) -> str:
    from assistant.session.assembly import load_script_for

    return f"“{load_script_for(settings).name}” has no mistakes"


def _outlets(settings: KioskSettings) -> str:
    from assistant.delivery import check

    return f"reviews go to {', '.join(check(settings.settings, files_only=settings.files_only))}"


def _disk(settings: KioskSettings) -> str:
    from assistant.delivery import default_reviews_folder
    from assistant.store import Store

    with Store(settings.data) as store:
        folder = store.folder
    reviews = settings.out or default_reviews_folder()
    for place in (reviews, settings.health_file.parent if settings.health_file is not None else folder):
        _write_to(place)
    free = shutil.disk_usage(folder).free
    return f"{folder} and {reviews} can be written; {free / 1e9:.1f} GB are free"


def _write_to(folder: Path) -> None:
    probe = folder / ".probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(bytes(4096))
        probe.unlink()
    except OSError as error:
        raise StoreError(f"{folder} can't be written: {describe_os_error(error)}. Name another folder.") from error
