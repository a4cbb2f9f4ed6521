"""The outlets that somebody has set up besides files, as ``docs/delivery.md`` describes.

A settings file is TOML. What concerns delivery is its table ``outlets``; other tables are left to whom they belong to.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails
from typing_extensions import Self

from assistant.config.messages import wrong_kind
from assistant.config.toml import read_toml
from assistant.errors import SettingsError
from assistant.net import is_this_machine

VARIABLE = "ASSISTANT_SETTINGS"
"""Environment variable that names another settings file."""

_TABLE = "outlets"
_TABLES = (_TABLE, "composer")
_SECRETS = frozenset({"secret", "token", "password", "key", "api_key", "access_token"})


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("has to be an address that begins with https://")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not have a user name or password in it; see docs/delivery.md for where secrets belong")
    if not 0 < (parts.port or 1) < 65536:
        raise ValueError("has a port that there isn't")
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""An URL, without a user's name and password."""

Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
"""Name of an environment variable."""

LimitS = Annotated[float, Field(gt=0, le=300)]
"""A time limit in seconds."""


class _Table(BaseModel):
    # An error must not repeat what it is about: it may be a secret in the wrong place.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class JsonSettings(_Table):
    """A JSON file for each review, beside its Markdown file."""


class WebhookSettings(_Table):
    """An address that reviews are posted to."""

    url: WebAddress
    secret_env: Variable = "ASSISTANT_WEBHOOK_SECRET"  # noqa: S105 - a variable's name
    limit_s: LimitS = 15.0
    allow_http: bool = False

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if urlsplit(self.url).scheme != "https" and not self.allow_http and not is_this_machine(self.url):
            raise ValueError(
                "the url has to begin with https://, or anybody on the way can read the reviews; "
                "in a network that you trust, set allow_http = true"
            )
        return self


class NeoDbSettings(_Table):
    """A person's account at a NeoDB server."""

    server: WebAddress = "https://neodb.social"
    visibility: Literal["public", "followers", "private"]
    stars: bool = True
    replace: bool = False
    token_env: Variable = "ASSISTANT_NEODB_TOKEN"  # noqa: S105 - a variable's name
    limit_s: LimitS = 20.0

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if urlsplit(self.server).scheme != "https" and not is_this_machine(self.server):
            raise ValueError("the server has to begin with https://, or anybody on the way can read the token")
        return self


class CommandSettings(_Table):
    """A program that is handed each review."""

    send_to: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)
    limit_s: LimitS = 60.0


class OutletSettings(_Table):
    """The outlets that are set up; None for those that aren't."""

    json_file: JsonSettings | None = Field(default=None, alias="json")
    neodb: NeoDbSettings | None = None
    webhook: WebhookSettings | None = None
    command: CommandSettings | None = None


def settings_file(named: Path | None = None) -> Path | None:
    """The settings file: the one that is named, else ``ASSISTANT_SETTINGS``, else the person's own if there is one."""
    by_environment = os.environ.get(VARIABLE)
    if named is not None or by_environment:
        return Path(named or by_environment or "").expanduser().absolute()
    own = own_settings_file()
    try:
        own.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        # Who may not look doesn't know that there are none; reading them says so.
        pass
    return own


def own_settings_file() -> Path:
    """Where a person's settings are looked for; the file need not be there."""
    return platformdirs.user_config_path("voice-review-assistant", appauthor=False) / "settings.toml"


def read_outlets(path: Path) -> OutletSettings:
    """Read which outlets a settings file sets up.

    Raises
    ------
    SettingsError
        If it can't be read or has mistakes; all of them are named.
    """
    tables = read_tables(path)
    try:
        return OutletSettings.model_validate(tables.get(_TABLE, {}))
    except ValidationError as error:
        mistakes = [f"  {_mistake(found)}" for found in error.errors(include_input=False)]
        raise SettingsError(f"The settings {path} can't be used:\n" + "\n".join(mistakes)) from None


def read_tables(path: Path) -> dict[str, Any]:
    """What is in a settings file.

    Raises
    ------
    SettingsError
        If it can't be read, or a table's name is misspelt.
    """
    try:
        tables = read_toml(path)
    except ValueError as error:
        raise SettingsError(f"The settings {path} aren't valid TOML: {error}.") from error
    except OSError as error:
        raise SettingsError(f"The settings {path} can't be read: {error.strerror}.") from error
    for key in tables:
        near = difflib.get_close_matches(key, _TABLES, n=1)
        if key not in _TABLES and near:
            raise SettingsError(f"The settings {path} have the table “{key}”. Did you mean “{near[0]}”?")
    return tables


def _mistake(found: ErrorDetails) -> str:
    steps: list[Any] = [_TABLE, *found["loc"]]
    place = " › ".join(f"{step + 1}" if isinstance(step, int) else step for step in steps)
    key = str(steps[-1])
    if found["type"] == "extra_forbidden":
        if key in _SECRETS:
            return f"{place}: secrets don't belong into this file; see docs/delivery.md for where they do."
        known = _known_keys(steps[1:-1])
        near = difflib.get_close_matches(key, known, n=1)
        others = f"There are: {', '.join(known)}." if known else "This table has none."
        return f"{place}: there is no such key. " + (f"Did you mean “{near[0]}”?" if near else others)
    if found["type"] == "missing":
        return f"{place}: is missing."
    return f"{place}: {wrong_kind(found) or str(found['msg']).removeprefix('Value error, ')}."


def _known_keys(above: list[Any]) -> list[str]:
    tables: dict[str, type[_Table]] = {
        "json": JsonSettings,
        "neodb": NeoDbSettings,
        "webhook": WebhookSettings,
        "command": CommandSettings,
    }
    if not above:
        return list(tables)
    return list(tables[above[0]].model_fields)
