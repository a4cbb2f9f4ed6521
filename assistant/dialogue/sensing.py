"""What the assistant says about how a person speaks: when to mention it, and what they reply."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.dialogue.actions import Action, Ask, Remember
from assistant.dialogue.prompts import Prompts
from assistant.dialogue.script import Question, SensingRules
from assistant.dialogue.understanding import understand_yes_no
from assistant.turns.assessment import Assessment, EstimateName
from assistant.turns.user_turn import UserTurn


@dataclass(frozen=True, slots=True)
class _Remark:
    """A question of whether they agree with what was sensed; `following` is put off until it is answered."""

    ask: Ask
    sensed: Remember
    following: list[Action]


class Sensing:
    """Asks about an assessment: rarely, and never twice about the same thing.

    Parameters
    ----------
    rules : SensingRules
        Whether to ask at all, and how rarely.
    prompts : Prompts
    listens : bool

    Attributes
    ----------
    listens : bool
        Whether to listen to how the person speaks; if not, the assistant doesn't mention it.
    """

    def __init__(self, rules: SensingRules, prompts: Prompts, *, listens: bool = True) -> None:
        self._rules = rules
        self._prompts = prompts
        self.listens = listens
        self._since = rules.answers_apart
        self._topics: set[str] = set()
        self._remark: _Remark | None = None

    @property
    def asked(self) -> Ask | None:
        """The question that awaits an answer, if there is one."""
        return self._remark.ask if self._remark is not None else None

    def remark(self, heard: UserTurn, question: Question, following: list[Action]) -> list[Action]:
        """Ask about the voice first, if there is reason to and another question follows anyway.

        Parameters
        ----------
        heard : UserTurn
        question : Question
            What the answer was about.
        following : list of Action
            What to do next.
        """
        asked_on = any(isinstance(action, Ask) for action in following)
        about = self._notice(question.id, heard.assessment)
        if about is None or not asked_on:
            return following
        ask = self._prompts.sensing(about)
        self._remark = _Remark(ask, Remember(heard.number, about, None, ""), following)
        return [ask]

    def handle(self, text: str) -> list[Action]:
        """Go on from the person's reply, whether they agree or not."""
        assert self._remark is not None
        agreed = understand_yes_no(text)
        reply = {True: "sensed_yes", False: "sensed_no", None: "sensed_unsure"}[agreed]
        sensed = replace(self._remark.sensed, agreed=agreed, reply=text)
        return [sensed, self._prompts.say(reply), *self.resume()]

    def resume(self) -> list[Action]:
        """Go on with what was put off, if anything was."""
        remark, self._remark = self._remark, None
        return remark.following if remark is not None else []

    def stop(self) -> list[Action]:
        """From here on, listen only to what is said, ask nothing more about how it is said, and go on."""
        self.listens = False
        return self.resume()

    def _notice(self, topic: str, assessment: Assessment | None) -> EstimateName | None:
        """What to ask about after an answer, if anything; there is none if sensing is off."""
        self._since += 1
        if not self._rules.asks or assessment is None:
            return None
        if topic in self._topics or self._since < self._rules.answers_apart:
            return None
        about: EstimateName | None = None
        if assessment.discomfort.is_strong:
            about = "discomfort"
        elif assessment.hesitation.is_strong:
            about = "hesitation"
        if about is not None:
            self._topics.add(topic)
            self._since = 0
        return about
