"""The rooms of the program as docs/development.md draws them, held against its imports."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "development.md"


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path for path in sorted((ROOT / "assistant").rglob("*.py"))}


def imports_of(path: Path) -> Iterator[str]:
    """The project's own modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            names = [f"{node.module}.{name.name}" for name in node.names]
            inside = [name for name in names if name in MODULES]
            yield from inside
            if len(inside) < len(names):
                yield node.module


ROOMS = sorted(path.parent.name for path in (ROOT / "assistant").glob("*/__init__.py"))


def room_of(module: str) -> str | None:
    """None for what stands outside the rooms: the package itself and its entry point."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] != "__main__" else None


def drawn_floors() -> list[list[str]]:
    """The drawing, from the top floor down."""
    found = re.search(r"## Rooms\n.*?```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return [line.split() for line in found[1].splitlines()]


def test_every_room_is_drawn_once_and_no_other():
    drawn = [room for floor in drawn_floors() for room in floor]
    assert sorted(drawn) == sorted({room for module in MODULES if (room := room_of(module))})


def test_imports_go_down_from_floor_to_floor():
    height = {room: -at for at, floor in enumerate(drawn_floors()) for room in floor}
    not_down = [
        f"{module} imports {imported}"
        for module, path in MODULES.items()
        for imported in imports_of(path)
        if (here := room_of(module)) and (there := room_of(imported)) and here != there
        if height[here] <= height[there]
    ]
    assert not_down == []


def test_no_modules_import_each_other_in_a_circle():
    # The package's own face offers what lies above, but imports it only when it is asked for.
    face = "assistant"
    inside = {module: path for module, path in MODULES.items() if module != face}
    TopologicalSorter({module: set(imports_of(path)) - {module, face} for module, path in inside.items()}).prepare()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_offers_what_it_names_as_public_and_names_nothing_else(room: str):
    package = importlib.import_module(f"assistant.{room}")
    assert package.__doc__
    assert all(getattr(package, name) is not None for name in package.__all__)
    with pytest.raises(AttributeError):
        package.nothing_that_it_offers  # noqa: B018 (asking is what is tested)
