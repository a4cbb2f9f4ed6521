"""Tools stay apart: from what is installed, and from the tests."""

from __future__ import annotations

import ast
import runpy
import sys
from pathlib import Path

import pytest

from assistant.errors import ModelError
from tools.command import run_command
from tools.paths import ROOT


def imports_of(package: str) -> set[tuple[str, str]]:
    """Modules of a package, and the packages that each imports, wherever it does."""
    found = set()
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "." * node.level]
            else:
                continue
            found |= {(str(path.relative_to(ROOT)), name.partition(".")[0]) for name in names}
    return found


@pytest.mark.parametrize(("package", "strangers"), [("assistant", {"tools", "tests"}), ("tools", {"tests"})])
def test_the_program_does_without_its_tools_and_both_without_the_tests(package: str, strangers: set[str]):
    imports = imports_of(package)
    assert {name for _, name in imports} >= {"assistant"}
    assert not [(module, name) for module, name in imports if name in strangers]


@pytest.mark.parametrize(
    "path", [path for path in (ROOT / "tools").rglob("*.py") if "__main__" in path.read_text("utf-8")]
)
def test_every_tool_explains_itself(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    monkeypatch.setattr("sys.argv", [str(path), "--help"])
    monkeypatch.delitem(sys.modules, module, raising=False)  # another test may have imported it
    with pytest.raises(SystemExit) as left:
        runpy.run_module(module, run_name="__main__")
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith(f"usage: python -m {module} ")
    # As it is written, so that its examples stay in lines of their own.
    assert (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "nothing") in told


def test_a_tool_ends_an_error_in_a_sentence_and_with_its_code(capsys: pytest.CaptureFixture[str]):
    def main() -> None:
        raise ModelError("There is no model here.")

    with pytest.raises(SystemExit) as left:
        run_command(main)
    assert left.value.code == ModelError.exit_code
    assert capsys.readouterr().err == "There is no model here.\n"
