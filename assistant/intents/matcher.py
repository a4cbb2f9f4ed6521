"""From a whole utterance to a command.

A command is a whole utterance between pauses: one inside a sentence is part of the sentence. It may come with up to two
lead-ins ("no, wait"), a request ("can you"), and a courtesy ("please").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from assistant.english.normalise import phrase_at_start, starts_of, words_of, words_said
from assistant.english.phonetics import likeness
from assistant.english.words import SUBJECTS
from assistant.intents.intent import Command, Context, Intent
from assistant.intents.table import CommandEntry, command_table, is_slot

_TOLD_OF = SUBJECTS - {"you"}
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an utterance as a command.

    Attributes
    ----------
    commands : tuple of Command
        Just one, or with slots, one for each way to divide the words among them; the longest first slot comes first.
    likeness : float
        How similar the words of a slot have to be to words of the review, from 0 to 1.
    is_request : bool
        Whether it is put as a question or a wish: "can you replace …".
    """

    commands: tuple[Command, ...]
    likeness: float
    is_request: bool


def command_in(text: str, *contexts: Context) -> Intent | None:
    """The intent, among those without slots, that a whole utterance expresses in one of these contexts, if any."""
    found = (reading.commands[0] for reading in readings(text, *contexts))
    return next((command.intent for command in found if not command.slots), None)


def readings(text: str, *contexts: Context) -> Iterator[Reading]:
    """All ways to read a whole utterance as a command in one of these contexts, most likely first."""
    words = spoken_words(text)
    for start in command_starts(words):
        rest = words[start:]
        if rest[0] == command_table().escape:
            return
        wordings = list(_without_carrier_phrase(rest))
        is_request = phrase_at_start(rest, command_table().skip_words.requests) > 0
        for skipped, wording in wordings:
            for context in contexts:
                entry = command_table().phrases[context].get(tuple(wording))
                if entry is not None and _may_follow(entry, [*words[:start], *skipped]):
                    yield Reading((Command(entry.intent),), entry.likeness, is_request)
        # A "please" at the end doesn't belong in a slot.
        for _, wording in reversed(wordings):
            for context in contexts:
                for phrase in command_table().slot_phrases[context]:
                    if found := tuple(_divided(phrase.words, wording)):
                        commands = tuple(Command(phrase.entry.intent, slots) for slots in found)
                        yield Reading(commands, phrase.entry.likeness, is_request)


def is_escaped(text: str) -> bool:
    """Whether an utterance begins, lead-ins aside, with the word that makes a command text."""
    words = spoken_words(text)
    return any(words[start] == command_table().escape for start in command_starts(words))


def escaped(text: str, *contexts: Context) -> str | None:
    """The words after "literally" if they would be a command without it, else None."""
    words = spoken_words(text)
    rest = " ".join(words[1:])
    if words[:1] != [command_table().escape] or next(readings(rest, *contexts), None) is None:
        return None
    return rest


def mentions(text: str, intent: Intent, context: Context) -> bool:
    """Whether any part of an utterance expresses an intent: "no, I'm fine, and don't listen for that".

    "We don't listen for that" doesn't; "could you stop listening" does.
    """
    words = spoken_words(text)
    phrases = command_table().phrases[context]
    return any(
        (entry := phrases.get(tuple(words[start:stop]))) is not None and entry.intent is intent
        for start in range(len(words))
        if not start or words[start - 1] not in _TOLD_OF
        for stop in range(start + 1, len(words) + 1)
    )


def nearest(text: str, context: Context) -> list[Intent]:
    """The three intents with the names nearest to an utterance, nearest first."""
    words = spoken_words(text)

    def nearness(intent: Intent) -> float:
        name = [word for word in words_of(command_table().name_of(intent)) if word not in ("x", "y")]
        shared = len(set(words) & set(name)) / len(set(words) | set(name))
        opens = words[:1] == name[:1]
        return likeness(words[: len(name)], name) + shared + opens

    intents = dict.fromkeys(entry.intent for entry in command_table().command if context in entry.contexts)
    return sorted(intents, key=lambda intent: -nearness(intent))[:_NEAREST]


def spoken_words(text: str) -> list[str]:
    """The words of an utterance as the table spells them, without fillers."""
    spellings = command_table().spellings
    return [spellings.get(word, word) for word in words_said(text)]


def command_starts(words: Sequence[str]) -> Iterator[int]:
    """Where a command may start: at the first word or after one or two lead-ins, not counting fillers."""
    return starts_of(words, command_table().skip_words.lead_ins)


def _without_carrier_phrase(words: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """What may be skipped, and the rest: all words, then without requests and courtesies, then a repeat only once."""
    skip_words = command_table().skip_words
    request = phrase_at_start(words, skip_words.requests)
    courtesy = _at_end(words, skip_words.courtesies)
    starts = [0, request + (words[request : request + 1] == ["please"])] if request else [0]
    stops = [len(words), len(words) - courtesy] if courtesy else [len(words)]
    for start, stop in product(starts, stops):
        if start < stop:
            yield words[:start], words[start:stop]
    half = len(words) // 2
    if half and words[:half] == words[half:]:
        yield (), words[:half]


def _may_follow(entry: CommandEntry, skipped: Sequence[str]) -> bool:
    around = f" {' '.join(skipped)} "
    return not any(f" {phrase} " in around for phrase in entry.not_after)


def _divided(phrase: Sequence[str], words: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """All ways to divide the words among the slots of a phrase."""
    if not phrase or not words:
        if not phrase and not words:
            yield {}
        return
    word, *rest = phrase
    if not is_slot(word):
        if word == words[0]:
            yield from _divided(rest, words[1:])
        return
    for size in range(len(words), 0, -1):
        for others in _divided(rest, words[size:]):
            yield {word.strip("{}"): " ".join(words[:size]), **others}


def _at_end(words: Sequence[str], phrases: Sequence[str]) -> int:
    ended = f" {' '.join(words)}"
    return max((len(phrase.split()) for phrase in phrases if ended.endswith(f" {phrase}")), default=0)
