"""How far an installation is, in a log and on a terminal."""

from __future__ import annotations

import io
import os
import pty
import threading

from assistant.models import progress_bar


def tell(progress):
    progress.stage("Downloading", 8_000_000)
    progress.advance(3_000_000)
    progress.advance(5_000_000)
    progress.note("The site [x] is slow.")
    progress.stage("Waiting", None)
    progress.advance(10)


def read_all(handle, into):
    """Read a terminal until nobody writes to it any more."""
    try:
        while chunk := os.read(handle, 4096):
            into += chunk
    except OSError:
        pass


def test_a_log_gets_a_line_a_stage_and_one_a_quarter():
    log = io.StringIO()
    with progress_bar(log) as progress:
        tell(progress)
    assert log.getvalue().splitlines() == [
        "Downloading (8 MB)",
        "  25 %",
        "  100 %",
        "The site [x] is slow.",
        "Waiting",
    ]


def test_progress_goes_to_standard_error_and_leaves_standard_output_alone(capsys):
    with progress_bar() as progress:
        progress.note("At work.")
    assert capsys.readouterr() == ("", "At work.\n")


def test_a_terminal_gets_a_bar_and_keeps_the_notes(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    ours, theirs = pty.openpty()
    read = bytearray()
    reader = threading.Thread(target=read_all, args=(ours, read))
    reader.start()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal, progress_bar(terminal) as progress:
        tell(progress)
    reader.join()
    os.close(ours)
    shown = read.decode()
    assert "The site [x] is slow." in shown
    assert "8.0/8.0 MB" in shown
    assert "━" in shown
    assert "10/10 bytes" in shown
