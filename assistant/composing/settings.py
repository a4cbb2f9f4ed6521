"""Settings of the language model, which is off without them: nothing leaves this machine without permission."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator
from typing_extensions import Self

from assistant.composing.endpoint import LIMIT_S, Endpoint
from assistant.config import Table, read_settings
from assistant.net import is_this_machine


def _address(text: str) -> str:
    parts = urlsplit(text.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("is no address of a language model. It looks like “http://127.0.0.1:11434/v1”")
    return text.strip()


class ComposerSettings(Table):
    """The table ``composer``; the API key isn't in it, but comes from the environment.

    `allow_host` repeats the host's name if it isn't this machine.
    """

    base_url: Annotated[str, AfterValidator(_address)]
    model: Annotated[str, Field(pattern=r"\S")]
    allow_host: str | None = None
    time_limit_s: Annotated[float, Field(gt=0, le=300)] = LIMIT_S

    @model_validator(mode="after")
    def _sent_nowhere_unasked(self) -> Self:
        parts = urlsplit(self.base_url)
        if is_this_machine(self.base_url):
            return self
        if self.allow_host != parts.hostname:
            raise ValueError(
                f"{parts.hostname} isn't this machine, and what was said would be sent there. If that is meant, put "
                f'allow_host = "{parts.hostname}" beside base_url'
            )
        if parts.scheme != "https":
            raise ValueError(f"what was said would be sent to {parts.hostname} for all to read. Use https")
        return self


def read_composer(path: Path) -> Endpoint | None:
    """Read the language model that a settings file names; None if it names none.

    Raises
    ------
    SettingsError
        If the file can't be used; says what to do.
    """
    settings = read_settings(path, "composer", ComposerSettings)
    return None if settings is None else Endpoint(settings.base_url, settings.model.strip(), settings.time_limit_s)
