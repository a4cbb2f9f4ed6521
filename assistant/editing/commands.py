"""Which utterances are commands while a review is corrected: only those that can be about its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.asr.biasing import BiasingContext
from assistant.editing.document import Document
from assistant.editing.location import are_same, locate, words_at
from assistant.english.normalise import words_of
from assistant.english.stars import understand_stars
from assistant.english.words import (
    CONJUNCTIONS,
    DEMONSTRATIVES,
    GRAMMAR,
    OBJECT_PRONOUNS,
    SUBJECTS,
    is_content,
    is_contraction,
    looks_like_verb,
    subject_of,
)
from assistant.intents import (
    Command,
    Context,
    Intent,
    Reading,
    command_table,
    grammar,
    is_escaped,
    readings,
    resembling,
)
from assistant.intents.matcher import spoken_words

_NAMED = re.compile(r"^(?:the (?:words?|phrase|name) )")
_MOST_NEW = 14
"""The most words that can be put in at once; anyone who says more is telling a story."""

_SAME = 1.0
_PEOPLE = frozenset("i you he she we they".split())
_IMPERSONAL = frozenset("that there this nobody everybody everyone".split())
_QUANTITIES = frozenset("all one once long ever much more most".split())

_ABOUT_WORDS = 15.0
_NAMED_IN_HELP = 10.0
_OTHER = 5.0
"""Natural logarithms. Misheard commands were up to 13 less likely than what was heard if they had words of the review
in them, and up to 9 if not. Words that hardly anyone would say instead aren't distinguished: "hell" for "help"
(``docs/editing.md``)."""


def parse_command(said: str, document: Document) -> Command | None:
    """The command that an utterance is; None if it is text.

    Parameters
    ----------
    said : str
        A whole utterance between pauses.
    document : Document
        The review. A command about words is one only if the review has them, or words that sound alike.
    """
    meant = (_meant(reading, document) for reading in readings(said, Context.EDITING))
    return next((command for command in meant if command is not None), None)


def parse_heard(said: str, as_expected: str | None, document: Document) -> Command | None:
    """The command that an utterance is, as understood by two recognisers.

    Parameters
    ----------
    said : str
        As the free recogniser heard it.
    as_expected : str or None
        In a wording that was expected, if it sounded enough like that.
    document : Document
    """
    return parse_command(said if as_expected is None or is_escaped(said) else as_expected, document)


@dataclass(frozen=True, slots=True)
class CommandContext(BiasingContext):
    """What the biased recogniser may expect while a document is corrected: commands, and the words they may be about.

    Attributes
    ----------
    document : Document
    """

    document: Document = field(kw_only=True)

    @classmethod
    def of(cls, document: Document) -> CommandContext:
        """The commands, and the words of the document."""
        return cls(grammar([line.text for line in document.lines]), document=document)

    def margin(self, wording: str) -> float | None:
        """How much less likely a wording may be, by its sound, than what was heard, and still count as a command.

        Parameters
        ----------
        wording : str
            A whole utterance, as it might have been said.

        Returns
        -------
        float or None
            A difference of natural logarithms. It is largest for a command about words of the review, because hardly
            anything else sounds like that, and smallest for a wording that isn't the help's: few people say it, and "I
            want to see that again" sounds like "I want to say that again". None if the wording isn't a command.
        """
        return _margin(wording, self.document)

    def resembling(self, heard: str) -> list[str]:
        """The commands that sound most like what was heard."""
        return resembling(heard)


@lru_cache(maxsize=64)  # An answer's wordings are weighed against each other, so each is asked about several times.
def _margin(wording: str, document: Document) -> float | None:
    command = parse_command(wording, document)
    if command is None:
        return None
    name = words_of(command_table().name_of(command.intent))
    if not {word for word in name if word not in ("x", "y", "the", "that", "it")}.issubset(spoken_words(wording)):
        return _OTHER
    return _ABOUT_WORDS if command.slots else _NAMED_IN_HELP


def _meant(reading: Reading, document: Document) -> Command | None:
    """The first of its commands that makes sense; the very words of the review come before words that sound alike."""
    for least in dict.fromkeys((_SAME, reading.likeness)):
        for command in reading.commands:
            found = _with_words_of_review(command, document, least, is_usual=reading.likeness < _SAME)
            # "Can you replace a mother with a machine" is asked of films, too: a question is about the review only if
            # the review has these very words.
            if found is not None and (not reading.is_request or _has_the_very_words(document, found)):
                return found
    return None


def _with_words_of_review(command: Command, document: Document, least: float, *, is_usual: bool) -> Command | None:
    """The command with its slots filled; None if it can't be about the review.

    Parameters
    ----------
    command : Command
    document : Document
    least : float
        How alike words of the review have to be.
    is_usual : bool
        Whether it is worded as in the help, as hardly any remark about a film is.
    """
    intent, slots = command.intent, command.slots
    if not slots:
        return command
    if intent is Intent.RATE:
        return command if understand_stars(slots["stars"]) is not None else None
    slot = _slot_in_review(command)
    said, new = slots[slot].split(), slots.get("new", "").split()
    there = _found(said, document, least)
    if there is None or len(new) > _MOST_NEW or (not is_usual and _says_nothing(there)):
        return None
    if intent is Intent.CAPITALISE and said[0] == "on":
        return None
    is_insertion = intent in (Intent.INSERT_BEFORE, Intent.INSERT_AFTER)
    if not (is_insertion and is_usual) and _tells(new) and not _has_clause(said):
        return None
    if not is_insertion and least < _SAME and _is_pronoun(there) and not (new and GRAMMAR.issuperset(new)):
        return None
    return Command(intent, {slot: there, **({"new": _unnamed(new)} if new else {})})


def _slot_in_review(command: Command) -> str:
    """The slot for words that the review has."""
    return "place" if "place" in command.slots else "old"


def _has_the_very_words(document: Document, command: Command) -> bool:
    if not command.slots or command.intent is Intent.RATE:
        return True
    words = command.slots[_slot_in_review(command)].split()
    location = locate(document, words, len(document.lines) - 1)
    return location is not None and are_same(words_at(document, location), words)


def _found(words: Sequence[str], document: Document, least: float) -> str | None:
    """The words, if the document has them, without a "the word" that only announces them."""
    for candidate in dict.fromkeys((" ".join(words), _unnamed(words))):
        if locate(document, candidate.split(), len(document.lines) - 1, least=least) is not None:
            return candidate
    return None


def _unnamed(words: Sequence[str]) -> str:
    return _NAMED.sub("", " ".join(words)) or " ".join(words)


def _tells(new: Sequence[str]) -> bool:
    """Whether the new words go on to say what would come of them.

    "A cat and you have my family" does, "the holidays we had" doesn't.
    """
    rest = new[1:]
    joined = any(word in CONJUNCTIONS and _has_clause(rest[at + 1 :]) for at, word in enumerate(rest))
    return joined or _has_clause(rest, SUBJECTS - _PEOPLE | _IMPERSONAL)


def _is_pronoun(there: str) -> bool:
    """Whether it is no more than "him", "of it" and the like.

    Every review has these, and many words sound like them.
    """
    pronouns = SUBJECTS | OBJECT_PRONOUNS | DEMONSTRATIVES
    words = there.split()
    return GRAMMAR.issuperset(words) and not pronouns.isdisjoint(words)


def _says_nothing(there: str) -> bool:
    """Whether none of the words carries content: "add it up after all"."""
    return not any(is_content(word) and word not in _QUANTITIES for word in there.split())


def _has_clause(words: Sequence[str], subjects: Collection[str] = SUBJECTS | _IMPERSONAL) -> bool:
    return any(
        (is_contraction(word) and subject_of(word) in subjects)
        or (word in subjects and at + 1 < len(words) and looks_like_verb(words[at + 1]))
        for at, word in enumerate(words)
    )
