"""What a picture of an answer is made of: outline, places, reasons; the page's file; the terminal."""

from __future__ import annotations

import itertools
import json
import os
from copy import deepcopy
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from assistant.audio.frame import RATE_HZ
from assistant.audio.level import WaveformPeaks
from assistant.errors import ReportError
from assistant.films.film import Film
from assistant.report.answer import Mark, MarkKind, ShownAnswer, explain, read_analysis
from assistant.report.page import Page, check_writable, render_page, session_page, write_page
from assistant.report.terminal import print_answer
from assistant.report.timeline import LONGEST_S, PIXELS_PER_S, lay_out
from assistant.store import Store, Turn
from assistant.turns.assessment import Evidence
from assistant.turns.document import Analysis
from tests.support.replays import FIRST_EAR_ALONE
from tools.paths import RECORDINGS
from tools.simulation.program import run

ANALYSIS: dict[str, Any] = {
    "duration_s": 6.0,
    "model": "vosk-model-small-en-us-0.15-verbatim",
    "text": "so um i cried",
    "words": [
        {"word": "so", "start_s": 0.5, "end_s": 1.4, "confidence": 1.0},
        {"word": "i", "start_s": 3.4, "end_s": 3.5, "confidence": 1.0},
        {"word": "cried", "start_s": 3.5, "end_s": 4.0, "confidence": 1.0},
    ],
    "fillers": [{"word": "um", "start_s": 1.5, "end_s": 2.0, "confidence": 0.9}],
    "lengthened": [{"word": "so", "start_s": 0.5, "end_s": 1.4, "confidence": 1.0, "expected_s": 0.3}],
    "pauses": [{"start_s": 2.0, "end_s": 3.4, "before": "i"}],
    "response_latency_s": 0.5,
    "measures": {"pause_longest_s": 1.4, "fillers_per_100_words": 33.333},
    "hesitation": {
        "score": 0.72, "low": 0.55, "high": 0.9, "abstained": None, "leaning": 0.72, "threshold": 0.5,
        "evidence": [
            {"kind": "prior", "at_s": None, "word": None, "value": 0.0, "norm": 0.0, "usual": 0.0, "weight": -1.3863},
            {"kind": "filled_pause", "at_s": 1.5, "word": "um", "value": 1.0, "norm": 0.08, "usual": 0.3,
             "weight": 1.5},
            {"kind": "silent_pause", "at_s": 2.0, "word": "i", "value": 1.0, "norm": 0.09, "usual": 0.09,
             "weight": 0.9},
            {"kind": "repeat", "at_s": None, "word": None, "value": 0.0, "norm": 0.04, "usual": 0.04, "weight": -0.07},
        ],
    },
    "discomfort": {
        "score": None, "low": None, "high": None, "abstained": "fewer than 8 words", "leaning": None, "threshold": 0.5,
        "evidence": [],
    },
}  # fmt: skip


def shown(analysis: dict[str, Any] | None, **given: Any) -> ShownAnswer:
    return read_analysis(None if analysis is None else Analysis.from_json(analysis), **given)


def words(*told: tuple[str, float, float]) -> list[Mark]:
    return [Mark(MarkKind.WORD, start_s, end_s, word) for word, start_s, end_s in told]


class Text(HTMLParser):
    """All that a page says, and all that it is made of."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.said = ""
        self.tags: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.said += " "

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.said += data

    @property
    def line(self) -> str:
        return " ".join(self.said.split())


def page(*answers: ShownAnswer) -> Text:
    return Text(render_page(Page("a film", (), answers)))


def terminal(answer: ShownAnswer, width: int = 80) -> list[str]:
    console = Console(file=StringIO(), width=width, highlight=False)
    print_answer(console, answer)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


# --- The outline of a sound ---


def test_an_outline_is_the_same_however_the_sound_comes():
    sound = np.random.default_rng(1).integers(-20_000, 20_000, RATE_HZ * 2 + 77, dtype=np.int16)
    at_once, in_bits = WaveformPeaks(), WaveformPeaks()
    at_once.feed(sound)
    for start in range(0, len(sound), 333):
        in_bits.feed(sound[start : start + 333])
    assert at_once.extremes(0, 3) == in_bits.extremes(0, 3)


def test_an_outline_keeps_the_highest_and_the_lowest_sample_of_each_step_against_the_peak():
    sound = np.zeros(RATE_HZ, np.int16)
    sound[RATE_HZ // 2] = 16_000
    sound[RATE_HZ // 2 + 1] = -8_000
    outline = WaveformPeaks()
    outline.feed(sound)
    loud = [(step, pair) for step, pair in enumerate(outline.extremes(0, 1)) if pair != (0, 0)]
    assert loud == [(PIXELS_PER_S // 2, (-0.5, 1.0))]


def test_silence_is_not_blown_up_into_a_storm():
    outline = WaveformPeaks()
    outline.feed(np.full(RATE_HZ, 3, np.int16))
    assert max(outline.levels(0, 1, 10)) < 0.01


# --- Where everything goes ---


def test_stretches_cover_the_answer_without_a_gap_and_cut_no_word():
    marks = words(*[(f"word{n}", n * 0.41, n * 0.41 + 0.4) for n in range(100)])
    laid_out = lay_out(marks, 50.0)
    assert (laid_out[0].start_s, laid_out[-1].end_s) == (0.0, 50.0)
    assert all(one.end_s == other.start_s for one, other in itertools.pairwise(laid_out))
    assert all(stretch.end_s - stretch.start_s <= LONGEST_S for stretch in laid_out)
    assert [box.mark for stretch in laid_out for box in stretch.boxes] == marks


def test_a_pause_that_is_longer_than_a_stretch_goes_on_in_the_next_and_is_named_once():
    pause = Mark(MarkKind.PAUSE, 1.0, 11.0, "well")
    boxes = [box for stretch in lay_out([pause], 12.0) for box in stretch.boxes]
    assert sum(box.width for box in boxes) == pytest.approx(10 * PIXELS_PER_S)
    assert [box.text_x is not None for box in boxes] == [True, False, False][: len(boxes)]


def test_a_long_word_at_the_very_end_stays_inside_its_stretch():
    (stretch,) = lay_out(words(("extraordinarily", 0.9, 1.0)), 1.0)
    (box,) = stretch.boxes
    assert box.text_x is not None
    assert box.text_x + 7 * len("extraordinarily") <= stretch.width


def test_ten_minutes_of_talk_are_a_page_that_can_still_be_opened():
    outline = WaveformPeaks()
    noise = np.random.default_rng(1).integers(-20_000, 20_000, RATE_HZ, dtype=np.int16)
    for _ in range(600):
        outline.feed(noise)
    told = {
        "duration_s": 600.0,
        "text": "and so on",
        "words": [{"word": "so", "start_s": n * 0.4, "end_s": n * 0.4 + 0.3, "confidence": 1.0} for n in range(1499)],
    }
    source = render_page(Page("long", (), (shown(told, title="long", outline=outline),)))
    assert len(source) < 3_000_000
    assert source.count('class="mark word"') == 1499


# --- Evidence in plain words ---


def test_evidence_of_a_kind_is_told_together_with_all_its_places():
    rows = [
        {"kind": "silent_pause", "at_s": 2.04, "word": "with", "value": 1.0, "norm": 0.2, "usual": 0.3, "weight": 0.5},
        {"kind": "silent_pause", "at_s": 6.0, "word": "in", "value": 1.0, "norm": 0.2, "usual": 0.3, "weight": 0.5},
    ]
    (reason,) = explain(Evidence(**row) for row in rows)
    assert reason.what == "2 searching silences"
    assert [str(place) for place in reason.places] == ["before “with” at 2.0 s", "“in” at 6.0 s"]
    assert (reason.norm, reason.usual, reason.weight) == ("0.4", "0.6", 1.0)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"kind": "prior", "weight": -1.3863}, "before anything is heard: 20%"),
        ({"kind": "filled_pause", "value": 0.0}, "no filler"),
        ({"kind": "hedge", "value": 1.0, "at_s": 1.0, "word": "guess"}, "1 hedge, such as “I guess”"),
        ({"kind": "slow_start", "value": 2.048, "at_s": 0.0}, "began after 2.05 s"),
        ({"kind": "slow_speech", "value": 4.1}, "4.10 syllables a second, silences aside"),
        ({"kind": "trailing_off", "value": 1.0, "at_s": 9.0, "word": "but"}, "left hanging"),
        ({"kind": "trailing_off", "value": 0.0}, "not left hanging"),
        ({"kind": "pitch_rise", "value": -1.24}, "voice 1.2 semitones below their usual"),
        ({"kind": "creaky_voice", "value": 3.0}, "3 creaky voice"),
    ],
)
def test_every_kind_of_evidence_has_plain_words_and_a_new_one_its_name(row: dict[str, Any], what: str):
    blank = {"at_s": None, "word": None, "value": 0.0, "norm": 0.1, "usual": 0.1, "weight": 0.1}
    (reason,) = explain([Evidence(**{**blank, **row})])
    assert reason.what == what


def test_the_reasons_of_an_estimate_add_up_to_it_and_the_weightiest_comes_first():
    hesitation, discomfort = shown(ANALYSIS, title="a").gauges
    assert hesitation.adds_up_to == pytest.approx(0.72, abs=0.005)
    assert next(reason.what for reason in hesitation.reasons) == "1 filler"
    assert discomfort.verdict == "No score: fewer than 8 words."


# --- The page ---


def test_a_page_says_all_there_is_to_say_of_an_answer():
    said = page(shown(ANALYSIS, title="Romance", asked=("Are you romantic?",), agreed=False)).line
    for part in (
        "1. Romance", "Are you romantic?", "6.0 s · 3 words · 1 filler · 1 drawn-out word · 1 pause",
        "drawn-out word: so~ filler: ⟨um⟩ pause: 1.4 s i cried", "they said no",
        "Hesitation: 72% (between 55% and 90%)", "Above what is usual for this speaker",
        "1 searching silence before “i” at 2.0 s 0.1 0.1 +0.90", "that is 72% +0.94",
        "No score: fewer than 8 words.", "0.50 1.40 drawn-out word so 0.30 s would do",
    ):  # fmt: skip
        assert part in said


@pytest.mark.parametrize("left", [{}, {"hesitation": None, "discomfort": None, "fillers": None, "measures": None}])
def test_where_nothing_was_sensed_the_page_shows_the_words_alone(left: dict[str, Any]):
    bare = {key: ANALYSIS[key] for key in ("duration_s", "text", "words")} | left
    told = page(shown(bare, title="Romance"))
    assert "so i cried" in told.line
    assert "How it was said wasn’t looked at." in told.line
    for sensed in ("Hesitation:", "a filler: hatched", "drawn-out", "norm"):
        assert sensed not in told.line


def test_a_page_shows_a_reply_that_is_neither_yes_nor_no():
    asked = {"about": "hesitation", "agreed": None, "reply": "was i"}
    said = page(shown({**ANALYSIS, "asked": asked}, title="Romance")).line
    assert "neither yes nor no: “was i”" in said
    assert "neither" not in page(shown({**ANALYSIS, "asked": None}, title="Romance")).line


def test_an_answer_without_an_analysis_shows_what_was_said():
    assert "2 words In words I wept" in page(shown(None, title="Film", text="I wept")).line
    assert "(silence)" in page(shown(None, title="Film")).line


def test_what_was_said_cannot_become_a_part_of_the_page():
    hostile = "</title><script>alert(1)</script>\"'><img src=x>"
    analysis = deepcopy(ANALYSIS)
    analysis["words"][0]["word"] = analysis["fillers"][0]["word"] = analysis["pauses"][0]["before"] = hostile
    analysis["hesitation"]["evidence"][1]["word"] = analysis["discomfort"]["abstained"] = hostile
    answer = shown(analysis, title=hostile, text=hostile, asked=(hostile,))
    told = Text(render_page(Page(hostile, ((hostile, hostile),), (answer, answer), (hostile,))))
    assert hostile in told.said
    assert "script" not in told.tags
    assert "img" not in told.tags


# --- Its file ---


def test_a_page_is_for_its_owner_alone_and_takes_the_place_of_an_earlier_one(tmp_path: Path):
    path = tmp_path / "page.html"
    for source in ("<!doctype html>one", "<!DOCTYPE html>two"):
        check_writable(path)
        write_page(path, source)
        assert path.read_text("utf-8") == source
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_but_a_page_is_ever_written_over(tmp_path: Path):
    recording = tmp_path / "answer.wav"
    recording.write_bytes(b"RIFF....WAVE")
    with pytest.raises(ReportError, match=r"answer\.wav exists and isn't a page"):
        check_writable(recording)
    with pytest.raises(ReportError, match="is a folder"):
        check_writable(tmp_path)
    with pytest.raises(ReportError, match="no such file"):
        check_writable(tmp_path / "nowhere" / "page.html")
    with pytest.raises(ReportError, match="isn't a page"):
        check_writable(Path(os.devnull))


# --- The page of a session ---


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def test_the_page_of_a_session_has_its_answers_and_waveforms_where_the_sound_was_kept(store: Store):
    with store:
        session = store.open_session()
        store.set_film(session, Film("Her", 2013))
        store.add_turn(session, Turn(0, "assistant", "Are you romantic?", "romance"))
        store.add_turn(session, Turn(1, "person", "so um i cried", "romance", ANALYSIS, agreed=True))
        store.add_turn(session, Turn(2, "assistant", "And films?", "emotional_movies"))
        store.add_turn(session, Turn(3, "person", "so um i cried", "emotional_movies", ANALYSIS))
        store.keep_audio(session, 1, np.full(RATE_HZ * 6, 5_000, np.int16), RATE_HZ)
        made = session_page(store, session)
        (store.folder / "audio" / session / "1.flac").unlink()
        without = session_page(store, session)
    first, second = made.answers
    assert (made.title, first.title, second.title) == ("Her (2013)", "Romance", "Emotional movies")
    assert (first.asked, second.asked) == (("Are you romantic?",), ("And films?",))
    assert first.outline is not None
    assert second.outline is None
    assert without.answers[0].outline is None
    source = render_page(made)
    assert source.count('class="wave"') == len(lay_out(first.marks, 6.0))
    assert "they said yes" in Text(source).line


def test_a_session_whose_answers_are_forgotten_has_a_page_that_says_so(store: Store):
    with store:
        made = session_page(store, store.open_session())
    assert "No answers are kept of this session." in Text(render_page(made)).line


# --- The commands ---


def test_analyse_writes_the_page_beside_its_json(tmp_path: Path):
    page = tmp_path / "page.html"
    done = run("analyse", RECORDINGS / "refusal.flac", *FIRST_EAR_ALONE, "--json", "--report", page)
    assert done.returncode == 0, done.stderr
    (analysis,) = json.loads(done.stdout)
    told = Text(page.read_text("utf-8"))
    assert analysis["text"] in told.line
    assert "refusal.flac" in told.line
    assert "svg" in told.tags


def test_a_report_that_cannot_be_written_is_exit_code_3_before_anything_is_heard(tmp_path: Path):
    recording = tmp_path / "answer.wav"
    recording.write_bytes((RECORDINGS / "refusal.flac").read_bytes())
    for place in (tmp_path / "nowhere" / "page.html", tmp_path, recording):
        done = run("analyse", recording, "--report", place)
        assert (done.returncode, done.stdout) == (3, "")
        assert str(place) in done.stderr
        assert "Traceback" not in done.stderr
    assert recording.read_bytes() == (RECORDINGS / "refusal.flac").read_bytes()


def test_reviews_show_writes_the_page_of_a_session_with_or_without_a_review(tmp_path: Path):
    with Store(tmp_path / "data") as store:
        session = store.open_session()
        store.add_turn(session, Turn(0, "person", "so um i cried", "romance", ANALYSIS))
        store.end_session(session, "abandoned")
    data = ("--data", tmp_path / "data")
    done = run("reviews", "show", session, "--report", tmp_path / "page.html", *data)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "⟨um⟩" in (tmp_path / "page.html").read_text("utf-8")
    done = run("reviews", "show", session, "--json", "--report", tmp_path / "page.html", *data)
    assert json.loads(done.stdout)["session"] == session
    done = run("reviews", "show", session, "--report", tmp_path, *data)
    assert done.returncode == 3
    assert "is a folder" in done.stderr


# --- The terminal ---


def test_a_terminal_shows_marks_under_their_seconds():
    lines = terminal(shown(ANALYSIS, title="answer.wav"))
    assert lines[0] == "answer.wav"
    assert lines[1].strip() == "6.0 s · 3 words · 1 filler · 1 drawn-out word · 1 pause"
    seconds, marks = lines[2], lines[3]
    assert abs(marks.index("um") - (seconds.index("1 s") + 3.5)) <= 1
    assert abs(marks.index("so~~") - (seconds.index("0 s") + 3.5)) <= 1
    assert "1.4" in marks[seconds.index("2 s") : seconds.index("4 s")]


def test_a_terminal_tells_estimates_with_their_intervals_and_reasons():
    told = "\n".join(terminal(shown(ANALYSIS, title="answer.wav")))
    for part in (
        "so~ ⟨um⟩ ··· i cried", "hesitation 0.72 (0.55–0.90)", "◆",
        "+1.50 1 filler: “um” at 1.5 s (usual: 0.1; theirs: 0.3)",
        "−1.39 before anything is heard: 20%", "discomfort: no score, because fewer than 8 words",
    ):  # fmt: skip
        assert part in told


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_terminal_is_not_too_narrow_for_any_line(width: int):
    long = deepcopy(ANALYSIS)
    long["duration_s"] = 63.0
    assert max(map(len, terminal(shown(long, title="a.wav"), width))) <= width
