"""Settings of the language model, off unless there are any; what leaves this machine only by leave."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.composing.endpoint import API_KEY, LIMIT_S, Endpoint
from assistant.delivery.settings import read_tables
from assistant.errors import SettingsError
from assistant.net import is_this_machine

_KEYS = ("base_url", "model", "allow_host", "time_limit_s")
_LONGEST_S = 300.0


def read_composer(path: Path) -> Endpoint | None:
    """The language model that a settings file names; None where it names none.

    Raises
    ------
    SettingsError
        Where the file can't be used, with what to do.
    """
    table = read_tables(path).get("composer")
    try:
        return composer_of(table)
    except SettingsError as error:
        raise SettingsError(f"The settings {path} can't be used: {error.sentence}") from None


def composer_of(settings: object) -> Endpoint | None:
    """The language model that settings name; None, the default, where they name none.

    Parameters
    ----------
    settings : object
        What the table ``composer`` is: None, or a mapping with ``base_url`` and ``model``; ``time_limit_s`` (20 by
        default); ``allow_host``, the host's name again where it isn't this machine. The key isn't among them: it comes
        from the environment.

    Raises
    ------
    SettingsError
        Where they can't be used, with what to do.
    """
    if settings is None:
        return None
    if not isinstance(settings, Mapping):
        raise SettingsError(
            "“composer” has to be a table: [composer], with base_url and model on lines of their own below it."
        )
    if not settings:
        return None
    if unknown := sorted(set(settings) - set(_KEYS)):
        hint = f" The key goes into the environment, as {API_KEY}." if "api_key" in unknown else ""
        raise SettingsError(f"[composer] has no “{unknown[0]}”. There are: {', '.join(_KEYS)}.{hint}")
    base_url, model = _text(settings, "base_url"), _text(settings, "model")
    limit_s = settings.get("time_limit_s", LIMIT_S)
    if isinstance(limit_s, bool) or not isinstance(limit_s, (int, float)) or not 0 < limit_s <= _LONGEST_S:
        raise SettingsError(f"“time_limit_s” of [composer] is a number of seconds up to {_LONGEST_S:g}.")
    _check_host(base_url, settings.get("allow_host"))
    return Endpoint(base_url, model, float(limit_s))


def _text(settings: Mapping[str, Any], key: str) -> str:
    value = settings.get(key)
    if not isinstance(value, str) or not value.strip():
        example = "http://127.0.0.1:11434/v1" if key == "base_url" else "llama3.2"
        raise SettingsError(f"[composer] needs “{key}”, for example “{example}”.")
    return value.strip()


def _check_host(base_url: str, allowed: object) -> None:
    try:
        parts = urlsplit(base_url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.query or parts.fragment:
        raise SettingsError(
            f"“{base_url}” is no address of a language model. It looks like “http://127.0.0.1:11434/v1”."
        )
    if is_this_machine(base_url):
        return
    if allowed != host:
        raise SettingsError(
            f"{host} isn't this machine, and what was said would be sent there. If that is meant, put "
            f'allow_host = "{host}" beside base_url.'
        )
    if parts.scheme != "https":
        raise SettingsError(f"What was said would be sent to {host} for all to read. Use https.")
