"""The review stage: reads the review aloud, takes corrections, and asks before sending it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from assistant.asr.biasing import BiasingContext
from assistant.asr.endpointing import TurnCompletion, any_words
from assistant.dialogue.actions import Action, Ask, Compose, Deliver, End, Revise, Say
from assistant.dialogue.film_choice import FilmChoice, Settled
from assistant.dialogue.prompts import Prompts
from assistant.dialogue.script import ReviewQuestion
from assistant.dialogue.state import DialogueState
from assistant.dialogue.turn_completion import yes_or_no
from assistant.dialogue.understanding import understand_yes_no
from assistant.editing import (
    CommandContext,
    Document,
    Editor,
    EditReply,
    Outcome,
    parse_command,
    parse_heard,
    sentences_said,
)
from assistant.english.normalise import is_one_of, words_said
from assistant.english.stars import STARS, hear_stars, understand_stars
from assistant.intents import Command, Context, Intent, command_in, command_table, escaped, nearest
from assistant.review import Review
from assistant.turns.answer import Answer, TurnEnd
from assistant.turns.user_turn import UserTurn

_YES_OR_NO_WORDS = 3
"""A yes or no in more words than this is something else."""

_UNKNOWN_WORDS = 5
"""Something this short may have been meant as a command even if it isn't one."""

_INTERRUPTING_WORDS = 2
"""Anyone who breaks in with this few words that aren't understood ("hey", "listen") wants the reading to stop."""

# If nothing was asked, "kind of sad" isn't a yes.
_PLAIN = ("yes", "yeah", "yep", "yup", "sure", "of course", "absolutely", "definitely", "right", "no", "nope", "nah",
          "not really", "i don't think so", "i think so", "yes i do", "yes i would")  # fmt: skip

# Yes to a question, and no word of it: these lead in to a no as well ("okay no"), so that the turn doesn't end on them.
_GOING_ALONG = ("okay", "ok", "fine", "that's fine", "alright", "all right", "go ahead", "please do", "do it",
                "sounds good")  # fmt: skip

_VOICES = {Intent.FUNNIER: "funny", Intent.INTROSPECTIVE: "introspective"}

_SILENT = frozenset({Outcome.READ, Outcome.CHANGED})
"""Outcomes that are clear from the reading itself."""

_CHANGES = frozenset({Outcome.CHANGED, Outcome.REMOVED, Outcome.MOVED, Outcome.UNDONE, Outcome.REDONE})


class _Waiting(Enum):
    COMMAND = auto()
    YES_TO_ADD = auto()
    OWN_WORDS = auto()
    TITLE = auto()
    YES_TO_SEND = auto()


class ReviewStage:
    """A review read to the person, who corrects it and then sends or keeps it.

    Parameters
    ----------
    review : Review
    prompts : Prompts
    ask : Ask
        The script's question about what to do with the review.
    question : ReviewQuestion
    state : DialogueState
        What the person said before; the film, the stars and the voice follow their corrections.
    choose_film : callable
        Begins to find out which film it is instead; None if the script doesn't ask for one.

    Attributes
    ----------
    is_rearranging : bool
        Whether another arrangement was asked for and is still to come.
    is_interrupted : bool
        Whether the person has just broken in on the reading.
    """

    def __init__(
        self,
        review: Review,
        prompts: Prompts,
        ask: Ask,
        question: ReviewQuestion,
        state: DialogueState,
        choose_film: Callable[[], FilmChoice] | None = None,
    ) -> None:
        self._editor = Editor(review)
        self._prompts = prompts
        self._ask = ask
        self._question = question
        self._state = state
        self._choose_film = choose_film
        self._film_choice: FilmChoice | None = None
        self._waiting = _Waiting.COMMAND
        self._offered_to_send = True
        self._unclear = False
        self._reworded = False
        self.is_rearranging = False
        self.is_interrupted = False
        self._to_add: UserTurn | None = None
        self._reading: tuple[str, ...] = self._editor.read_all().read

    @property
    def review(self) -> Review:
        """The review as it stands."""
        return self._editor.review

    @property
    def sentences(self) -> list[Action]:
        """The sentences that were just read or are to be read next."""
        opening = {sentence.text for sentence in self.review.sentences if sentence.opens_paragraph}
        return [Say(text, dictates=True, opens_paragraph=text in opening) for text in self._reading]

    @property
    def question(self) -> Ask:
        """The script's question about what to do with the review."""
        self._waiting = _Waiting.COMMAND
        self._offered_to_send = True
        self._reworded = False
        return self._asking(self._ask.text)

    def cut_short(self, unsaid: Sequence[str]) -> None:
        """Note that the person broke in, and what was left unsaid or unfinished because of it."""
        unread = sum(text in self._reading for text in unsaid)
        if unread:
            self._editor.broken_off(len(self._reading) - unread)
            self.is_interrupted = True

    def rearranged(self, review: Review | None) -> list[Action]:
        """Go on with the other arrangement that was asked for."""
        self.is_rearranging = False
        reply = self._editor.rearrange(review) if review is not None else EditReply(Outcome.NO_OTHER)
        return self._answer(reply)

    def command_in(self, text: str, as_expected: str | None = None) -> Command | None:
        """The command that was said, if one was.

        Parameters
        ----------
        text : str
        as_expected : str, optional
            The same as understood by a recogniser that expects commands, if it may have sounded like that.
        """
        return parse_heard(text, as_expected, self._editor.document)

    @property
    def expected(self) -> BiasingContext | None:
        """What the biased recogniser may expect now: commands, or titles if the title was asked for."""
        if self._waiting is _Waiting.TITLE and self._film_choice is not None:
            return self._film_choice.expected
        return CommandContext.of(self._editor.document)

    def handle(self, said: UserTurn, command: Command | None) -> list[Action]:
        """Go on from what the person said; `command` is what `command_in` finds in it."""
        self._reworded = False
        text = said.answer.spoken
        interrupting, self.is_interrupted = self.is_interrupted, False
        if self._waiting is _Waiting.OWN_WORDS and (command is None or command.slots):
            return self._hear_own_words(said)
        if self._waiting is _Waiting.TITLE and (command is None or command.slots):
            return self._hear_title(said)
        if self._waiting is _Waiting.YES_TO_ADD and command_in(text, Context.ADDING) is Intent.ADD:
            return self._add()
        if self._waiting is _Waiting.YES_TO_SEND:
            if command is not None and command.intent is Intent.SEND:
                return self._send()
            if command is None and (stars := hear_stars(text).rating) is not None and _names_stars(text):
                return self._rate(stars, then_confirm=True)
        if self._goes_along(text):
            return self._send() if self._waiting is _Waiting.YES_TO_SEND else self._add()
        if command is not None:
            return self._obey(command, said)
        return self._correct_title(said) or self._hear_words(said, interrupting=interrupting)

    def _goes_along(self, text: str) -> bool:
        """Whether an "okay" or "go ahead" answers what was asked; a title in doubt wants a yes."""
        asked = self._waiting is _Waiting.YES_TO_ADD or (
            self._waiting is _Waiting.YES_TO_SEND and self._state.film_is_sure
        )
        return asked and is_one_of(text, _GOING_ALONG)

    def _hear_words(self, said: UserTurn, *, interrupting: bool) -> list[Action]:
        """Go on from something that isn't a command."""
        text = said.answer.spoken
        if (words := escaped(text, Context.EDITING)) is not None:
            return self._answer(self._editor.add(said, words))
        agreed = understand_yes_no(text) if len(text.split()) <= _YES_OR_NO_WORDS else None
        match self._waiting:
            case _Waiting.YES_TO_ADD if agreed is not None:
                return self._add() if agreed else self._leave_out()
            case _Waiting.YES_TO_SEND:
                return self._hear_confirmation(agreed)
        if agreed is not None and is_one_of(text, _PLAIN):
            return self._hear_aside(said, agreed) if interrupting else self._hear_yes_no(agreed)
        if interrupting and len(text.split()) <= _INTERRUPTING_WORDS:
            return self._answer(self._editor.obey(Command(Intent.STOP_READING), said))
        return self._shall_add(said)

    def silence(self, answer: Answer) -> list[Action]:
        """Go on from an answer without words."""
        match self._waiting:
            case _Waiting.YES_TO_SEND if (
                self._unclear or answer.ended is not TurnEnd.NOBODY_SPOKE or not self._state.film_is_sure
            ):
                # Something was said, and it may have been a no; and silence doesn't make a doubtful title right.
                return self._hear_confirmation(None)
            case _Waiting.TITLE:
                return [self._next()]
            case _Waiting.YES_TO_SEND:
                # They said "send review", heard what was about to go out, and didn't object.
                return [Deliver()]
            case _Waiting.YES_TO_ADD:
                return self._leave_out()
            case _Waiting.OWN_WORDS:
                return [self._next()]
        if self._reworded:
            return [self._prompts.say("left"), End("unsent")]
        self._reworded = True
        ask = self._asking(self._ask.text)
        return [self._prompts.again(ask, self._question, self.review.film)]

    # commands

    def _obey(self, command: Command, said: UserTurn) -> list[Action]:
        is_sending = self._waiting is _Waiting.YES_TO_SEND
        self._waiting = _Waiting.COMMAND
        match command.intent:
            case Intent.SEND:
                return self._confirm()
            case Intent.NOT_NOW:
                return [self._prompts.say("not_sent"), End("unsent")]
            case Intent.HELP:
                return [self._prompts.help(self._question), self._next()]
            case Intent.FUNNIER | Intent.INTROSPECTIVE:
                self._state.profile["voice"] = _VOICES[command.intent]
                self.is_rearranging = True
                return [Compose()]
            case Intent.RATE:
                return self._rate(understand_stars(command.slots["stars"]), then_confirm=is_sending)
            case Intent.RETITLE:
                return self._ask_for_title()
            case Intent.MY_WORDS:
                self._waiting = _Waiting.OWN_WORDS
                return [self._asking(self._prompts.of_editing("in_your_words").text, any_words, at_length=True)]
        return self._answer(self._editor.obey(command, said))

    def _answer(self, reply: EditReply) -> list[Action]:
        """Say what happened, read what changed, and ask what to do next."""
        self._waiting = _Waiting.COMMAND
        actions: list[Action] = []
        if reply.outcome in _CHANGES:
            actions.append(Revise(self.review))
        if reply.outcome not in _SILENT:
            actions.append(self._prompts.of_editing(reply.outcome.value))
        self._reading = reply.read
        actions += self.sentences
        if reply.outcome is Outcome.STOPPED:
            last = actions.pop()
            assert isinstance(last, Say)
            return [*actions, self._asking(last.text)]
        return [*actions, self._next()]

    def _next(self, text: str | None = None) -> Ask:
        self._waiting = _Waiting.COMMAND
        self._offered_to_send = False
        return self._asking(text or self._prompts.of_editing("what_next").text)

    # new words

    def _shall_add(self, said: UserTurn) -> list[Action]:
        sentences = sentences_said(said, self.review.film.title if self.review.film else None)
        if not sentences:
            return [self._next()]
        self._to_add = said
        self._waiting = _Waiting.YES_TO_ADD
        text = said.answer.spoken
        if len(text.split()) <= _UNKNOWN_WORDS:
            question = self._prompts.unknown_command(text, map(command_table().name_of, nearest(text, Context.EDITING)))
        else:
            question = self._prompts.shall_add(" ".join(sentence.text for sentence in sentences))
        return [self._asking(question, yes_or_no)]

    def _add(self) -> list[Action]:
        assert self._to_add is not None
        return self._answer(self._editor.add(self._to_add))

    def _leave_out(self) -> list[Action]:
        return [self._prompts.of_editing("not_added"), self._next(self._question.offer)]

    def _hear_own_words(self, said: UserTurn) -> list[Action]:
        return self._answer(self._editor.reword(said))

    # film and stars

    def _rate(self, rating: float | None, *, then_confirm: bool) -> list[Action]:
        """Change the stars, and read them back."""
        self._state.rating = rating
        self._editor.rate(rating)
        noted: list[Action] = [Revise(self.review), self._prompts.stars_noted(rating)]
        return [*noted, *(self._confirm() if then_confirm else [self._next()])]

    def _ask_for_title(self) -> list[Action]:
        if self._choose_film is None:
            return [self._next()]
        self._film_choice = self._choose_film()
        refused = self.review.film
        ask = self._film_choice.refuse(refused) if refused is not None else self._film_choice.asked
        self._waiting = _Waiting.TITLE
        return [self._asking(ask.text, ask.completeness)]

    def _hear_title(self, said: UserTurn) -> list[Action]:
        assert self._film_choice is not None
        return self._take_title(self._film_choice.handle(said.answer.spoken, said.otherwise_heard))

    def _correct_title(self, said: UserTurn) -> list[Action]:
        """Go on from "no, the film is Paterson"; nothing if that isn't what was said."""
        choice = self._choose_film() if self._choose_film is not None else None
        title = choice.title_in(said.answer.spoken) if choice is not None else None
        if choice is None or title is None:
            return []
        self._film_choice = choice
        self._waiting = _Waiting.TITLE
        return self._take_title(choice.handle(title))

    def _take_title(self, answer: Ask | Settled) -> list[Action]:
        if isinstance(answer, Ask):
            return [self._asking(answer.text, answer.completeness)]
        self._state.film, self._state.film_is_sure, self._state.names = answer.film, answer.is_sure, answer.names
        self._editor.retitle(answer.film)
        return [Revise(self.review), *answer.says, self._next()]

    # sending

    def _send(self) -> list[Action]:
        self._state.film_is_sure = True
        return [Deliver()]

    def _hear_yes_no(self, yes: bool) -> list[Action]:
        if yes:
            return self._confirm()
        if self._offered_to_send:
            return [self._prompts.say("not_sent"), End("unsent")]
        return [self.question]

    def _confirm(self) -> list[Action]:
        self._waiting = _Waiting.YES_TO_SEND
        self._unclear = False
        return [self._confirmation()]

    def _confirmation(self) -> Ask:
        review = self.review
        is_sure = review.film is None or self._state.film_is_sure
        text = self._prompts.confirm_sending(review.film, review.rating, film_is_sure=is_sure)
        return self._asking(text, yes_or_no)

    def _hear_aside(self, said: UserTurn, yes: bool) -> list[Action]:
        """A "yeah" that goes with the reading doesn't end it; a "no" does. Neither is about sending."""
        if yes:
            return self._answer(self._editor.obey(Command(Intent.CONTINUE), said))
        return [self._next()]

    def _hear_confirmation(self, agreed: bool | None) -> list[Action]:
        if agreed:
            return self._send()
        if agreed is False and not self._state.film_is_sure and self._choose_film is not None:
            return self._ask_for_title()
        if agreed is None and not self._unclear:
            self._unclear = True
            return [self._confirmation()]
        return [self._prompts.of_editing("held"), self._next()]

    # asking

    def _asking(
        self, text: str, otherwise: Callable[[str], TurnCompletion] | None = None, *, at_length: bool = False
    ) -> Ask:
        """Ask something about the review; a command is always a complete answer."""
        completeness = _CommandOr(self._editor.document, otherwise)
        return Ask(text, self._ask.question, at_length=at_length, completeness=completeness)


@dataclass(slots=True)
class _CommandOr:
    """How completely a text tells what to do with the review, or answers what else was asked."""

    document: Document
    otherwise: Callable[[str], TurnCompletion] | None
    _known: dict[str, TurnCompletion] = field(default_factory=dict)

    def __call__(self, heard: str) -> TurnCompletion:
        if heard not in self._known:
            self._known[heard] = self._judged(heard)
        return self._known[heard]

    def _judged(self, heard: str) -> TurnCompletion:
        command = parse_command(heard, self.document)
        if command is not None and not command.slots:
            return TurnCompletion.ANSWERED
        if command_in(heard, Context.REVIEW) is not None:
            return TurnCompletion.ANSWERED
        if command is not None:
            # It may not be finished yet.
            return TurnCompletion.UNKNOWN
        return self.otherwise(heard) if self.otherwise is not None else TurnCompletion.INCOMPLETE


def _names_stars(text: str) -> bool:
    return not STARS.isdisjoint(words_said(text))
