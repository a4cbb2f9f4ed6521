"""The commands, and how each of them ends: done, on an error, or interrupted."""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from assistant.errors import AssistantError
from assistant.version import VERSION

INTERRUPTED = 130
_TERMINATED = 143

_COMMANDS = {
    "talk": ("conversations", "Hold a conversation at the microphone."),
    "replay": ("conversations", "Hold a conversation with recordings in place of the microphone."),
    "analyse": ("analyse", "Show what can be heard in recordings: words, fillers, pauses, hesitation, discomfort."),
    "kiosk": ("kiosk", "Hold one session after another, with no screen or keyboard."),
    "models": ("models", "List, install, verify and remove speech models."),
    "voices": ("voices", "List the voices that the assistant can speak with, or hear one."),
    "reviews": ("reviews", "List, show, export, send and delete reviews."),
    "films": ("films", "Import your own films, try how a title is found, list films, and fetch newer ones."),
    "doctor": (
        "doctor",
        "Check everything that a conversation needs, and say how to fix what doesn't work.",
    ),
}
"""Each command's module, imported only when the command is called so that ``--help`` answers at once, and its help."""


class Terminated(BaseException):
    """The process was asked to end (SIGTERM)."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"assistant.cli.{module}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="First time here? “assistant models install”, then “assistant doctor”, then “assistant talk”.",
)
@click.version_option(VERSION, prog_name="assistant")
def commands() -> None:
    """Talk about a film; get a review in your own words. Everything runs on this machine."""


def main() -> NoReturn:
    """Run a command and exit with its code."""
    signal.signal(signal.SIGTERM, _on_terminate)
    _open_closed_streams()
    # Read when numpy is imported. Our matrices are small: threads for them mostly wait, and take a fifth more work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A title may have characters that the terminal's encoding lacks.
        sys.stdout.reconfigure(errors="replace")
    try:
        # Without its standalone mode, click returns the code of a command that ended with ctx.exit.
        code = commands.main(standalone_mode=False) or 0
        sys.stdout.flush()
    except AssistantError as error:
        click.echo(f"assistant: {error.sentence}", err=True)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        code = INTERRUPTED
    except Terminated:
        code = _TERMINATED
    except BrokenPipeError:
        # The reader of our output has gone ("| head"); nothing is wrong.
        _drop_output()
        code = 0
    except OSError as error:
        # A full disk behind standard output, or a folder that can't be read.
        where = f"{error.filename} can't be used" if error.filename else "The output can't be written"
        click.echo(f"assistant: {where}: {(error.strerror or str(error)).lower()}.", err=True)
        _drop_output()
        code = AssistantError.exit_code
    except SystemExit:
        # rich exits like this on a broken pipe; no command exits by itself.
        code = 0
    sys.exit(code)


def _open_closed_streams() -> None:
    """Open the standard streams that were closed (">&-"), or the next file would get their number and their output."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - until the end


def _drop_output() -> None:
    """Discard the remaining output, which would fail again when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _on_terminate(number: int, frame: FrameType | None) -> None:
    raise Terminated
