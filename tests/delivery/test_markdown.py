"""Reviews as Markdown files."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.delivery.outlet import Delivery
from assistant.delivery.review_files import Markdown, slug
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence
from tests.support.outbox import announced

WATCHED = date(2026, 11, 22)


def item(title="Her", text="It stayed with me.", review_id="2026-11-22T10-15-00-3f2a", **given):
    film = None if title is None else Film(title, given.get("year"), given.get("imdb_id"))
    sentences = (Sentence(text, (Passage(1, 0.0, 1.0),)),)
    return Delivery(Review(film, given.get("rating"), given.get("voice"), sentences), WATCHED, review_id)


def delivered(folder, what, intent=None, note=lambda intent: None):
    return Path(Markdown(folder).deliver(what, intent, note)["path"])


def front_matter(path):
    _, matter, text = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(matter), text


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_review_becomes_a_file_with_front_matter(tmp_path):
    path = delivered(tmp_path, item(year=2013, imdb_id="tt1798709", rating=4.5, voice="both"))
    assert path == tmp_path / "reviews" / "2026-11-22-her.md"
    assert path.read_text(encoding="utf-8") == (
        '---\nfilm: "Her"\nyear: 2013\nimdb_id: "tt1798709"\nrating: 4.5\nwatched: 2026-11-22\nvoice: "both"\n---\n'
        "\nIt stayed with me.\n"
    )
    assert files(tmp_path) == ["2026-11-22-her.md"]


def test_the_front_matter_has_its_keys_in_order_and_null_for_what_is_unknown(tmp_path):
    matter, _ = front_matter(delivered(tmp_path, item(title=None)))
    assert list(matter.items()) == [
        ("film", None),
        ("year", None),
        ("imdb_id", None),
        ("rating", None),
        ("watched", WATCHED),
        ("voice", None),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Dr. Strangelove or: How I Learned to Stop Worrying",
        'The "Quoted" One',
        "it's # not a comment",
        "No",
        "null",
        "1984",
        "12:08",
        "2001-01-01",
        "- dash",
        "千と千尋の神隠し",
        "back\\slash\ttab",
        "line\nbreak",
        "odd\x85\u2028\ufeff\x7fones \U0001f600",
        "",
    ],
)
def test_any_title_is_read_back_as_it_was(tmp_path, title):
    matter, _ = front_matter(delivered(tmp_path, item(title)))
    assert matter["film"] == title


def test_whole_stars_are_a_number_too(tmp_path):
    matter, _ = front_matter(delivered(tmp_path, item(rating=4.0)))
    assert matter["rating"] == 4


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Amélie", "amelie"),
        ("Don't Look Now", "dont-look-now"),
        ("Æon Flux / Straße", "aeon-flux-strasse"),
        ("WALL·E", "wall-e"),
        ("千と千尋の神隠し", "千と千尋の神隠し"),
        ("がぎ", "がぎ"),
        ("Ірландець", "ірландець"),
        ("../../etc/passwd", "etc-passwd"),
        ("...", "untitled"),
        (None, "untitled"),
        ("x" * 400, "x" * 120),
        ("神" * 400, "神" * 40),
    ],
)
def test_a_title_becomes_part_of_a_file_name(title, name):
    assert slug(title) == name


def test_two_equal_reviews_are_one_file(tmp_path):
    assert delivered(tmp_path, item(review_id="a")) == delivered(tmp_path, item(review_id="b"))
    assert files(tmp_path) == ["2026-11-22-her.md"]


def test_a_name_taken_by_another_content_gets_a_number(tmp_path):
    paths = [delivered(tmp_path, item(text=text)) for text in ("One.", "Two.", "Three.", "Two.")]
    assert [path.name for path in paths] == [
        "2026-11-22-her.md",
        "2026-11-22-her-2.md",
        "2026-11-22-her-3.md",
        "2026-11-22-her-2.md",
    ]
    assert "One." in paths[0].read_text()


def test_a_folder_or_a_dead_link_by_that_name_is_left_alone(tmp_path):
    (tmp_path / "reviews" / "2026-11-22-her.md").mkdir(parents=True)
    (tmp_path / "reviews" / "2026-11-22-her-2.md").symlink_to(tmp_path / "nowhere")
    assert delivered(tmp_path, item()).name == "2026-11-22-her-3.md"
    assert not (tmp_path / "nowhere").exists()


def test_a_file_edited_before_the_delivery_was_noted_is_neither_doubled_nor_overwritten(tmp_path):
    notes = []
    path = delivered(tmp_path, item(), note=notes.append)
    path.write_text("My own words.")
    assert delivered(tmp_path, item(), intent=notes[-1]) == path
    assert path.read_text() == "My own words."
    assert files(tmp_path) == ["2026-11-22-her.md"]


def test_a_file_deleted_before_the_delivery_was_noted_is_written_again(tmp_path):
    notes = []
    path = delivered(tmp_path, item(), note=notes.append)
    path.unlink()
    assert delivered(tmp_path, item(), intent=notes[-1]).read_text() == as_before(tmp_path)


def as_before(tmp_path):
    return delivered(tmp_path / "other", item()).read_text()


def test_a_name_taken_between_two_attempts_is_not_mistaken_for_ours(tmp_path):
    intent = announced(lambda note: delivered(tmp_path, item(), note=note))
    Path(intent["path"]).write_text("Somebody else's.")
    assert delivered(tmp_path, item(), intent=intent).name == "2026-11-22-her-2.md"
    assert files(tmp_path) == ["2026-11-22-her-2.md", "2026-11-22-her.md"]


def test_a_name_taken_in_the_very_last_moment_is_not_overwritten(tmp_path):
    def note(intent):
        if not Path(intent["path"]).name.endswith("-2.md"):
            Path(intent["path"]).write_text("Somebody else's.")

    assert delivered(tmp_path, item(), note=note).name == "2026-11-22-her-2.md"
    assert (tmp_path / "reviews" / "2026-11-22-her.md").read_text() == "Somebody else's."
    assert files(tmp_path) == ["2026-11-22-her-2.md", "2026-11-22-her.md"]


def test_a_disk_without_hard_links_will_do(tmp_path, monkeypatch):
    def refuse(self, target):
        raise PermissionError(1, "Operation not permitted", str(self))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert delivered(tmp_path, item(text="One.")).name == "2026-11-22-her.md"
    assert delivered(tmp_path, item(text="Two.")).name == "2026-11-22-her-2.md"
    assert files(tmp_path) == ["2026-11-22-her-2.md", "2026-11-22-her.md"]
