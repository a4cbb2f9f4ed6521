"""Who is holding a session right now."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout


class SessionLock:
    """Which sessions are going on, in this process or another.

    Each has a lock file, which the operating system lets go of when its process dies, however it dies. So there are
    no process numbers to be mistaken for another's, and no clock to be compared.

    Parameters
    ----------
    folder : Path
        Where the lock files lie; made when the first session begins.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, FileLock] = {}

    def enter(self, session: str) -> bool:
        """Hold a session; False where it's held already.

        Raises
        ------
        OSError
            Where the lock file can't be made.
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
        """Let go of a session. Nothing happens where it isn't held here."""
        lock = self._held.pop(session, None)
        if lock is not None:
            # Removed while it's held: whoever waits for the old file finds a session that is over.
            (self._folder / f"{session}.lock").unlink(missing_ok=True)
            lock.release()

    def leave_all(self) -> None:
        """Let go of every session held here."""
        for session in tuple(self._held):
            self.leave(session)
