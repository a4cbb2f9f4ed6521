"""Where models are installed and looked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import assistant
from assistant.models import models_dir

PACKAGE = Path(assistant.__file__).parent


def test_the_environment_names_the_folder_first(monkeypatch, tmp_path):
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path / "elsewhere"))
    assert models_dir() == tmp_path / "elsewhere"


def test_a_tilde_and_a_relative_folder_in_the_environment_are_made_whole(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ASSISTANT_MODELS", "~/voices")
    assert models_dir() == tmp_path / "voices"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_MODELS", "here")
    assert models_dir() == tmp_path / "here"


def test_a_checkout_keeps_its_models_with_it(monkeypatch):
    monkeypatch.setenv("ASSISTANT_MODELS", "")
    assert models_dir() == PACKAGE.parent / "models"


def test_an_installed_package_keeps_models_among_the_persons_data(tmp_path):
    site = tmp_path / "site"
    shutil.copytree(PACKAGE, site / "assistant")
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(site),
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    surroundings.pop("ASSISTANT_MODELS", None)
    said = subprocess.run(
        [sys.executable, "-c", "from assistant.models import models_dir; print(models_dir())"],
        env=surroundings,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    folder = Path(said.stdout.strip())
    assert tmp_path in folder.parents
    assert site not in folder.parents
    assert folder.parts[-2:] == ("voice-review-assistant", "models")
