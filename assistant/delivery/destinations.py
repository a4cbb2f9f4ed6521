"""The outlets, which of them are set up, and which of them a review goes to.

Settings are in the table ``outlets`` of a settings file; see ``docs/delivery.md``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field

from assistant.config import Table, read_settings, settings_file
from assistant.delivery.command import CommandOutlet, CommandSettings
from assistant.delivery.letterboxd import LetterboxdCsv
from assistant.delivery.mqtt import Mqtt, MqttSettings
from assistant.delivery.neodb import NeoDb, NeoDbSettings
from assistant.delivery.outlet import Outlet, RemoteOutlet
from assistant.delivery.review_files import JsonFile, JsonSettings, Markdown
from assistant.delivery.webhook import Webhook, WebhookSettings
from assistant.disk import expand_user
from assistant.errors import DeliveryError
from assistant.store import Destination

FILES: Mapping[str, Callable[[Path], Outlet]] = {
    Markdown.name: Markdown,
    LetterboxdCsv.name: LetterboxdCsv,
    JsonFile.name: JsonFile,
}
"""For each outlet that writes files, what makes it from the folder to write to."""

REMOTE: Mapping[str, Callable[[Any], RemoteOutlet]] = {
    NeoDb.name: NeoDb,
    Webhook.name: Webhook,
    Mqtt.name: Mqtt,
    CommandOutlet.name: CommandOutlet,
}
"""For each outlet that sends reviews off the machine, or may, what makes it from its settings."""

_ALWAYS = (Markdown.name, LetterboxdCsv.name)


class OutletSettings(Table):
    """The outlets that are set up; None for those that aren't."""

    json_file: JsonSettings | None = Field(default=None, alias="json")
    neodb: NeoDbSettings | None = None
    webhook: WebhookSettings | None = None
    mqtt: MqttSettings | None = None
    command: CommandSettings | None = None


def read_outlets(path: Path) -> OutletSettings:
    """Read the outlets that a settings file sets up.

    Raises
    ------
    SettingsError
        If it can't be read or has mistakes; all mistakes are named.
    """
    return read_settings(path, "outlets", OutletSettings) or OutletSettings()


def default_reviews_folder() -> Path:
    """Where reviews go unless ``--out`` says otherwise: ``Reviews`` among the person's documents."""
    return platformdirs.user_documents_path() / "Reviews"


def destinations(
    folder: Path | None = None, settings: Path | None = None, *, files_only: bool = False
) -> tuple[Destination, ...]:
    """Where a sent review goes: as files into one folder, and to the outlets that are set up.

    Parameters
    ----------
    folder : Path, optional
        `default_reviews_folder` otherwise. It's kept as an absolute path, since a later delivery may run from another
        folder.
    settings : Path, optional
        The settings file; otherwise `assistant.config.settings_file` finds it. Only its path is kept, so that
        no address and no secret gets into the store.
    files_only : bool
        Whether to use only the outlets that write files.

    Raises
    ------
    SettingsError
        If the settings have a mistake.
    """
    place = folder or default_reviews_folder()
    found = [file_destination(name, place) for name in _ALWAYS]
    path = settings_file(settings)
    if path is None:
        return tuple(found)
    set_up = read_outlets(path)
    if set_up.json_file is not None:
        found.append(file_destination(JsonFile.name, place))
    if not files_only:
        where = {"settings": _path_text(path)}
        found += [Destination(name, where) for name in REMOTE if getattr(set_up, name) is not None]
    return tuple(found)


def file_destination(outlet: str, folder: Path) -> Destination:
    """An outlet that writes files, and the folder that it writes to.

    Raises
    ------
    DeliveryError
        If the folder's name can't be kept.
    """
    return Destination(outlet, {"folder": _path_text(expand_user(folder).absolute())})


def _path_text(path: Path) -> str:
    """A path as text, which is all that the store keeps: bytes would come back as another path."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise DeliveryError(
            f"The name {os.fsencode(path).decode(errors='replace')} isn't UTF-8 text. Give it another one."
        ) from error
    return str(path)


def outlet_of(destination: Destination) -> Outlet:
    """The outlet that a destination names.

    Raises
    ------
    DeliveryError
        If this version of the program has none of that name, or it isn't set up (any more).
    SettingsError
        If its settings have a mistake.
    """
    name = destination.outlet
    if name in FILES:
        # We keep an absolute path; anything else here is damage.
        if not Path(destination.settings.get("folder", "")).is_absolute():
            raise DeliveryError("It isn't known which folder the review was meant for. Name one with --out.")
        return FILES[name](Path(destination.settings["folder"]))
    if name not in REMOTE:
        raise DeliveryError(f"There is no outlet called {name!r}. There are: {', '.join((*FILES, *REMOTE))}.")
    if "settings" not in destination.settings:
        raise DeliveryError(f"The outlet {name!r} writes no files. There are: {', '.join(FILES)}.")
    return _set_up(name, Path(destination.settings["settings"]))


def check(settings: Path | None = None, *, files_only: bool = False) -> tuple[str, ...]:
    """Check that everything that is set up can work, without sending anything.

    Returns
    -------
    tuple of str
        Names of the outlets that a review would go to.

    Raises
    ------
    SettingsError
        If the settings have a mistake.
    DeliveryError
        If a secret or a program is missing.
    """
    found = destinations(None, settings, files_only=files_only)
    for one in found:
        if one.outlet in REMOTE:
            _set_up(one.outlet, Path(one.settings["settings"])).check()
    return tuple(one.outlet for one in found)


def _set_up(name: str, path: Path) -> RemoteOutlet:
    settings = getattr(read_outlets(path), name)
    if settings is None:
        raise DeliveryError(f"The settings {path} have no table [outlets.{name}] any more. Set it up again.")
    return REMOTE[name](settings)
