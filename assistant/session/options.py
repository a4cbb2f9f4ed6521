"""What somebody wants of the program."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.config import BesideFile, Table
from assistant.disfluency import Strength
from assistant.tts.engine import FASTEST_WPM, SLOWEST_WPM


class SessionOptions(Table):
    """What somebody asked for on the command line or in a kiosk's settings; None is the usual.

    Attributes
    ----------
    name : str or None
        Whom to greet, title and all.
    script : Path or None
        Another interview.
    site : str or None
        Another film site.
    out : Path or None
        Where reviews are delivered as files.
    settings : Path or None
        Settings that say where else they are delivered (``docs/delivery.md``).
    files_only : bool
        Whether they are delivered nowhere else, whatever the settings say.
    data : Path or None
        Folder of the store.
    model : str or None
        Name or folder of a speech model.
    aloud : bool
        Whether to speak.
    microphone, speaker : str or None
        Devices by number or part of the name.
    voice : str or None
        Name of the spoken voice.
    rate_wpm : int or None
        Its speed in words a minute.
    second_hearing : str or None
        Engine that hears each answer again, for its wording.
    keep_audio : bool
        Whether the sound of answers is kept.
    no_sensing : bool
        Whether only what is said is listened to, and not how.
    strength : Strength or None
        How much is taken out of what was said.
    headphones : bool
        Whether the microphone doesn't hear the speaker, so that people can break in.
    """

    name: str | None = None
    script: BesideFile | None = None
    site: str | None = None
    out: BesideFile | None = None
    settings: BesideFile | None = None
    files_only: bool = False
    data: BesideFile | None = None
    model: str | None = None
    aloud: bool = True
    microphone: str | None = None
    speaker: str | None = None
    voice: str | None = None
    rate_wpm: Annotated[int, Field(ge=SLOWEST_WPM, le=FASTEST_WPM)] | None = None
    second_hearing: str | None = None
    keep_audio: bool = False
    no_sensing: bool = False
    strength: Annotated[Strength, Field(strict=False)] | None = None
    headphones: bool = False
