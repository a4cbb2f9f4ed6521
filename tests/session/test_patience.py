"""How long people are waited for is a setting: on the command line, at a kiosk, in a person's own settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.session.assembly import read_patience
from assistant.session.options import SessionOptions


def settings(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_patience_comes_from_the_options_else_from_the_settings_else_it_is_usual(tmp_path: Path):
    path = settings(tmp_path, '[conversation]\npatience = "patient"\n')
    assert read_patience(SessionOptions(settings=path)) == "patient"
    assert read_patience(SessionOptions(settings=path, patience="brisk")) == "brisk"
    assert read_patience(SessionOptions(settings=settings(tmp_path, ""))) == "usual"


def test_settings_that_are_to_be_ignored_do_not_make_anybody_patient(tmp_path: Path):
    path = settings(tmp_path, '[conversation]\npatience = "patient"\n')
    assert read_patience(SessionOptions(settings=path, files_only=True)) == "usual"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[conversation]\npatience = "endless"', "patience: has to be 'brisk', 'usual' or 'patient'"),
        ("[conversation]\npatient = true", "Did you mean “patience”"),
        ('[conversations]\npatience = "brisk"', "Did you mean “conversation”"),
    ],
)
def test_a_mistake_in_the_settings_is_named(tmp_path: Path, text: str, told: str):
    with pytest.raises(SettingsError, match=told):
        read_patience(SessionOptions(settings=settings(tmp_path, text)))
