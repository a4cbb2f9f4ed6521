"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from assistant.tts.engine import FASTEST_WPM, SLOWEST_WPM

F = TypeVar("F", bound=Callable[..., Any])

# Not looked at by click: what can't be read is told by whoever reads it, with the exit code of unusable input.
FILE = click.Path(path_type=Path, readable=False)

data = click.option("--data", type=FILE, metavar="DIR", help="Keep sessions here rather than in your data folder.")
model = click.option("--model", metavar="NAME", help="Listen with this speech model: a name, or a Vosk model's folder.")
microphone = click.option("--microphone", metavar="DEVICE", help="Listen here: a device's number or part of its name.")
report = click.option(
    "--report", type=FILE, metavar="FILE.html", help="Write a page with pictures: waveform, marks, estimates, reasons."
)
headphones = click.option(
    "--headphones",
    is_flag=True,
    help="The microphone doesn't hear the speaker: then “stop” and the like are heard while the review is read.",
)

_CONVERSATION = (
    click.option("--name", metavar="NAME", help="Whom to greet, title and all: “Ms. Ada Lovelace”."),
    click.option("--script", type=FILE, metavar="FILE", help="Hold another interview (see docs/interviews.md)."),
    click.option("--site", metavar="NAME", help="Welcome people to another film site."),
    click.option(
        "--out", type=FILE, metavar="DIR", help="Deliver reviews here; “Reviews” in your documents by default."
    ),
    click.option(
        "--settings", type=FILE, metavar="FILE", help="Deliver where these settings say, too (see docs/delivery.md)."
    ),
    click.option("--files-only", is_flag=True, help="Deliver as files alone, whatever the settings say."),
    data,
    model,
    click.option("--voice/--no-voice", "aloud", default=None, help="Speak aloud, or say nothing aloud."),
    click.option("--voice-name", "voice", metavar="NAME", help="Speak with this voice, such as “en-us+f3”."),
    click.option(
        "--rate",
        "rate_wpm",
        type=click.IntRange(SLOWEST_WPM, FASTEST_WPM),
        metavar="WPM",
        help="Speak so many words a minute.",
    ),
    click.option("--speaker", metavar="DEVICE", help="Speak here: a device's number or part of its name."),
    click.option(
        "--second-hearing",
        metavar="ENGINE",
        help="Hear each answer again, for its wording, with “sphinx” or “whisper”; times stay Vosk's.",
    ),
    click.option(
        "--strength",
        type=click.Choice(["verbatim", "light", "clean"]),
        help="Take nothing out of what was said, only ums and slips, or repairs and empty phrases, too (the usual).",
    ),
    click.option("--keep-audio", is_flag=True, help="Keep the sound of the answers; otherwise none is kept."),
    click.option("--no-sensing", is_flag=True, help="Listen to what is said alone, not to how (see docs/sensing.md)."),
)


def conversation(command: F) -> F:
    """Add the options that every conversation has."""
    return reduce(lambda wrapped, option: option(wrapped), reversed(_CONVERSATION), command)
