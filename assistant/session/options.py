"""The options of a session."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.asr.endpointing import Patience
from assistant.config import BesideFile, Table
from assistant.disfluency import Strength
from assistant.tts.engine import FASTEST_WPM, SLOWEST_WPM


class ConversationSettings(Table):
    """The table ``conversation`` of a person's settings; for its keys see `SessionOptions`."""

    patience: Patience = "usual"


class SessionOptions(Table):
    """Options from the command line or a kiosk's settings; None is the default.

    Attributes
    ----------
    name : str or None
        Whom to greet, including any title.
    script : Path or None
        Another interview.
    site : str or None
        Another film site.
    out : Path or None
        The folder in which reviews are delivered as files.
    settings : Path or None
        Settings that say where else to deliver them (``docs/delivery.md``).
    files_only : bool
        Whether to deliver them only as files, no matter what the settings say.
    data : Path or None
        Folder of the store.
    model : str or None
        Name or folder of a speech model.
    aloud : bool
        Whether to speak.
    microphone, speaker : str or None
        Devices, by number or part of the name.
    voice : str or None
        Name of the spoken voice.
    rate_wpm : int or None
        Its speed in words per minute.
    sounds : bool
        Whether there are small sounds: when it listens, while it composes, and when the review has gone out.
    second_hearing : str or None
        The second ear: "base", "tiny.en", a folder with a Whisper model, "sphinx" or "none"; None for the default one
        if it is installed.
    keep_audio : bool
        Whether to keep the sound of answers.
    no_sensing : bool
        Whether to listen only to what is said, not to how.
    strength : Strength or None
        How much to remove from what was said.
    patience : "brisk", "usual" or "patient", or None
        How long to wait for people who pause; by default what the settings say, else "usual".
    headphones : bool
        Whether people can break in, because the microphone doesn't hear the speaker.
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
    sounds: bool = True
    second_hearing: str | None = None
    keep_audio: bool = False
    no_sensing: bool = False
    strength: Annotated[Strength, Field(strict=False)] | None = None
    patience: Patience | None = None
    headphones: bool = False
