"""Speech models: the catalogue, installing them, and checking that they are complete."""

from assistant.models.catalogue import ModelCatalogue, load_catalogue
from assistant.models.directory import models_dir
from assistant.models.installation import install, remove
from assistant.models.installed import (
    InstalledModel,
    ModelStatus,
    State,
    damage_error,
    find,
    find_second,
    locate,
    second_names,
    statuses,
    verify,
)
from assistant.models.integrity import IntegrityIssue
from assistant.models.progress import Progress, progress_bar

__all__ = [
    "InstalledModel",
    "IntegrityIssue",
    "ModelCatalogue",
    "ModelStatus",
    "Progress",
    "State",
    "damage_error",
    "find",
    "find_second",
    "install",
    "load_catalogue",
    "locate",
    "models_dir",
    "progress_bar",
    "remove",
    "second_names",
    "statuses",
    "verify",
]
