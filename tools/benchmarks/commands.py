"""Measure how well spoken corrections are understood: by the first ear freely, and by all that hears.

Each voice says every command and every sentence below while the same review is corrected. With --judging, voices that
nothing was developed with say those of tests/judging/commands.toml: each of them every command, while the text that it
names is corrected, and the sentences by turns, with each text in turn. With --earlier, the usual voices say a set in
tests/judging/earlier, which is for development.

  python -m tools.benchmarks.commands                 the figures
  python -m tools.benchmarks.commands --judging       the figures for the judging set; a quarter of an hour
  python -m tools.benchmarks.commands --misses        what was heard for each command that wasn't understood
  python -m tools.benchmarks.commands --voices slt    one voice
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.asr.endpointing import TurnCompletion
from assistant.asr.events import TurnEnded
from assistant.asr.second_ear import SecondEar
from assistant.audio.frame import RATE_HZ, Frame, Samples
from assistant.config import parse_toml
from assistant.editing import CommandContext, Document, Editor, parse_command, parse_heard
from assistant.intents import Command, Intent
from assistant.review import Review
from assistant.session.assembly import make_ear, make_second_ear
from assistant.turns.answer import Answer
from assistant.turns.user_turn import UserTurn
from tools.benchmarks.judging_commands import meant
from tools.benchmarks.speakers import JUDGES, JUDGES_NEED, NEEDS, VOICES, WORK, Speaker, speaker_of
from tools.command import parser_for, require, run_command
from tools.notation import document_of
from tools.paths import JUDGING_SETS

_FRAME = 1600
_GOAL = 0.97

_REVIEW = (
    "It begins in a garden where nobody speaks. The house is white and cold, and the father in it counts his money. "
    "I smiled at the broken piano, and then I was ashamed of it. The daughter leaves in the morning. It is long, "
    "perhaps too long for an evening. I keep dreaming of the bridge."
)

_COMMANDS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("scratch that", "SCRATCH", {}),
    ("no, scratch that", "SCRATCH", {}),
    ("delete this sentence", "SCRATCH", {}),
    ("undo", "UNDO", {}),
    ("undo it", "UNDO", {}),
    ("redo", "REDO", {}),
    ("redo it", "REDO", {}),
    ("read that again", "READ_AGAIN", {}),
    ("okay, read that again", "READ_AGAIN", {}),
    ("repeat the last sentence", "READ_AGAIN", {}),
    ("read the whole thing", "READ_ALL", {}),
    ("read my review", "READ_ALL", {}),
    ("stop", "STOP_READING", {}),
    ("continue", "CONTINUE", {}),
    ("keep going", "CONTINUE", {}),
    ("delete the last sentence", "DELETE_SENTENCE", {}),
    ("delete the last paragraph", "DELETE_PARAGRAPH", {}),
    ("move that to the end", "MOVE", {}),
    ("put this at the end", "MOVE", {}),
    ("new paragraph", "PARAGRAPH", {}),
    ("make it shorter", "SHORTER", {}),
    ("make it funnier", "FUNNIER", {}),
    ("make it more introspective", "INTROSPECTIVE", {}),
    ("say that again in my words", "MY_WORDS", {}),
    ("what can I say", "HELP", {}),
    ("send review", "SEND", {}),
    ("yes, send the review", "SEND", {}),
    ("not now", "NOT_NOW", {}),
    ("another one", "ANOTHER", {}),
    # Not "grey": it sounds the same.
    ("replace white with gray", "REPLACE", {"old": "white", "new": "gray"}),
    ("replace ashamed with proud", "REPLACE", {"old": "ashamed", "new": "proud"}),
    ("replace the father with my uncle", "REPLACE", {"old": "the father", "new": "my uncle"}),
    ("replace in the morning with after breakfast", "REPLACE", {"old": "in the morning", "new": "after breakfast"}),
    ("insert very before cold", "INSERT_BEFORE", {"new": "very", "place": "cold"}),
    ("insert almost before smiled", "INSERT_BEFORE", {"new": "almost", "place": "smiled"}),
    ("insert slowly after leaves", "INSERT_AFTER", {"new": "slowly", "place": "leaves"}),
    ("delete perhaps", "DELETE", {"old": "perhaps"}),
    ("delete for an evening", "DELETE", {"old": "for an evening"}),
    ("delete the broken piano", "DELETE", {"old": "the broken piano"}),
    ("capitalize garden", "CAPITALISE", {"old": "garden"}),
)

_DICTATED = (
    "I'd send this to my sister if she watched films",
    "she never stops counting that money",
    "he reads the letter again and again",
    "another one of those endings that go nowhere",
    "the last sentence of the letter is what I remember",
    "you can't undo what you said to your brother",
    "it's not now that he should come home",
    "they delete the messages before she hears them",
    "replace the piano with a dog and it's my grandmother",
    "it could be shorter but I wouldn't cut the garden",
    "the train stops and nobody gets out",
    "what can I say about the colors",
    "he moves to the end of the bridge",
    "make of it what you want",
    "I read the whole book in one night",
    "funnier than anything I saw this year",
    "continue to be kind is all she says",
    "the house is where everything happens",
    "my mother had the same piano",
    "it made me want to call home",
    "the music comes in very late",
    "no it isn't sad",
    "scratches on the table tell the whole story",
    "so I stopped and thought about my own father",
)


@dataclass(frozen=True, slots=True)
class Item:
    """Something said while a text is corrected, and the command that it is; None for a sentence.

    `kind` is how it is worded: as in the help or only half so, and whether it contains words of the person's own.
    """

    said: str
    document: Document
    command: Command | None = None
    kind: str = "its own"


@dataclass(slots=True)
class Tally:
    """Counts for one voice or all: commands understood by the free recogniser alone and by both, and false commands."""

    commands: int = 0
    alone: int = 0
    both: int = 0
    dictated: int = 0
    wrong_alone: int = 0
    wrong_both: int = 0
    misses: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    understood: Counter[str] = field(default_factory=Counter)


def main() -> int:
    """Run the command and return its exit code."""
    parser = parser_for("tools.benchmarks.commands", __doc__)
    parser.add_argument("--misses", action="store_true", help="print what was heard of what went wrong")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--judging", action="store_true", help="say the judging set instead of the commands in here")
    which.add_argument(
        "--earlier", choices=("1", "2", "3", "4"), metavar="N", help="say a set whose misses have been seen"
    )
    parser.add_argument("--voices", nargs="+", choices=VOICES, metavar="VOICE", help=f"some of {VOICES}")
    parser.add_argument("--work", type=Path, default=WORK, metavar="DIR", help="a folder for what the voices say")
    parser.add_argument("--model", metavar="NAME", help="the model that conversations are held with, by default")
    parser.add_argument("--second-hearing", metavar="EAR", default="base", help="the second ear, or none")
    options = parser.parse_args()
    if options.judging:
        require(JUDGES_NEED, "pip install hibari-tts")
    else:
        require(NEEDS)
    second_ear = make_second_ear(options.second_hearing, lambda trouble: print(trouble, file=sys.stderr))
    ears = _Ears(options.model, second_ear)
    earlier = f"earlier/{options.earlier}" if options.earlier else "."
    items = _items_of(earlier) if options.judging or options.earlier else _own_items()
    voices = JUDGES if options.judging else options.voices or VOICES
    tallies = {}
    sentences = [item for item in items if item.command is None]
    for at, name in enumerate(voices):
        said = sentences[at :: len(voices)] if options.judging else sentences
        own = [*(item for item in items if item.command is not None), *said]
        tallies[name] = _measure(speaker_of(name, options.work), ears, own)
    _report(tallies, options.misses)
    print(
        f"Processor time: {ears.spent_s / ears.heard_s:.3f} s for a second of sound; "
        f"{1000 * ears.slowest_end_s:.0f} ms at most from the end of the sound to what was heard"
    )
    commands, both = sum(t.commands for t in tallies.values()), sum(t.both for t in tallies.values())
    met = both >= _GOAL * commands and not any(t.wrong_both for t in tallies.values())
    if second_ear is not None:
        second_ear.close()
    print(f"Goals ({_GOAL:.0%} understood, no sentence taken for a command): {'met' if met else 'not met'}")
    return 0 if met else 1


def _own_items() -> list[Item]:
    document = document_of(_REVIEW)
    return [
        *(Item(said, document, Command(Intent[order], arguments)) for said, order, arguments in _COMMANDS),
        *(Item(said, document) for said in _DICTATED),
    ]


def _items_of(folder: str) -> list[Item]:
    data = parse_toml((JUDGING_SETS / folder / "commands.toml").read_text("utf-8"))
    texts = {name: document_of(text) for name, text in data["texts"].items()}
    every = list(texts.values())
    return [
        *(
            Item(
                item["said"],
                texts.get(item.get("text"), every[0]),
                meant(item),
                item["wording"] + (", with own words" if "arguments" in item else ""),
            )
            for item in data["command"]
        ),
        *(Item(said, every[at % len(every)]) for at, said in enumerate(data["dictation"]["utterances"])),
    ]


class _Ears:
    """The listener of a conversation, and the processor time that it takes."""

    def __init__(self, model: str | None, second_ear: SecondEar | None) -> None:
        self._ear = make_ear(model, second_ear)
        self.heard_s = self.spent_s = 0.0
        self.slowest_end_s = 0.0

    def hear(self, document: Document, samples: Samples) -> tuple[str, str, str | None]:
        """What is heard while a text is corrected: freely, by both ears, and the expected wording in it, if any."""
        listener, commands = self._ear.listener, self._ear.commands
        began = time.process_time()
        commands.expect(CommandContext.of(document))
        listener.begin(completeness=lambda _: TurnCompletion.INCOMPLETE)
        for at in range(0, len(samples), _FRAME):
            listener.feed(Frame(samples[at : at + _FRAME], at))
        ends = time.process_time()
        [answer] = [event.answer for event in listener.finish() if isinstance(event, TurnEnded)]
        written = answer.second_hearing.text if answer.second_hearing is not None else None
        expected = commands.as_expected(written)
        ended = time.process_time()
        self.heard_s += len(samples) / RATE_HZ
        self.spent_s += ended - began
        self.slowest_end_s = max(self.slowest_end_s, ended - ends)
        return commands.freely, answer.spoken, expected


def _comes_to(understood: Command | None, item: Item) -> bool:
    """Whether the command that was said was understood: the same intent, and the same change to the text."""
    if understood is None or item.command is None or understood.intent is not item.command.intent:
        return False
    if not item.command.slots:
        return True
    return _edited(understood, item.document) == _edited(item.command, item.document)


def _edited(command: Command, document: Document) -> str:
    editor = Editor(Review(None, None, None, tuple(line.sentence for line in document.lines)))
    editor.obey(command, UserTurn(0, Answer(duration_s=1.0)))
    return editor.document.text


def _measure(say: Speaker, ears: _Ears, items: Sequence[Item]) -> Tally:
    tally = Tally()
    for item in items:
        free, heard_by_both, expected = ears.hear(item.document, say(item.said))
        alone = parse_command(free, item.document)
        both = parse_heard(heard_by_both, expected, item.document)
        heard = f"heard “{free}”, by both ears “{heard_by_both}”, as a command “{expected}”"
        if item.command is None:
            tally.dictated += 1
            tally.wrong_alone += alone is not None
            tally.wrong_both += both is not None
            if both is not None:
                tally.misses.append(f"“{item.said}”: taken for “{both.intent.value}”, {heard}")
            continue
        tally.commands += 1
        tally.alone += _comes_to(alone, item)
        understood = _comes_to(both, item)
        tally.both += understood
        tally.kinds[item.kind] += 1
        tally.understood[item.kind] += understood
        if not understood:
            tally.misses.append(f"“{item.said}”: {heard}")
    return tally


def _report(tallies: dict[str, Tally], misses: bool) -> None:
    print(
        f"{'voice':8} {'commands':>8} {'alone':>7} {'both':>7} {'sentences':>10} {'wrong alone':>12} {'wrong both':>11}"
    )
    for name, tally in tallies.items():
        print(_row(name, [tally]))
        for miss in tally.misses if misses else ():
            print(f"    {miss}")
    print(_row("all", tallies.values()))
    kinds = sum((tally.kinds for tally in tallies.values()), Counter[str]())
    understood = sum((tally.understood for tally in tallies.values()), Counter[str]())
    for kind, count in kinds.items():
        print(f"    {kind:28} {understood[kind]:4} of {count} ({understood[kind] / count:.1%})")


def _row(name: str, tallies: Iterable[Tally]) -> str:
    each = list(tallies)
    commands, dictated = sum(t.commands for t in each), sum(t.dictated for t in each)
    alone, both = (sum(getattr(t, key) for t in each) / commands for key in ("alone", "both"))
    wrong = [sum(getattr(t, key) for t in each) for key in ("wrong_alone", "wrong_both")]
    return f"{name:8} {commands:8} {alone:7.1%} {both:7.1%} {dictated:10} {wrong[0]:12} {wrong[1]:11}"


if __name__ == "__main__":
    run_command(main)
