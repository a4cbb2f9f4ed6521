"""The page of --report in a real browser: where the marks are, who can use it, and what it asks the world for."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import Browser, browser
from tests.support.replays import FIRST_EAR_ALONE
from tools.paths import HESITATION_PAIRS, RECORDINGS
from tools.simulation.program import run

PIXELS_PER_S = 80

HOSTILE = "<b onclick=steal()>it's & that.flac"
"""What somebody may call a recording."""

# Where each mark is on the screen, as a time: its stretch's first second, and how far in it is.
MARKS = f"""[...document.querySelectorAll(".mark[id^='mark-1-']")].map(mark => {{
  const row = mark.closest("svg"), span = mark.querySelector(".span").getBBox();
  return {{
    kind: mark.classList[1],
    text: mark.querySelector("text").textContent,
    start: Number(row.dataset.start) + span.x / {PIXELS_PER_S},
    end: Number(row.dataset.start) + (span.x + span.width) / {PIXELS_PER_S},
    wide: row.getBoundingClientRect().width / row.viewBox.baseVal.width,
  }};
}})"""

# Pairs of words, fillers and the like that are written over each other.
OVERLAPS = """[...document.querySelectorAll(".picture svg")].flatMap(row => {
  const labels = [...row.querySelectorAll(".mark:not(.pause) text")];
  const boxes = labels.map(label => label.getBoundingClientRect());
  return labels.flatMap((label, n) => boxes.slice(n + 1).map((other, m) => [boxes[n], other, n, n + 1 + m])
    .filter(([a, b]) => a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom)
    .map(([a, b, i, j]) => labels[i].textContent + "/" + labels[j].textContent));
})"""

# Whether the waveform covers a point so many pixels above the axis at a time.
LOUD = f"""(at_s, above) => {{
  const row = [...document.querySelectorAll("article:first-of-type .picture svg")]
    .findLast(row => Number(row.dataset.start) <= at_s);
  const point = new DOMPoint((at_s - row.dataset.start) * {PIXELS_PER_S}, 44 - above);
  return row.querySelector(".wave").isPointInFill(point);
}}"""


@dataclass(frozen=True)
class Shown:
    page: Path
    analysis: dict[str, Any]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def shown(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    folder = tmp_path_factory.mktemp("report")
    first = folder / HOSTILE
    shutil.copy(RECORDINGS / "hesitant.flac", first)
    page = folder / "page.html"
    recordings = (first, HESITATION_PAIRS / "00-3.ogg", RECORDINGS / "refusal.flac")
    done = run("analyse", *recordings, *FIRST_EAR_ALONE, "--json", "--report", page)
    assert done.returncode == 0, done.stderr
    return Shown(page, json.loads(done.stdout)[0])


def test_it_asks_for_nothing_but_itself(chromium: Browser, shown: Shown):
    chromium.open(shown.page)
    assert chromium.asked_for == [shown.page.as_uri()]
    assert chromium.complaints == []
    assert "default-src 'none'" in chromium.value("document.querySelector('meta[http-equiv]').content")


def test_nothing_in_it_can_run(chromium: Browser, shown: Shown):
    chromium.open(shown.page)
    assert HOSTILE in chromium.value("document.querySelector('article h2').textContent")
    assert chromium.value("document.querySelector('[onclick], script')") is None


@pytest.mark.parametrize("width", [1400, 360])
def test_every_mark_is_where_it_was_said(chromium: Browser, shown: Shown, width: int):
    chromium.open(shown.page, width)
    marks = chromium.value(MARKS)
    analysis = shown.analysis
    drawn_out = {word["start_s"] for word in analysis["lengthened"]}
    said = [(word, "lengthened" if word["start_s"] in drawn_out else "word") for word in analysis["words"]]
    said += [(filler, "filler") for filler in analysis["fillers"]]
    said += [(pause, "pause") for pause in analysis["pauses"]]
    said.sort(key=lambda item: (item[0]["start_s"], item[0]["end_s"]))
    assert [mark["kind"] for mark in marks] == [kind for _, kind in said]
    for mark, (item, kind) in zip(marks, said, strict=True):
        assert mark["start"] == pytest.approx(item["start_s"], abs=0.02), item
        assert mark["end"] == pytest.approx(item["end_s"], abs=0.04), item
        assert mark["wide"] == pytest.approx(1, abs=0.001), "a second is as wide everywhere"
        length = f"{item['end_s'] - item['start_s']:.1f} s"
        assert (length if kind == "pause" else item["word"]) in mark["text"]


def test_the_waveform_is_high_in_what_was_said_and_flat_in_pauses(chromium: Browser, shown: Shown):
    chromium.open(shown.page)
    for pause in shown.analysis["pauses"]:
        assert not chromium.value(f"({LOUD})({(pause['start_s'] + pause['end_s']) / 2}, 3)")
    for filler in shown.analysis["fillers"]:
        assert chromium.value(f"({LOUD})({(filler['start_s'] + filler['end_s']) / 2}, 3)")


@pytest.mark.parametrize("width", [1400, 800, 360])
def test_nothing_is_too_wide_and_no_word_is_written_over_another(chromium: Browser, shown: Shown, width: int):
    chromium.open(shown.page, width)
    chromium.value("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert chromium.value("document.documentElement.scrollWidth") == width
    edges = chromium.value(
        "[...document.querySelectorAll('.picture text, td, th, p')].map(part => part.getBoundingClientRect().right)"
    )
    assert max(edges) <= width
    assert chromium.value(OVERLAPS) == []


def test_all_of_it_is_reached_by_the_tab_key_and_shows_where_one_is(chromium: Browser, shown: Shown):
    chromium.open(shown.page)
    wanted = chromium.value("[...document.querySelectorAll('a, summary')].map(part => part.textContent.trim())")
    reached = []
    for _ in wanted:
        chromium.press("Tab", 9)
        at = chromium.value("""(() => {
          const part = document.activeElement, style = getComputedStyle(part);
          return {text: part.textContent.trim(), ring: style.outlineStyle, width: parseFloat(style.outlineWidth)};
        })()""")
        reached.append(at["text"])
        assert (at["ring"], at["width"]) == ("solid", 3)
    assert reached == wanted
    assert reached[0] == "Skip to the answers"
    assert sum(text.startswith("All times") for text in reached) == 3


def test_a_reason_leads_to_its_place_in_the_picture(chromium: Browser, shown: Shown):
    chromium.open(shown.page)
    filler = shown.analysis["fillers"][1]
    chromium.value(f"""[...document.querySelectorAll(".places a")]
        .find(link => link.textContent.includes("“{filler["word"]}” at {filler["start_s"]:.1f} s")).focus()""")
    chromium.press("Enter", 13, "\r")
    found = chromium.value("document.querySelector('.mark:target').dataset.start")
    assert float(found) == filler["start_s"]
    assert chromium.value("getComputedStyle(document.querySelector('.mark:target')).outlineStyle") == "solid"


def test_a_table_with_all_times_opens_by_keyboard(chromium: Browser, shown: Shown):
    chromium.open(shown.page)
    chromium.value("document.querySelector('summary').focus()")
    chromium.press("Enter", 13, "\r")
    rows = chromium.value("""[...document.querySelectorAll("article:first-of-type details[open] tbody tr")]
        .map(row => [...row.cells].map(cell => cell.innerText))""")
    words = [row[3] for row in rows if row[2] == "word"]
    assert words == [word["word"] for word in shown.analysis["words"]]


def test_a_screen_reader_is_told_all_that_a_picture_shows(chromium: Browser, shown: Shown):
    chromium.open(shown.page)
    nodes = chromium.tell("Accessibility.getFullAXTree")["nodes"]
    told = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]
    roles = {role for role, _ in told}
    assert {"banner", "navigation", "main", "contentinfo", "article", "table", "columnheader", "rowheader"} <= roles
    (picture,) = (name for role, name in told if role == "image" and "answer 1" in name)
    assert f"{len(shown.analysis['words'])} words · {len(shown.analysis['fillers'])} fillers" in picture
    spoken = " ".join(name for role, name in told if role == "StaticText")
    assert "filler: ⟨um⟩" in spoken
    assert "pause: 0.8 s" in spoken


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (360, True)])
def test_it_keeps_the_rules_of_accessibility(chromium: Browser, shown: Shown, width: int, dark: bool):
    found = importlib.util.find_spec("axe_core_python")
    assert found is not None
    assert found.origin is not None
    rules = (Path(found.origin).parent / "axe.min.js").read_text("utf-8")
    chromium.open(shown.page, width, dark=dark)
    chromium.value("document.querySelectorAll('details').forEach(part => part.open = true)")
    chromium.value(rules + "; 0")
    broken = chromium.value("""axe.run().then(found => found.violations
        .map(rule => rule.id + ": " + rule.nodes.map(node => node.html).join(" ")))""")
    assert broken == []


def test_it_is_dark_in_the_dark_and_white_on_paper(chromium: Browser, shown: Shown):
    colour = "getComputedStyle(document.body).backgroundColor"
    chromium.open(shown.page)
    light = chromium.value(colour)
    chromium.open(shown.page, dark=True)
    assert chromium.value(colour) != light
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    chromium.tell("Emulation.setEmulatedMedia", media="print", features=dark)
    assert chromium.value(colour) == "rgb(255, 255, 255)"
    assert chromium.value("getComputedStyle(document.querySelector('details')).display") == "none"
    chromium.tell("Emulation.setEmulatedMedia", media="")
