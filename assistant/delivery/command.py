"""Reviews handed to a program of the person's choice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Annotated

from pydantic import Field

from assistant.config import Table
from assistant.delivery.outlet import Delivery, Intent, LimitS, RetryLaterError, UndeliverableError
from assistant.delivery.review_files import as_markdown
from assistant.errors import DeliveryError

_LONGEST_COMPLAINT = 200
"""How many characters of a program's last line on standard error are shown."""

_READ_BYTES = 4096


class CommandSettings(Table):
    """A program that gets each review."""

    send_to: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)
    limit_s: LimitS = 60.0


class CommandOutlet:
    """Runs a program with the review, as Markdown, on its standard input. No shell is involved.

    We can't know how far a program got before it was cut off: `mail` may have sent its message. So the start is noted,
    and if this process dies before the program ends, or the program doesn't end in time, the person is told instead of
    the program being run again automatically. A program that ended and reported a failure is tried again later.

    Parameters
    ----------
    settings : CommandSettings
    """

    name = "command"

    def __init__(self, settings: CommandSettings) -> None:
        program, *arguments = settings.send_to
        self._command = (os.path.expanduser(program), *arguments)  # noqa: PTH111 - Path would drop a “./”
        self._limit_s = settings.limit_s

    @property
    def _called(self) -> str:
        return f"“{Path(self._command[0]).name}”"

    def check(self) -> None:
        """Check that the program exists; see `RemoteOutlet.check`."""
        if shutil.which(self._command[0]) is None:
            raise DeliveryError(f"There is no program {self._called} to send reviews to. Install it, or name another.")

    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Run the program; see `Outlet.deliver`."""
        again = f"If the review hasn't arrived, send it once more: “assistant reviews send {item.review_id}”."
        if intent is not None:
            raise UndeliverableError(
                f"{self._called} was started on {intent['started']} and cut off before it ended. {again}", afresh=True
            )
        record_intent({"started": datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")})
        # Files rather than pipes: a program may end and leave something behind that holds its pipes open.
        with TemporaryFile() as given, TemporaryFile() as complaint:
            given.write(as_markdown(item).encode())
            given.seek(0)
            status = self._run(given, complaint, again)
            if status != 0:
                raise RetryLaterError(f"{self._called} {_ending(status)}{_last_line(complaint)}", afresh=True)
        return {"path": self._command[0]}

    def _run(self, given: IO[bytes], complaint: IO[bytes], again: str) -> int:
        try:
            process = subprocess.Popen(
                self._command,
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=complaint,
                # In a separate group, so that whatever it started can be stopped with it.
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "its name has a character that can't be in one"
            raise RetryLaterError(f"{self._called} can't be started: {why.lower()}.", afresh=True) from None
        try:
            return process.wait(self._limit_s)
        except subprocess.TimeoutExpired:
            raise UndeliverableError(
                f"{self._called} didn't end within {self._limit_s:g} s and was stopped. {again}", afresh=True
            ) from None
        finally:
            if process.returncode is None:
                _stop(process)


def _ending(code: int) -> str:
    return f"was ended by signal {-code}" if code < 0 else f"ended with exit status {code}"


def _last_line(complaint: IO[bytes]) -> str:
    complaint.seek(max(0, complaint.seek(0, os.SEEK_END) - _READ_BYTES))
    lines = complaint.read().decode(errors="replace").split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    printable = "".join(char for char in said if char.isprintable())
    if not printable:
        return "."
    told = printable[:_LONGEST_COMPLAINT]
    return f": {told}" if told.endswith((".", "!", "?", "…")) else f": {told}."


def _stop(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
