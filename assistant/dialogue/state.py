"""What a person has said in the interview so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.dialogue.script import FilmQuestion, Question, StarsQuestion
from assistant.films.film import Film
from assistant.turns.user_turn import UserTurn


@dataclass(slots=True)
class DialogueState:
    """What was understood of a person's answers, and the answers themselves.

    Attributes
    ----------
    profile : dict
        The answers to choice and open questions, by name; None if unknown.
    film : Film or None
    film_is_sure : bool
        Whether the film is beyond doubt, or was confirmed by a yes. Otherwise its title is asked for before sending.
    names : tuple of str
        The film's makers and cast, if known.
    rating : float or None
        Stars.
    said : list of UserTurn
        The answers that count, without superseded ones.
    """

    profile: dict[str, str | None]
    film: Film | None = None
    film_is_sure: bool = True
    names: tuple[str, ...] = ()
    rating: float | None = None
    said: list[UserTurn] = field(default_factory=list)

    def keep(self, heard: UserTurn, question: Question) -> UserTurn:
        """Add an answer."""
        said = replace(heard, question=question.id)
        self.said.append(said)
        return said

    def take_back(self, question: Question, said: int) -> None:
        """Forget the answer to `question`, and all but the first `said` answers."""
        self.said = self.said[:said]
        if question.id in self.profile:
            self.profile[question.id] = None
        elif isinstance(question, FilmQuestion):
            self.film, self.film_is_sure, self.names = None, True, ()
        elif isinstance(question, StarsQuestion):
            self.rating = None

    def keep_words_alone(self) -> None:
        """Forget how the answers were said."""
        self.said = [turn.words_alone() for turn in self.said]
