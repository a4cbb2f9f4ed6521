"""Somebody to whom the review is being read: where the long way there is no matter."""

from __future__ import annotations

from collections.abc import Callable

from assistant.dialogue.actions import Action, Compose
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import default_script
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence
from assistant.session.components import SessionComponents, Watcher
from assistant.session.session import Session
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment
from assistant.turns.user_turn import UserTurn
from tests.support.answers import spoken

SENTENCES = (
    "I watched it alone, late at night.",
    "The letters that he writes for other people, in an office full of light, are the saddest thing in the film.",
    "The music is a piano in the next room.",
    "I would see it again with my mother.",
)
_ANSWER = "the colors are warm and the music is a piano in the next room because somebody is lonely there " * 3


class ReviewConversation(Conversation):
    """A conversation that begins where the review is read."""

    def start(self) -> list[Action]:
        actions = super().start()
        for turn, answer in enumerate(("romantic", "both", "i love them", "her", _ANSWER, "that's all", "four")):
            actions = self.hear(UserTurn(turn, spoken(answer)))
        assert actions[-1] == Compose()
        written = tuple(Sentence(text, (Passage(5, float(at), at + 1.0),)) for at, text in enumerate(SENTENCES))
        return self.composed(Review(Film("Her"), 4.0, "both", written))


class InterruptingUser(Watcher):
    """Breaks in when a sentence is read for the first time; answers when they have the word.

    Watches the session: `log` has what the assistant said (●) and what was heard (○).
    """

    def __init__(
        self,
        cue: str,
        break_in: Callable[[], object],
        *answers: Callable[[], object],
        # The first time they have the word they have taken it.
        first_answer: Callable[[], object] = lambda: None,
    ) -> None:
        self._cue: str | None = cue
        self._break_in = break_in
        self._answers = [first_answer, *answers]
        self.log: list[str] = []
        self.heard_last = Answer()

    def talk(self, parts: SessionComponents) -> list[str]:
        Session(parts, ReviewConversation(default_script())).run()
        return self.log

    def said(self, text: str, question: str | None) -> None:
        self.log.append(f"● {text}")
        if text == self._cue:
            self._cue = None
            self._break_in()

    def listening(self) -> None:
        self._answers.pop(0)()

    def heard(self, answer: Answer, impression: Assessment) -> None:
        self.log.append(f"○ {answer.text}")
        self.heard_last = answer
