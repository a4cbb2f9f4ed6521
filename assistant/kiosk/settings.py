"""A kiosk's settings: a TOML file, the environment, and the command line, in this order, the last counting most."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from assistant.config import BesideFile, parse_toml, read_toml, validate
from assistant.errors import SettingsError
from assistant.kiosk.logs import LogForm
from assistant.session.options import SessionOptions
from assistant.store import default_data_folder

PREFIX = "ASSISTANT_KIOSK_"
"""What the names of environment variables begin with; the rest is a key in capitals."""

Unsent = Literal["drop", "keep"]


class KioskSettings(SessionOptions):
    """Settings of a kiosk: those of a session, and the following.

    Attributes
    ----------
    ask_first : bool
        Whether to say what this is, and to begin only after a yes.
    near_dbfs : float
        How loud a voice at the kiosk is at least, in dBFS.
    above_room_db : float
        How much louder it is than what is usual in the room, in dB.
    silence_s : float
        How long a question waits for an answer to begin, in seconds, before the kiosk asks whether anybody is there.
    longest_answer_s, longest_session_s : float
        Limits, in seconds.
    unsent : "drop" or "keep"
        What becomes of a finished review that wasn't sent: it's dropped at once, or kept for `retention_days`.
    retention_days : float
        How long sessions are kept, in days; by default not at all.
    log : "text" or "json"
        The form of the log.
    debug : bool
        Whether the log has what only developers want to know, too.
    health_file : Path or None
        A file that says how the kiosk is doing.
    port : int or None
        A port of this machine (loopback) under which ``/health`` is served, and ``/metrics`` if `metrics` is true.
    metrics : bool
        Whether to serve metrics for Prometheus.
    stuck_after_s : float
        After how long without any progress the kiosk ends itself, to be started again, in seconds.
    """

    ask_first: bool = True
    near_dbfs: Annotated[float, Field(ge=-80, le=-6)] = -40.0
    above_room_db: Annotated[float, Field(ge=0, le=30)] = 6.0
    silence_s: Annotated[float, Field(ge=3, le=60)] = 6.0
    longest_answer_s: Annotated[float, Field(ge=10, le=3600)] = 180.0
    longest_session_s: Annotated[float, Field(ge=60, le=7200)] = 1200.0
    unsent: Unsent = "drop"
    retention_days: Annotated[float, Field(ge=0, le=3650)] = 0.0
    log: LogForm = "text"
    debug: bool = False
    health_file: BesideFile | None = None
    port: Annotated[int, Field(ge=1, le=65_535)] | None = None
    metrics: bool = False
    stuck_after_s: Annotated[float, Field(ge=60, le=3600)] = 120.0


def kiosk_settings(
    config: Path | None, given: Mapping[str, Any], environment: Mapping[str, str] = os.environ
) -> KioskSettings:
    """Combine a kiosk's settings file, its environment and its command line.

    Parameters
    ----------
    config
        A TOML file whose keys are the fields of `KioskSettings`.
    given
        Values from the command line; None for what wasn't given.
    environment
        Variables such as ``ASSISTANT_KIOSK_SITE``; other names are ignored.

    Raises
    ------
    SettingsError
        If the file can't be read, or anything in it or in the environment is a mistake; all are named.
    """
    values: dict[str, Any] = {}
    if config is not None:
        table = read_toml(config, "settings file", SettingsError)
        values = _chosen(
            validate(table, KioskSettings, f"The settings file {config}", SettingsError, folder=config.parent)
        )
    variables = {
        name.removeprefix(PREFIX).lower(): _value(name.removeprefix(PREFIX).lower(), text)
        for name, text in environment.items()
        if name.startswith(PREFIX)
    }
    if variables:
        values |= _chosen(validate(variables, KioskSettings, f"The environment ({PREFIX}…)", SettingsError))
    # A flag that isn't given is false; only those that may also be given as false distinguish that from None.
    values |= {
        key: each
        for key, each in given.items()
        if each is not None and (each is not False or key in {"aloud", "sounds"})
    }
    settings = KioskSettings(**values)
    if settings.unsent == "keep" and not settings.retention_days:
        raise SettingsError("unsent = 'keep' needs retention_days: how long is an unsent review to be kept?")
    # Its own store, because it forgets everyone it finds there.
    return settings.model_copy(update={"data": (settings.data or default_data_folder()) / "kiosk"})


def example() -> str:
    """All settings with their defaults, explained, as a TOML file."""
    return resources.files("assistant.kiosk").joinpath("example.toml").read_text(encoding="utf-8")


def _chosen(settings: KioskSettings) -> dict[str, Any]:
    return settings.model_dump(include=settings.model_fields_set)


def _value(key: str, text: str) -> object:
    """What a variable says: text where that is wanted, else a number, or true or false, as TOML has them."""
    field = KioskSettings.model_fields.get(key)
    wanted = _types_in(field.annotation) if field is not None else frozenset()
    if not {bool, int, float} & wanted:
        return text
    try:
        value = parse_toml(f"value = {text}")["value"]
    except ValueError:
        return text
    return float(value) if float in wanted and isinstance(value, int) and not isinstance(value, bool) else value


def _types_in(annotation: object) -> frozenset[object]:
    """The types that a field may have: ``int`` and ``None`` of ``Annotated[int, …] | None``."""
    parts = get_args(annotation)
    return frozenset(each for part in parts for each in _types_in(part)) if parts else frozenset({annotation})
