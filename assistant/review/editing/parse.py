"""From an utterance to a command: only a whole utterance is one, and only where its words can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.review.editing.document import Document
from assistant.review.editing.likeness import ALIKE, likeness
from assistant.review.editing.orders import Command, Order
from assistant.review.editing.phrases import LEAD_INS, phrases
from assistant.review.editing.place import Place, find_place, words_in
from assistant.review.words import (
    DEMONSTRATIVES,
    FILLERS,
    GRAMMAR,
    OBJECT_PRONOUNS,
    SUBJECTS,
    is_content,
    is_contraction,
    is_verb,
    words_of,
)

_MOST_LEAD_INS = 2
# "And then another one" tells of a film, and so does "and then stop"; "just another one" does, "just stop" doesn't.
_TELLING = frozenset("and then".split())
_TELLING_ELLIPTICALLY = _TELLING | frozenset("so just".split())
_ELLIPTIC = frozenset({Order.ANOTHER, Order.NOT_NOW})
_TOLD_TOO = frozenset({Order.ANOTHER, Order.NOT_NOW, Order.STOP, Order.CONTINUE, Order.PARAGRAPH})
_REQUESTS = (("can", "you"), ("could", "you"), ("would", "you"), ("will", "you"))
_COURTESIES = (("please",), ("thanks",), ("thank", "you"))
_ESCAPE = "literally"

_NAMED = re.compile(r"^(?:the (?:words?|phrase|name) )")
_LONGEST_NEW = 14
"""So many words are put in at most at a time; whoever says more is telling something."""

_CLOSE = 0.88
"""How alike words have to be where only an order and words of the review make the command."""

_SAME = 1.0
_QUANTITIES = frozenset("all one once long ever much more most".split())

# (order, beginning, word between, least likeness). In "with", what is replaced comes first. Words that the help doesn't
# have count only before what the review has exactly: people say "put", "change" and "take out" of films as well.
_TWO = (
    (Order.REPLACE, ("replace",), ("with",), ALIKE),
    (Order.REPLACE, ("replace",), ("by",), _SAME),
    (Order.REPLACE, ("change",), ("to",), _SAME),
    (Order.REPLACE, ("change",), ("into",), _SAME),
    (Order.REPLACE, ("swap",), ("for",), _SAME),
    (Order.REPLACE, ("swap",), ("with",), _SAME),
    (Order.INSERT_BEFORE, ("insert",), ("before",), ALIKE),
    (Order.INSERT_AFTER, ("insert",), ("after",), ALIKE),
    (Order.INSERT_BEFORE, ("insert",), ("in", "front", "of"), _SAME),
    (Order.INSERT_BEFORE, ("add",), ("before",), _SAME),
    (Order.INSERT_AFTER, ("add",), ("after",), _SAME),
    (Order.INSERT_BEFORE, ("put",), ("before",), _SAME),
    (Order.INSERT_AFTER, ("put",), ("after",), _SAME),
)
_ONE = (
    (Order.DELETE, ("delete",), _CLOSE),
    (Order.DELETE, ("remove",), _CLOSE),
    (Order.DELETE, ("erase",), _SAME),
    (Order.DELETE, ("take", "out"), _SAME),
    (Order.DELETE, ("get", "rid", "of"), _SAME),
    (Order.CAPITALISE, ("capitalise",), _CLOSE),
    (Order.CAPITALISE, ("capital",), _SAME),
)


def parse_command(said: str, text: str | Document) -> Command | None:
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
    for start in range(_MOST_LEAD_INS + 1):
        if start and (start > len(words) or words[start - 1] not in LEAD_INS):
            return None
        rest = words[start:]
        if not rest or rest[0] == _ESCAPE:
            return None
        command = _fixed(rest) or _with_words(rest, document)
        if command is not None:
            return None if _tells_of_film(command.order, words[:start]) else command
    return None


def lead_ins_of(words: Sequence[str]) -> int:
    """How many of the words only lead in to an order, if one follows: two at most, fillers not counted."""
    count = 0
    for at, word in enumerate(words):
        if word in FILLERS:
            continue
        if word not in LEAD_INS or count == _MOST_LEAD_INS:
            return at
        count += 1
    return 0


def parse_heard(said: str, as_expected: str | None, document: Document) -> Command | None:
    """The command that an utterance is, as two recognisers understood it.

    Parameters
    ----------
    said : str
        As the free recogniser heard it.
    as_expected : str or None
        In a wording that was expected, if that was likely enough by its sound.
    document : Document
    """
    if as_expected is None or _ESCAPE in _plain(said)[: _MOST_LEAD_INS + 1]:
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


def nearest(said: str, count: int = 3) -> list[Order]:
    """The orders whose wording is nearest to an utterance, the nearest first."""
    words = _plain(said)

    def alike(order: Order) -> float:
        phrase = [word for word in words_of(order.value) if word not in ("x", "y")]
        shared = len(set(words) & set(phrase)) / len(set(words) | set(phrase))
        opens = words[:1] == phrase[:1]
        return likeness(words[: len(phrase)], phrase) + shared + opens

    return sorted(Order, key=lambda order: -alike(order))[:count]


def _tells_of_film(order: Order, lead_ins: Sequence[str]) -> bool:
    telling = _TELLING_ELLIPTICALLY if order in _ELLIPTIC else _TELLING
    return order in _TOLD_TOO and not telling.isdisjoint(lead_ins)


def _plain(said: str) -> list[str]:
    words = [word for word in words_of(said) if word not in FILLERS]
    return ["capitalise" if word == "capitalize" else word for word in words]


def _fixed(words: Sequence[str]) -> Command | None:
    known = phrases()
    for candidate in _without_manners(words):
        if (order := known.get(tuple(candidate))) is not None:
            return Command(order)
    return None


def _without_manners(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words as they are, then without "can you", "please" and the like round them."""
    starts = [0]
    starts += [
        len(request) + (words[len(request) : len(request) + 1] == ["please"])
        for request in _REQUESTS
        if tuple(words[: len(request)]) == request
    ]
    stops = [len(words)]
    stops += [len(words) - len(courtesy) for courtesy in _COURTESIES if tuple(words[-len(courtesy) :]) == courtesy]
    for start in starts:
        for stop in stops:
            if start < stop:
                yield words[start:stop]


def _with_words(words: Sequence[str], document: Document) -> Command | None:
    # "Can you replace a mother with a machine" is asked of films, too: a question is about the review only where the
    # review has the very words.
    asked = any(tuple(words[: len(request)]) == request for request in _REQUESTS)
    # "Please" at the end is no word to be put in.
    for candidate in reversed(list(_without_manners(words))):
        command = _with_two(candidate, document) or _with_one(candidate, document)
        if command is not None:
            return None if asked and not _is_exact(command, document) else command
    return None


def _is_exact(command: Command, document: Document) -> bool:
    """Whether the review has the very words that a command speaks of."""
    words = command.arguments.get("old", command.arguments.get("place", ""))
    place = find_place(document, words.split(), len(document.lines) - 1)
    return place is not None and _words_at(place, document) == words.split()


def _words_at(place: Place, document: Document) -> list[str]:
    return words_in(document.lines[place.line].text[place.start : place.stop])


def _with_two(words: Sequence[str], document: Document) -> Command | None:
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
            there, new = (first, second) if order is Order.REPLACE else (second, first)
            place = _found(there, document, alike)
            if place is None or _tells(new, there) or (least == _SAME and _says_nothing(place)):
                continue
            if order is Order.REPLACE and alike < _SAME and _is_pronoun(place) and not GRAMMAR.issuperset(new):
                continue
            names = ("old", "new") if order is Order.REPLACE else ("place", "new")
            return Command(order, dict(zip(names, (place, _unnamed(new)), strict=True)))
    return None


def _with_one(words: Sequence[str], document: Document) -> Command | None:
    for order, begin, least in _ONE:
        if tuple(words[: len(begin)]) == begin and len(words) > len(begin):
            place = _found(words[len(begin) :], document, least)
            idiom = order is Order.CAPITALISE and words[len(begin)] == "on"
            if (
                place is not None
                and not idiom
                and not _is_pronoun(place)
                and (least < _SAME or not _says_nothing(place))
            ):
                return Command(order, {"old": place})
    return None


def _found(words: Sequence[str], document: Document, least: float) -> str | None:
    """Words that the document has, as said; without "the word" where that only announces them."""
    for candidate in dict.fromkeys((" ".join(words), _NAMED.sub("", " ".join(words)))):
        if candidate and find_place(document, candidate.split(), len(document.lines) - 1, least=least) is not None:
            return candidate
    return None


def _unnamed(words: Sequence[str]) -> str:
    return _NAMED.sub("", " ".join(words)) or " ".join(words)


def _tells(new: Sequence[str], there: Sequence[str]) -> bool:
    """Whether what would be put in goes on to a clause, as in "replace the dog with a cat and you have my family"."""
    return len(new) > _LONGEST_NEW or (_has_clause(new[1:]) and not _has_clause(there))


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


def _has_clause(words: Sequence[str]) -> bool:
    subjects = SUBJECTS | {"that", "there", "this", "nobody", "everybody", "everyone"}
    return any(
        is_contraction(word) or (word in subjects and at + 1 < len(words) and is_verb(words[at + 1]))
        for at, word in enumerate(words)
    )
