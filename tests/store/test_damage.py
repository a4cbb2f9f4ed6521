"""Rows of the store that were damaged on the disk: told in a sentence, and no hindrance to the others."""

import contextlib
import random
import sqlite3

import pytest
from click.testing import CliRunner

from assistant import reviews
from assistant.cli.reviews import reviews as commands
from assistant.delivery import Outbox, RetryScope
from assistant.errors import DamagedError, StoreError
from assistant.store import Store
from tests.support.outbox import whole_session


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


def damage(store, change, *values):
    with sqlite3.connect(store.path) as connection:
        connection.execute(change, values)
    connection.close()


DAMAGE = [
    "UPDATE reviews SET review = '{oops' WHERE session = ?",
    "UPDATE reviews SET review = CAST(x'7b22c3287d' AS TEXT) WHERE session = ?",
    "UPDATE reviews SET review = replace(review, '\"from\"', '\"fron\"') WHERE session = ?",
    "UPDATE reviews SET review = replace(review, '4.0', '\"4\"') WHERE session = ?",
    "UPDATE reviews SET review = replace(review, 'quiet', CAST(x'ff' AS TEXT)) WHERE session = ?",
    "UPDATE reviews SET review = printf('%.*c', 100000, '[') WHERE session = ?",
    "UPDATE reviews SET watched = '2026-13-45' WHERE session = ?",
    "UPDATE outbox SET settings = '{}' WHERE review = ?",
    "UPDATE outbox SET settings = '7' WHERE review = ?",
    'UPDATE outbox SET settings = \'{"folder": "elsewhere"}\' WHERE review = ?',
    "UPDATE outbox SET intent = '[' WHERE review = ?",
    "UPDATE outbox SET due_at = 'soon' WHERE review = ?",
    "UPDATE outbox SET attempts = 'x' WHERE review = ?",
]


@pytest.mark.parametrize("change", DAMAGE)
def test_a_damaged_row_keeps_no_other_review_from_arriving(store, tmp_path, change):
    damaged, whole = whole_session(store, tmp_path / "one"), whole_session(store, tmp_path / "two")
    damage(store, change, damaged)
    assert {done.review_id for done in Outbox(store).deliver_due(RetryScope.EVERYTHING)} >= {whole}
    assert {entry.state for entry in store.entries(whole)} == {"delivered"}
    for entry in store.entries(damaged):
        assert entry.state == "delivered" or (entry.last_error or "").endswith(".")


@pytest.mark.parametrize("change", DAMAGE)
def test_a_damaged_row_is_told_by_every_command_and_the_others_are_shown(store, tmp_path, change):
    damaged, whole = whole_session(store, tmp_path / "one"), whole_session(store, tmp_path / "two")
    damage(store, change, damaged)
    data = ["--data", str(tmp_path / "data")]
    listed = CliRunner().invoke(commands, ["list", *data])
    assert listed.exit_code == 0
    assert damaged in listed.stdout
    assert f"{whole}  Arrival (2016), 4 stars" in listed.stdout
    for arguments in (["show", damaged], ["show", damaged, "--json"], ["send", damaged], ["send"]):
        done = CliRunner().invoke(commands, [*arguments, *data])
        assert done.exception is None or getattr(done.exception, "exit_code", None) in {0, 3}, done.exception
    assert CliRunner().invoke(commands, ["delete", damaged, "--yes", *data]).exit_code == 0
    assert damaged not in CliRunner().invoke(commands, ["list", *data]).stdout


def test_a_damaged_review_says_which_it_is_and_what_to_do(store, tmp_path):
    damaged = whole_session(store, tmp_path / "out")
    damage(store, "UPDATE reviews SET review = '{oops' WHERE session = ?", damaged)
    with pytest.raises(DamagedError, match=f"{damaged} is damaged.*reviews delete {damaged}"):
        store.review(damaged)
    assert [(listed.id, listed.stored) for listed in reviews.listing(store)] == [(damaged, None)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sessions SET profile = '{' WHERE id = ?",
        "UPDATE sessions SET started_at = 'then' WHERE id = ?",
        "UPDATE sessions SET rating = 'many' WHERE id = ?",
        "UPDATE turns SET analysis = '7' WHERE session = ?",
        "UPDATE turns SET text = CAST(x'ff' AS TEXT) WHERE session = ?",
    ],
)
def test_a_damaged_session_is_told_in_a_sentence(store, tmp_path, change):
    session = whole_session(store, tmp_path / "out")
    damage(store, change, session)
    with pytest.raises(DamagedError, match=session):
        reviews.document(store, session)


class Nowhere:
    """An outlet that writes nothing, since where to is among what was changed."""

    name = "nowhere"

    def deliver(self, item, intent, record_intent):
        assert item.review.text
        record_intent({"path": "nowhere"})
        return {"path": "nowhere"}


@pytest.mark.parametrize("seed", range(12))
def test_bytes_changed_anywhere_end_in_sentences(tmp_path, seed):
    data = tmp_path / "data"
    with Store(data) as store:
        for number in range(12):
            whole_session(store, tmp_path / "out", f"This is sentence number {number}. " * 20)
    chance = random.Random(seed)
    content = bytearray(store.path.read_bytes())
    for _ in range(40):
        # The first page is the schema's; a store without one isn't ours any more.
        content[chance.randrange(4096, len(content))] = chance.randrange(256)
    store.path.write_bytes(content)
    try:
        with Store(data) as store:
            for listed in reviews.listing(store):
                with contextlib.suppress(StoreError):
                    reviews.document(store, listed.id)
            Outbox(store, lambda _: Nowhere()).deliver_due(RetryScope.EVERYTHING)
    except StoreError as error:
        assert error.sentence.endswith(".")


def test_a_damaged_question_of_a_turn_is_told_by_the_document_and_the_page(store, tmp_path):
    damaged = whole_session(store, tmp_path / "out")
    damage(store, "UPDATE turns SET question = x'fffe' WHERE session = ?", damaged)
    for arguments in (["--json"], ["--report", str(tmp_path / "page.html")]):
        done = CliRunner().invoke(commands, ["show", damaged, *arguments, "--data", str(tmp_path / "data")])
        assert isinstance(done.exception, DamagedError)
