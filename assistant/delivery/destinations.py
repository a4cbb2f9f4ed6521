"""Which outlets there are, and which of them a review goes to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs

from assistant.delivery.letterboxd import LetterboxdCsv
from assistant.delivery.markdown import Markdown
from assistant.delivery.outlet import Outlet
from assistant.errors import DeliveryError
from assistant.store.records import Destination

OUTLETS: dict[str, Callable[[Path], Outlet]] = {Markdown.name: Markdown, LetterboxdCsv.name: LetterboxdCsv}
"""What makes each outlet, given the folder that it writes to."""


def default_folder() -> Path:
    """Where reviews go unless ``--out`` says otherwise: ``Reviews`` among the person's documents."""
    return platformdirs.user_documents_path() / "Reviews"


def destinations(folder: Path | None = None) -> tuple[Destination, ...]:
    """Where a sent review goes: to every outlet, in one folder.

    Parameters
    ----------
    folder : Path, optional
        `default_folder` otherwise. It's kept as an absolute path, since it may be delivered to from elsewhere.
    """
    where = str((folder or default_folder()).expanduser().absolute())
    return tuple(Destination(name, {"folder": where}) for name in OUTLETS)


def outlet_of(destination: Destination) -> Outlet:
    """The outlet that a destination names.

    Raises
    ------
    DeliveryError
        Where this version of the program has none of that name.
    """
    make = OUTLETS.get(destination.outlet)
    if make is None:
        raise DeliveryError(f"There is no outlet called {destination.outlet!r}. There are: {', '.join(OUTLETS)}.")
    return make(Path(destination.settings["folder"]))
