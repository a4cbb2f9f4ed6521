"""A session's files beside the database: the lock of the process that runs it, and recordings of answers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from assistant.disk import sync

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class SessionLocks:
    """The sessions in progress, in this process or another.

    Each has a lock file, which the operating system releases no matter how the process dies. So there are no process
    ids to confuse, and no clocks to compare.

    Parameters
    ----------
    folder : Path
        Folder of the lock files; made when the first session begins.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, FileLock] = {}

    def enter(self, session: str) -> bool:
        """Take a session's lock; False if it's held already.

        Raises
        ------
        OSError
            If the lock file can't be made.
        """
        self._folder.mkdir(mode=0o700, exist_ok=True)
        lock = FileLock(self._folder / f"{session}.lock", timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            return False
        self._held[session] = lock
        return True

    def leave(self, session: str) -> None:
        """Release a session's lock. Nothing happens if it isn't held here."""
        lock = self._held.pop(session, None)
        if lock is not None:
            # Removed while it's held: whoever has opened the file already finds a session that is over.
            (self._folder / f"{session}.lock").unlink(missing_ok=True)
            lock.release()

    def leave_all(self) -> None:
        """Release all locks held here."""
        for session in tuple(self._held):
            self.leave(session)


class KeptSound:
    """FLAC files, a folder for each session.

    Parameters
    ----------
    folder : Path
        Parent of the sessions' folders; made with the first recording.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, session: str, turn: int, samples: npt.NDArray[np.int16], rate_hz: int) -> Path:
        """Write an answer's recording, mode 0600.

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
            The file, which is written whole or not at all.

        Raises
        ------
        OSError
            If it can't be written.
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
                sync(file)
            part.replace(path)
        except soundfile.LibsndfileError as error:
            raise OSError(str(error)) from error
        finally:
            part.unlink(missing_ok=True)
        return path

    def remove(self, session: str) -> None:
        """Remove a session's recordings, if there are any.

        Raises
        ------
        OSError
            If they can't be removed.
        """
        folder = self._folder / session
        if folder.exists():
            shutil.rmtree(folder)
