"""What goes wrong with tools in a way that a person can mend."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence


class ToolError(Exception):
    """Something a person can mend, said in a sentence."""


def require(packages: Sequence[str], remedy: str = "pip install -c requirements.lock -e '.[tools]'") -> None:
    """See that packages which the program itself does without are here.

    Parameters
    ----------
    packages : sequence of str
        Names by which they are imported.
    remedy : str
        The command that installs them.

    Raises
    ------
    ToolError
        One isn't.
    """
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        raise ToolError(f"{' and '.join(missing)} can't be found. Install what is missing: .venv/bin/{remedy}")
