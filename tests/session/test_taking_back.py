"""Somebody who hadn't finished: the assistant falls silent, and the answer goes on as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.asr.interruption import Interruption
from assistant.audio.frame import RATE_HZ, Samples
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import load_script
from assistant.session.assembly import LoadedEar, make_ear
from assistant.session.barge_in import BargeIn, HalfDuplex
from assistant.session.components import SessionComponents
from assistant.session.session import Session
from assistant.store import Store, Turn
from tests.support.recordings import sound_of
from tests.support.replays import short_interview
from tools.simulation.desk import Desk, GoneError, Speaker, part_of

LOVE, CRY = part_of("fluent/emotional_movies", 0, 2), part_of("fluent/emotional_movies", 3)
WHOLE = "i love them i cry at every wedding and i am proud of that"
ECHO: Samples = part_of("her/about-1", 0) // 4
NEXT = "What did the film do to you?"


@pytest.fixture(scope="module")
def ear() -> LoadedEar:
    return make_ear(None)


class Talk:
    """A conversation that begins with emotional movies and goes on about the film."""

    def __init__(self, ear: LoadedEar, folder: Path, echo: Samples | None = None) -> None:
        self._ear = ear
        self._folder = folder
        self._hears_itself = echo is not None
        self.desk = Desk(echo)
        self.person = Speaker(self.desk, [], [])
        self.log: list[str] = []

    def hold(
        self,
        over: Sequence[tuple[str, Samples, float]],
        *answers: Samples,
        gone: type[BaseException] = GoneError,
    ) -> list[str]:
        self.person.over, self.person.answers = list(over), list(answers)
        script = load_script(short_interview(self._folder, questions=("emotional_movies", "about", "review")))
        barge_in = (HalfDuplex if self._hears_itself else BargeIn)(self.desk, Interruption(self._ear.words))
        with Store(self._folder / "data") as store:
            parts = SessionComponents(
                self.desk, self._ear.listener, self._ear.model, self.desk, store, self.person, (),
                commands=self._ear.commands, barge_in=barge_in, keep_audio=True,
            )  # fmt: skip
            session = Session(parts, Conversation(script))
            with pytest.raises(gone):
                session.run()
            self.turns = store.turns(session.id)
        log = self.person.log
        return log[log.index("● How would you describe your relationship with emotional movies?") + 1 :]

    @property
    def answers(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.speaker == "person"]


@pytest.fixture
def talk(ear: LoadedEar, tmp_path: Path) -> Talk:
    return Talk(ear, tmp_path)


@pytest.fixture
def talk_with_echo(ear: LoadedEar, tmp_path: Path) -> Talk:
    """The microphone hears the assistant, 12 dB below the person."""
    return Talk(ear, tmp_path, ECHO)


@pytest.fixture(scope="module")
def cut_off(ear: LoadedEar, tmp_path_factory: pytest.TempPathFactory) -> Talk:
    talk = Talk(ear, tmp_path_factory.mktemp("cut-off"))
    talk.log = talk.hold([("Thank you.", CRY, 0.3)], LOVE)
    return talk


def test_somebody_who_goes_on_in_the_first_moments_is_heard_to_the_end_and_it_is_one_answer(cut_off: Talk):
    # What comes after the answer is worked out from the whole of it.
    assert cut_off.log == ["○ i love them", "● Thank you.", f"○ {WHOLE}", "● Thank you.", f"● {NEXT}"]
    [answer] = cut_off.answers
    assert (answer.text, answer.question) == (WHOLE, "emotional_movies")


def test_the_assistant_falls_silent_within_a_fifth_of_a_second(cut_off: Talk):
    first = next(said for said in cut_off.desk.spoken if said[0] == "Thank you.")
    assert first[2] <= 0.3 + 0.2


def test_the_pause_in_which_the_assistant_began_to_speak_is_a_pause_of_the_answer(cut_off: Talk):
    spoken = cut_off.desk.spoken
    _, asked_s, length_s = next(said for said in spoken if said[0].startswith("How would"))
    heard_from_s, goes_on_s = asked_s + length_s, next(said for said in spoken if said[0] == "Thank you.")[1] + 0.3
    [answer] = cut_off.answers
    assert answer.analysis is not None
    [pause] = answer.analysis["pauses"]
    assert pause["before"] == "i"
    assert pause["start_s"] == pytest.approx(0.5 + len(LOVE) / RATE_HZ, abs=0.15)
    assert pause["end_s"] == pytest.approx(goes_on_s - heard_from_s, abs=0.15)


def test_the_sound_that_is_kept_is_that_of_the_whole_answer(cut_off: Talk):
    [answer] = cut_off.answers
    assert answer.audio is not None
    assert answer.analysis is not None
    heard = sound_of(answer.audio)
    assert len(heard) / RATE_HZ == pytest.approx(answer.analysis["duration_s"], abs=0.01)
    for word in (answer.analysis["words"][0], answer.analysis["words"][-1]):
        sound = heard[round(word["start_s"] * RATE_HZ) : round(word["end_s"] * RATE_HZ)]
        assert np.abs(sound.astype(np.int32)).max() > 1000


def test_a_question_that_was_cut_off_by_more_of_the_answer_before_is_asked_again(talk: Talk):
    log = talk.hold([("Thank you.", CRY, 1.2)], LOVE)
    assert log == ["○ i love them", "● Thank you.", f"● {NEXT}", f"○ {WHOLE}", "● Thank you.", f"● {NEXT}"]
    first = next(said for said in talk.desk.spoken if said[0] == NEXT)
    assert 1.2 < first[1] + first[2] - talk.desk.spoken[4][1] <= 1.4


def test_a_question_that_was_understood_before_it_ended_is_answered(talk: Talk):
    log = talk.hold([("What did", part_of("fluent/about-1", 21, 31), 1.3)], LOVE)
    assert log[3].startswith("○ the director takes that idea")
    assert [turn.question for turn in talk.answers] == ["emotional_movies", "about"]


def test_what_is_said_late_over_a_question_that_was_not_understood_yet_is_more_of_the_answer_before(talk: Talk):
    # The first moments are over when the question begins.
    talk.desk.slow_down(3.0)
    log = talk.hold([("What did", CRY, 0.3)], LOVE)
    assert f"○ {WHOLE}" in log
    assert [turn.question for turn in talk.answers] == ["emotional_movies"]


def test_nobody_is_spoken_over_who_goes_on_before_the_assistant_has_begun(talk_with_echo: Talk):
    log = talk_with_echo.hold([("Thank you.", CRY, -0.1)], LOVE)
    assert log[:3] == ["○ i love them", "● Thank you.", f"○ {WHOLE}"]
    assert [text for text, _, _ in talk_with_echo.desk.spoken].count("Thank you.") == 1


def test_the_assistant_does_not_take_its_own_echo_for_anybody(talk_with_echo: Talk):
    assert talk_with_echo.hold([], LOVE) == ["○ i love them", "● Thank you.", f"● {NEXT}"]


def test_who_is_spoken_over_is_asked_to_say_that_again(talk_with_echo: Talk):
    log = talk_with_echo.hold([("Thank you.", part_of("fluent/emotional_movies", 3, 4), 0.2)], LOVE, CRY)
    assert log[2:4] == ["● I spoke over you. Please say that again.", f"○ {WHOLE}"]
    assert [turn.text for turn in talk_with_echo.answers] == [WHOLE]


def test_who_is_spoken_over_and_does_not_stop_is_heard_to_the_end(talk_with_echo: Talk):
    log = talk_with_echo.hold([("Thank you.", CRY, 0.2)], LOVE)
    assert log[2].startswith("○ i love them ")
    assert log[2].endswith("i am proud of that")
    assert "● I spoke over you. Please say that again." not in log


def test_an_answer_that_begins_in_the_last_moments_of_a_question_is_heard_from_its_first_word(
    ear: LoadedEar, tmp_path: Path
):
    talk = Talk(ear, tmp_path, ECHO // 3)
    log = talk.hold([("What did", part_of("fluent/about-1", 21, 31), 1.5)], LOVE)
    assert log[3].startswith("○ the director takes that idea")


def test_a_cough_makes_the_assistant_pause_and_say_it_again_and_nothing_is_taken_back(talk: Talk):
    noise = np.random.default_rng(1).normal(0, 4000, RATE_HZ // 5).astype(np.int16)
    log = talk.hold([("Thank you.", noise, 0.2)], LOVE)
    assert log == ["○ i love them", "● Thank you.", f"● {NEXT}"]
    first, second = (said for said in talk.desk.spoken if said[0] == "Thank you.")
    assert first[2] < second[2]


def test_a_yes_while_the_assistant_begins_is_no_more_of_the_answer(talk: Talk):
    log = talk.hold([("Thank you.", part_of("commands/yes", 0, 0), 0.2)], LOVE)
    assert log == ["○ i love them", "● Thank you.", f"● {NEXT}"]


def test_who_falls_silent_because_the_assistant_spoke_is_told_to_go_on(talk: Talk):
    log = talk.hold([("Thank you.", part_of("fluent/emotional_movies", 3, 4), 0.2)], LOVE, part_of("her/stars", 0, 1))
    assert log[2:4] == ["○ i love them i cry", "● Go on."]
    assert log[4].startswith("○ i love them i cry ")
    assert log[5].startswith("● Thank you.")


def test_a_command_said_over_the_assistant_is_no_more_of_the_answer(talk: Talk):
    log = talk.hold([("Thank you.", part_of("commands/repeat-that", 0), 0.3)], LOVE)
    assert log[2:] == ["○ repeat that", f"● {NEXT}"]
    assert [turn.text for turn in talk.answers] == ["i love them", "repeat that"]


def test_if_hearing_more_is_broken_off_all_of_the_answer_is_kept(talk: Talk):
    def fail(text: str) -> None:
        if "every wedding" in text:
            raise KeyboardInterrupt

    talk.person.caption = fail  # type: ignore[method-assign]
    talk.hold([("Thank you.", CRY, 0.3)], LOVE, gone=KeyboardInterrupt)
    [answer] = talk.answers
    assert answer.text.startswith("i love them i cry at every wedding")
