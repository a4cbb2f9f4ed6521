"""Only what is said, and not how: from the start, or from the moment on when the person asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.asr.endpointing import EndpointTimeouts
from assistant.asr.events import Event, TurnEnded
from assistant.assessment.speaker_model import SpeakerModel
from assistant.audio.frame import FRAME_SAMPLES, Frame
from assistant.dialogue.actions import Action, Ask, Say, StopSensing
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import default_script
from assistant.intents import Context, Intent, command_in, command_table, mentions
from assistant.kiosk import kiosk_settings
from assistant.report.page import render_page, session_page
from assistant.session.components import SessionComponents
from assistant.session.session import Session
from assistant.session.turn_recorder import BRIEFLY
from assistant.store import Store
from assistant.tts.voice import SilentVoice
from assistant.turns.answer import Answer
from assistant.turns.audio import AnswerAudio
from assistant.turns.document import Analysis
from assistant.turns.user_turn import UserTurn
from tests.support.answers import spoken
from tests.support.replays import answers, replay

HESITANT = "i um (1.2) haven't been (0.9) in a while i used to (0.6) i used to be um (1.4) a flirt but"
TELLTALE = (
    "fillers", "lengthened", "pauses", "response_latency_s", "speech_end_s", "asked", "measures", "hesitation",
    "discomfort",
)  # fmt: skip


# how it is said to the assistant


OPT_OUT = next(entry for entry in command_table().command if entry.intent is Intent.NO_SENSING)


@pytest.mark.parametrize("text", OPT_OUT.examples)
def test_there_are_many_ways_to_say_it(text: str):
    assert command_in(text, Context.INTERVIEW) is Intent.NO_SENSING
    assert mentions(f"no i'm fine {text}", Intent.NO_SENSING, Context.INTERVIEW)


@pytest.mark.parametrize("text", OPT_OUT.counter_examples)
def test_a_sentence_about_listening_is_an_answer(text: str):
    assert command_in(text, Context.INTERVIEW) is None


# the conversation


class Talk:
    """Somebody who answers hesitantly, as long as they are listened to for that."""

    def __init__(self, *, sensing: bool = True) -> None:
        self.conversation = Conversation(default_script(), sensing=sensing)
        self.turn = 0
        self.actions: list[Action] = self.conversation.start()
        self.sensing = sensing

    def say(self, text: str) -> Talk:
        self.turn += 1
        answer = spoken(text)
        impression = SpeakerModel().assess(answer) if self.sensing else None
        self.actions = self.conversation.hear(UserTurn(self.turn, answer, impression))
        return self

    @property
    def asked(self) -> Ask:
        found = self.actions[-1]
        assert isinstance(found, Ask)
        return found

    @property
    def said(self) -> str:
        return " ".join(action.text for action in self.actions if isinstance(action, Say | Ask))


def test_the_greeting_tells_of_it_only_where_it_is_listened_for():
    assert "how you speak" in Talk().said
    assert "don't listen for that" in Talk().said
    assert "how you speak" not in Talk(sensing=False).said
    assert "how you speak" not in " ".join(Talk(sensing=False).conversation.known_ahead)


@pytest.mark.parametrize("reply", ["don't listen for that", "no and please don't listen for that"])
def test_in_answer_to_the_question_about_it_the_next_question_comes(reply: str):
    talk = Talk().say(HESITANT)
    assert talk.asked.question == "discomfort"
    talk.say(reply)
    assert talk.actions[0] == StopSensing()
    assert "deleted" in talk.said
    assert talk.asked.question == "voice"


def test_anywhere_else_the_question_is_asked_again():
    talk = Talk().say("romantic").say("don't listen to how i speak")
    assert talk.actions[0] == StopSensing()
    assert talk.asked.question == "voice"
    talk.say("stop").say("don't listen for that")
    assert talk.asked.question is None
    talk.say("no")
    assert talk.asked.question == "voice"


def test_a_stop_in_the_middle_of_the_question_about_it_does_not_bring_that_back():
    talk = Talk().say(HESITANT).say("stop").say("don't listen for that").say("no")
    assert talk.asked.question == "voice"


def about_loneliness() -> Talk:
    talk = Talk()
    for answer in ("romantic", "funny", "i love them", "her"):
        talk.say(answer)
    return talk.say("it is about people who live with a lot of (1.4) loneliness because they work too much")


def test_a_follow_up_about_a_pause_makes_way_for_one_about_the_film():
    talk = about_loneliness()
    assert "You paused" in talk.asked.text
    talk.say("don't listen for that")
    assert talk.asked.question == "about"
    assert "paused" not in talk.said
    talk.say("the city is lonely and they wait for a long (1.5) goodbye but")
    assert "paused" not in talk.said
    assert "hanging" not in talk.said


def test_going_back_does_not_bring_a_follow_up_about_a_pause_back():
    talk = about_loneliness().say("they work too much").say("don't listen for that").say("go back")
    assert talk.asked.question == "about"
    assert "paused" not in talk.said


def test_what_the_review_is_made_of_has_words_alone_from_then_on():
    talk = Talk().say(HESITANT).say("don't listen for that")
    [said] = talk.conversation.state.said
    assert said.answer.spoken == spoken(HESITANT).spoken
    assert not (said.answer.fillers or said.answer.pauses or said.answer.lengthened)


# what is kept


def test_without_it_an_analysis_has_the_same_fields_and_they_are_null():
    answer = spoken(HESITANT)
    turn = UserTurn(1, answer, SpeakerModel().assess(answer))
    full, bare = (Analysis.of(each, source="a", model="m").to_json() for each in (turn, turn.words_alone()))
    assert bare.keys() == full.keys()
    # There was neither a second ear nor sound.
    assert {key for key, value in bare.items() if value is None} == {*TELLTALE, "second_hearing", "sound"}
    assert bare["text"] == answer.spoken
    assert bare["words"] == full["words"]


class Ears:
    """Source, listener and onlooker in one: hears one text after another, and notes how it was asked to listen."""

    name = "words"
    dropped = 0

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = iter(answers)
        self.audio = AnswerAudio()
        self.patience: list[EndpointTimeouts] = []
        self.sensing: list[bool] = []

    def read(self) -> Frame:
        return Frame(np.zeros(FRAME_SAMPLES, np.int16), 0)

    def begin(self, patience: EndpointTimeouts, completeness: object, *, sensing: bool, context: object) -> None:
        self.patience.append(patience)
        self.sensing.append(sensing)

    def feed(self, frame: Frame) -> list[Event]:
        answer = spoken(next(self._answers, ""))
        return [TurnEnded(answer if self.sensing[-1] else answer.words_alone())]

    def __getattr__(self, name: str) -> Any:
        return lambda *_: None


def held(folder: Path, *answers: str, sensing: bool = True) -> tuple[Ears, list[dict[str, Any]]]:
    """A session with these answers and silence after them; how it was listened, and the turns that are stored."""
    ears: Any = Ears(*answers)
    with Store(folder) as store:
        parts = SessionComponents(ears, ears, "words", SilentVoice(), store, ears, ())
        session = Session(parts, Conversation(default_script(), sensing=sensing), sensing=sensing)
        session.run()
        turns = [
            {"text": turn.text, "speaker": turn.speaker, "analysis": turn.analysis, "agreed": turn.agreed}
            for turn in store.turns(session.id)
        ]
    return ears, turns


def test_their_no_is_stored_beside_the_estimate_and_takes_its_score_away(tmp_path: Path):
    _, turns = held(tmp_path, HESITANT, "no", HESITANT)
    first, reply, second = [turn for turn in turns if turn["analysis"]][:3]
    assert reply["text"] == "no"
    assert first["agreed"] is False
    assert first["analysis"]["asked"] == {"about": "hesitation", "agreed": False, "reply": "no"}
    assert first["analysis"]["hesitation"]["score"] is None
    assert first["analysis"]["hesitation"]["abstained"] == "the person did not agree"
    assert first["analysis"]["hesitation"]["evidence"]
    assert second["analysis"]["hesitation"]["threshold"] == 0.75


@pytest.mark.parametrize(("reply", "agreed"), [("yes i was", True), ("was i", None)])
def test_a_yes_and_a_question_back_are_stored_and_the_score_stays(tmp_path: Path, reply: str, agreed: bool | None):
    _, turns = held(tmp_path, HESITANT, reply, HESITANT)
    first, _, second = [turn for turn in turns if turn["analysis"]][:3]
    assert first["analysis"]["asked"] == {"about": "hesitation", "agreed": agreed, "reply": reply}
    assert first["analysis"]["hesitation"]["score"] > 0.5
    assert second["analysis"]["hesitation"]["threshold"] == 0.5


def test_who_pauses_long_is_given_longer_silences_from_the_next_answer_on(tmp_path: Path):
    slow = "i think (1.6) it was (1.5) maybe ten (1.7) years ago that i saw (1.6) it with my (1.8) sister"
    ears, _ = held(tmp_path / "slow", slow, slow, slow)
    paces = [patience.pace for patience in ears.patience]
    assert paces[0] == 1.0
    assert 1.0 < paces[1] < paces[2] <= 2.0
    quick, _ = held(tmp_path / "quick", *3 * ["i think (0.3) it was (0.4) maybe ten years ago"])
    assert quick.patience[1] == BRIEFLY
    off, _ = held(tmp_path / "off", slow, slow, sensing=False)
    assert off.patience[1] == BRIEFLY


def test_off_from_the_start_nothing_of_it_is_asked_for_or_stored(tmp_path: Path):
    ears, turns = held(tmp_path, HESITANT, HESITANT, sensing=False)
    assert not any(ears.sensing)
    assert nothing_of_delivery_in(turns)
    assert no_trace_in(tmp_path)


def test_off_by_voice_nothing_is_left_of_what_was_stored_before(tmp_path: Path):
    answers = (HESITANT, "was i", "funny um (0.9) i guess", "i love them", "her", "it is about (1.3) loneliness")
    ears, turns = held(tmp_path / "on", *answers)
    assert not no_trace_in(tmp_path / "on")
    ears, turns = held(tmp_path / "off", *answers, "don't listen for that", "the music was um (1.2) lovely")
    assert ears.sensing[len(answers)] and not any(ears.sensing[len(answers) + 1 :])
    assert nothing_of_delivery_in(turns)
    assert no_trace_in(tmp_path / "off")
    assert [turn["agreed"] for turn in turns] == [None] * len(turns)
    with Store(tmp_path / "off") as store:
        shown = render_page(session_page(store, store.sessions()[0].id))
    assert "don't listen for that" in unescape(shown)
    assert not any(each in unescape(shown) for each in ("⟨um⟩", "In your voice", "You paused"))


def nothing_of_delivery_in(turns: list[dict[str, Any]]) -> bool:
    analyses = [turn["analysis"] for turn in turns if turn["analysis"] is not None]
    assert analyses
    return all(analysis[key] is None for analysis in analyses for key in TELLTALE)


def no_trace_in(folder: Path) -> bool:
    """Whether the store's files, byte by byte, have no filler, figure or sentence about how anything was said."""
    kept = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert b"while" in kept
    traces = (
        b" um ",
        b'"evidence"',
        b'"score"',
        b'"before"',
        b"syllables",
        b"abstained",
        b"In your voice",
        b"You paused",
    )
    return not any(trace in kept for trace in traces)


# as a user sees it


def answers_in(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [turn for turn in document["turns"] if turn["speaker"] == "person"]


def test_a_replay_without_sensing_shows_and_keeps_words_alone(tmp_path: Path):
    replayed = replay(tmp_path, answers(tmp_path, {"romance": "her/romance"}), "--no-sensing")
    first = answers_in(replayed.document)[0]
    assert first["question"] == "romance"
    assert "love letters" in first["text"]
    assert first["analysis"]["words"]
    assert nothing_of_delivery_in(answers_in(replayed.document))
    assert "⟨" not in replayed.captions
    assert "·" not in replayed.captions
    assert no_trace_in(replayed.data)


def test_dont_listen_for_that_said_aloud_deletes_what_was_kept(tmp_path: Path):
    said = {"romance": "her/romance", "discomfort": "commands/dont-listen-for-that", "voice": "her/voice"}
    replayed = replay(tmp_path, answers(tmp_path, said))
    before, _, after = replayed.captions.partition("○ don't listen for that")
    assert "·" in before
    assert "·" not in after
    assert replayed.document["profile"]["voice"] == "both"
    assert nothing_of_delivery_in(answers_in(replayed.document))
    assert no_trace_in(replayed.data)


def test_a_kiosk_can_be_set_not_to_listen_for_it(tmp_path: Path):
    config = tmp_path / "kiosk.toml"
    config.write_text("no_sensing = true\n", encoding="utf-8")
    assert kiosk_settings(config, {}).no_sensing
    assert kiosk_settings(None, {"no_sensing": True}).no_sensing
    assert not kiosk_settings(None, {"no_sensing": False}).no_sensing


def test_words_alone_are_still_the_whole_answer():
    assert Answer().words_alone() == Answer()
    assert spoken(HESITANT).words_alone().words == spoken(HESITANT).words
