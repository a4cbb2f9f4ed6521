"""From an utterance to a command: only a whole utterance is one, and only where its words can be meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.editing.carrier_phrases import is_request, starts_of, strip_carrier_phrase
from assistant.editing.document import Document
from assistant.editing.intents import EditCommand, EditIntent
from assistant.editing.likeness import ALIKE, likeness
from assistant.editing.phrases import phrases
from assistant.editing.place import Location, locate, words_in
from assistant.english.normalise import words_of
from assistant.english.words import (
    CONJUNCTIONS,
    DEMONSTRATIVES,
    FILLERS,
    GRAMMAR,
    OBJECT_PRONOUNS,
    SUBJECTS,
    is_content,
    is_contraction,
    is_verb,
    subject_of,
)

# "And then another one" tells of a film, and so does "and then stop"; "just another one" does, "just stop" doesn't.
# "And" alone is how an "um" is heard.
_TELLING = frozenset(("then",))
_TELLING_ELLIPTICALLY = _TELLING | frozenset("so just".split())
_ELLIPTIC = frozenset({EditIntent.ANOTHER, EditIntent.NOT_NOW})
_TOLD_TOO = frozenset(
    {EditIntent.ANOTHER, EditIntent.NOT_NOW, EditIntent.STOP, EditIntent.CONTINUE, EditIntent.PARAGRAPH}
)
_ESCAPE = "literally"

_NAMED = re.compile(r"^(?:the (?:words?|phrase|name) )")
_LONGEST_NEW = 14
"""So many words are put in at most at a time; whoever says more is telling something."""

_CLOSE = 0.88
"""How alike words have to be where only an order and words of the review make the command."""

_SAME = 1.0
_PEOPLE = frozenset("i you he she we they".split())
_IMPERSONAL = frozenset("that there this nobody everybody everyone".split())
_QUANTITIES = frozenset("all one once long ever much more most".split())

# (order, beginning, words between, least likeness). Words that the help doesn't have count only before what the review
# has exactly: people say "put", "change" and "take out" of films as well.
_TWO = (
    (EditIntent.REPLACE, ("replace",), ("with",), ALIKE),
    (EditIntent.REPLACE, ("replace",), ("by",), _SAME),
    (EditIntent.REPLACE, ("change",), ("to",), _SAME),
    (EditIntent.REPLACE, ("change",), ("into",), _SAME),
    (EditIntent.REPLACE, ("swap",), ("for",), _SAME),
    (EditIntent.REPLACE, ("swap",), ("with",), _SAME),
    (EditIntent.INSERT_BEFORE, ("insert",), ("before",), ALIKE),
    (EditIntent.INSERT_AFTER, ("insert",), ("after",), ALIKE),
    (EditIntent.INSERT_BEFORE, ("insert",), ("in", "front", "of"), _SAME),
    (EditIntent.INSERT_BEFORE, ("add",), ("before",), _SAME),
    (EditIntent.INSERT_AFTER, ("add",), ("after",), _SAME),
    (EditIntent.INSERT_BEFORE, ("put",), ("before",), _SAME),
    (EditIntent.INSERT_AFTER, ("put",), ("after",), _SAME),
    (EditIntent.INSERT_BEFORE, ("stick",), ("before",), _SAME),
    (EditIntent.INSERT_AFTER, ("stick",), ("after",), _SAME),
    (EditIntent.REPLACE, ("put",), ("instead", "of"), _SAME),
    (EditIntent.REPLACE, ("say",), ("instead", "of"), _SAME),
)
_ONE = (
    (EditIntent.DELETE, ("delete",), _CLOSE),
    (EditIntent.DELETE, ("remove",), _CLOSE),
    (EditIntent.DELETE, ("erase",), _SAME),
    (EditIntent.DELETE, ("take", "out"), _SAME),
    (EditIntent.DELETE, ("get", "rid", "of"), _SAME),
    (EditIntent.DELETE, ("cut", "out"), _SAME),
    (EditIntent.DELETE, ("leave", "out"), _SAME),
    (EditIntent.DELETE, ("cross", "out"), _SAME),
    (EditIntent.CAPITALISE, ("capitalise",), _CLOSE),
    (EditIntent.CAPITALISE, ("capital",), _SAME),
    (EditIntent.CAPITALISE, ("capital", "letter", "on"), _SAME),
    (EditIntent.CAPITALISE, ("capital", "letter", "for"), _SAME),
    (EditIntent.CAPITALISE, ("put", "a", "capital", "on"), _SAME),
    (EditIntent.CAPITALISE, ("put", "a", "capital", "letter", "on"), _SAME),
    (EditIntent.CAPITALISE, ("upper", "case"), _SAME),
)


def parse_command(said: str, text: str | Document) -> EditCommand | None:
    """The command that an utterance is; None where it is something to be written.

    Parameters
    ----------
    said : str
        A whole utterance between pauses. At most two words may lead in ("no, scratch that"); one that begins with
        "literally" is never a command.
    text : str or Document
        The review. A command that speaks of words is one only where the review has them, or words that sound alike.
    """
    document = Document.of_text(text) if isinstance(text, str) else text
    words = _plain(said)
    for start in starts_of(words):
        rest = words[start:]
        if rest[0] == _ESCAPE:
            return None
        command = _fixed(rest) or _with_words(rest, document)
        if command is not None:
            return None if _tells_of_film(command.order, words[:start]) else command
    return None


def parse_heard(said: str, as_expected: str | None, document: Document) -> EditCommand | None:
    """The command that an utterance is, as two recognisers understood it.

    Parameters
    ----------
    said : str
        As the free recogniser heard it.
    as_expected : str or None
        In a wording that was expected, if that was likely enough by its sound.
    document : Document
    """
    words = _plain(said)
    if as_expected is None or any(words[start] == _ESCAPE for start in starts_of(words)):
        return parse_command(said, document)
    return parse_command(as_expected, document)


def escaped(said: str) -> str | None:
    """The words after "literally" where they would be a command without it; None elsewhere."""
    words = _plain(said)
    if words[:1] != [_ESCAPE] or len(words) == 1:
        return None
    rest = " ".join(words[1:])
    starts = {row[1] for row in (*_TWO, *_ONE)}
    if parse_command(rest, "") is None and not any(tuple(words[1 : 1 + len(start)]) == start for start in starts):
        return None
    return rest


def nearest(said: str, count: int = 3) -> list[EditIntent]:
    """The orders whose wording is nearest to an utterance, the nearest first."""
    words = _plain(said)

    def alike(order: EditIntent) -> float:
        phrase = [word for word in words_of(order.value) if word not in ("x", "y")]
        shared = len(set(words) & set(phrase)) / len(set(words) | set(phrase))
        opens = words[:1] == phrase[:1]
        return likeness(words[: len(phrase)], phrase) + shared + opens

    return sorted(EditIntent, key=lambda order: -alike(order))[:count]


def _tells_of_film(order: EditIntent, lead_ins: Sequence[str]) -> bool:
    telling = _TELLING_ELLIPTICALLY if order in _ELLIPTIC else _TELLING
    return order in _TOLD_TOO and not telling.isdisjoint(lead_ins)


def _plain(said: str) -> list[str]:
    words = [word for word in words_of(said) if word not in FILLERS]
    return ["capitalise" if word == "capitalize" else word for word in words]


def _fixed(words: Sequence[str]) -> EditCommand | None:
    known = phrases()
    for candidate in strip_carrier_phrase(words):
        if (order := known.get(tuple(candidate))) is not None:
            return EditCommand(order)
    return None


def _with_words(words: Sequence[str], document: Document) -> EditCommand | None:
    # "Can you replace a mother with a machine" is asked of films, too: a question is about the review only where the
    # review has the very words.
    asked = is_request(words)
    # "Please" at the end is no word to be put in.
    for candidate in reversed(list(strip_carrier_phrase(words))):
        command = _with_two(candidate, document) or _with_one(candidate, document)
        if command is not None:
            return None if asked and not _is_exact(command, document) else command
    return None


def _is_exact(command: EditCommand, document: Document) -> bool:
    """Whether the review has the very words that a command speaks of."""
    words = command.arguments.get("old", command.arguments.get("place", ""))
    place = locate(document, words.split(), len(document.lines) - 1)
    return place is not None and _words_at(place, document) == words.split()


def _words_at(place: Location, document: Document) -> list[str]:
    return words_in(document.lines[place.line].text[place.start : place.stop])


def _with_two(words: Sequence[str], document: Document) -> EditCommand | None:
    for order, begin, between, least in _TWO:
        if tuple(words[: len(begin)]) != begin:
            continue
        # The last "with" parts them, unless the review has the words before an earlier one and not those before it.
        ends = [
            at
            for at in range(len(words) - len(between) - 1, len(begin), -1)
            if tuple(words[at : at + len(between)]) == between
        ]
        for alike, at in ((alike, at) for alike in (_SAME, least) for at in ends):
            first, second = words[len(begin) : at], words[at + len(between) :]
            # "replace X with Y", but "put Y instead of X"
            is_old_first = order is EditIntent.REPLACE and between != ("instead", "of")
            there, new = (first, second) if is_old_first else (second, first)
            place = _found(there, document, alike)
            if place is None or len(new) > _LONGEST_NEW or (least == _SAME and _says_nothing(place)):
                continue
            if begin != ("insert",) and _tells(new) and not _has_clause(there):
                continue
            if order is EditIntent.REPLACE and alike < _SAME and _is_pronoun(place) and not GRAMMAR.issuperset(new):
                continue
            names = ("old", "new") if order is EditIntent.REPLACE else ("place", "new")
            return EditCommand(order, dict(zip(names, (place, _unnamed(new)), strict=True)))
    return None


def _with_one(words: Sequence[str], document: Document) -> EditCommand | None:
    for order, begin, least in _ONE:
        there = words[len(begin) :]
        idiom = order is EditIntent.CAPITALISE and there[:1] == ["on"]
        if tuple(words[: len(begin)]) != begin or not there or idiom:
            continue
        for alike in (_SAME, least):
            place = _found(there, document, alike)
            if place is None or (alike < _SAME and _is_pronoun(place)) or (least == _SAME and _says_nothing(place)):
                continue
            return EditCommand(order, {"old": place})
    return None


def _found(words: Sequence[str], document: Document, least: float) -> str | None:
    """Words that the document has, as said; without "the word" where that only announces them."""
    for candidate in dict.fromkeys((" ".join(words), _NAMED.sub("", " ".join(words)))):
        if candidate and locate(document, candidate.split(), len(document.lines) - 1, least=least) is not None:
            return candidate
    return None


def _unnamed(words: Sequence[str]) -> str:
    return _NAMED.sub("", " ".join(words)) or " ".join(words)


def _tells(new: Sequence[str]) -> bool:
    """Whether what would be put in goes on to tell what comes of it.

    "A cat and you have my family" does, "the holidays we had" doesn't.
    """
    rest = new[1:]
    joined = any(word in CONJUNCTIONS and _has_clause(rest[at + 1 :]) for at, word in enumerate(rest))
    return joined or _has_clause(rest, SUBJECTS - _PEOPLE | _IMPERSONAL)


def _is_pronoun(there: str) -> bool:
    """Whether "him", "of it" and the like are all that is meant.

    They are in every review, and alike to many a word.
    """
    pronouns = SUBJECTS | OBJECT_PRONOUNS | DEMONSTRATIVES
    words = there.split()
    return GRAMMAR.issuperset(words) and not pronouns.isdisjoint(words)


def _says_nothing(there: str) -> bool:
    """Whether there is no word in it that carries content: "add it up after all"."""
    return not any(is_content(word) and word not in _QUANTITIES for word in there.split())


def _has_clause(words: Sequence[str], subjects: Collection[str] = SUBJECTS | _IMPERSONAL) -> bool:
    return any(
        (is_contraction(word) and subject_of(word) in subjects)
        or (word in subjects and at + 1 < len(words) and is_verb(words[at + 1]))
        for at, word in enumerate(words)
    )
