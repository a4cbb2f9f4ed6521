"""Where speech models live."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "ASSISTANT_MODELS"
"""Environment variable that names another folder for models."""


def models_dir() -> Path:
    """The folder that models are installed in and looked for; it need not be there yet.

    It is what ``ASSISTANT_MODELS`` says; else, where the program runs from a checkout, its ``models/``; else a folder
    among the person's application data.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "models"
    import platformdirs

    return Path(platformdirs.user_data_dir("voice-review-assistant", appauthor=False)) / "models"
