"""A kiosk's log: for people, for programs, and without a word of what was said."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys

import pytest

from assistant.kiosk.health import Health
from assistant.kiosk.logs import JsonLines, TextLines
from assistant.kiosk.watching import KioskLog
from tests.support.answers import spoken
from tools.simulation.program import unmeasured

SECRET = "my mother left us"


def record(*, raised: bool = False) -> logging.LogRecord:
    info = None
    if raised:
        try:
            {}[SECRET]
        except KeyError:
            info = sys.exc_info()
    return logging.LogRecord("assistant.kiosk", logging.ERROR, __file__, 1, "the session %s", ("failed",), info)


@pytest.mark.parametrize("form", [TextLines(), JsonLines()])
def test_an_exception_is_told_by_its_kind_and_place_and_never_by_what_it_says(form: logging.Formatter):
    line = form.format(record(raised=True))
    assert SECRET not in line
    assert "KeyError" in line
    assert "test_logs.py" in line


def test_every_json_line_is_an_object_with_the_facts_of_the_event():
    told = record()
    told.facts = {"event": "asking", "question": "romance"}
    line = JsonLines().format(told)
    assert "\n" not in line
    assert json.loads(line) == json.loads(line) | {
        "level": "error",
        "from": "assistant.kiosk",
        "message": "the session failed",
        "event": "asking",
        "question": "romance",
    }


def test_what_is_said_and_heard_is_counted_and_not_written(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG, "assistant.kiosk")
    health, beats = Health(), []
    log = KioskLog(health, lambda: beats.append(1))
    log.said(f"You said {SECRET}. Is that so?", "about")
    log.heard(spoken(SECRET), None)
    log.speaking("Thank you.")
    log.delivered("/srv/reviews/2026-11-29-her.md")
    log.undelivered("webhook", "There is no network.")
    written = "\n".join(JsonLines().format(each) for each in caplog.records)
    assert "mother" not in written
    assert "her.md" not in written
    assert '"words": 4' in written
    assert '"question": "about"' in written
    assert health.answers == 1
    assert health.deliveries == {"delivered": 1, "undelivered": 1}
    assert health.replies[0][-1][1] == 1
    assert len(beats) == 4


PROGRAM = """
import logging, os
from assistant.kiosk import logging_to_stderr
with logging_to_stderr("json", debug=%s):
    os.write(2, b"ALSA lib pcm.c:8570:(snd_pcm_recover) underrun occurred\\n")
    os.write(2, b"Expression 'ret' failed in 'src/hostapi/alsa/pa_linux_alsa.c', line: 1736\\n")
    os.write(2, b"something broke\\n")
    logging.getLogger("assistant.kiosk").info("listening")
os.write(2, b"after\\n")
"""


@pytest.mark.parametrize("debug", [False, True])
def test_what_portaudio_and_alsa_write_by_themselves_goes_to_the_debug_log(debug: bool):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM % debug],
        capture_output=True,
        text=True,
        env={**unmeasured(), "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
    )
    *lines, last = done.stderr.splitlines()
    assert last == "after"
    told = {(each["level"], each["message"].split()[0]) for each in map(json.loads, lines)}
    quiet = {("debug", "ALSA"), ("debug", "Expression")} if debug else set()
    assert told == {("warning", "something"), ("info", "listening"), *quiet}
