"""Names that a package offers and imports only when they are first asked for (PEP 562)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def import_on_demand(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """A package's ``__getattr__``.

    Parameters
    ----------
    package : str
        Its ``__name__``.
    modules : mapping of str to str
        For each name, the module of the package that it comes from.
    """

    def getattr_(name: str) -> Any:  # noqa: ANN401 (whatever is asked for)
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{modules[name]}"), name)

    return getattr_
