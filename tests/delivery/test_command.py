"""Reviews handed to a program: without a shell, within a time limit, and never twice without a word."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.delivery.command import CommandOutlet, CommandSettings
from assistant.delivery.outlet import RetryLaterError, UndeliverableError
from assistant.delivery.review_files import as_markdown
from tests.support.outbox import announced, item
from tools.paths import ROOT
from tools.simulation.pace import wait_until, within
from tools.simulation.program import unmeasured

TEXT = "It’s `rm -rf ~`; $(stays) with me."


def python(code, *arguments):
    return (sys.executable, "-c", code, *map(str, arguments))


def hand(*command, intent=None, notes=None, limit_s=20.0):
    notes = [] if notes is None else notes
    return CommandOutlet(CommandSettings(send_to=command, limit_s=limit_s)).deliver(item(TEXT), intent, notes.append)


KEEP = "import sys; open(sys.argv[1], 'ab').write(sys.stdin.buffer.read())"


def test_a_program_gets_the_review_as_markdown_and_its_arguments_as_they_are(tmp_path):
    out = tmp_path / "a $HOME; name *"
    assert hand(*python(KEEP, out)) == {"path": sys.executable}
    assert out.read_text(encoding="utf-8") == as_markdown(item(TEXT))
    assert TEXT in out.read_text(encoding="utf-8")


def test_a_program_that_reads_nothing_is_no_trouble():
    hand(*python("pass"))


def test_a_program_that_fails_is_run_again_later_and_what_it_says_is_told(tmp_path):
    code = "import sys; print('no such user:', sys.argv[1], file=sys.stderr); sys.exit(67)"
    with pytest.raises(RetryLaterError, match=r"exit status 67: no such user: ada\.$") as error:
        hand(*python(code, "ada"))
    assert error.value.afresh
    with pytest.raises(RetryLaterError, match="was ended by signal 9"):
        hand(*python("import os; os.kill(os.getpid(), 9)"))


def test_a_long_complaint_is_cut():
    with pytest.raises(RetryLaterError) as error:
        hand(*python("import sys; sys.stderr.write('x' * 100000 + '\\x1b[2J\\n\\n'); sys.exit(1)"))
    assert len(error.value.sentence) < 300
    assert "\x1b" not in error.value.sentence


def test_a_program_in_the_home_folder_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    program = tmp_path / "post"
    program.write_text(f"#!/bin/sh\ncat > {tmp_path}/posted\n")
    program.chmod(0o700)
    assert hand("~/post") == {"path": str(program)}
    assert TEXT in (tmp_path / "posted").read_text(encoding="utf-8")


def test_a_program_that_is_not_there_is_named(tmp_path):
    with pytest.raises(RetryLaterError, match="“no-such-program” can't be started: no such file") as error:
        hand("no-such-program")
    assert error.value.afresh
    (tmp_path / "text").write_text("not a program")
    with pytest.raises(RetryLaterError, match="“text” can't be started: permission denied"):
        hand(str(tmp_path / "text"))


def test_a_program_that_does_not_end_is_stopped_with_all_that_it_started_and_not_run_again(tmp_path):
    child = "import subprocess, sys, time; p = subprocess.Popen(['sleep', '60']); "
    child += "open(sys.argv[1], 'w').write(str(p.pid)); time.sleep(60)"
    with within(10), pytest.raises(UndeliverableError, match=r"didn't end within 1\.5 s.*reviews send 2026") as error:
        hand(*python(child, tmp_path / "pid"), limit_s=1.5)
    assert error.value.afresh
    grandchild = int((tmp_path / "pid").read_text())
    wait_until(lambda: has_ended(grandchild), limit_s=2)


def has_ended(process):
    try:
        os.kill(process, 0)
        # Dead, and nobody has asked yet how it ended.
        return " Z " in Path(f"/proc/{process}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return True


def test_a_program_that_leaves_something_behind_has_ended_all_the_same():
    with within(10):
        hand(*python("import subprocess; subprocess.Popen(['sleep', '20'])"))


def test_after_a_crash_in_the_middle_it_is_told_and_not_repeated(tmp_path):
    notes = []
    out = tmp_path / "out"
    hand(*python(KEEP, out), notes=notes)
    with pytest.raises(UndeliverableError) as error:
        hand(*python(KEEP, out), intent=notes[-1])
    assert "cut off before it ended" in error.value.sentence
    assert "assistant reviews send" in error.value.sentence
    assert error.value.afresh
    assert out.read_text(encoding="utf-8").count(TEXT) == 1


def test_it_is_noted_before_the_program_is_started(tmp_path):
    outlet = CommandOutlet(CommandSettings(send_to=python(KEEP, tmp_path / "out")))
    assert announced(lambda note: outlet.deliver(item(TEXT), None, note))
    assert not (tmp_path / "out").exists()


def test_a_program_is_stopped_when_its_delivery_is_interrupted(tmp_path):
    code = f"""
from tests.delivery.test_command import hand, python
hand(*python("import os, sys, time; open(sys.argv[1] + '.part', 'w').write(str(os.getpid())); "
             "os.rename(sys.argv[1] + '.part', sys.argv[1]); time.sleep(60)", {str(tmp_path / "pid")!r}))
"""
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=unmeasured(), stderr=subprocess.DEVNULL)
    wait_until(lambda: (tmp_path / "pid").exists() or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    assert process.wait() != 0
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
