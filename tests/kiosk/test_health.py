"""How a kiosk is doing, as a file, over HTTP, and as metrics."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from assistant.errors import SettingsError
from assistant.kiosk.health import Health, Part, State
from assistant.kiosk.monitor import Monitor


@pytest.fixture
def health(tmp_path: Path) -> Health:
    health = Health(tmp_path / "health.json")
    health.sessions.update(sent=2, abandoned=1)
    health.left_at["stars"] = 1
    health.answers = 20
    for after_s in (0.2, 0.3, 9.0):
        health.replied(after_s)
    health.enter(State.WAITING)
    return health


def test_the_file_is_whole_private_and_up_to_date(health: Health, tmp_path: Path):
    file = tmp_path / "health.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    assert told["well"] is True
    assert told["state"] == "waiting"
    assert told["sessions"] == {"sent": 2, "abandoned": 1}
    assert told["left_at"] == {"stars": 1}
    assert told["mean_reply_s"] == 3.167
    assert told["memory_mb"] > 10
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_trouble_is_news_once_and_over_when_it_is(health: Health, tmp_path: Path):
    assert health.trouble(Part.SOUND, "There is no microphone.")
    assert not health.trouble(Part.SOUND, "There is no microphone.")
    told = json.loads((tmp_path / "health.json").read_text(encoding="utf-8"))
    assert told["well"] is False
    assert told["troubles"] == {"sound": "There is no microphone."}
    health.well(Part.SOUND)
    assert health.is_well


def test_a_file_that_can_not_be_written_is_told_of_once(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    health = Health(tmp_path / "none" / "health.json")
    health.save()
    health.save()
    assert caplog.text.count("can't be written") == 1


def test_it_is_served_on_this_machine_and_says_by_its_status_whether_all_is_well(health: Health):
    with Monitor(health, 0) as monitor:
        page = f"http://127.0.0.1:{monitor.port}/health"
        answer = requests.get(page, timeout=10)
        assert answer.status_code == 200
        assert answer.json()["sessions"]["sent"] == 2
        health.trouble(Part.DISK, "The disk is full.")
        assert requests.get(page, timeout=10).status_code == 503
        for other in ("metrics", "", "health/../../etc/passwd"):
            assert requests.get(f"http://127.0.0.1:{monitor.port}/{other}", timeout=10).status_code == 404


def test_a_page_from_elsewhere_whose_name_points_here_is_refused(health: Health):
    with Monitor(health, 0) as monitor:
        page = f"http://127.0.0.1:{monitor.port}/health"
        assert requests.get(page, headers={"Host": "evil.example"}, timeout=10).status_code == 403


def test_nobody_from_outside_can_connect(health: Health):
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    with Monitor(health, 0) as monitor:
        for address in others:
            with pytest.raises(OSError), socket.create_connection((str(address), monitor.port), timeout=5):
                pass


def test_prometheus_reads_the_metrics(health: Health):
    with Monitor(health, 0, metrics=True) as monitor:
        text = requests.get(f"http://127.0.0.1:{monitor.port}/metrics", timeout=10).text
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found["assistant_kiosk_sessions_total", "sent"] == 2
    assert found["assistant_kiosk_sessions_left_total", "stars"] == 1
    assert found["assistant_kiosk_answers_total",] == 20
    assert found["assistant_kiosk_reply_seconds_bucket", "0.25"] == 1
    assert found["assistant_kiosk_reply_seconds_bucket", "8.0"] == 2
    assert found["assistant_kiosk_reply_seconds_count",] == 3
    assert found["assistant_kiosk_well",] == 1


def test_a_port_that_is_taken_is_a_mistake_in_the_settings(health: Health):
    with Monitor(health, 0) as monitor, pytest.raises(SettingsError, match="in use"), Monitor(health, monitor.port):
        pass
