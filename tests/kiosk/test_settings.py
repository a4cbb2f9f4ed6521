"""A kiosk's settings: the example, the environment, and what they say of each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.config import parse_toml
from assistant.errors import SettingsError
from assistant.kiosk import KioskSettings, example, kiosk_settings
from tools.simulation.program import run


def test_the_example_explains_every_setting_and_is_itself_without_a_mistake(tmp_path: Path):
    path = tmp_path / "kiosk.toml"
    path.write_text(example(), encoding="utf-8")
    assert kiosk_settings(path, {}, {}) == kiosk_settings(None, {}, {})
    keys = re.findall(r"^# (\w+) = ", example(), re.MULTILINE)
    assert sorted(keys) == sorted(KioskSettings.model_fields)


def test_what_the_example_shows_as_a_default_is_one(tmp_path: Path):
    lines = re.findall(r"^# (\w+ = .*)$", example(), re.MULTILINE)
    path = tmp_path / "kiosk.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    chosen = kiosk_settings(path, {}, {})
    for key, value in parse_toml("\n".join(lines)).items():
        default = KioskSettings.model_fields[key].default
        # Where there is no default, the example shows what might be there.
        assert default is None or default == getattr(chosen, key) or value == getattr(default, "value", default), key


def test_the_environment_counts_more_than_the_file_and_the_command_line_most(tmp_path: Path):
    path = tmp_path / "kiosk.toml"
    path.write_text("site = 'Kino Nord'\nrate_wpm = 150\nsilence_s = 5\nask_first = true\n", encoding="utf-8")
    environment = {
        "ASSISTANT_KIOSK_SITE": "2046",
        "ASSISTANT_KIOSK_RATE_WPM": "170",
        "ASSISTANT_KIOSK_SILENCE_S": "7",
        "ASSISTANT_KIOSK_ASK_FIRST": "false",
        "SITE": "not ours",
    }
    chosen = kiosk_settings(path, {"rate_wpm": 180}, environment)
    assert (chosen.site, chosen.rate_wpm, chosen.silence_s, chosen.ask_first) == ("2046", 180, 7.0, False)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SIET", "x", "Did you mean “site”?"),
        ("RATE_WPM", "fast", "rate_wpm: has to be a whole number"),
        ("NEAR_DBFS", "20", "near_dbfs: has to be -6 or less, and is 20"),
        ("ASK_FIRST", "yes", "ask_first: has to be true or false"),
        ("LOG", "xml", "log: has to be 'text' or 'json'"),
        ("PORT", "99999", "port: has to be 65535 or less"),
    ],
)
def test_a_mistake_in_the_environment_is_named(name: str, value: str, told: str):
    with pytest.raises(SettingsError, match=told) as error:
        kiosk_settings(None, {}, {f"ASSISTANT_KIOSK_{name}": value})
    assert "ASSISTANT_KIOSK_" in error.value.sentence


def test_keeping_what_was_not_sent_takes_a_time():
    with pytest.raises(SettingsError, match="retention_days"):
        kiosk_settings(None, {}, {"ASSISTANT_KIOSK_UNSENT": "keep"})


def test_the_example_can_be_redirected_to_a_file():
    done = run("kiosk", "--example")
    assert (done.returncode, done.stdout, done.stderr) == (0, example(), "")


def test_a_check_says_what_does_not_work_and_ends_with_its_code(tmp_path: Path):
    path = tmp_path / "kiosk.toml"
    full = tmp_path / "out"
    full.write_text("a file where a folder should be", encoding="utf-8")
    path.write_text(
        "second_hearing = 'none'\naloud = false\nout = 'out'\ndata = 'data'\nsettings = 'outlets.toml'\n",
        encoding="utf-8",
    )
    (tmp_path / "outlets.toml").write_text("[outlets.webhook]\nurl = 'https://example.org'\n", encoding="utf-8")
    done = run("kiosk", "--config", path, "--check", PULSE_SERVER="unix:/nowhere", ASSISTANT_WEBHOOK_SECRET="")
    assert done.returncode == 4, done.stdout
    assert "✓ model" in done.stdout
    assert "✗ microphone" in done.stdout
    assert "speaker" not in done.stdout
    assert "✓ interview: “film review” has no mistakes" in done.stdout
    assert "✗ outlets" in done.stdout
    assert "✗ disk" in done.stdout
    assert "Traceback" not in done.stderr
