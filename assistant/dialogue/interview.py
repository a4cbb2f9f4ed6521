"""The questions of the script, one after another: moving forward and back, and what the answers mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.asr.biasing import BiasingContext
from assistant.dialogue.actions import Action, Ask, Compose, End
from assistant.dialogue.film_choice import FilmChoice, Settled
from assistant.dialogue.follow_ups import FollowUpChooser
from assistant.dialogue.prompts import Prompts
from assistant.dialogue.script import (
    AboutQuestion,
    ChoiceQuestion,
    FilmQuestion,
    OpenQuestion,
    Question,
    ReviewQuestion,
    Script,
    StarsQuestion,
)
from assistant.dialogue.sensing import Sensing
from assistant.dialogue.state import DialogueState
from assistant.dialogue.understanding import (
    asked_about,
    asks_back,
    asks_what_is_meant,
    disowns_film,
    is_indifferent,
    is_neither,
    is_nothing_more,
    is_refusal,
    objected,
    understand_choice,
)
from assistant.english.endings import Ending, may_end
from assistant.english.normalise import words_said
from assistant.english.stars import hear_stars
from assistant.films.aspects import what_mattered
from assistant.films.catalogue import FilmCatalogue
from assistant.review import is_enough
from assistant.turns.answer import Answer
from assistant.turns.user_turn import UserTurn

_SILENT_QUESTIONS = 2
"""After this many unanswered questions in a row, the person is taken to have left."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A question that was asked, and the state before it, to which "go back" returns."""

    index: int
    ask: Ask
    said: int
    follow_ups: FollowUpChooser | None


class Interview:
    """Asks the questions of a script until there is enough for a review.

    Parameters
    ----------
    script : Script
    prompts : Prompts
    sensing : Sensing
        Gets every answer that counts, and may ask a question before the next one.
    films : callable, optional
        Returns the catalogue to look titles up in; without it, titles are taken as they are said.

    Attributes
    ----------
    state : DialogueState
        What the person has said so far.
    """

    def __init__(
        self, script: Script, prompts: Prompts, sensing: Sensing, films: Callable[[], FilmCatalogue] | None = None
    ) -> None:
        self._script = script
        self._prompts = prompts
        self._sensing = sensing
        self._films = films
        self.state = DialogueState({each.id: None for each in script.question if each.kind in ("choice", "open")})
        self._steps: list[_Step] = []
        self._follow_ups: FollowUpChooser | None = None
        self._film_choice: FilmChoice | None = None
        self._reworded = False
        self._offered = False
        self._wording = 0
        self._silent = 0

    # the way through the questions

    @property
    def question(self) -> Question:
        """The current question."""
        return self._script.question[self._step.index]

    @property
    def asked(self) -> Ask:
        """The last question, worded as it should be asked again."""
        return self._film_choice.asked if self._film_choice is not None else self._step.ask

    @property
    def expected(self) -> BiasingContext | None:
        """What may be expected in the answer: titles; or, once the film is known, its own and its people's names."""
        if self._film_choice is not None:
            return self._film_choice.expected
        film = self.state.film
        return BiasingContext(names=(film.title, *self.state.names)) if film is not None else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is anything to go back to."""
        return self._is_choosing_film or len(self._steps) > 1

    def start(self) -> list[Action]:
        """Ask the first question."""
        return self._enter(0)

    def next(self) -> list[Action]:
        """Go on to the next question, even if there are follow-ups left."""
        return self._enter(self._step.index + 1)

    def skip(self) -> list[Action]:
        """Go on without an answer."""
        if self._film_choice is not None and self._is_choosing_film:
            return self._go_on_about_film(self._film_choice.skip(), None)
        return self._follow_up() if self._follow_ups is not None else self.next()

    def back(self) -> list[Action]:
        """Ask the previous question again, as if it hadn't been answered.

        The top step is the question being asked or, while a remark about the voice awaits its answer, the next one; so
        the step below it is where to return.
        """
        step = self._steps.pop()
        if not self._is_choosing_film:
            step = self._steps.pop()
            self._follow_ups = step.follow_ups
            self.state.take_back(self._script.question[step.index], step.said)
        return self._take_step(step.index, step.ask)

    def explain(self, text: str = "") -> list[Action]:
        """Explain the question, or the choices named in a question back, and ask again."""
        question = self.question
        choices = asked_about(text, question.choice) if isinstance(question, ChoiceQuestion) else []
        texts = [choice.explain for choice in choices if choice.explain is not None]
        if not texts and question.explain is not None:
            texts = [question.explain]
        told = [self._prompts.explain(each, self.state.film) for each in texts]
        asked = self._offer(question.offer) if isinstance(question, ChoiceQuestion) else [self.asked_otherwise()]
        return [*told, *asked]

    def asked_otherwise(self) -> Ask:
        """The last question in other words: no two times running in the same."""
        if self._film_choice is not None and self._is_choosing_film:
            return self._film_choice.asked
        ask, question, film = self._step.ask, self.question, self.state.film
        wordings = [ask, self._prompts.again(ask, question, film)]
        if isinstance(question, ChoiceQuestion | FilmQuestion | StarsQuestion):
            wordings.append(self._prompts.offer(ask, question.offer))
        self._wording = (self._wording + 1) % len(wordings)
        return wordings[self._wording]

    @property
    def questions_left(self) -> int:
        """How many questions there will be at most until the review, the current one included."""
        asked = self._follow_ups.asked - 1 if self._follow_ups is not None else 0
        left = self._script.question[self._step.index : -1]
        return sum(each.most if isinstance(each, AboutQuestion) else 1 for each in left) - asked

    @property
    def _questions_after(self) -> int:
        """How many questions of the script follow the current one, the review's own left out."""
        return len(self._script.question) - self._step.index - 2

    def come_to_review(self, ask: Ask) -> None:
        """Note that the last question is being asked: what to do with the review."""
        self._take_step(len(self._script.question) - 1, ask)

    @property
    def _step(self) -> _Step:
        return self._steps[-1]

    def _enter(self, index: int) -> list[Action]:
        """Ask the question at `index`; before the review's own question, make the review."""
        question = self._script.question[index]
        if isinstance(question, ReviewQuestion):
            return [*self._recap(), self._prompts.say("generating"), Compose()]
        self._follow_ups = FollowUpChooser(question) if isinstance(question, AboutQuestion) else None
        return self._take_step(index, self._prompts.ask(question, self.state.film))

    def _recap(self) -> list[Action]:
        """Say back what was understood, so that a wrong title can be put right; nothing if there will be no review."""
        state = self.state
        about = [answer.spoken for answer in self._said_about if answer.words]
        if not about or not is_enough(state.said, state.film):
            return []
        voice = state.profile.get("voice")
        return [self._prompts.understood(state.film, voice, state.rating, what_mattered(about))]

    def _take_step(self, index: int, ask: Ask) -> list[Action]:
        self._steps.append(_Step(index, ask, len(self.state.said), self._follow_ups))
        self._reworded = self._offered = False
        self._wording = 0
        self._film_choice = None
        if isinstance(question := self._script.question[index], FilmQuestion):
            films = self._films() if self._films is not None else None
            self._film_choice = FilmChoice(films, self._prompts, ask, question.offer)
        return [ask]

    # answers

    def handle(self, heard: UserTurn) -> list[Action]:
        """Go on from an answer, or from silence."""
        is_title = self._film_choice is not None and bool(heard.answer.fillers) and heard.as_title is not None
        if not heard.answer.words and not is_title:
            return self._hear_silence()
        return self._correct_title(heard) or self._hear_answer(heard)

    def _hear_answer(self, heard: UserTurn) -> list[Action]:
        question, state = self.question, self.state
        text = heard.answer.spoken
        if asks_what_is_meant(text):
            return self.explain(text)
        match question:
            case ChoiceQuestion():
                if asks_back(text):
                    return self.explain(text)
                value = understand_choice(text, question.choice)
                if value is None and is_indifferent(text):
                    value = understand_choice("both", question.choice)
                refused = value is None and (is_refusal(text) or is_neither(text))
                if value is None and not refused and not self._offered:
                    return self._offer(question.offer)
                state.profile[question.id] = value
                then = [self._prompts.say("refused")] if refused else []
            case OpenQuestion():
                refused = is_refusal(text)
                state.profile[question.id] = None if refused else text
                hanging = self._sensing.listens and may_end(words_said(text)) is Ending.HANGING
                then = [self._prompts.say("refused" if refused else "trailed_off" if hanging else "thanks")]
            case FilmQuestion():
                assert self._film_choice is not None
                return self._go_on_about_film(self._film_choice.handle(text, heard.otherwise_heard), heard)
            case StarsQuestion():
                stars = hear_stars(text)
                state.rating = stars.rating
                if stars.rating is None and not (stars.declined or is_refusal(text) or self._offered):
                    return self._offer(question.offer)
                then = [self._prompts.stars_noted(stars.rating)] if stars.worked_out else []
            case AboutQuestion() if self._has_just_named_film and disowns_film(text):
                return self._hear_of_wrong_film(heard)
            case AboutQuestion() | ReviewQuestion():
                then = []
        state.keep(heard, question)
        following = self._follow_up() if isinstance(question, AboutQuestion) else self.next()
        return self._sensing.remark(heard, question, [*then, *following])

    def _follow_up(self) -> list[Action]:
        assert self._follow_ups is not None
        about = self._said_about
        chosen = self._follow_ups.next(about, about_delivery=self._sensing.listens)
        if chosen is None:
            return self.next()
        text, self._follow_ups = chosen
        ask = self._prompts.ask(self.question, self.state.film, text, about_delivery=self._follow_ups.is_about_delivery)
        told = (
            [self._prompts.say("nearly_done")] if self._follow_ups.is_last(about) and self._questions_after == 1 else []
        )
        return [*told, *self._take_step(self._step.index, ask)]

    @property
    def _said_about(self) -> list[Answer]:
        """All answers about the film, leaving out "no, nothing"."""
        about = next(question.id for question in self._script.question if isinstance(question, AboutQuestion))
        return [
            said.answer
            for said in self.state.said
            if said.question == about and not is_nothing_more(said.answer.spoken)
        ]

    def _offer(self, offer: str) -> list[Action]:
        self._offered = True
        self._wording = 2
        return [self._prompts.offer(self._step.ask, offer)]

    # the film

    @property
    def _is_choosing_film(self) -> bool:
        return self._film_choice is not None and self._film_choice.is_underway

    def _go_on_about_film(self, answer: Ask | Settled, heard: UserTurn | None) -> list[Action]:
        """Ask back, or go on with the film; `heard` is the answer that led here, if any."""
        if isinstance(answer, Ask):
            return [answer]
        self.state.film, self.state.film_is_sure, self.state.names = answer.film, answer.is_sure, answer.names
        if heard is None:
            return [*answer.says, *self.next()]
        if answer.goes_on and isinstance(self._script.question[self._step.index + 1], AboutQuestion):
            self.next()
            return [*answer.says, *self._hear_answer(heard)]
        question = self.question
        self.state.keep(heard, question)
        return self._sensing.remark(heard, question, [*answer.says, *self.next()])

    @property
    def _has_just_named_film(self) -> bool:
        before = [self._script.question[step.index].kind for step in self._steps[-2:-1]]
        return self.state.film is not None and before == ["film"]

    def _hear_of_wrong_film(self, heard: UserTurn) -> list[Action]:
        wrong = self.state.film
        self.back()
        assert self._film_choice is not None
        assert wrong is not None
        asked = self._film_choice.refuse(wrong)
        return self._hear_answer(heard) if objected(heard.answer.spoken) else [asked]

    def _correct_title(self, heard: UserTurn) -> list[Action]:
        """Take another film, if the person says which one it is after all; nothing if they don't."""
        question = next((each for each in self._script.question if isinstance(each, FilmQuestion)), None)
        if question is None or self.state.film is None or self._film_choice is not None:
            return []
        choice = FilmChoice(
            self._films() if self._films else None, self._prompts, self._prompts.ask(question, None), question.offer
        )
        title = choice.title_in(heard.answer.spoken)
        answer = choice.handle(title) if title is not None else None
        if not isinstance(answer, Settled) or not answer.is_sure:
            return []
        self.state.film, self.state.film_is_sure, self.state.names = answer.film, True, answer.names
        return [*answer.says, self._step.ask]

    # silence

    def somebody_spoke(self) -> None:
        """Note that someone is there, no matter what they said."""
        self._silent = 0

    def _hear_silence(self) -> list[Action]:
        if self._film_choice is not None and (outcome := self._film_choice.silence()) is not None:
            self._silent += isinstance(outcome, Settled)
            return self._go_on_about_film(outcome, None)
        if not self._reworded:
            self._reworded = True
            return [self.asked_otherwise()]
        self._silent += 1
        if self._silent >= _SILENT_QUESTIONS:
            return [self._prompts.say("left"), End("abandoned")]
        return [self._prompts.say("moving_on"), *self.next()]

    # without sensing

    def stop_sensing(self, following: list[Action]) -> list[Action]:
        """Forget how things were said.

        Parameters
        ----------
        following : list of Action
            What was to come next.

        Returns
        -------
        list of Action
            The same, or what comes after it if it is about how something was said.
        """
        self.state.keep_words_alone()
        if any(isinstance(action, Ask) and action.about_delivery for action in following):
            following = self.skip()
        self._steps = [self._in_plain_words(step) for step in self._steps]
        return following

    def _in_plain_words(self, step: _Step) -> _Step:
        if not step.ask.about_delivery:
            return step
        return replace(step, ask=self._prompts.ask(self._script.question[step.index], self.state.film))
