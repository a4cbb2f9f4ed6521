"""What somebody wants of the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SessionOptions:
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
    strength : str or None
        How much is taken out of what was said: "verbatim", "light" or "clean".
    headphones : bool
        Whether the microphone doesn't hear the speaker, so that people can break in.
    """

    name: str | None = None
    script: Path | None = None
    site: str | None = None
    out: Path | None = None
    settings: Path | None = None
    files_only: bool = False
    data: Path | None = None
    model: str | None = None
    aloud: bool = True
    microphone: str | None = None
    speaker: str | None = None
    voice: str | None = None
    rate_wpm: int | None = None
    second_hearing: str | None = None
    keep_audio: bool = False
    no_sensing: bool = False
    strength: str | None = None
    headphones: bool = False
