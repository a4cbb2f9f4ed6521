"""The conversation in real time: a real microphone and speaker through a sound server, and a user who answers."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.replays import FIRST_EAR_ALONE, SHORT, short_interview
from tools.paths import RECORDINGS
from tools.simulation.program import run, started
from tools.simulation.sound_room import SoundRoom
from tools.simulation.user import SimulatedUser

ROMANCE = RECORDINGS / "fluent" / "romance.flac"
QUICK = ("--rate", "320")
"""Half the time of listening to the assistant."""
SHORTEST = ("romance", "about", "review")
"""The questions of an interview that takes a minute less."""


def test_a_person_holds_the_conversation_and_finds_their_review_on_disk(sound_room: SoundRoom, tmp_path: Path):
    user = SimulatedUser(sound_room, RECORDINGS / "fluent")
    script = short_interview(tmp_path, questions=("romance", *SHORT))
    options = ("--script", script, "--data", tmp_path / "data", "--out", tmp_path / "out", "--name", "Ms. Lovelace")
    code = user.talk("talk", *options, *QUICK)
    assert code == 0, user.captions
    reviews = list((tmp_path / "out" / "reviews").glob("*.md"))
    assert len(reviews) == 1, "\n".join(user.captions)
    text = reviews[0].read_text(encoding="utf-8")
    assert 'film: "Her"' in text
    assert "rating: 5" in text
    # The assistant doesn't hear itself: the words are the user's from the first to the last.
    heard = [caption for caption in user.captions if caption.startswith("○")]
    assert "romantic" in heard[0]
    assert heard[-1] == "○ send review"
    with sqlite3.connect(tmp_path / "data" / "assistant.sqlite3") as database:
        answers = database.execute("SELECT count(*) FROM turns WHERE speaker = 'person'").fetchone()
    assert answers == (len(user.exchanges),)


def test_a_kiosk_holds_a_session_with_whoever_speaks_and_forgets_them(sound_room: SoundRoom, tmp_path: Path):
    settings = tmp_path / "kiosk.toml"
    settings.write_text(
        f"script = '{short_interview(tmp_path, questions=SHORTEST)}'\ndata = 'data'\nout = 'out'\n"
        "rate_wpm = 320\nsecond_hearing = 'none'\n",
        encoding="utf-8",
    )
    user = SimulatedUser(sound_room, RECORDINGS / "fluent")
    code = user.talk("kiosk", "--sessions", "1", "--config", settings)
    assert code == 0, user.captions
    assert len(list((tmp_path / "out" / "reviews").glob("*.md"))) == 1, "\n".join(user.captions)
    log = "\n".join(user.captions)
    assert "forgotten" in log
    assert "computer" not in log
    with sqlite3.connect(tmp_path / "data" / "kiosk" / "assistant.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM turns").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM sessions").fetchone() == (0,)


def test_the_doctor_finds_everything_in_order(sound_room: SoundRoom):
    saying = sound_room.say(RECORDINGS / "hesitant.flac")
    done = run("doctor")
    saying.kill()
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("✓") == 7
    assert "✓ echo: the microphone doesn't hear the speaker" in done.stdout
    assert "✓ delivery: a review that is sent goes to markdown, letterboxd_csv" in done.stdout
    assert "✓ second ear: whisper base loads" in done.stdout
    assert "dBFS just now" in done.stdout


def test_the_doctor_measures_the_echo_and_has_the_sound_server_take_it_out(sound_room: SoundRoom):
    sound_room.add_echo(-12.0, 0.04)

    def doctor(*options: str) -> str:
        # A real room isn't silent.
        noise = sound_room.say(RECORDINGS / "silence.flac")
        done = run("doctor", *options, *FIRST_EAR_ALONE)
        noise.kill()
        return done.stdout

    told = doctor()
    found = re.search(r"✓ echo: the speaker comes back (\d+) dB softer, (\d+) ms later\. While", told)
    assert found is not None, told
    assert abs(int(found[1]) - 12) <= 3
    assert 40 <= int(found[2]) <= 400
    told = doctor("--echo-cancel")
    assert "“pactl unload-module" in told
    echo = next((line for line in told.splitlines() if "✓ echo" in line), told)
    assert "doesn't hear the speaker" in echo or "although the sound server takes echo out" in echo
    assert doctor("--echo-cancel").startswith("The sound server takes the echo out already")


def test_the_doctor_asks_whether_a_microphone_that_delivers_nothing_is_muted(sound_room: SoundRoom):
    done = run("doctor")
    assert done.returncode == 4
    assert "✗ microphone: The microphone 'default' delivers nothing, not even noise: is it muted?" in done.stdout


def test_the_doctor_says_what_is_missing_and_what_to_do(sound_room: SoundRoom, tmp_path: Path):
    done = run("doctor", ASSISTANT_MODELS=str(tmp_path))
    assert done.returncode == 5
    assert "assistant models install" in done.stdout
    sound_room.pull_the_plug()
    done = run("doctor")
    assert done.returncode == 4
    assert "✗ microphone" in done.stdout
    assert "✓ model" in done.stdout


class Talk:
    """``assistant talk`` in the room, up to where the user has been asked the second question and has the word."""

    def __init__(self, room: SoundRoom, data: Path, process: subprocess.Popen[str]) -> None:
        self.data = data
        self.process = process
        self.captions: list[str] = []
        user = SimulatedUser(room, ROMANCE.parent)
        with room.recording() as speaker:
            self.read_until("Are you romantic")
            user.wait_for_the_end(speaker)
            room.say(ROMANCE).wait()
            # On a busy machine a word may be lost on the way; what counts here is that what was heard is kept.
            heard = self.read_until("○ ").removeprefix("○ ")
            self.first_words = re.sub("[⟨⟩~·]", "", heard).split()[:3]
            assert self.first_words[:1] == ["i"], self.captions
            self.read_until("●")
            user.wait_for_the_end(speaker)

    def read_until(self, cue: str) -> str:
        """The next line of the captions that has the cue in it."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.captions.append(line.strip())
            if cue in line:
                return line.strip()
        raise AssertionError(self.captions)

    def end(self) -> int:
        _, rest = self.process.communicate()
        self.captions += (rest or "").splitlines()
        assert not any("Traceback" in caption for caption in self.captions), self.captions
        return self.process.returncode

    def kept(self) -> list[tuple[str, str]]:
        with sqlite3.connect(self.data / "assistant.sqlite3") as database:
            return database.execute(
                "SELECT sessions.status, turns.text FROM turns JOIN sessions ON sessions.id = turns.session"
                " WHERE speaker = 'person'"
            ).fetchall()


@pytest.fixture
def talk(sound_room: SoundRoom, tmp_path: Path) -> Iterator[Talk]:
    data = tmp_path / "data"
    options = ("--data", data, "--out", tmp_path / "out", *QUICK, *FIRST_EAR_ALONE)
    with started("talk", *options, COLUMNS="400") as process:
        yield Talk(sound_room, data, process)


def test_a_microphone_that_is_gone_for_good_ends_the_session_keeping_everything(sound_room: SoundRoom, talk: Talk):
    sound_room.pull_the_plug()
    assert talk.end() == 4
    assert any("microphone" in caption.lower() for caption in talk.captions[-3:]), talk.captions
    status, text = talk.kept()[0]
    assert status == "abandoned"
    assert text.split()[:3] == talk.first_words


def test_a_kiosk_waits_for_a_vanished_microphone_and_goes_on_when_it_is_back(sound_room: SoundRoom, tmp_path: Path):
    with started("kiosk", "--data", tmp_path, "--out", tmp_path, *FIRST_EAR_ALONE) as kiosk:

        def read_until(cue: str) -> None:
            log = []
            for line in kiosk.stderr or ():
                log.append(line)
                if cue in line:
                    return
            raise AssertionError(log)

        read_until("listening to")
        sound_room.pull_the_plug()
        read_until("is gone")
        sound_room.plug_in()
        read_until("is back")
        sound_room.say(RECORDINGS / "commands" / "yes.flac")
        read_until("asking: welcome")
        kiosk.terminate()
        _, rest = kiosk.communicate()
    assert kiosk.returncode == 143
    assert "Traceback" not in rest


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_an_interrupt_in_the_middle_of_listening_keeps_everything(talk: Talk, number: signal.Signals, code: int):
    talk.process.send_signal(number)
    assert talk.end() == code
    assert talk.kept()[0][0] == "abandoned"
    assert talk.kept()[0][1].split()[:3] == talk.first_words
