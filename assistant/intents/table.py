"""The table of commands: ``commands.toml``, read once and expanded.

It has the format of hassil, Home Assistant's intent recogniser, but is expanded here. We tried hassil 3.13 itself: it
reads the templates and finds the commands, for two more packages and 0.2 s at the start. But it drops skip words
anywhere, while here at most two may lead in, and which ones they are distinguishes a command from a remark about a film
("and then another one"). And whether a command holds depends on the words of the review; that is most of the work, and
hassil does none of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from pydantic import ConfigDict

from assistant.config import Table, parse
from assistant.intents.intent import Context, Intent

_MARK = re.compile(r"[\[\]()|]|[^\[\]()|\s]+")
_RULE = re.compile(r"<(\w+)>")

Phrase = tuple[str, ...]
"""Words; a slot stands among them as "{old}"."""


class _Table(Table):
    model_config = ConfigDict(strict=False)  # Intents and contexts are written as their ids.


class SkipWords(_Table):
    """What people say around a command."""

    lead_ins: tuple[str, ...]
    requests: tuple[str, ...]
    courtesies: tuple[str, ...]


class CommandEntry(_Table):
    """Wordings of an intent with the same properties; ``commands.toml`` says what each field means."""

    intent: Intent
    contexts: tuple[Context, ...]
    sentences: tuple[str, ...]
    name: str | None = None
    short: str | None = None
    likeness: float = 1.0
    grammar: bool = False
    not_after: tuple[str, ...] = ()
    examples: tuple[str | Mapping[str, str], ...]
    counter_examples: tuple[str, ...] = ()


class _Dictated(_Table):
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlotPhrase:
    """A phrase with slots, and its entry."""

    words: Phrase
    entry: CommandEntry


class CommandTable(_Table):
    """All commands, with the words around them."""

    example_review: str
    other_review: str
    escape: str
    spellings: Mapping[str, str]
    skip_words: SkipWords
    expansion_rules: Mapping[str, str]
    help: Mapping[Context, tuple[tuple[Intent, ...], ...]]
    command: tuple[CommandEntry, ...]
    dictated: _Dictated

    @cached_property
    def phrases(self) -> Mapping[Context, Mapping[Phrase, CommandEntry]]:
        """All wordings without slots, by context."""
        found: dict[Context, dict[Phrase, CommandEntry]] = {context: {} for context in Context}
        for entry, phrase in self._expanded:
            if not any(map(is_slot, phrase)):
                for context in entry.contexts:
                    found[context][phrase] = entry
        return found

    @cached_property
    def slot_phrases(self) -> Mapping[Context, tuple[SlotPhrase, ...]]:
        """All wordings with slots, by context."""
        slotted = [SlotPhrase(phrase, entry) for entry, phrase in self._expanded if any(map(is_slot, phrase))]
        return {context: tuple(each for each in slotted if context in each.entry.contexts) for context in Context}

    @cached_property
    def _expanded(self) -> list[tuple[CommandEntry, Phrase]]:
        return [
            (entry, phrase)
            for entry in self.command
            for sentence in entry.sentences
            for phrase in expand(sentence, self.expansion_rules)
        ]

    def name_of(self, intent: Intent) -> str:
        """The name of an intent in the help: "replace X with Y"."""
        return next(entry.name for entry in self.command if entry.intent is intent and entry.name is not None)

    def spoken_help(self, context: Context) -> str:
        """What people can say there: "repeat that, skip, or stop", without a capital at the start or a full stop."""
        sentences = [_enumerated([self._short(intent) for intent in intents]) for intents in self.help[context]]
        return ". ".join([*sentences[:1], *(sentence[0].upper() + sentence[1:] for sentence in sentences[1:])])

    def _short(self, intent: Intent) -> str:
        short = next((entry.short for entry in self.command if entry.intent is intent and entry.short), None)
        return short or self.name_of(intent)


@cache
def command_table() -> CommandTable:
    """The table that comes with the program."""
    text = resources.files("assistant.intents").joinpath("commands.toml").read_text(encoding="utf-8")
    return parse(text, CommandTable, "The table of commands")


def is_slot(word: str) -> bool:
    """Whether a word of a phrase stands for the person's own words."""
    return word.startswith("{")


def expand(sentence: str, rules: Mapping[str, str]) -> list[Phrase]:
    """All phrases that a template stands for: "undo [(that|it)]" is "undo that", "undo it" and "undo".

    Parameters
    ----------
    sentence : str
    rules : mapping of str to str
        Templates that "<name>" stands for.
    """
    while _RULE.search(sentence):
        sentence = _RULE.sub(lambda rule: rules[rule.group(1)], sentence)
    marks = _MARK.findall(sentence)
    found, at = _alternatives(marks, 0)
    assert at == len(marks), sentence
    return list(dict.fromkeys(found))


def _alternatives(marks: Sequence[str], at: int) -> tuple[list[Phrase], int]:
    """The phrases from the mark at `at` to the closing bracket, and where that is."""
    found: list[Phrase] = []
    row: list[Phrase] = [()]
    while at < len(marks) and marks[at] not in ")]":
        mark = marks[at]
        if mark == "|":
            found += row
            row = [()]
            at += 1
            continue
        choices: list[Phrase] = [(mark,)]
        if mark in "([":
            choices, at = _alternatives(marks, at + 1)
            choices += [()] if mark == "[" else []
        at += 1
        row = [begun + choice for begun in row for choice in choices]
    return [*found, *row], at


def _enumerated(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, or {names[-1]}"
