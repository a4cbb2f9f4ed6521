"""The settings of outlets, from the table ``outlets`` of a settings file; see ``docs/delivery.md``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator
from typing_extensions import Self

from assistant.config import Table, read_settings
from assistant.net import is_this_machine, web_address

WebAddress = Annotated[str, AfterValidator(web_address)]
"""A URL without a user name and password."""

Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
"""Name of an environment variable."""

LimitS = Annotated[float, Field(gt=0, le=300)]
"""A time limit in seconds."""


class JsonSettings(Table):
    """A JSON file for each review, beside its Markdown file."""


class WebhookSettings(Table):
    """A URL that reviews are posted to."""

    url: WebAddress
    secret_env: Variable = "ASSISTANT_WEBHOOK_SECRET"  # noqa: S105 - a variable's name
    limit_s: LimitS = 15.0
    allow_http: bool = False

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if urlsplit(self.url).scheme != "https" and not self.allow_http and not is_this_machine(self.url):
            raise ValueError(
                "the url has to begin with https://, or anyone on the way can read the reviews; "
                "in a network that you trust, set allow_http = true"
            )
        return self


class NeoDbSettings(Table):
    """A person's account on a NeoDB server."""

    server: WebAddress = "https://neodb.social"
    visibility: Literal["public", "followers", "private"]
    stars: bool = True
    replace: bool = False
    token_env: Variable = "ASSISTANT_NEODB_TOKEN"  # noqa: S105 - a variable's name
    limit_s: LimitS = 20.0

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if urlsplit(self.server).scheme != "https" and not is_this_machine(self.server):
            raise ValueError("the server has to begin with https://, or anyone on the way can read the token")
        return self


class CommandSettings(Table):
    """A program that gets each review."""

    send_to: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)
    limit_s: LimitS = 60.0


class OutletSettings(Table):
    """The outlets that are set up; None for those that aren't."""

    json_file: JsonSettings | None = Field(default=None, alias="json")
    neodb: NeoDbSettings | None = None
    webhook: WebhookSettings | None = None
    command: CommandSettings | None = None


def read_outlets(path: Path) -> OutletSettings:
    """Read the outlets that a settings file sets up.

    Raises
    ------
    SettingsError
        If it can't be read or has mistakes; all mistakes are named.
    """
    return read_settings(path, "outlets", OutletSettings) or OutletSettings()
