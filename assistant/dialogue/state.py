"""What a person has told in the interview so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.dialogue.heard import UserTurn
from assistant.dialogue.script import FilmQuestion, Question, StarsQuestion
from assistant.films.film import Film
from assistant.review import SourceAnswer


@dataclass(slots=True)
class DialogueState:
    """What was understood of a person's answers, and the answers themselves.

    Attributes
    ----------
    profile : dict
        The answers to choice and open questions, by name; None if unknown.
    film : Film or None
    names : tuple of str
        The film's makers and cast, if known.
    rating : float or None
        Stars.
    said : list of SourceAnswer
        The answers that count, without superseded ones.
    """

    profile: dict[str, str | None]
    film: Film | None = None
    names: tuple[str, ...] = ()
    rating: float | None = None
    said: list[SourceAnswer] = field(default_factory=list)

    def keep(self, heard: UserTurn, question: Question) -> SourceAnswer:
        """Add an answer."""
        said = SourceAnswer(heard.turn, question.id, heard.answer)
        self.said.append(said)
        return said

    def take_back(self, question: Question, said: int) -> None:
        """Forget the answer to `question`, and all but the first `said` answers."""
        self.said = self.said[:said]
        if question.id in self.profile:
            self.profile[question.id] = None
        elif isinstance(question, FilmQuestion):
            self.film, self.names = None, ()
        elif isinstance(question, StarsQuestion):
            self.rating = None

    def drop_manner(self) -> None:
        """Forget how the answers were said."""
        self.said = [replace(said, answer=said.answer.words_alone()) for said in self.said]
