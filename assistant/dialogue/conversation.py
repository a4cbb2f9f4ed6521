"""The conversation: takes an answer and says what to do next. No sound, no clock, no disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace

from assistant.asr.biasing import BiasingContext
from assistant.dialogue.actions import Action, AdjustVoice, End, Reopen, Say, StopSensing
from assistant.dialogue.film_choice import FilmChoice
from assistant.dialogue.interview import Interview
from assistant.dialogue.prompts import Prompts
from assistant.dialogue.review_stage import ReviewStage
from assistant.dialogue.script import FilmQuestion, ReviewQuestion, Script
from assistant.dialogue.sensing import Sensing
from assistant.dialogue.state import DialogueState
from assistant.dialogue.understanding import understand_yes_no
from assistant.films.catalogue import FilmCatalogue
from assistant.intents import Context, Intent, command_in, mentions
from assistant.review import Review
from assistant.turns.answer import TurnEnd
from assistant.turns.user_turn import UserTurn

_AT_ONCE_S = 1.0
"""Whoever says "wait" this soon after a question wasn't finished; later, they want time to think about it."""
_FASTER = 1.25
_LOUDER_DB = 6.0
"""Plainly louder: about one and a half times as loud."""


class Conversation:
    """A conversation with one person: the interview, and then the review made from it.

    Begin with `start`; pass answers to `hear`, the review to `composed`, and the outcome of sending to `delivered`.
    Each returns the next actions, in order.

    Parameters
    ----------
    script : Script
    person : str, optional
        The person to greet, by name and title.
    site : str, optional
        The film site; the script's by default.
    films : callable, optional
        Returns the catalogue to look titles up in; without it, titles are taken as they are said.
    sensing : bool
        Whether to listen to how the person speaks.
    typed : bool
        Whether answers are typed.
    """

    def __init__(
        self,
        script: Script,
        person: str | None = None,
        site: str | None = None,
        films: Callable[[], FilmCatalogue] | None = None,
        *,
        sensing: bool = True,
        typed: bool = False,
    ) -> None:
        self._script = script
        self._films = films
        self._prompts = Prompts(script, person, site, sensing=sensing, typed=typed)
        self._sensing = Sensing(script.sensing, self._prompts, listens=sensing)
        self._begin()

    def _begin(self) -> None:
        self._interview = Interview(self._script, self._prompts, self._sensing, self._films)
        self._review_stage: ReviewStage | None = None
        self._is_stopping = False
        self._may_go_on = False

    def copy(self) -> Conversation:
        """The same conversation at the same point; from here on, each goes its own way.

        For answers that may be going on: hear one in a copy, and nothing has to be undone if more of it comes. Takes
        about a millisecond.
        """
        # What never changes is shared.
        fixed = (self._script, *self._script.question, self._prompts, self._films, *self.state.said)
        return deepcopy(self, {id(each): each for each in fixed})

    # what happens

    @property
    def state(self) -> DialogueState:
        """What the person has said so far."""
        return self._interview.state

    @property
    def known_ahead(self) -> list[str]:
        """Sentences that will be said no matter what the person answers, so that they can be rendered ahead."""
        return self._prompts.known_ahead()

    def start(self) -> list[Action]:
        """Greet, and ask the first question."""
        return [*self._prompts.greeting(), *self._interview.start()]

    def hear(self, heard: UserTurn) -> list[Action]:
        """Go on from an answer."""
        if heard.answer.ended is TurnEnd.LEFT:
            return self._stop()
        self._may_go_on = bool(heard.answer.words) and not self._is_stopping and not self._commands(heard)
        if self._is_stopping:
            return self._hear_stop(heard)
        text = heard.answer.spoken
        if heard.answer.words:
            self._interview.somebody_spoke()
            if self._review_stage is not None:
                return self._hear_of_review(heard, self._review_stage)
            intent = command_in(text, *self._contexts)
            if intent in (Intent.WAIT, Intent.UNFINISHED):
                return self._wait(heard, sure=intent is Intent.UNFINISHED)
            if intent is not None:
                return self._obey(intent)
        if self._sensing.asked is not None:
            return (
                self._stop_sensing()
                if mentions(text, Intent.NO_SENSING, Context.INTERVIEW)
                else self._sensing.handle(text)
            )
        if self._review_stage is not None:
            return self._review_stage.silence(heard.answer)
        return self._interview.handle(heard)

    def composed(self, review: Review | None) -> list[Action]:
        """Read out the review and ask what to do with it, or switch to the other arrangement that was asked for."""
        if self._review_stage is not None and self._review_stage.is_rearranging:
            return self._review_stage.rearranged(review)
        if review is None:
            return [self._prompts.say("no_review"), End("abandoned")]
        question = self._script.question[-1]
        assert isinstance(question, ReviewQuestion)
        ask = self._prompts.ask(question, self.state.film)
        self._review_stage = ReviewStage(review, self._prompts, ask, question, self.state, self._film_chooser())
        asked = self._review_stage.question
        self._interview.come_to_review(asked)
        return [self._prompts.say("hello"), *self._review_stage.sentences, asked]

    @property
    def expected(self) -> BiasingContext | None:
        """What may be expected in the next answer; None for nothing in particular."""
        if self._review_stage is not None:
            return self._review_stage.expected
        return None if self._is_stopping or self._sensing.asked is not None else self._interview.expected

    @property
    def may_be_interrupted(self) -> bool:
        """Whether people may break in: while the review is read, because that takes long."""
        return self._review_stage is not None

    @property
    def may_go_on(self) -> bool:
        """Whether there may be more of the last answer: there is no more of a command, nor of a yes to sending."""
        return self._may_go_on

    def is_command(self, text: str) -> bool:
        """Whether this is something else than an answer, or more of one: a command."""
        if self._review_stage is not None:
            return self._review_stage.command_in(text) is not None or command_in(text, Context.REVIEW) is not None
        return command_in(text, *self._contexts) is not None

    @property
    def go_on(self) -> Say:
        """What to say to a person who was cut off."""
        return self._prompts.say("go_on")

    @property
    def spoken_over(self) -> Say:
        """What to say to a person who couldn't be heard because the assistant spoke."""
        return self._prompts.say("spoken_over")

    def cut_short(self, unsaid: Sequence[str]) -> None:
        """Note that the person broke in: the first of `unsaid` was left unfinished, the others unsaid."""
        if self._review_stage is not None:
            self._review_stage.cut_short(unsaid)

    def delivered(self, *, waiting: bool, failed: bool) -> list[Action]:
        """Say goodbye after sending, and promise no more than will happen.

        Parameters
        ----------
        waiting : bool
            Whether an outlet will get it later.
        failed : bool
            Whether an outlet won't get it.
        """
        return [self._prompts.say("not_everywhere" if failed else "sent_later" if waiting else "sent"), End("sent")]

    # the review

    def _hear_of_review(self, heard: UserTurn, review_stage: ReviewStage) -> list[Action]:
        """Go on from what was said about the review: the review stage's business, unless it leads away from that."""
        text = heard.answer.spoken
        leading_out = command_in(text, Context.REVIEW)
        command = review_stage.command_in(text, heard.as_expected)
        if leading_out is Intent.STOP and not review_stage.is_interrupted:
            return self._confirm_stop()
        if leading_out is not None and command is None:
            return self._obey(leading_out)
        # Some of these words may end up in the review, which has to say where they come from.
        said = self.state.keep(heard, self._interview.question)
        return review_stage.handle(said, command)

    def _film_chooser(self) -> Callable[[], FilmChoice] | None:
        """What begins to find out which film the review is about; None if the script doesn't ask for it."""
        question = next((each for each in self._script.question if isinstance(each, FilmQuestion)), None)
        if question is None:
            return None
        films, prompts, ask = self._films, self._prompts, self._prompts.ask(question, None)
        return lambda: FilmChoice(films() if films else None, prompts, ask, question.offer)

    # commands

    @property
    def _contexts(self) -> tuple[Context, ...]:
        if self._sensing.asked is not None:
            return (Context.INTERVIEW,)
        besides = {"about": (Context.ABOUT,), "film": (Context.FILM,)}
        return (Context.INTERVIEW, *besides.get(self._interview.question.kind, ()))

    def _obey(self, intent: Intent) -> list[Action]:
        obey: dict[Intent, Callable[[], list[Action]]] = {
            Intent.REPEAT: self._again,
            Intent.HELP: lambda: [self._prompts.help(self._interview.question), *self._otherwise()],
            Intent.DIFFERENTLY: self._otherwise,
            Intent.EXPLAIN: self._explain,
            Intent.WHO: lambda: [self._prompts.say("who"), *self._otherwise()],
            Intent.HOW_LONG: lambda: [
                self._prompts.questions_left(self._interview.questions_left),
                *self._otherwise(),
            ],
            Intent.SLOWER: lambda: [AdjustVoice(tempo=1 / _FASTER), *self._again()],
            Intent.FASTER: lambda: [AdjustVoice(tempo=_FASTER), *self._again()],
            Intent.LOUDER: lambda: [AdjustVoice(gain_db=_LOUDER_DB), *self._again()],
            Intent.QUIETER: lambda: [AdjustVoice(gain_db=-_LOUDER_DB), *self._again()],
            Intent.SKIP: self._skip,
            Intent.DONE: lambda: [self._prompts.say("thanks"), *self._interview.next()],
            Intent.BACK: self._go_back,
            Intent.STOP: self._confirm_stop,
            Intent.NO_SENSING: self._stop_sensing,
            Intent.START_OVER: self._start_over,
        }
        return obey[intent]()

    def _commands(self, heard: UserTurn) -> bool:
        """Whether an answer is a command, or decides about one."""
        if self._review_stage is None:
            return self.is_command(heard.answer.spoken)
        return self._review_stage.command_in(heard.answer.spoken, heard.as_expected) is not None or (
            self.is_command(heard.answer.spoken) or understand_yes_no(heard.answer.spoken) is not None
        )

    def _wait(self, heard: UserTurn, *, sure: bool) -> list[Action]:
        """Let the person go on with the last answer, or, unless that is `sure`, think about the current question."""
        latency_s = heard.answer.response_latency_s
        asked = self._sensing.asked or self._interview.asked
        thinking = replace(asked, text=self._prompts.say("take_your_time").text)
        at_once = heard.answer.interrupts or latency_s is None or latency_s < _AT_ONCE_S
        return [Reopen((thinking,))] if sure or at_once else [thinking]

    def _again(self) -> list[Action]:
        """Ask the last question again."""
        if self._is_stopping:
            return [self._prompts.confirm_stop()]
        if self._review_stage is not None:
            return [self._review_stage.question]
        return [self._sensing.asked or self._interview.asked]

    def _otherwise(self) -> list[Action]:
        """Ask the last question again, in other words if there are any."""
        if self._is_stopping or self._review_stage is not None:
            return self._again()
        sensed = self._sensing.asked
        return [self._prompts.sensing_again(sensed) if sensed is not None else self._interview.asked_otherwise()]

    def _explain(self) -> list[Action]:
        if self._sensing.asked is None:
            return self._interview.explain()
        return [self._prompts.say("sensing_explained"), *self._otherwise()]

    def _skip(self) -> list[Action]:
        put_off = self._sensing.resume()
        return [self._prompts.say("skipped"), *(put_off or self._interview.skip())]

    def _start_over(self) -> list[Action]:
        self._begin()
        return [self._prompts.say("starting_over"), *self._interview.start()]

    def _go_back(self) -> list[Action]:
        # What was put off comes after the question they return to.
        self._sensing.resume()
        if not self._interview.can_go_back:
            return [self._prompts.say("nothing_before"), *self._again()]
        self._review_stage = None
        return self._interview.back()

    def _stop_sensing(self) -> list[Action]:
        """From here on, listen only to what is said, and ask nothing more about how it is said."""
        self._may_go_on = False
        put_off = self._sensing.stop()
        following = self._again() if self._is_stopping or not put_off else put_off
        return [StopSensing(), self._prompts.say("sensing_off"), *self._interview.stop_sensing(following)]

    # stopping

    def _confirm_stop(self) -> list[Action]:
        self._is_stopping = True
        return [self._prompts.confirm_stop()]

    def _hear_stop(self, heard: UserTurn) -> list[Action]:
        text = heard.answer.spoken
        intent = command_in(text, Context.STOPPING)
        if intent is Intent.NO_SENSING:
            return self._stop_sensing()
        stop = understand_yes_no(text)
        if stop or not heard.answer.words or intent is Intent.STOP:
            return self._stop()
        self._is_stopping = False
        return [self._prompts.say("going_on"), *self._again()]

    def _stop(self) -> list[Action]:
        return [self._prompts.say("stopped"), End("abandoned" if self._review_stage is None else "unsent")]
