"""Names of sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistant.errors import StoreError

_SHOWN = 5


def session_id(at: datetime, random_hex: str) -> str:
    """A session's id, such as ``2026-11-22T10-15-00-3f2a``.

    Parameters
    ----------
    at : datetime
        When it began, in local time.
    random_hex : str
        Tells apart two that began in the same second.
    """
    return f"{at:%Y-%m-%dT%H-%M-%S}-{random_hex}"


def resolve(prefix: str, ids: Sequence[str]) -> str:
    """The one id that begins with `prefix`.

    Parameters
    ----------
    prefix : str
        An id or its beginning.
    ids : sequence of str
        All that there are, newest first.

    Raises
    ------
    StoreError
        Where none begins so, or several do; it lists the newest.
    """
    if prefix in ids:
        return prefix
    matching = [known for known in ids if known.startswith(prefix)] if prefix else []
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise StoreError(f"{prefix!r} fits {len(matching)} sessions: {_newest(matching)}. Give more of the id.")
    if not ids:
        raise StoreError(f"There is no session {prefix!r}, nor any other yet.")
    raise StoreError(f"There is no session {prefix!r}. The newest are: {_newest(ids)}.")


def _newest(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
