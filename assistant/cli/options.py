"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from assistant.tts import FASTEST_WPM, SLOWEST_WPM

F = TypeVar("F", bound=Callable[..., Any])

# click doesn't check these: the code that reads the file reports problems, with the exit code for unusable input.
FILE = click.Path(path_type=Path, readable=False)

data = click.option("--data", type=FILE, metavar="DIR", help="Use this folder instead of your data folder.")
model = click.option(
    "--model", metavar="NAME", help="Listen with this speech model: its name, or the folder of a Vosk model."
)
second_hearing = click.option(
    "--second-hearing",
    metavar="EAR",
    help="The second ear: “base” (if installed, the default), “tiny.en”, the folder of a Whisper model for "
    "CTranslate2, “sphinx”, or “none”.",
)
microphone = click.option(
    "--microphone", metavar="DEVICE", help="Use this microphone: its number, or part of its name."
)
report = click.option(
    "--report", type=FILE, metavar="FILE.html", help="Write a page with the waveform, marks, estimates and reasons."
)
headphones = click.option(
    "--headphones",
    is_flag=True,
    help="The microphone can't hear the speaker, so you can go on or break in while the assistant speaks.",
)

rate = click.option(
    "--rate",
    "rate_wpm",
    type=click.IntRange(SLOWEST_WPM, FASTEST_WPM),
    metavar="WPM",
    help="Speak this many words a minute.",
)
speaker = click.option("--speaker", metavar="DEVICE", help="Use this speaker: its number, or part of its name.")

_CONVERSATION = (
    click.option("--name", metavar="NAME", help="Whom to greet, with a title if you like: “Ms. Ada Lovelace”."),
    click.option("--script", type=FILE, metavar="FILE", help="Use another interview (see docs/interviews.md)."),
    click.option("--site", metavar="NAME", help="Welcome people to this film site."),
    click.option(
        "--out",
        type=FILE,
        metavar="DIR",
        help="Deliver reviews to this folder; by default “Reviews” in your documents.",
    ),
    click.option(
        "--settings",
        type=FILE,
        metavar="FILE",
        help="Also deliver where this settings file says (see docs/delivery.md).",
    ),
    click.option("--files-only", is_flag=True, help="Deliver as files only, whatever the settings say."),
    data,
    model,
    click.option("--voice/--no-voice", "aloud", default=None, help="Speak aloud, or stay silent."),
    click.option(
        "--voice-name",
        "voice",
        metavar="NAME",
        help="Speak with this voice, such as “heart” or “en-us+f3” (see “assistant voices”).",
    ),
    rate,
    click.option(
        "--sounds/--no-sounds",
        default=None,
        help="Small sounds: when it listens, while it composes, when the review is sent.",
    ),
    speaker,
    second_hearing,
    click.option(
        "--strength",
        type=click.Choice(["verbatim", "light", "clean"]),
        help="What to take out of your words: nothing, ums and slips, or also repairs and empty phrases (the default).",
    ),
    click.option(
        "--patience",
        type=click.Choice(["brisk", "usual", "patient"]),
        help="How long to wait when you pause: how quick replies are, against how often you are cut off.",
    ),
    click.option("--keep-audio", is_flag=True, help="Keep the sound of the answers; by default it isn't kept."),
    click.option("--no-sensing", is_flag=True, help="Listen only to what is said, not to how (see docs/sensing.md)."),
)


def conversation(command: F) -> F:
    """Add the options that every conversation has."""
    return reduce(lambda wrapped, option: option(wrapped), reversed(_CONVERSATION), command)
