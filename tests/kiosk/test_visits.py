"""Visitors of a kiosk: they are asked first, they may walk away, and nothing of them is left."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.dialogue.script import default_script
from assistant.kiosk import Health, Kiosk, KioskSettings
from assistant.kiosk.welcome import welcome, wording_for
from assistant.store import Store
from tests.support.replays import short_interview
from tools.paths import RECORDINGS
from tools.simulation.visitors import SHORT_VISIT, Visit, Visitors

COMMANDS = RECORDINGS / "commands"
COMPLETE = Visit()
DECLINES = Visit({"welcome": COMMANDS / "no.flac"})
SAYS_NOTHING = Visit({})
WALKS_AWAY = Visit({"welcome": SHORT_VISIT["welcome"]})
LEAVES_THE_REVIEW = Visit({name: SHORT_VISIT[name] for name in ("welcome", "about-1")})


@dataclass
class Run:
    folder: Path
    health: Health
    log: list[str]

    @property
    def database(self) -> Path:
        return self.folder / "kiosk" / "assistant.sqlite3"


def serve(
    folder: Path,
    visits: list[Visit],
    sessions: int | None = None,
    make_source: Callable[[list[Visit]], Visitors] = Visitors,
    **settings: object,
) -> Run:
    """A kiosk with these visitors, and how it went."""
    chosen = KioskSettings(
        data=folder / "kiosk",
        out=folder / "out",
        script=short_interview(folder, questions=("about", "review")),
        aloud=False,
        no_sensing=True,
        second_hearing="none",
        **settings,  # type: ignore[arg-type]
    )
    health, lines = Health(), []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    log, handler = logging.getLogger("assistant"), Lines()
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        Kiosk(chosen, lambda: make_source(visits), health).run(sessions or len(visits))
    finally:
        log.removeHandler(handler)
    return Run(folder, health, lines)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A day with every kind of visitor."""
    visits = [COMPLETE, DECLINES, SAYS_NOTHING, WALKS_AWAY]
    return serve(tmp_path_factory.mktemp("day"), visits)


def test_every_visit_is_counted_by_how_it_ended(day: Run):
    assert day.health.sessions == {"sent": 1, "declined": 2, "abandoned": 1}
    assert day.health.left_at == {"welcome": 2, "about": 1}
    assert day.health.restarts == 0


def test_the_one_review_that_was_sent_is_delivered_and_nothing_else_is_left(day: Run):
    assert len(list((day.folder / "out" / "reviews").glob("*.md"))) == 1
    # (Letterboxd takes none without a film.)
    assert day.health.deliveries == {"delivered": 1, "undelivered": 1}
    with sqlite3.connect(day.database) as database:
        for table in ("sessions", "turns", "reviews", "outbox"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    kept = b"".join(path.read_bytes() for path in day.folder.glob("kiosk/**/*") if path.is_file())
    for word in (b"computer", b"lonely"):
        assert word not in kept


def test_nobody_elses_eyes_can_read_the_store(day: Run):
    for path in day.folder.glob("kiosk/**/*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert (day.folder / "kiosk").stat().st_mode & 0o777 == 0o700


def test_the_log_has_questions_and_counts_and_no_word_of_anybody(day: Run):
    text = "\n".join(day.log)
    assert "asking: welcome" in text
    assert "asking: review" in text
    for word in ("computer", "lonely", "review.md"):
        assert word not in text, word


def test_before_a_yes_nothing_is_written(day: Run):
    # Two declined: neither opened a session.
    assert day.log.count("a session begins") == 2
    assert day.log.count("nobody wanted to talk") == 2


def test_who_walks_away_is_asked_once_and_then_it_ends_within_25_seconds(day: Run):
    begun = [at for at, line in enumerate(day.log) if line == "a session begins"][1]
    asked = day.log[begun : day.log.index("the session is over; the person is forgotten", begun)]
    assert [line for line in asked if "asking" in line] == ["asking: about", "asking: about"]
    silent_s = sum(float(line.split(" in ")[1].split()[0]) for line in asked if line.startswith("heard 0 words"))
    # What is said in between, at the default rate: "Are you still there?", the question, the goodbye.
    assert silent_s + 10 < 25


def test_what_was_finished_and_not_sent_is_kept_if_that_is_wanted_for_as_long_as_that_is_wanted(tmp_path: Path):
    serve(tmp_path, [LEAVES_THE_REVIEW], unsent="keep", retention_days=7.0)
    with Store(tmp_path / "kiosk") as store:
        (kept,) = store.sessions()
        assert kept.status == "unsent"
        assert store.has_review(kept.id)
    with sqlite3.connect(tmp_path / "kiosk" / "assistant.sqlite3") as database:
        database.execute("UPDATE sessions SET started_at = '2020-01-01T00:00:00+00:00'")
    serve(tmp_path, [DECLINES], unsent="keep", retention_days=7.0)
    with Store(tmp_path / "kiosk") as store:
        assert store.session_ids() == []


@pytest.mark.parametrize(
    ("settings", "told", "untold"),
    [
        ({}, ["a machine", "what you say and to how you say it", "keep none of it but the review"], ["days"]),
        ({"no_sensing": True}, ["I listen to what you say,"], ["how you say it"]),
        ({"retention_days": 30.0}, ["keep it for 30 days"], ["keep none"]),
    ],
)
def test_the_welcome_says_in_one_breath_what_this_is_what_it_hears_and_what_is_kept(
    settings: dict[str, object], told: list[str], untold: list[str]
):
    text = welcome(KioskSettings(**settings))  # type: ignore[arg-type]
    assert all(each in text for each in told)
    assert not any(each in text for each in untold)
    assert len(text.split()) < 45
    assert text.endswith("Shall we?")


def test_a_kiosk_that_keeps_nothing_promises_to_keep_nothing(tmp_path: Path):
    default = default_script()
    says = wording_for(default, default, KioskSettings()).says.model_dump()
    assert not [key for key, text in says.items() if isinstance(text, str) and "kept" in text]
    own = default.model_copy(update={"says": default.says.model_copy(update={"left": "Kept for the film museum."})})
    assert wording_for(own, default, KioskSettings()).says.left == "Kept for the film museum."


def test_after_a_failure_that_nobody_foresaw_everything_is_made_anew_for_the_next_visitor(tmp_path: Path):
    failures = iter([ZeroDivisionError("what a visitor said")])

    class Failing(Visitors):
        def attend(self, label: str | None) -> None:
            if label == "about" and (failure := next(failures, None)):
                raise failure
            super().attend(label)

    visits = [COMPLETE, COMPLETE]
    run = serve(tmp_path, visits, sessions=1, make_source=lambda _: Failing(visits))
    assert run.health.sessions == {"failed": 1, "sent": 1}
    assert run.health.restarts == 1
    assert run.log.count("the session failed") == 1


def test_a_disk_that_fails_stops_the_storing_and_not_the_talking(tmp_path: Path):
    (tmp_path / "kiosk").mkdir()
    with Store(tmp_path / "kiosk"):
        pass
    with sqlite3.connect(tmp_path / "kiosk" / "assistant.sqlite3") as database:
        full = "BEFORE INSERT ON turns BEGIN SELECT raise(FAIL, 'disk full'); END"
        database.execute(f"CREATE TRIGGER stuck {full}")
    run = serve(tmp_path, [COMPLETE, COMPLETE], sessions=1)
    assert any("Sessions are kept in memory" in line for line in run.log)
    assert run.health.sessions == {"failed": 1, "sent": 1}
    assert len(list((tmp_path / "out" / "reviews").glob("*.md"))) == 1
    assert run.health.document()["troubles"].keys() == {"disk"}
    assert list(Path("/dev/shm").glob("kiosk-*")) == []
