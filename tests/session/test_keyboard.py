"""Answers that are typed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assistant.report import render_page, session_page
from assistant.reviews import document, sources
from assistant.session.keyboard import typed_answer
from assistant.store import Store
from assistant.turns.answer import TurnEnd
from assistant.turns.document import Analysis
from assistant.turns.user_turn import UserTurn
from tools.simulation.pace import wait_until
from tools.simulation.program import command, run, started

ABOUT = "I loved the ending. It was quiet and warm, and Laura's cupcakes stayed with me for 4.5 days."
ANSWERS = ["romantic", "funny", "I love them, they make me cry.", "Paterson", ABOUT, "That's all.", "4.5"]


def stored(data: Path) -> dict[str, Any]:
    """The only session that there is."""
    with Store(data) as store:
        return document(store, store.session_ids()[0])


@pytest.fixture
def typing(tmp_path: Path):
    """Types lines into a conversation on a machine without models, and returns its captions and what it stored."""

    def typed(*lines: str) -> tuple[str, dict[str, Any]]:
        done = subprocess.run(
            command("talk", "--type", "--data", tmp_path, "--out", tmp_path / "out", "--files-only"),
            input="".join(f"{line}\n" for line in lines).encode(errors="surrogateescape"),
            capture_output=True,
            env={**os.environ, "ASSISTANT_MODELS": str(tmp_path / "none")},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stderr.decode(), stored(tmp_path)

    return typed


def test_an_answer_is_its_words_as_they_are_said_with_how_they_were_written():
    answer = typed_answer("  I give it 4.5, I think.\tDon't  you? \n")
    assert answer.text == "I give it 4.5, I think. Don't you?"
    assert answer.spoken == "i give it four point five i think don't you"
    written = [word.written for word in answer.words]
    assert written == ["I", "give", "it", None, None, "4.5,", "I", "think.", "Don't", "you?"]
    assert [token.index for token in UserTurn(3, answer).tokens if token.mark] == [7, 9]
    assert not any(word.is_timed for word in answer.words)
    assert (answer.pauses, answer.response_latency_s, answer.ended) == ((), None, TurnEnd.TYPED)


@pytest.mark.parametrize("line", ["", "   \n", "…", "?!"])
def test_a_line_without_words_is_an_answer_without_words(line: str):
    assert typed_answer(line).words == ()


def test_what_has_no_sound_has_no_times_in_json_and_comes_back_as_it_was():
    turn = UserTurn(3, typed_answer("The bus, and 2 poems."))
    analysis = Analysis.of(turn, source="keyboard", model=None)
    told = analysis.to_json()
    assert {word["start_s"] for word in told["words"]} == {None}
    unknown = ("duration_s", "model", "second_hearing", "pauses", "sound", "hesitation")
    assert {told[key] for key in unknown} == {None}
    assert Analysis.from_json(json.loads(json.dumps(told))) == analysis


def test_a_whole_conversation_is_typed_without_microphone_or_model_and_sent(typing, tmp_path: Path):
    said, session = typing(*ANSWERS, "no, the film is Her", "replace quiet with calm", "send review", "yes")
    assert "I won't sense how you say them" in said
    assert "I also listen to how you speak" not in said
    assert "So: a funny review of Paterson, four and a half stars, and above all the ending." in " ".join(said.split())
    assert session["status"] == "sent"
    assert (session["film"]["title"], session["film"]["rating"]) == ("Her", 4.5)
    answers = [turn for turn in session["turns"] if turn["speaker"] == "person"]
    assert answers[4]["text"] == ABOUT
    assert answers[4]["question"] == "about"
    assert "It was calm and warm, and Laura's cupcakes" in session["review"]["text"].replace("warm and", "warm, and")
    origins = [origin for sentence in session["review"]["sentences"] for origin in sentence["from"]]
    assert origins
    assert all((origin["start_s"], origin["end_s"]) == (None, None) for origin in origins)
    with Store(tmp_path) as store:
        said_there = [source.said for _, origin in sources(store, session["session"]) for source in origin]
        assert all(text.startswith("i loved the ending") for text in said_there[:-1])
        assert "cupcakes" in render_page(session_page(store, session["session"]))


@pytest.mark.parametrize(("answers", "status"), [(2, "abandoned"), (7, "unsent")])
def test_the_end_of_input_is_leaving_and_everything_is_kept(typing, answers: int, status: str):
    said, session = typing(*ANSWERS[:answers])
    assert "I've kept what you said" in said
    assert session["status"] == status
    texts = [turn["text"] for turn in session["turns"] if turn["speaker"] == "person"]
    assert texts == [*ANSWERS[:answers], ""]


def test_who_was_not_finished_goes_on_with_the_same_answer(typing):
    _, session = typing(*ANSWERS[:5], "I wasn't finished.", "And the bus.", "That's all.", "4.5")
    answers = [turn for turn in session["turns"] if turn["speaker"] == "person"]
    assert f"{ABOUT} And the bus." in [turn["text"] for turn in answers]
    assert session["film"]["rating"] == 4.5
    assert session["status"] == "unsent"


def test_an_empty_line_is_a_silence_and_neither_sends_nor_ends_anything_by_itself(typing):
    said, session = typing("", *ANSWERS, "send review", "")
    assert "Would you call yourself a romantic person" in said
    assert session["status"] == "unsent"


def test_bytes_that_are_no_text_do_no_harm(typing):
    _, session = typing("romantic", "funny \udcff\x00\x1b[A", "I love them.")
    assert session["turns"][-1]["text"].startswith("We'll stop here")
    assert session["profile"]["emotional_movies"] == "i love them"


def test_a_voice_reads_the_prompts_only_if_one_is_wanted_and_without_a_speaker_says_so(tmp_path: Path):
    for arguments, spoken in ((["--voice"], True), ([], False)):
        done = run("talk", "--type", *arguments, "--speaker", "no such speaker", "--data", tmp_path, typed="")
        assert (done.returncode == 4) is spoken, done.stderr


def test_interrupted_while_somebody_types_it_keeps_the_lines_before(tmp_path: Path):
    with started("talk", "--type", "--data", tmp_path, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write("romantic\n")
        process.stdin.flush()
        for line in process.stderr:
            if "introspective voice" in line:
                break
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
    assert stored(tmp_path)["profile"]["romance"] == "romantic"


def test_on_a_terminal_a_line_can_be_edited_and_stands_there_once(tmp_path: Path):
    pid, terminal = os.forkpty()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        os.execv(command()[0], [*command(), "talk", "--type", "--data", str(tmp_path)])
    shown = b""

    def shows(text: bytes) -> bool:
        nonlocal shown
        try:
            shown += os.read(terminal, 65_536)
        except OSError:
            return True
        return text in shown

    wait_until(lambda: shows(b"non-romantic?"))
    os.write(terminal, b"romantiX\x7fc\r")
    wait_until(lambda: shows(b"introspective voice?"))
    os.write(terminal, b"\x04")
    wait_until(lambda: shows(b"Goodbye."))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert shown.count(b"\xe2\x97\x8b") == 2  # the mark of each answer
    assert stored(tmp_path)["profile"]["romance"] == "romantic"
