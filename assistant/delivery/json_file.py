"""Reviews as JSON files, each sentence with the passages that it was made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.delivery.outlet import Delivery, Intent
from assistant.delivery.own_file import write_once
from assistant.store.encoding import review_json


class JsonFile:
    """Writes ``<folder>/reviews/<date>-<film>.json``.

    Parameters
    ----------
    folder : Path
        Made where there is none.
    """

    name = "json"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "reviews"

    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Write a review into a file of its own, as `write_once` does; see `Outlet.deliver`."""
        content = json.dumps(as_document(item), ensure_ascii=False, indent=2).encode() + b"\n"
        return {"path": str(write_once(self._folder, item, ".json", content, intent, record_intent))}


def as_document(item: Delivery) -> dict[str, Any]:
    """The whole review as a JSON object.

    ``text`` and ``sentences`` are as in the output of ``assistant replay``; what isn't known is null.
    """
    return {
        "format": 1,
        "review": item.review_id,
        "watched": item.watched.isoformat(),
        **review_json(item.review),
    }
