"""A real browser without a window, told what to do over its debugging pipe."""

from __future__ import annotations

import fcntl
import itertools
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable")


class Browser:
    """One page of Chromium.

    Attributes
    ----------
    asked_for : list of str
        Every address that the page has asked for.
    complaints : list of str
        What the browser wrote to its console about the page.
    """

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._out = os.fdopen(to_browser, "wb", buffering=0)
        self._in = os.fdopen(from_browser, "rb")
        self._numbers = itertools.count(1)
        self._session: str | None = None
        self._seen: set[str] = set()
        self.asked_for: list[str] = []
        self.complaints: list[str] = []

    def attach(self) -> None:
        target = self.tell("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.tell(f"{domain}.enable")

    def open(self, path: Path, width: int = 1200, height: int = 900, *, dark: bool = False) -> None:
        """Open a file in a window of this size (CSS pixels)."""
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.tell("Emulation.setEmulatedMedia", features=[scheme])
        self._seen.clear()
        self.asked_for.clear()
        self.tell("Page.navigate", url=path.as_uri())
        while "Page.loadEventFired" not in self._seen:
            self._hear()

    def value(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page; a promise is waited for."""
        told = self.tell("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def press(self, key: str, code: int, text: str = "") -> None:
        """Press a key and let it go."""
        about = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.tell("Input.dispatchKeyEvent", type="keyDown", text=text, **about)
        self.tell("Input.dispatchKeyEvent", type="keyUp", **about)

    def tell(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give the browser a command, and wait for what comes of it."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        while (reply := self._hear()).get("id") != number:
            pass
        assert "error" not in reply, reply["error"]
        return reply["result"]

    def _hear(self) -> dict[str, Any]:
        line = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            if not byte:
                raise ConnectionError("the browser has gone")
            line += byte
        message: dict[str, Any] = json.loads(line)
        event = message.get("method", "")
        self._seen.add(event)
        if event == "Network.requestWillBeSent":
            self.asked_for.append(message["params"]["request"]["url"])
        elif event == "Log.entryAdded":
            self.complaints.append(message["params"]["entry"]["text"])
        elif event == "Runtime.consoleAPICalled":
            self.complaints.append(str(message["params"]["args"]))
        return message


def _pipe() -> tuple[int, int]:
    """A pipe whose ends have numbers that aren't the browser's."""
    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser; the test is skipped where none is installed."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("there is no browser here (apt-get install chromium-headless-shell, or chromium)")
    their_in, our_out = _pipe()
    our_in, their_out = _pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # The pipe's ends are the numbers 3 and 4 in the browser, whatever they are here.
        command = f'exec "$@" 3<&{their_in} 4>&{their_out}'
        process = subprocess.Popen(
            ["bash", "-c", command, "bash", program, "--headless", "--no-sandbox", "--disable-gpu",
             "--remote-debugging-pipe", "--hide-scrollbars", f"--user-data-dir={profile}"],
            pass_fds=(their_in, their_out),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(their_in)
        os.close(their_out)
        page = Browser(our_out, our_in)
        try:
            try:
                page.attach()
            except OSError as error:
                pytest.skip(f"{program} can't be started here: {error}")
            yield page
        finally:
            process.terminate()
            process.wait()
