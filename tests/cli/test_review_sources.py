"""What `assistant reviews show --sources` shows: under each sentence, the words that it was made of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from assistant.cli.reviews import reviews as command
from assistant.review import Passage, Review, Sentence
from assistant.reviews import sources
from assistant.store import Store, Turn

HEARD = {
    "words": [
        {"word": word, "start_s": start, "end_s": start + 0.4, "confidence": 1.0}
        for word, start in (("but", 0.5), ("it", 1.0), ("stayed", 2.0), ("with", 2.5), ("me", 3.0), ("so", 4.0))
    ],
    "fillers": [{"word": "um", "start_s": 1.5, "end_s": 1.9, "confidence": 0.8}],
}
REVIEW = Review(
    None, None, None, (Sentence("It stayed with me.", (Passage(1, 1.0, 3.4),)), Sentence("Gone.", (Passage(7, 0, 1),)))
)


def written(data: Path) -> str:
    with Store(data) as store:
        session = store.open_session("Ada")
        store.add_turn(session, Turn(0, "assistant", "What did it do to you?", "about"))
        store.add_turn(session, Turn(1, "person", "but it um stayed with me so", "about", HEARD))
        store.save_review(session, REVIEW, date(2026, 11, 22))
    return session


def test_a_sentence_shows_its_own_words_with_the_fillers_and_not_the_rest_of_the_answer(tmp_path: Path) -> None:
    session = written(tmp_path)
    with Store(tmp_path) as store:
        (first, (source,)), (_, (lost,)) = sources(store, session)
    assert first == REVIEW.sentences[0]
    assert (source.passage, source.said) == (Passage(1, 1.0, 3.4), "it um stayed with me")
    assert lost.said == ""


def test_the_command_prints_them_under_the_sentence(tmp_path: Path) -> None:
    session = written(tmp_path)
    done = CliRunner().invoke(command, ["show", session, "--sources", "--data", str(tmp_path)])
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[lines.index("It stayed with me.") + 1] == "    turn 1, 1.0–3.4 s: it um stayed with me"
