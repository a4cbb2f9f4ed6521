"""The errors a person can act on.

Every error is a sentence that says what is wrong and what to do about it. There is one subclass per stage; each has a
stable ``code`` for logs and an ``exit_code`` for the shell (see the contract of commands in ``docs/commands.md``).
"""

from __future__ import annotations

import errno
from typing import ClassVar


class AssistantError(Exception):
    """Base of all errors that end in a sentence, not a traceback."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 3

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, for a person."""
        return str(self)


class UsageError(AssistantError):
    """Options that don't go together, or an extra that isn't installed."""

    code = "usage"
    exit_code = 2


class AudioFileError(AssistantError):
    """A recording that can't be used."""

    code = "audio_file"


class ScriptError(AssistantError):
    """An interview script with a mistake in it."""

    code = "script"


class SettingsError(AssistantError):
    """A settings file with a mistake in it."""

    code = "settings"


class StoreError(AssistantError):
    """The store can't be opened, read or written."""

    code = "store"


class DamagedError(StoreError):
    """A row of the store that can't be read; the others can."""

    code = "damaged"


class DeliveryError(AssistantError):
    """A review could not be handed to an outlet; it stays in the outbox."""

    code = "delivery"


class NetworkError(AssistantError):
    """Another machine can't be asked, or refuses."""

    code = "network"


class ReportError(AssistantError):
    """A page of pictures can't be written."""

    code = "report"


class DeviceError(AssistantError):
    """No such microphone or speaker, or it was lost for good."""

    code = "device"
    exit_code = 4


class ModelError(AssistantError):
    """The speech model is missing or damaged, or can't be installed."""

    code = "model"
    exit_code = 5


class VoiceError(AssistantError):
    """The spoken voice can't be used; the conversation goes on with captions."""

    code = "voice"


NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
"""The operating system's numbers for what may not be written."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def describe_os_error(error: OSError) -> str:
    """The operating system's complaint, as part of a sentence."""
    if error.errno in NOT_ALLOWED:
        return "it is read-only, or not ours to write in"
    if error.errno in _FULL:
        return "the disk is full"
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return "there is a file where a folder should be"
    return (error.strerror or str(error)).lower()
