"""The kiosk: its settings, and what it survives. (With sound: see tests/session/test_talk_room.py.)"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.audio.frame import RATE_HZ, Frame
from assistant.audio.replay import replay_of
from assistant.errors import SettingsError
from assistant.kiosk import Kiosk, KioskSettings, kiosk_settings, wait_for_voice
from assistant.store import Store
from tools.listening import samples_of
from tools.paths import RECORDINGS


def settings(folder: Path, text: str) -> Path:
    path = folder / "kiosk.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_settings_are_read_with_paths_relative_to_them(tmp_path: Path):
    config = settings(tmp_path, "site = 'Kino Nord'\nout = 'reviews'\ndata = 'store'\nrate_wpm = 150\n")
    chosen = kiosk_settings(config, {})
    assert (chosen.site, chosen.rate_wpm) == ("Kino Nord", 150)
    assert chosen.out == tmp_path / "reviews"
    assert chosen.data == tmp_path / "store" / "kiosk"


def test_the_command_line_counts_more_than_the_settings(tmp_path: Path):
    config = settings(tmp_path, "site = 'Kino Nord'\naloud = true\n")
    chosen = kiosk_settings(config, {"site": "Kino Süd", "aloud": False, "keep_audio": False, "name": None})
    assert chosen.site == "Kino Süd"
    assert not chosen.aloud


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("siet = 'x'", "Did you mean “site”?"),
        ("zebra = 'x'", "There are: name"),
        ("rate_wpm = 'fast'", "rate_wpm: has to be a whole number"),
        ("rate_wpm = 9", "rate_wpm: has to be 80 or more, and is 9"),
        ("keep_audio = 1", "keep_audio: has to be true or false"),
        ("headphones = 1", "headphones: has to be true or false"),
        ("site = 3", "site: has to be text"),
        ("strength = 'strong'", "strength: has to be 'verbatim', 'light' or 'clean'"),
        ("patience = 'saintly'", "patience: has to be 'brisk', 'usual' or 'patient'"),
        ("site = ", "isn't valid TOML"),
        ("site = " + "[" * 20_000, "nested too deeply"),
    ],
)
def test_a_mistake_in_the_settings_is_named_with_its_key(tmp_path: Path, text: str, told: str):
    with pytest.raises(SettingsError, match=told):
        kiosk_settings(settings(tmp_path, text), {})


def test_settings_that_are_not_there_are_told(tmp_path: Path):
    with pytest.raises(SettingsError, match="can't be read"):
        kiosk_settings(tmp_path / "none.toml", {})


class At(logging.Handler):
    """Does something when the kiosk logs something."""

    def __init__(self, **reactions: Callable[[], None]) -> None:
        super().__init__()
        self.reactions = reactions

    def emit(self, record: logging.LogRecord) -> None:
        for cue, reaction in self.reactions.items():
            if cue.replace("_", " ") in record.getMessage():
                reaction()


@pytest.fixture
def chosen(tmp_path: Path) -> KioskSettings:
    return KioskSettings(data=tmp_path, out=tmp_path / "out", aloud=False, second_hearing="none", ask_first=False)


def run(chosen: KioskSettings, *files: str, **reactions: Callable[[], None]) -> None:
    log = logging.getLogger("assistant.kiosk")
    log.setLevel(logging.INFO)
    at = At(**reactions)
    log.addHandler(at)
    try:
        Kiosk(chosen, lambda: replay_of([RECORDINGS / file for file in files], ())).run(sessions=1)
    finally:
        log.removeHandler(at)


def test_whoever_was_talking_when_the_power_went_is_forgotten(chosen: KioskSettings, caplog: pytest.LogCaptureFixture):
    with Store(chosen.data) as store:
        session = store.open_session("Ms. Lovelace")
        store.end_session(session, "abandoned")
    run(chosen, "refusal.flac")
    assert "left over" in caplog.text
    assert chosen.data is not None
    assert b"Lovelace" not in (chosen.data / "assistant.sqlite3").read_bytes()


class Late:
    """An empty room, for so many seconds, and then somebody who speaks."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.read_s = 0.0
        self.name = "a quiet room"
        self.dropped = 0

    def attend(self, label: str | None) -> None:
        assert label is None

    def read(self) -> Frame:
        start = round(self.read_s * RATE_HZ)
        self.read_s += 1.0
        samples = np.zeros(RATE_HZ, np.int16)
        if self.read_s > self.seconds:
            speech = soundfile.read(str(RECORDINGS / "fluent" / "romance.flac"), dtype="int16")[0]
            samples = speech[RATE_HZ : 2 * RATE_HZ]
        return Frame(samples, start)


def test_a_kiosk_waits_through_minutes_of_nothing_until_somebody_speaks():
    source = Late(150)
    wait_for_voice(source)  # type: ignore[arg-type]
    assert 151 <= source.read_s <= 153


def test_a_television_alone_ends_the_session_and_is_then_taken_for_a_part_of_the_room(
    chosen: KioskSettings, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    talk = samples_of(RECORDINGS / "fluent" / "about-1.flac")
    file = tmp_path / "television.wav"
    soundfile.write(file, np.tile(talk[np.abs(talk) > 40], 4), RATE_HZ)
    run(chosen, str(file))
    assert "nobody answered" in caplog.text
    heard_s = [float(line.split(" in ")[1].split()[0]) for line in caplog.text.splitlines() if "words in" in line]
    assert sum(heard_s) < 20
