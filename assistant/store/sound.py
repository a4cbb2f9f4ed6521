"""Recordings of answers, for those who want them kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class KeptSound:
    """FLAC files, a folder for each session.

    Parameters
    ----------
    folder : Path
        Where the sessions' folders lie; made with the first recording.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, session: str, turn: int, samples: npt.NDArray[np.int16], rate_hz: int) -> Path:
        """Write an answer's sound, mode 0600.

        Parameters
        ----------
        session : str
        turn : int
        samples : ndarray of int16, shape (n,)
            Mono.
        rate_hz : int

        Returns
        -------
        Path
            The file; it's there whole or not at all.

        Raises
        ------
        OSError
            Where it can't be written.
        """
        import soundfile

        folder = self._folder / session
        for place in (self._folder, folder):
            place.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{turn}.flac"
        part = path.with_suffix(".part")
        try:
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
                soundfile.write(file, samples, rate_hz, format="FLAC", subtype="PCM_16")
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except soundfile.LibsndfileError as error:
            raise OSError(str(error)) from error
        finally:
            part.unlink(missing_ok=True)
        return path

    def remove(self, session: str) -> None:
        """Remove what was kept of a session. Nothing happens where nothing was.

        Raises
        ------
        OSError
            Where it can't be removed.
        """
        folder = self._folder / session
        if folder.exists():
            shutil.rmtree(folder)
