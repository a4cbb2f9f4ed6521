"""The conversation: hears an answer, says what to do next. No sound, no clock, no disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from assistant.conversation import commands
from assistant.conversation.actions import Action, Ask, Compose, End, Remember, Say, StopSensing
from assistant.conversation.commands import Command, command_in
from assistant.conversation.declining import mentions_declining
from assistant.conversation.dictation import Dictation
from assistant.conversation.film_choice import FilmChoice, Settled
from assistant.conversation.follow_ups import FollowUps
from assistant.conversation.heard import Heard
from assistant.conversation.script import (
    AboutQuestion,
    ChoiceQuestion,
    FilmQuestion,
    OpenQuestion,
    Question,
    ReviewQuestion,
    Script,
    StarsQuestion,
)
from assistant.conversation.sensing import Sensing
from assistant.conversation.understanding import (
    disowns_film,
    is_nothing_more,
    is_refusal,
    objected,
    understand_choice,
    understand_stars,
    understand_yes_no,
)
from assistant.conversation.wording import Wording
from assistant.films.catalogue import Catalogue
from assistant.films.film import Film
from assistant.hearing.answer import Answer
from assistant.hearing.turn import is_unfinished
from assistant.review.material import Said
from assistant.review.review import Review

_SILENT_QUESTIONS = 2
"""After so many questions in a row without a word, nobody is there any more."""


class _Waiting(Enum):
    ANSWER = auto()
    AGREEMENT = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class _Step:
    """A question that was asked, and what there was before: what "go back" returns to."""

    index: int
    ask: Ask
    said: int
    follow_ups: FollowUps | None


class Conversation:
    """An interview with one person.

    Begin with `start`; hand every answer to `hear`, the review to `composed`, the outcome of sending to `delivered`.
    Each returns the actions to do next, in order.

    Parameters
    ----------
    script : Script
    person : str, optional
        Whom to greet, title and all.
    site : str, optional
        The film site; the script's by default.
    films : callable, optional
        Gives the films that titles are looked up among; without it, titles are taken as they are said.
    sensing : bool
        Whether it is listened for how the person speaks.

    Attributes
    ----------
    profile : dict
        What was understood of choice and open questions, by their names; None where unknown.
    film : Film or None
    names : tuple of str
        Who made the film and who plays in it, as far as that is known.
    rating : float or None
        Stars.
    said : list of Said
        The answers that count, superseded ones taken out.
    """

    def __init__(
        self,
        script: Script,
        person: str | None = None,
        site: str | None = None,
        films: Callable[[], Catalogue] | None = None,
        *,
        sensing: bool = True,
    ) -> None:
        self._script = script
        self._films = films
        self._wording = Wording(script, person, site, sensing=sensing)
        self._sensing = Sensing(script.sensing, listens=sensing)
        self._forget()

    def _forget(self) -> None:
        self.profile: dict[str, str | None] = {
            question.id: None for question in self._script.question if question.kind in ("choice", "open")
        }
        self.film: Film | None = None
        self.names: tuple[str, ...] = ()
        self.rating: float | None = None
        self.said: list[Said] = []
        self._steps: list[_Step] = []
        self._follow_ups: FollowUps | None = None
        self._waiting = _Waiting.ANSWER
        self._reworded = False
        self._offered = False
        self._silent = 0
        self._before_stop = _Waiting.ANSWER
        self._sensing_ask = Ask("", None)
        self._sensed = Remember(0, "hesitation", None, "")
        self._after_agreement: list[Action] = []
        self._dictation: Dictation | None = None
        self._film_choice: FilmChoice | None = None

    # what happens

    @property
    def known_ahead(self) -> list[str]:
        """Sentences that will be said whatever the person answers, for rendering them ahead."""
        return self._wording.known_ahead()

    def start(self) -> list[Action]:
        """Greet, and ask the first question."""
        return [*self._wording.greeting(), *self._enter(0)]

    def hear(self, heard: Heard) -> list[Action]:
        """Go on from an answer."""
        if self._waiting is _Waiting.STOP:
            return self._hear_stop(heard)
        text = heard.answer.spoken
        if heard.answer.words:
            self._silent = 0
            if self._dictation is not None:
                return self._hear_of_review(heard, self._dictation)
            command = command_in(text, self._commands)
            if command is not None:
                return self._obey(command)
        if self._waiting is _Waiting.AGREEMENT:
            return self._hear_agreement(heard)
        is_title = self._film_choice is not None and bool(heard.answer.fillers) and heard.as_title is not None
        if not heard.answer.words and not is_title:
            return self._hear_silence(heard.answer)
        return self._hear_answer(heard)

    def composed(self, review: Review | None) -> list[Action]:
        """Dictate the review, and ask what to do with it; or go over to the other arrangement that was wanted."""
        if self._dictation is not None and self._dictation.is_rearranging:
            return self._dictation.rearranged(review)
        if review is None:
            return [self._say("no_review"), End("abandoned")]
        last = len(self._script.question) - 1
        question = self._script.question[last]
        assert isinstance(question, ReviewQuestion)
        ask = self._wording.ask(question, self.film)
        self._dictation = Dictation(review, self._wording, ask, question, self._choose_voice)
        return [self._say("hello"), *self._dictation.sentences, *self._take_step(last, self._dictation.question)]

    @property
    def expected(self) -> tuple[str, ...] | None:
        """What a recogniser that expects something may expect in the next answer; None where it isn't needed."""
        if self._film_choice is not None and self._waiting is _Waiting.ANSWER:
            return self._film_choice.expected
        return self._dictation.grammar if self._dictation is not None else None

    @property
    def may_be_interrupted(self) -> bool:
        """Whether somebody who breaks in is to be heard: while the review is dictated, which is long."""
        return self._dictation is not None

    def cut_short(self, unsaid: Sequence[str]) -> None:
        """Take note that the person broke in; the first of `unsaid` wasn't said to its end, the others not at all."""
        if self._dictation is not None:
            self._dictation.cut_short(unsaid)

    def delivered(self, everywhere: bool) -> list[Action]:
        """Take leave after sending; `everywhere` tells whether every outlet has it already."""
        return [self._say("sent" if everywhere else "sent_later"), End("sent")]

    # the way through the questions

    @property
    def _step(self) -> _Step:
        return self._steps[-1]

    @property
    def _question(self) -> Question:
        return self._script.question[self._step.index]

    def _enter(self, index: int) -> list[Action]:
        """Ask the question at `index`; before the review's own question, make the review."""
        question = self._script.question[index]
        if isinstance(question, ReviewQuestion):
            return [self._say("generating"), Compose()]
        self._follow_ups = FollowUps(question) if isinstance(question, AboutQuestion) else None
        return self._take_step(index, self._wording.ask(question, self.film))

    def _take_step(self, index: int, ask: Ask) -> list[Action]:
        self._steps.append(_Step(index, ask, len(self.said), self._follow_ups))
        self._reworded = self._offered = False
        self._film_choice = None
        if isinstance(question := self._script.question[index], FilmQuestion):
            films = self._films() if self._films is not None else None
            self._film_choice = FilmChoice(films, self._wording, ask, question.offer)
        return [ask]

    def _next(self) -> list[Action]:
        return self._enter(self._step.index + 1)

    def _again(self) -> list[Action]:
        """Ask what was asked last, once more."""
        if self._waiting is _Waiting.STOP:
            return [self._wording.confirm_stop()]
        if self._dictation is not None:
            return [self._dictation.question]
        if self._waiting is _Waiting.AGREEMENT:
            return [self._sensing_ask]
        return [self._film_choice.asked if self._film_choice is not None else self._step.ask]

    # answers

    def _hear_answer(self, heard: Heard) -> list[Action]:
        question = self._question
        text = heard.answer.spoken
        match question:
            case ChoiceQuestion():
                value = understand_choice(text, question.choice)
                if value is None and not is_refusal(text) and not self._offered:
                    return self._offer(question.offer)
                self.profile[question.id] = value
                then = [self._say("refused")] if value is None and is_refusal(text) else []
            case OpenQuestion():
                refused = is_refusal(text)
                self.profile[question.id] = None if refused else text
                hanging = self._sensing.listens and is_unfinished(text, frozenset())
                then = [self._say("refused" if refused else "trailed_off" if hanging else "thanks")]
            case FilmQuestion():
                assert self._film_choice is not None
                return self._go_on_about_film(self._film_choice.hear(text, heard.as_title), heard)
            case StarsQuestion():
                self.rating = understand_stars(text)
                if self.rating is None and not is_refusal(text) and not self._offered:
                    return self._offer(question.offer)
                then = []
            case AboutQuestion() if self._has_just_named_film and disowns_film(text):
                return self._hear_of_wrong_film(heard)
            case AboutQuestion() | ReviewQuestion():
                then = []
        self._keep(heard, question)
        following = self._follow_up() if isinstance(question, AboutQuestion) else self._next()
        return self._remark(heard, question, [*then, *following])

    def _keep(self, heard: Heard, question: Question) -> None:
        self.said.append(Said(heard.turn, question.id, heard.answer))

    def _follow_up(self) -> list[Action]:
        assert self._follow_ups is not None
        about = [
            said.answer
            for said in self.said
            if said.question == self._question.id and not is_nothing_more(said.answer.spoken)
        ]
        chosen = self._follow_ups.next(about, of_manner=self._sensing.listens)
        if chosen is None:
            return self._next()
        text, self._follow_ups = chosen
        ask = self._wording.ask(self._question, self.film, text, of_manner=self._follow_ups.is_of_manner)
        return self._take_step(self._step.index, ask)

    def _offer(self, offer: str) -> list[Action]:
        self._offered = True
        return [self._wording.offer(self._step.ask, offer)]

    # the film

    def _go_on_about_film(self, answer: Ask | Settled, heard: Heard | None) -> list[Action]:
        """Ask back, or go on with the film; `heard` is the answer that this follows from, if any."""
        if isinstance(answer, Ask):
            return [answer]
        self.film, self.names = answer.film, answer.names
        if heard is None:
            return [*answer.says, *self._next()]
        if answer.goes_on and isinstance(self._script.question[self._step.index + 1], AboutQuestion):
            self._next()
            return [*answer.says, *self._hear_answer(heard)]
        self._keep(heard, self._question)
        return self._remark(heard, self._question, [*answer.says, *self._next()])

    @property
    def _has_just_named_film(self) -> bool:
        before = [self._script.question[step.index].kind for step in self._steps[-2:-1]]
        return self.film is not None and before == ["film"]

    def _hear_of_wrong_film(self, heard: Heard) -> list[Action]:
        wrong = self.film
        self._go_back()
        assert self._film_choice is not None
        assert wrong is not None
        asked = self._film_choice.refuse(wrong)
        return self._hear_answer(heard) if objected(heard.answer.spoken) else [asked]

    def _hear_of_review(self, heard: Heard, dictation: Dictation) -> list[Action]:
        """What is said while the review is dictated; what leads out of that is no business of the dictation's."""
        self._reworded = False
        text = heard.answer.spoken
        leading_out = command_in(text, commands.REVIEW)
        meant = dictation.command_in(text, heard.as_command)
        if leading_out is Command.STOP and not dictation.is_interrupted:
            return self._confirm_stop()
        if leading_out is not None and meant is None:
            return self._obey(leading_out)
        said = Said(heard.turn, self._question.id, heard.answer)
        # Words of it may come into the review, which says where they are from.
        self.said.append(said)
        return dictation.hear(said, heard.as_command)

    def _choose_voice(self, voice: str) -> None:
        self.profile["voice"] = voice

    # silence

    def _hear_silence(self, answer: Answer) -> list[Action]:
        if self._dictation is not None and (actions := self._dictation.silence(answer)) is not None:
            return actions
        if self._film_choice is not None and (outcome := self._film_choice.silence()) is not None:
            self._silent += isinstance(outcome, Settled)
            return self._go_on_about_film(outcome, None)
        if not self._reworded:
            self._reworded = True
            return [self._wording.again(self._step.ask, self._question, self.film)]
        self._silent += 1
        if self._silent >= _SILENT_QUESTIONS or isinstance(self._question, ReviewQuestion):
            return [self._say("left"), self._end()]
        return [self._say("moving_on"), *self._next()]

    def _end(self) -> End:
        return End("abandoned" if self._dictation is None else "unsent")

    # what was heard in the voice

    def _remark(self, heard: Heard, question: Question, actions: list[Action]) -> list[Action]:
        """Ask about the voice first, where there is a reason to and somebody is going to be asked on anyway."""
        asked_on = any(isinstance(action, Ask) for action in actions)
        feeling = self._sensing.notice(question.id, heard.impression)
        if feeling is None or not asked_on:
            return actions
        self._after_agreement = actions
        self._sensed = Remember(heard.turn, feeling, None, "")
        self._waiting = _Waiting.AGREEMENT
        self._sensing_ask = self._wording.sensing(feeling)
        return [self._sensing_ask]

    def _hear_agreement(self, heard: Heard) -> list[Action]:
        text = heard.answer.spoken
        if mentions_declining(text):
            return self._stop_sensing()
        agreed = understand_yes_no(text)
        reply = {True: "sensed_yes", False: "sensed_no", None: "sensed_unsure"}[agreed]
        return [replace(self._sensed, agreed=agreed, reply=text), self._say(reply), *self._resume()]

    def _resume(self) -> list[Action]:
        """Go on with what was put off for the question about the voice."""
        self._waiting = _Waiting.ANSWER
        return self._after_agreement

    def _stop_sensing(self) -> list[Action]:
        """Listen only to what is said from here on, and ask nothing more about how it was."""
        self._sensing.listens = False
        self._before_stop = _Waiting.ANSWER
        self.said = [replace(said, answer=said.answer.words_alone()) for said in self.said]
        following = self._resume() if self._waiting is _Waiting.AGREEMENT else self._again()
        if any(isinstance(action, Ask) and action.of_manner for action in following):
            following = self._skip()
        self._steps = [self._without_manner(step) for step in self._steps]
        return [StopSensing(), self._say("sensing_off"), *following]

    def _without_manner(self, step: _Step) -> _Step:
        """A question to go back to, in its plain words."""
        if not step.ask.of_manner:
            return step
        return replace(step, ask=self._wording.ask(self._script.question[step.index], self.film))

    # commands

    @property
    def _commands(self) -> frozenset[Command]:
        if self._waiting is _Waiting.AGREEMENT:
            return commands.ANYWHERE
        return {"about": commands.ABOUT, "film": commands.FILM}.get(self._question.kind, commands.ANYWHERE)

    def _obey(self, command: Command) -> list[Action]:
        match command:
            case Command.REPEAT:
                return self._again()
            case Command.HELP:
                return [self._wording.help(self._question), *self._again()]
            case Command.SKIP:
                return [self._say("skipped"), *self._skip()]
            case Command.DONE:
                return [self._say("thanks"), *self._next()]
            case Command.BACK:
                return self._go_back()
            case Command.STOP:
                return self._confirm_stop()
            case Command.NO_SENSING:
                return self._stop_sensing()
            case Command.START_OVER:
                self._forget()
                return [self._say("starting_over"), *self._enter(0)]

    def _skip(self) -> list[Action]:
        if self._waiting is _Waiting.AGREEMENT:
            return self._resume()
        if self._film_choice is not None and self._film_choice.is_underway:
            return self._go_on_about_film(self._film_choice.skip(), None)
        return self._follow_up() if self._follow_ups is not None else self._next()

    def _go_back(self) -> list[Action]:
        """Ask the previous question again, as if it hadn't been answered.

        The step on top is the question being asked or, while a remark about the voice waits for its answer, the one
        to come; so the one below it is the one to return to.
        """
        self._waiting = _Waiting.ANSWER
        if self._film_choice is not None and self._film_choice.is_underway:
            step = self._steps.pop()
            return self._take_step(step.index, step.ask)
        if len(self._steps) < 2:
            return [self._say("nothing_before"), *self._again()]
        self._steps.pop()
        previous = self._steps.pop()
        self._dictation = None
        self.said = self.said[: previous.said]
        self._follow_ups = previous.follow_ups
        question = self._script.question[previous.index]
        if question.id in self.profile:
            self.profile[question.id] = None
        elif isinstance(question, FilmQuestion):
            self.film, self.names = None, ()
        elif isinstance(question, StarsQuestion):
            self.rating = None
        return self._take_step(previous.index, previous.ask)

    def _confirm_stop(self) -> list[Action]:
        self._before_stop = self._waiting
        self._waiting = _Waiting.STOP
        return [self._wording.confirm_stop()]

    def _hear_stop(self, heard: Heard) -> list[Action]:
        text = heard.answer.spoken
        if command_in(text, frozenset({Command.NO_SENSING})):
            return self._stop_sensing()
        stop = understand_yes_no(text)
        if stop or not heard.answer.words or command_in(text, frozenset({Command.STOP})):
            return [self._say("stopped"), self._end()]
        self._waiting = self._before_stop
        return [self._say("going_on"), *self._again()]

    # words

    def _say(self, key: str) -> Say:
        return self._wording.say(key)
