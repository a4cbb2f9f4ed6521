"""The person's settings file; each of its tables belongs to a different part of the program."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TypeVar

import platformdirs

from assistant.config.loader import Table, read_toml, validate
from assistant.errors import SettingsError

VARIABLE = "ASSISTANT_SETTINGS"
"""Environment variable that names another settings file."""

_TABLES = ("outlets", "composer")
"""Our tables; any others are ignored."""

T = TypeVar("T", bound=Table)


def settings_file(named: Path | None = None) -> Path | None:
    """The settings file: `named`, else ``ASSISTANT_SETTINGS``, else the person's own if there is one."""
    if chosen := named or os.environ.get(VARIABLE):
        return Path(chosen).expanduser().absolute()
    own = own_settings_file()
    try:
        own.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        # We may not look at it; reading it will show whether it is there, and report the error.
        pass
    return own


def own_settings_file() -> Path:
    """The default path of a person's settings; the file need not exist."""
    return platformdirs.user_config_path("voice-review-assistant", appauthor=False) / "settings.toml"


def read_settings(path: Path, table: str, shape: type[T]) -> T | None:
    """Read one table of a settings file; None if there is no such table, or an empty one.

    Raises
    ------
    SettingsError
        If the file can't be read, a table's name is misspelt, or this table has mistakes; all mistakes are named.
    """
    tables = read_toml(path, "settings file", SettingsError)
    name = f"The settings file {path}"
    for key in tables:
        near = difflib.get_close_matches(key.lower(), _TABLES, n=1)
        if key not in _TABLES and near:
            raise SettingsError(f"{name} has the table “{key}”. Did you mean “{near[0]}”?")
    value = tables.get(table, {})
    return None if value == {} else validate(value, shape, name, SettingsError, above=(table,), folder=path.parent)
