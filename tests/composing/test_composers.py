"""A language model's draft of the review: used where it says what was said, done without where it doesn't."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.composing import Task, compose_with, read_composer
from assistant.composing.endpoint import API_KEY, ComposerError, Endpoint
from assistant.errors import SettingsError
from assistant.films.film import Film
from assistant.review import ReviewRequest, check_draft, compose
from tests.support.source_answers import said
from tools.simulation.pace import within

TALK = [
    said("it made me cry on the train (0.9) the colours are all orange (0.8) the music is mostly a piano", 4),
    said("i didn't expect to like it (0.9) maybe it's too long (0.8) my mother left when i was nine", 6),
]
BRIEF = ReviewRequest(Film("Her", 2013), 4.5, "introspective")
PLAIN = compose(TALK, BRIEF)
TASK = Task(("It made me cry.",), "Her", "funny")

Script = Callable[[BaseHTTPRequestHandler], None]


class Model:
    """A scripted server of the kind that language models are behind."""

    def __init__(self, script: Script) -> None:
        self.asked: list[tuple[str, dict[str, str], dict]] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                model.asked.append((self.path, dict(self.headers), body))
                script(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.closing = threading.Event()
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.base_url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def endpoint(self, limit_s: float = 5.0) -> Endpoint:
        return Endpoint(self.base_url, "tiny", limit_s)


@pytest.fixture
def model() -> Iterator[Callable[[Script], Model]]:
    started: list[Model] = []

    def start(script: Script) -> Model:
        started.append(Model(script))
        return started[-1]

    yield start
    for one in started:
        one.server.closing.set()
        one.server.shutdown()
        one.server.server_close()


def answers(
    body: bytes, status: int = 200, headers: Mapping[str, str] | None = None, length: int | None = None
) -> Script:
    def script(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return script


def writes(text: str) -> Script:
    return answers(json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode())


def drips(handler: BaseHTTPRequestHandler) -> None:
    """Sends a byte now and then, so that no single wait is long."""
    handler.send_response(200)
    handler.end_headers()
    with suppress(OSError):
        while not handler.server.closing.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()


def says_nothing(handler: BaseHTTPRequestHandler) -> None:
    handler.server.closing.wait()


def test_a_faithful_draft_is_used_and_each_sentence_knows_where_it_was_said(model) -> None:
    server = model(writes(
        "It made me cry on the train. I did not expect to like it. Maybe it's too long.\n\n"
        "The colours are all orange, and the music is mostly a piano. My mother left when I was nine."
    ))  # fmt: skip
    review, trouble = compose_with(TALK, BRIEF, server.endpoint())
    assert trouble is None
    assert review is not None
    assert [sentence.text for sentence in review.sentences] == [
        "It made me cry on the train.",
        "I did not expect to like it.",
        "Maybe it's too long.",
        "The colours are all orange, and the music is mostly a piano.",
        "My mother left when I was nine.",
    ]
    assert [{source.turn for source in sentence.sources} for sentence in review.sentences] == [{4}, {6}, {6}, {4}, {6}]
    assert len(review.sentences[3].sources) == 2


def test_it_is_asked_with_the_sentences_alone_and_with_the_key_of_the_environment(model, monkeypatch) -> None:
    monkeypatch.setenv(API_KEY, "secret")
    server = model(writes("It made me cry."))
    server.endpoint().draft(TASK)
    ((path, headers, body),) = server.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert (body["model"], body["stream"], body["temperature"]) == ("tiny", False, 0)
    assert body["messages"][1]["content"].splitlines()[-1] == "It made me cry."


@pytest.mark.parametrize(
    ("draft", "lie"),
    [
        ("It made my ex-boyfriend cry on the train.", "boyfriend"),
        ("The music is mostly a violin.", "violin"),
        ("I expected to like it.", "expected"),
        ("It's too long.", None),
        ("My mother left when I was twelve.", "twelve"),
        ("I left my mother when I was nine.", None),
    ],
)
def test_a_sentence_that_says_something_else_is_replaced_by_what_was_said(model, draft: str, lie: str | None) -> None:
    assert PLAIN is not None
    own = [sentence.text for sentence in PLAIN.sentences]
    told = "It made me cry on the train. The colours are all orange. The music is mostly a piano. " + draft
    review, trouble = compose_with(TALK, BRIEF, model(writes(told)).endpoint())
    assert trouble is None
    assert review is not None
    assert lie is None or lie not in review.text.lower()
    assert draft not in [sentence.text for sentence in review.sentences]
    assert {sentence.text for sentence in review.sentences} <= set(own)


def test_what_comes_from_nowhere_is_left_out_and_nothing_comes_twice(model) -> None:
    told = (
        "Here is the review: It made me cry on the train. A triumph of cinema! It made me cry on the train. "
        "The colours are all orange. Maybe it's too long. What did you think?"
    )
    review, _ = compose_with(TALK, BRIEF, model(writes(told)).endpoint())
    assert review is not None
    texts = [sentence.text for sentence in review.sentences]
    assert texts == ["It made me cry on the train.", "The colours are all orange.", "Maybe it's too long."]


@pytest.mark.parametrize(
    "script",
    [
        answers(b"not json"),
        answers(b"[]"),
        answers(b'{"choices": []}'),
        answers(b'{"choices": [{"message": {"content": null}}]}'),
        answers(b'{"error": "no such model"}', 404),
        answers(b"", 500),
        answers(b"[" * 100_000),
        answers(b"", 429, {"Retry-After": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"}),
        answers(b'{"choices": [', length=500),
        lambda handler: handler.wfile.write(b"220 mail.example.org ESMTP\r\n"),
        writes("x " * 20_000),
        lambda handler: handler.connection.close(),
    ],
)
def test_a_broken_answer_leaves_the_review_as_it_was_said(model, script: Script) -> None:
    review, trouble = compose_with(TALK, BRIEF, model(script).endpoint())
    assert review == PLAIN
    assert trouble is not None
    assert trouble.endswith("The review is made without it.")


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (answers(b'{"choices": [', length=500), "cut the connection in the middle of its answer"),
        (lambda handler: handler.wfile.write(b"220 mail.example.org ESMTP\r\n"), "isn't a web server's"),
    ],
)
def test_what_was_wrong_with_an_answer_is_told(model, script: Script, told: str) -> None:
    _, trouble = compose_with(TALK, BRIEF, model(script).endpoint())
    assert trouble is not None
    assert told in trouble


def test_a_composer_that_fails_unforeseen_leaves_the_review_as_it_was_said() -> None:
    class Broken:
        def draft(self, task: Task) -> str:
            raise ZeroDivisionError

    review, trouble = compose_with(TALK, BRIEF, Broken())
    assert review == PLAIN
    assert trouble == "The language model's answer can't be used (ZeroDivisionError). The review is made without it."


@pytest.mark.parametrize(
    "draft",
    [
        "The music is mostly a piano?",
        "The music is mostly a piano!!!",
        "The music is “mostly” a piano.",
        "The music is 'mostly' a piano.",
        "The music is mostly (a piano).",
        "The music is [mostly a piano](//).",
        "The music is mostly a piano 🙄.",
        "The music is mostly \u202ea piano.",
        "The music is mostly a piano\ud83d.",
    ],
)
def test_marks_that_nobody_put_there_are_refused(model, draft: str) -> None:
    told = "It made me cry on the train. The colours are all orange. " + draft
    review, trouble = compose_with(TALK, BRIEF, model(writes(told)).endpoint())
    assert trouble is None
    assert review is not None
    assert [sentence.text for sentence in review.sentences] == [
        "It made me cry on the train.",
        "The colours are all orange.",
        "The music is mostly a piano.",
    ]


def test_a_question_stays_one(model) -> None:
    asked = [said("would i watch it again (0.9) the whale is a puppet (0.8) it frightened my little brother", 4)]
    own = compose(asked, BRIEF)
    assert own is not None
    assert any("?" in sentence.text for sentence in own.sentences)
    for draft in ("Would I watch it again.", "Would I watch it again?"):
        told = f"{draft} The whale is a puppet. It frightened my little brother."
        review, _ = compose_with(asked, BRIEF, model(writes(told)).endpoint())
        assert review is not None
        assert review.sentences[0].text == "Would I watch it again?"


def test_a_draft_keeps_its_paragraphs(model) -> None:
    told = "It made me cry on the train.\n\nWhat a film!\n\nThe colours are all orange.\nMaybe it's too long."
    review, _ = compose_with(TALK, BRIEF, model(writes(told)).endpoint())
    assert review is not None
    assert review.text == "It made me cry on the train.\n\nThe colours are all orange. Maybe it's too long."


def test_a_draft_without_paragraphs_keeps_those_that_there_were() -> None:
    assert PLAIN is not None
    parted = replace(
        PLAIN, sentences=tuple(replace(one, opens_paragraph=at == 2) for at, one in enumerate(PLAIN.sentences))
    )
    own = [sentence.text for sentence in PLAIN.sentences]
    for preface in ("", "Here is the review:\n\n", "## Her\n\n"):
        again = check_draft(parted, preface + " ".join(own), TALK)
        assert again is not None
        assert again.text == parted.text
    moved = check_draft(parted, " ".join([own[2], *own[:2], *own[3:]]), TALK)
    assert moved is not None
    assert not moved.sentences[0].opens_paragraph


@pytest.mark.parametrize("script", [drips, says_nothing])
def test_a_slow_model_is_not_waited_for(model, script: Script) -> None:
    with within(4):
        review, trouble = compose_with(TALK, BRIEF, model(script).endpoint(limit_s=0.6))
    assert review == PLAIN
    assert trouble is not None
    assert "0.6 s" in trouble


def test_nobody_there_leaves_the_review_as_it_was_said() -> None:
    review, trouble = compose_with(TALK, BRIEF, Endpoint("http://127.0.0.1:9/v1", "tiny"))
    assert review == PLAIN
    assert trouble is not None


def test_a_draft_that_leaves_out_nearly_everything_is_not_used(model) -> None:
    review, trouble = compose_with(TALK, BRIEF, model(writes("The colours are all orange.")).endpoint())
    assert review == PLAIN
    assert trouble is not None


def test_without_anything_said_no_model_is_asked(model) -> None:
    server = model(writes("A masterpiece."))
    assert compose_with([], BRIEF, server.endpoint()) == (None, None)
    assert server.asked == []


def test_a_server_is_not_followed_elsewhere(model) -> None:
    other = model(writes("It made me cry."))

    def redirects(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(307)
        handler.send_header("Location", f"{other.base_url}/chat/completions")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with pytest.raises(ComposerError):
        model(redirects).endpoint().draft(TASK)
    assert other.asked == []


@pytest.fixture
def composer_of(tmp_path) -> Callable[[Mapping[str, object]], Endpoint | None]:
    """Reads what a settings file with these keys under ``composer`` names."""

    def read(settings: Mapping[str, object]) -> Endpoint | None:
        path = tmp_path / "settings.toml"
        path.write_text("\n".join(["[composer]", *(f"{key} = {json.dumps(value)}" for key, value in settings.items())]))
        return read_composer(path)

    return read


def test_it_is_off_unless_settings_name_one(composer_of, tmp_path) -> None:
    (tmp_path / "empty.toml").write_text("")
    assert read_composer(tmp_path / "empty.toml") is None
    assert composer_of({}) is None


def test_a_model_on_this_machine_needs_an_address_and_a_name(composer_of) -> None:
    endpoint = composer_of({"base_url": "http://localhost:11434/v1", "model": "llama3.2", "time_limit_s": 9})
    assert endpoint == Endpoint("http://localhost:11434/v1", "llama3.2", 9.0)


def test_another_machine_has_to_be_allowed_by_name(composer_of) -> None:
    settings = {"base_url": "https://models.example.org/v1", "model": "m"}
    with pytest.raises(SettingsError, match=r"models\.example\.org isn't this machine"):
        composer_of(settings)
    assert composer_of({**settings, "allow_host": "models.example.org"}) is not None
    with pytest.raises(SettingsError, match="https"):
        composer_of({"base_url": "http://models.example.org", "model": "m", "allow_host": "models.example.org"})


@pytest.mark.parametrize(
    "settings",
    [
        {"model": "m"},
        {"base_url": "http://localhost/v1"},
        {"base_url": "localhost:11434", "model": "m"},
        {"base_url": "http://[::1", "model": "m"},
        {"base_url": "http://me:pass@localhost/v1", "model": "m"},
        {"base_url": "http://localhost/v1", "model": "m", "time_limit_s": 0},
        {"base_url": "http://localhost/v1", "model": "m", "time_limit_s": "soon"},
        {"base_url": "http://localhost/v1", "model": "m", "api_key": "sk"},
    ],
)
def test_settings_with_a_mistake_are_refused_in_a_sentence(composer_of, settings: dict) -> None:
    with pytest.raises(SettingsError) as caught:
        composer_of(settings)
    assert caught.value.sentence.endswith((".", "”."))


@pytest.mark.parametrize(
    "text", ["composer = 5", "composer = []", "composer = ['base_url']", "[[composer]]", 'composer = "http://x"']
)
def test_a_composer_that_is_no_table_is_told_with_the_file(tmp_path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=r"mine\.toml has a mistake:\s+composer: has to be a table"):
        read_composer(path)
    path.write_text("[composer]\nmodel = 'm'")
    with pytest.raises(SettingsError, match=r"mine\.toml has a mistake:\s+composer › base_url: is missing"):
        read_composer(path)
