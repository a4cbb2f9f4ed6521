"""Bad input by the thousand: each time it is used or told about in a sentence; never a traceback, never a hang."""

from __future__ import annotations

import io
import zipfile
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from assistant.audio.recording import scan_recording
from assistant.delivery import destinations
from assistant.dialogue.script import load_script
from assistant.errors import AudioFileError, ScriptError, SettingsError
from assistant.films.letterboxd import FilmsFileError, films_in
from assistant.kiosk import kiosk_settings
from tests.support.bad_input import THOUSANDS, damaged, mistaken
from tests.support.encoded import encode
from tools.simulation.pace import within

SOUND = np.random.default_rng(2).normal(0, 3_000, 8_000).astype(np.int16)
KINDS = {
    "wav": ("wav", "pcm_s16le"),
    "w64": ("w64", "pcm_s16le"),
    "aiff": ("aiff", "pcm_s16be"),
    "caf": ("caf", "pcm_s16be"),
    "flac": ("flac", "flac"),
    "mp3": ("mp3", "libmp3lame"),
    "m4a": ("ipod", "aac"),
    "mp4": ("mp4", "alac"),
    "webm": ("webm", "libopus"),
    "ogg": ("ogg", "libopus"),
    "amr": ("amr", "libopencore_amrnb"),
    "aac": ("adts", "aac"),
    "ts": ("mpegts", "aac"),
    "avi": ("avi", "libmp3lame"),
}
RATES_HZ = {"webm": 48_000, "ogg": 48_000, "amr": 8_000}


def good_recording(folder: Path, kind: str) -> bytes:
    path = folder / f"good.{kind}"
    if kind == "vorbis":
        soundfile.write(path.with_suffix(".ogg"), SOUND, 16_000, subtype="VORBIS")
        return path.with_suffix(".ogg").read_bytes()
    return encode(path, SOUND, *KINDS[kind], RATES_HZ.get(kind, 16_000)).read_bytes()


@pytest.mark.parametrize("kind", [*KINDS, "vorbis"])
def test_a_damaged_recording_is_heard_as_far_as_it_goes_or_told_about(kind, tmp_path_factory, capfd):
    folder = tmp_path_factory.mktemp(kind)
    path = folder / f"damaged.{kind}"
    good = good_recording(folder, kind)

    @THOUSANDS
    @given(damaged(good))
    def check(content: bytes) -> None:
        path.write_bytes(content)
        try:
            found = scan_recording(path)
        except AudioFileError as error:
            assert str(path) in error.sentence
        else:
            # No header makes hours out of half a second.
            assert found.duration_s < 200

    with within(60):
        check()
    assert "Traceback" not in capfd.readouterr().err


WATCHED = "Date,Name,Year,Letterboxd URI\r\n" + "".join(
    f'2023-09-{day:02},"Film, the {day}th – Amélie",{1990 + day},https://boxd.it/{day}\r\n' for day in range(1, 20)
)


def zipped(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("watched.csv", text)
        archive.writestr("watchlist.csv", text)
    return file.getvalue()


@pytest.mark.parametrize(
    "good",
    [
        WATCHED.encode(),
        WATCHED.replace(",", ";").encode("cp1252"),
        WATCHED.replace(",", "\t").encode("utf-16"),
        zipped(WATCHED),
    ],
    ids=["csv", "semicolons", "utf-16", "zip"],
)
def test_a_damaged_export_of_films_is_read_or_told_about(good, tmp_path_factory):
    path = tmp_path_factory.mktemp("export") / "watched.csv"

    @THOUSANDS
    @given(st.one_of(damaged(good), st.binary(max_size=200)))
    def check(content: bytes) -> None:
        path.write_bytes(content)
        try:
            assert all(film.title for film in films_in(path))
        except FilmsFileError as error:
            assert "watched.csv" in error.sentence

    with within(60):
        check()


SCRIPT = resources.files("assistant.dialogue").joinpath("interview.toml").read_text(encoding="utf-8")
KIOSK = (
    'data = "data"\nout = "out"\naloud = false\nrate_wpm = 200\nname = "Ada"\nno_sensing = true\nheadphones = true\n'
)
OUTLETS = """
[outlets.json]
[outlets.neodb]
server = "https://neodb.social"
visibility = "public"
stars = true
replace = false
[outlets.webhook]
url = "https://example.org/hooks/reviews"
limit_s = 15
allow_http = false
[outlets.command]
send_to = ["mail", "-s", "A review"]
limit_s = 60
"""


def tells_of_mistakes(path, good, load, error):
    @THOUSANDS
    @given(mistaken(good))
    def check(content: bytes) -> None:
        path.write_bytes(content)
        try:
            load(path)
        except error as told:
            assert path.name in told.sentence

    with within(60):
        check()


def test_a_mistaken_script_is_used_or_told_about(tmp_path):
    tells_of_mistakes(tmp_path / "interview.toml", SCRIPT, load_script, ScriptError)


def test_a_mistaken_kiosk_file_is_used_or_told_about(tmp_path):
    tells_of_mistakes(tmp_path / "kiosk.toml", KIOSK, lambda path: kiosk_settings(path, {}), SettingsError)


def test_mistaken_outlets_are_used_or_told_about(tmp_path):
    def load(path: Path) -> None:
        destinations(tmp_path / "out", path, files_only=False)

    tells_of_mistakes(tmp_path / "settings.toml", OUTLETS, load, SettingsError)
