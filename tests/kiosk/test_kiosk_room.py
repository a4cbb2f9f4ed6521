"""The kiosk in real time: the sound system goes away in the middle of a conversation, and comes back."""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tests.support.replays import FIRST_EAR_ALONE
from tools.paths import RECORDINGS
from tools.simulation.pace import within
from tools.simulation.program import started
from tools.simulation.sound_room import SoundRoom
from tools.simulation.user import SimulatedUser

ROMANCE = RECORDINGS / "fluent" / "romance.flac"
LITTLE_WORK = ("--voice-name", "pyttsx3")
"""A voice that is there at once, on a busy machine, too."""


class Log:
    """What a kiosk writes to standard error, line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []

    def read_until(self, *cues: str) -> str:
        """The next line with all of these in it."""
        for line in self.process.stderr or ():
            self.lines.append(line.strip())
            print(line, end="")
            if all(cue in line for cue in cues):
                return line
        raise AssertionError(self.lines)


def supervisor_at(path: Path) -> socket.socket:
    """A socket like systemd's."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(path))
    listening.setblocking(False)
    return listening


def news_from(supervisor: socket.socket) -> list[str]:
    """All that has come since it was asked last."""
    news: list[str] = []
    with suppress(BlockingIOError):
        while True:
            news += supervisor.recv(4096).decode().splitlines()
    return news


def test_a_person_is_asked_again_when_microphone_and_speaker_are_back(sound_room: SoundRoom, tmp_path: Path):
    user = SimulatedUser(sound_room, ROMANCE.parent)
    options = ("--data", tmp_path, "--out", tmp_path, "--rate", "320", *LITTLE_WORK, *FIRST_EAR_ALONE)
    supervisor = supervisor_at(tmp_path / "notify")
    environment = {"ASSISTANT_KIOSK_ASK_FIRST": "false", "NOTIFY_SOCKET": str(tmp_path / "notify")}
    with supervisor, started("kiosk", *options, **environment) as kiosk:
        log = Log(kiosk)
        log.read_until("listening to")
        with sound_room.recording() as speaker:
            sound_room.say(RECORDINGS / "commands" / "yes.flac")
            log.read_until("asking: romance")
            user.wait_for_the_end(speaker)
        assert "READY=1" in news_from(supervisor)
        answer = sound_room.say(ROMANCE)
        time.sleep(0.8)  # in the middle of the answer
        sound_room.pull_the_plug()
        answer.kill()
        log.read_until("The microphone", "is gone")
        time.sleep(1)  # long enough to miss something
        sound_room.plug_in()
        with within(3):
            log.read_until("The microphone", "is back")
        with sound_room.recording() as speaker:
            log.read_until("asking: romance")
            user.wait_for_the_end(speaker)
        # Now it goes while the kiosk speaks.
        sound_room.say(ROMANCE)
        log.read_until("asking: voice")
        sound_room.pull_the_plug()
        log.read_until("The speaker", "is gone")
        sound_room.plug_in()
        with within(3):
            log.read_until("The speaker", "is back")
        with sound_room.recording() as speaker:
            user.wait_for_the_end(speaker)
        kiosk.terminate()
        _, rest = kiosk.communicate()
        assert "STOPPING=1" in news_from(supervisor)
    assert kiosk.returncode == 143
    assert "Traceback" not in rest
    assert "session failed" not in "\n".join((*log.lines, rest))
