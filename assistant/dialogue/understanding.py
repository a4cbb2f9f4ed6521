"""What an answer means: choices, yes and no, refusals, film titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.dialogue.script import Choice
from assistant.english.letters import letters_in
from assistant.english.normalise import contains_any, find_phrase, is_one_of, without_lead_ins, words_said
from assistant.english.titles import barest, in_title_case
from assistant.english.words import (
    AGREEING,
    ASKING_BACK,
    DISAGREEING,
    MID_ADVERBS,
    NEAR_NEGATIONS,
    NO,
    REFUSALS,
    UNDECIDED,
    YES,
    is_contraction,
    is_negation,
    looks_like_verb,
    subject_of,
)

_NEGATION_REACH = 4
"""How many words before a choice a "not" still applies to it ("I'm not really all that romantic")."""

_TOGETHER = frozenset("both bit mix mixed".split())

_OTHERS = frozenset("us you me my our your his her their".split())
"""Before these, "both" or "both of" refers to people and things: "made both of us very quiet"."""

_BEFORE_CORRECTION = frozenset("or wait actually well oh sorry".split())
"""After these, and after a choice, a "no" takes back what was named ("funny or no both"); not in "with no jokes"."""

_DENIALS = ("no", "nope", "not really", "no not really", "not very", "not at all", "no not at all", "not particularly")
_ASKING_WHAT_IS_MEANT = (["what", "do", "you", "mean"], ["how", "do", "you", "mean"], ["what", "does", "that", "mean"])
_INDIFFERENT = (
    "whatever", "whatever you like", "whatever you want", "whatever you think", "whichever", "whichever you like",
    "either one", "either is fine",
    "i don't mind", "i don't care", "up to you", "it's up to you", "you decide", "you choose", "you pick",
    "no preference", "i have no preference", "it doesn't matter", "doesn't matter",
)  # fmt: skip
_ASKING_AT_START = (["what", "is"], ["what's"], ["what", "are"])

_DIRECT_WORDS = 6
"""Anyone who names a choice in more words than this is thinking aloud."""


_REFUSAL_WORDS = 12
"""Anyone who says more than this has answered after all."""

_AGREED = YES | frozenset("sure right correct agreed absolutely definitely indeed probably true".split())
# "definitely not", "of course not", "i think not"
_DENIED_BY_NOT = _AGREED - YES - {"sure"} | frozenset(
    "certainly course maybe perhaps guess think suppose hope rather better".split()
)
# "not exactly", "that isn't right", "i don't think that's true"
_DENIED_AFTER_NOT = _AGREED - YES - {"sure", "probably"} | {"exactly"}
_DENIAL_REACH = 3
_YES_ALONE = ("i am", "i was", "i do", "i did", "i would", "i guess", "i suppose", "maybe", "perhaps", "i think i was",
              "i guess i was", "exactly", "that's the one")  # fmt: skip
_NOTHING_MORE = ("no", "nope", "not really", "no not really", "no there isn't", "there isn't", "nothing", "no nothing",
                 "i don't know", "i don't think so", "no i don't think so", "not that i know")  # fmt: skip


def understand_choice(text: str, choices: Sequence[Choice]) -> str | None:
    """The value of the choice that an answer names; None if it names none.

    Longer phrases are matched first and use up their words, so that "non-romantic" doesn't name "romantic". A choice
    with a "not" before it is denied; in a pair such as x and non-x, that names the other one. Naming several means the
    choice with the phrase "both", if there is one. A doubt beside a choice ("romantic, I'm not sure why") doesn't undo
    it. In a correction ("funny, no, both") the last choice counts. Asking what a choice means names none.
    """
    if asks_back(text):
        return None
    words = _without_corrected(words_said(text), choices)
    past = next((choice.value for choice in choices if contains_any(words, map(words_said, choice.past))), None)
    if past is not None:
        return past
    named, denied = _named(words, choices)
    both = next((choice.value for choice in choices if "both" in choice.phrases), None)
    plain = [value for value in named if value != both]
    if len(plain) > 1 or (plain and both in named and any(word in _TOGETHER for word in words)):
        return both
    if plain:
        return plain[0]
    if both in named:
        return both
    if is_one_of(text, _DENIALS):
        # Asked for x or non-x, a bare no denies the x.
        denied = [choice.value for choice in choices if not choice.value.startswith("non-")]
    opposites = {f"non-{value}" for value in denied} | {value.removeprefix("non-") for value in denied}
    return next((choice.value for choice in choices if choice.value in opposites - set(denied)), None)


def names_choice(text: str, choices: Sequence[Choice]) -> bool:
    """Whether an answer names a choice outright: a few words without a "not" that end with it."""
    words = words_said(text)
    while words[-2:] in (["i", "guess"], ["i", "think"], ["i", "suppose"]) or words[-1:] == ["please"]:
        words = words[:-1] if words[-1] == "please" else words[:-2]
    if len(words) > _DIRECT_WORDS or any(map(_denies, words)) or asks_back(text):
        return False
    return _ends_on_choice(words, choices)


def asks_back(text: str) -> bool:
    """Whether the answer asks what is meant ("what do you mean by romantic")."""
    starts = any(words[: len(start)] == start for words in without_lead_ins(text) for start in _ASKING_AT_START)
    return starts or contains_any(words_said(text), ASKING_BACK)


def asks_what_is_meant(text: str) -> bool:
    """Whether the whole answer asks what the question means ("what do you mean by emotional")."""
    starts = any(words[: len(start)] == start for words in without_lead_ins(text) for start in _ASKING_WHAT_IS_MEANT)
    return starts and len(words_said(text)) <= _REFUSAL_WORDS


def asked_about(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that are named in a question about what they mean, in their order."""
    named, denied = _named(words_said(text), choices)
    return [choice for choice in choices if choice.value in (*named, *denied)]


def is_indifferent(text: str) -> bool:
    """Whether the person leaves a choice to the assistant ("whatever you like")."""
    return is_one_of(text, _INDIFFERENT)


def is_neither(text: str) -> bool:
    """Whether the person wants none of the choices."""
    return is_one_of(text, ("neither", "neither of them", "neither of the two", "neither one", "neither really"))


def is_indirect(text: str, choices: Sequence[Choice]) -> bool:
    """Whether an answer says what isn't, or no longer is, as people do when they think aloud."""
    words = words_said(text)
    return any(map(_denies, words)) or any(contains_any(words, map(words_said, choice.past)) for choice in choices)


def _denies(word: str) -> bool:
    return is_negation(word) or word in NEAR_NEGATIONS


def _ends_on_choice(words: list[str], choices: Sequence[Choice]) -> bool:
    phrases = [words_said(phrase) for choice in choices for phrase in choice.phrases]
    return any(words[-len(phrase) :] == phrase for phrase in phrases)


def _without_corrected(words: list[str], choices: Sequence[Choice]) -> list[str]:
    """The words after a "no" that takes back a choice and names another; all words if there is no such "no"."""
    for at in range(len(words) - 1, 0, -1):
        before, after = words[:at], words[at + 1 :]
        takes_back = words[at] == "no" and (before[-1] in _BEFORE_CORRECTION or _ends_on_choice(before, choices))
        if takes_back and any(_named(before, choices)) and any(_named(after, choices)):
            return after
    return words


def _named(words: list[str], choices: Sequence[Choice]) -> tuple[list[str], list[str]]:
    """Values named, and values named with a "not" before them."""
    named: list[str] = []
    denied: list[str] = []
    left = list(words)
    phrases = [(phrase, choice.value) for choice in choices for phrase in choice.phrases]
    for phrase, value in sorted(phrases, key=lambda pair: -len(words_said(pair[0]))):
        sought = words_said(phrase)
        at = find_phrase(left, sought)
        if at is None or (phrase == "both" and _OTHERS.intersection(_after_of(left[at + 1 :])[:1])):
            continue
        negated = not _denies(sought[0]) and any(map(_denies, left[max(0, at - _NEGATION_REACH) : at]))
        found = denied if negated else named
        if value not in found:
            found.append(value)
        left[at : at + len(sought)] = [""] * len(sought)
    return named, denied


def _after_of(words: list[str]) -> list[str]:
    return words[1:] if words[:1] == ["of"] else words


def is_refusal(text: str) -> bool:
    """Whether the person would rather not answer."""
    words = words_said(text)
    return len(words) <= _REFUSAL_WORDS and contains_any(words, REFUSALS)


def is_nothing_more(text: str) -> bool:
    """Whether "Is there more to that?" is answered with a no."""
    return not words_said(text) or is_one_of(text, _NOTHING_MORE)


def understand_yes_no(text: str) -> bool | None:
    """True for yes, False for no, None for neither, both, or a question in return ("was I?")."""
    words = words_said(text)
    if contains_any(words, UNDECIDED):
        return None
    if _denies_agreement(words):
        return None if not YES.isdisjoint(words) else False
    no = any(word in NO for word in words) or contains_any(words, DISAGREEING)
    yes = any(word in _AGREED for word in words)
    if not no:
        yes = yes or contains_any(words, AGREEING) or is_one_of(text, _YES_ALONE)
    return yes if yes != no else None


def _denies_agreement(words: Sequence[str]) -> bool:
    """Whether what would be a yes is denied: "absolutely not", "that isn't right"."""
    return any(
        (word == "not" and before in _DENIED_BY_NOT)
        or (is_negation(word) and word not in NO and not _DENIED_AFTER_NOT.isdisjoint(words[at : at + _DENIAL_REACH]))
        for at, (before, word) in enumerate(pairwise(("", *words)), start=1)
    )


_OBJECTIONS = (
    "no", "no no", "nope", "no it isn't", "no it's not", "not that", "not that film", "not that movie", "not that one",
    "wrong film", "wrong movie", "the wrong film", "the wrong movie", "that's the wrong film", "that's the wrong movie",
    "that's wrong", "that's not the film", "that's not the movie", "that's not the one", "that's not it",
    "that isn't it", "that's not right", "that's not what i said", "i said something else", "i meant another film",
    "another film", "another movie", "another one", "a different film", "a different one", "neither", "none of them",
)  # fmt: skip
_OBJECTING = NO | {"wait", "sorry"}
_MEANT = ("i meant ", "i said ")


def objected(text: str) -> str | None:
    """What follows a no ("no, I meant Hero"): "" if nothing does, None if there is no "no"."""
    if is_one_of(text, _OBJECTIONS):
        return ""
    words = words_said(text)
    after = next((at for at, word in enumerate(words) if word not in _OBJECTING), len(words))
    if NO.isdisjoint(words[:after]):
        return None
    rest = words[after:]
    return "" if is_one_of(" ".join(rest), _OBJECTIONS) or contains_any(rest, DISAGREEING) else " ".join(rest)


def disowns_film(text: str) -> bool:
    """Whether the person says that they meant another film than the one just named."""
    return is_one_of(text, _OBJECTIONS) or (objected(text) or "").startswith(_MEANT)


@dataclass(frozen=True, slots=True)
class TitleCorrection:
    """What the film is after all; `is_explicit` if it was called a title or a name."""

    title: str
    is_explicit: bool


_CALLED = (
    "the film is called", "the movie is called", "the film's called", "the movie's called", "the film was called",
    "the movie was called", "the title is", "the title's", "the title should be", "the name of the film is",
    "the name of the movie is",
)  # fmt: skip
_IT_IS_CALLED = ("it's called", "it is called", "that's called")
_IS = (
    "the film is", "the movie is", "the film was", "the movie was", "the film's", "the movie's", "the film should be",
    "the film i meant is", "the film i meant was", "i meant", "i mean", "i said", "it's", "it is", "it was", "that was",
)  # fmt: skip


def understand_title_correction(text: str) -> TitleCorrection | None:
    """What follows "no, the film is …" or "the title is …"; None if nothing does."""
    words = words_said(text)
    start = next((at for at, word in enumerate(words) if word not in _OBJECTING | {"actually", "oh"}), len(words))
    objects = not NO.isdisjoint(words[:start])
    rest = " ".join(words[start:])
    for phrase in (*_CALLED, *((*_IT_IS_CALLED, *_IS) if objects else ())):
        if rest.startswith(f"{phrase} "):
            return TitleCorrection(rest.removeprefix(f"{phrase} "), phrase not in _IS)
    return None


_NO_TITLE = (
    "none", "no film", "i haven't seen one", "let me think", "let me see", "one moment", "just a moment",
    "just a second", "hang on", "hold on", "wait a minute", "i'm not finished", "i wasn't finished",
    "i was not finished", "not yet", "hello", "can you hear me", "hello can you hear me", "are you there",
    "sorry what", "excuse me", "thank you", "yes", "yes it does", "yes it is",
    "i told you", "i already told you", "i just told you", "i already said", "the same one", "good question",
)  # fmt: skip
_NOT_FINISHED = (("not", "finished"), ("wasn't", "finished"), ("not", "done", "yet"), ("let", "me", "finish"))

_FORGOTTEN = tuple(
    tuple(phrase.split())
    for phrase in (
        "can't remember", "can not remember", "cannot remember", "couldn't remember", "don't remember",
        "do not remember", "not remember", "can't recall", "don't recall", "i forgot", "i've forgotten", "i forget",
        "have forgotten", "the title escapes", "the name escapes", "escapes me", "tip of my tongue", "can't think of",
        "cannot think of", "can not think of", "don't know the title", "don't know the name", "don't know what it",
        "do not know the", "do not know what", "don't know how it", "not sure of the title", "not sure what it",
        "don't know", "not sure", "no idea", "what was it called", "what's it called", "what is it called",
        "what was the title", "what was the name", "how was it called", "whatever it was called",
    )
)  # fmt: skip
"""What people say who can't think of a title."""

_DESCRIBING = tuple(
    tuple(phrase.split())
    for phrase in (
        "something about", "something with", "something like", "the one where", "the one with", "the one about",
        "the one in which", "that one with", "that one where", "that film with", "that film about", "that film where",
        "that movie with", "that movie about", "that movie where", "some film about", "some film with",
        "some movie about", "a film about", "a movie about", "a film where", "a movie where", "a film with",
        "a movie with", "a film by", "a movie by", "that film by", "that movie by", "the new film by", "it was about a",
        "it's about a", "it was about two", "it's about two", "there was a", "there's a", "there is a", "there were",
    )
)  # fmt: skip
"""How people begin to describe a film instead of naming it."""

_TITLE_WORDS = 9
"""Anything longer that no film is called isn't a title."""

_TELLING_SUBJECTS = frozenset("i we you they".split())
_TELLING = (("it", "made"), ("it", "makes"), ("it", "was", "so"), ("it", "was", "very"), ("it", "was", "really"))


def understand_film(text: str, is_title: Callable[[list[str]], bool] = lambda words: False) -> str | None:
    """The film title in an answer, in title case; None if there is none.

    Lead-ins such as "I just saw" or "it's the movie" are dropped; the rest is taken as it was said if it looks like a
    title. "I can't remember", "it was something about a lighthouse" and "I really loved it" don't.

    Parameters
    ----------
    text : str
    is_title : callable
        Whether a film is called exactly these words; then they are a title, whatever they look like.
    """
    words = words_said(text)
    title = barest(words)
    if not title or is_refusal(text):
        return None
    if not any(map(is_title, (words, title))) and _is_no_title(text, words, title):
        return None
    return in_title_case(title)


def tells_of_film(text: str) -> bool:
    """Whether an answer is from somebody who can't think of the title, or describes the film instead."""
    return contains_any(words_said(text), (*_FORGOTTEN, *_DESCRIBING))


def _is_no_title(text: str, words: list[str], title: list[str]) -> bool:
    if is_one_of(text, _NO_TITLE) or tells_of_film(text) or contains_any(words, _NOT_FINISHED):
        return True
    if letters_in(words) is not None:
        return False
    subject = subject_of(title[0])
    is_clause = len(title) > 1 and (is_contraction(title[0]) or looks_like_verb(title[1]) or title[1] in MID_ADVERBS)
    if subject in _TELLING_SUBJECTS and is_clause:
        return True
    return len(title) > _TITLE_WORDS or any(tuple(title[: len(phrase)]) == phrase for phrase in _TELLING)
