"""The table of commands, held against its own examples."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assistant.editing import Document, parse_command
from assistant.intents import Command, CommandEntry, Context, Intent, command_in, command_table, mentions
from assistant.intents.table import Phrase, expand
from tools.notation import document_of

TABLE = command_table()
REVIEWS = [document_of(TABLE.example_review), document_of(TABLE.other_review)]
EXAMPLES = [
    pytest.param(entry, example, id=f"{entry.intent.value}: {example if isinstance(example, str) else example['said']}")
    for entry in TABLE.command
    for example in entry.examples
]
COUNTER_EXAMPLES = [
    pytest.param(contexts, said, id=said)
    for contexts, every in (
        *((entry.contexts, entry.counter_examples) for entry in TABLE.command),
        (tuple(Context), TABLE.dictated.counter_examples),
    )
    for said in every
]


def understood(said: str, context: Context, document: Document) -> Command | None:
    if context is Context.EDITING:
        return parse_command(said, document)
    intent = command_in(said, context)
    return Command(intent) if intent else None


@pytest.mark.parametrize(("entry", "example"), EXAMPLES)
def test_an_example_is_understood_with_its_slots_wherever_it_holds(
    entry: CommandEntry, example: str | Mapping[str, str]
):
    slots = {} if isinstance(example, str) else dict(example)
    said = example if isinstance(example, str) else slots.pop("said")
    for context in entry.contexts:
        assert understood(said, context, REVIEWS[0]) == Command(entry.intent, slots)


@pytest.mark.parametrize(("contexts", "said"), COUNTER_EXAMPLES)
def test_a_counter_example_is_no_command(contexts: tuple[Context, ...], said: str):
    for context in contexts:
        for document in REVIEWS:
            assert understood(said, context, document) is None


@pytest.mark.parametrize("context", Context)
def test_a_name_in_the_help_is_understood_as_what_it_names(context: Context):
    for entry in TABLE.command:
        name = TABLE.name_of(entry.intent)
        if context in entry.contexts and not name.endswith((" X", " Y")):
            assert command_in(name, context) is entry.intent


def test_every_intent_is_in_the_table_with_a_name():
    assert {entry.intent for entry in TABLE.command} == set(Intent)
    assert all(TABLE.name_of(intent) for intent in Intent)


@pytest.mark.parametrize("context", Context)
def test_no_wording_means_two_things_in_one_place(context: Context):
    meanings: dict[Phrase, set[Intent]] = {}
    for entry in TABLE.command:
        if context in entry.contexts:
            for sentence in entry.sentences:
                for phrase in expand(sentence, TABLE.expansion_rules):
                    meanings.setdefault(phrase, set()).add(entry.intent)
    assert [phrase for phrase, intents in meanings.items() if len(intents) > 1] == []


def test_the_help_names_everything_that_corrects_a_review_and_only_what_holds_there():
    holding = {context: {entry.intent for entry in TABLE.command if context in entry.contexts} for context in Context}
    told = {context: {intent for intents in groups for intent in intents} for context, groups in TABLE.help.items()}
    untold = {Intent.HELP, Intent.STOP_READING, Intent.CONTINUE, Intent.INSERT_AFTER}
    assert holding[Context.EDITING] - told[Context.REVIEW] == untold
    assert told[Context.REVIEW] <= holding[Context.EDITING] | holding[Context.REVIEW]
    for context in (Context.INTERVIEW, Context.ABOUT, Context.FILM):
        assert told[context] <= holding[Context.INTERVIEW] | holding[context]


def test_the_help_is_spoken_in_sentences():
    assert TABLE.spoken_help(Context.ABOUT) == "that's all, repeat that, skip, go back, or stop"
    assert TABLE.spoken_help(Context.REVIEW).startswith(
        "read that again, or read the whole thing. Scratch that, undo, or redo. Replace, insert, delete, or "
        "capitalise, and the words you mean. Delete"
    )


def test_sending_is_no_command_before_there_is_a_review():
    assert command_in("send review", Context.INTERVIEW) is None


@pytest.mark.parametrize(
    "said",
    ["i told my sister to send review copies to everyone", "i wish it would never stop", "you can skip the middle",
     "well okay then now send review", "he has to go back", ""],
)  # fmt: skip
def test_a_sentence_that_contains_a_command_is_none(said: str):
    assert command_in(said, *Context) is None


def test_what_a_command_says_is_found_inside_an_answer_unless_somebody_does_it():
    assert mentions("no i'm fine and don't listen for that", Intent.NO_SENSING, Context.INTERVIEW)
    assert mentions("i'm fine but could you stop listening for that", Intent.NO_SENSING, Context.INTERVIEW)
    assert not mentions("at home we don't listen for that", Intent.NO_SENSING, Context.INTERVIEW)


def test_a_template_stands_for_all_its_phrases():
    rules = {"what": "(b|<more>)", "more": "c"}
    for template, phrases in (
        ("undo [(that|it)] now", ["undo that now", "undo it now", "undo now"]),
        ("(a|b [c]) d", ["a d", "b c d", "b d"]),
        ("a <what>", ["a b", "a c"]),
    ):
        assert [" ".join(phrase) for phrase in expand(template, rules)] == phrases
