"""Reviews as JSON files."""

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.delivery.outlet import Delivery
from assistant.delivery.review_files import JsonFile, Markdown
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence


def item(text="It stayed with me.", film=Film("Her", 2013, "tt1798709"), review_id="2026-11-22T10-15-00-3f2a"):  # noqa: B008
    sentences = (Sentence(text, (Passage(9, 3.2, 6.0), Passage(11, 0.5, 1.0))),)
    return Delivery(Review(film, 4.5, "both", sentences), date(2026, 11, 22), review_id)


def delivered(folder, what, intent=None, note=lambda intent: None):
    return Path(JsonFile(folder).deliver(what, intent, note)["path"])


def test_a_review_becomes_a_file_with_the_sources_of_each_sentence(tmp_path):
    path = delivered(tmp_path, item("“Amélie” — 千と千尋"))
    assert path == tmp_path / "reviews" / "2026-11-22-her.json"
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "format": 1,
        "review": "2026-11-22T10-15-00-3f2a",
        "watched": "2026-11-22",
        "film": {"title": "Her", "year": 2013, "imdb_id": "tt1798709"},
        "rating": 4.5,
        "voice": "both",
        "text": "“Amélie” — 千と千尋",
        "sentences": [
            {
                "text": "“Amélie” — 千と千尋",
                "opens_paragraph": False,
                "from": [{"turn": 9, "start_s": 3.2, "end_s": 6.0}, {"turn": 11, "start_s": 0.5, "end_s": 1.0}],
            }
        ],
    }


def test_what_is_unknown_is_null(tmp_path):
    document = json.loads(delivered(tmp_path, item(film=None)).read_text())
    assert document["film"] is None
    assert [path.name for path in (tmp_path / "reviews").iterdir()] == ["2026-11-22-untitled.json"]


def test_two_people_with_the_same_words_have_a_file_each(tmp_path):
    first = delivered(tmp_path, item())
    second = delivered(tmp_path, item(review_id="2026-11-22T11-00-00-aaaa"))
    assert (first.name, second.name) == ("2026-11-22-her.json", "2026-11-22-her-2.json")
    assert delivered(tmp_path, item()) == first


def test_it_lies_beside_the_markdown_file_and_neither_disturbs_the_other(tmp_path):
    notes = []
    markdown = Markdown(tmp_path).deliver(item(), None, lambda intent: None)["path"]
    path = delivered(tmp_path, item(), note=notes.append)
    assert delivered(tmp_path, item(), intent=notes[-1]) == path
    assert set((tmp_path / "reviews").iterdir()) == {Path(markdown), path}


@pytest.mark.parametrize("edited", [True, False])
def test_a_file_that_was_placed_before_the_crash_is_not_written_again(tmp_path, edited):
    notes = []
    path = delivered(tmp_path, item(), note=notes.append)
    if edited:
        path.write_text("{}")
    before = path.read_bytes()
    assert delivered(tmp_path, item(), intent=notes[-1]) == path
    assert path.read_bytes() == before
    assert len(list((tmp_path / "reviews").iterdir())) == 1
