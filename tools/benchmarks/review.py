"""Score spoken-to-written, the grounding check and spoken editing on the judging sets (tests/judging/README.md).

    python -m tools.benchmarks.review [clean] [grounding] [commands] [--earlier N] [--misses]

Without a name, all are scored. The exit code is 1 if a goal is missed. `--earlier` uses sets whose misses have been
seen: there are five, the last two only of clean-up, and they are for development. `--misses` prints what went wrong,
item by item; without `--earlier` it is meant for finding mistakes in the sets, and if you change a rule because of what
it shows, you need new items.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.config import parse_toml
from assistant.disfluency import remove
from assistant.editing import parse_command
from assistant.review import is_grounded
from assistant.turns.answer import Answer
from assistant.turns.user_turn import UserTurn
from tools.benchmarks.judging_commands import named
from tools.benchmarks.scores import Retrieval
from tools.command import parser_for, run_command
from tools.notation import Timing, answer_of, document_of
from tools.paths import JUDGING_SETS

# The three adapters: only they know the names of the program's own functions.


def _written(answer: Answer) -> str:
    """The program's text of an answer at the strength "clean"; capitals and punctuation don't count."""
    return remove(UserTurn(0, answer).tokens).text


def _passes(source: str, sentence: str, facts: Mapping[str, Any]) -> bool:
    """Whether the sentence passes the grounding check for what was said in `source` (plain words, no pauses)."""
    known = (value if isinstance(value, list) else [value] for value in facts.values())
    return is_grounded(sentence, source, [str(fact) for values in known for fact in values])


def _understood(said: str, text: str) -> tuple[str, Mapping[str, str]] | None:
    """The command and arguments of an utterance said while `text` is edited; None if it is dictation.

    Names are those of commands.toml. A command that was refused as unknown is `("unknown", {})`.
    """
    command = parse_command(said, document_of(text))
    return None if command is None else named(command)


# From the sets to the program's input.

_FILLERS = frozenset({"um", "uh", "er", "hmm", "mm", "ah"})
_TIMING = Timing(first_word_s=0.3, word_s=0.1, letter_s=0.05, gap_s=0.03, shortest_pause_s=0.25)


_PAUSE = re.compile(r"<\d+\.\d+>")


def _words_of(text: str) -> list[str]:
    """Words alone: lower case, without pauses, punctuation, accents and hyphens."""
    text = _PAUSE.sub(" ", text).replace("’", "'").lower()
    text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return [word for word in (part.strip("'") for part in re.findall(r"[a-z0-9']+", text)) if word]


# Scores.


@dataclass(slots=True)
class Tally:
    """The number of right items in each group, and a line for each wrong one."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, group: str, right: bool, miss: str) -> None:
        """Count an item, with the line to print if it is wrong."""
        self.total[group] += 1
        self.right[group] += right
        if not right:
            self.misses.append(f"[{group}] {miss}")

    @property
    def share(self) -> float:
        """The share of right items."""
        return self.right.total() / self.total.total()

    def report(self, what: str, misses: bool) -> None:
        """Print the tally, on request with the misses."""
        print(f"{what}: {self.right.total()} of {self.total.total()} ({100 * self.share:.1f} %)")
        for group, total in self.total.items():
            print(f"    {group:<24}{self.right[group]:>4} of {total}")
        if misses:
            for miss in self.misses:
                print(f"  ✗ {miss}")


@dataclass(slots=True)
class Removals(Retrieval):
    """Removed words, counted as bags, because the result doesn't show which of two equal words was removed.

    A word that was inserted but never said counts as wrongly removed, too: it mustn't improve the score.
    """

    def count(self, verbatim: Iterable[str], clean: Iterable[str], system: Iterable[str]) -> None:
        """Count a text: as it was said, as it should be, and as the program has it."""
        said, kept = Counter(verbatim), Counter(system)
        wanted, removed = said - Counter(clean), said - kept
        self.right += (wanted & removed).total()
        self.wrong += (removed - wanted).total() + (kept - said).total()
        self.missed += (wanted - removed).total()


def _score_clean(data: Mapping[str, Any], misses: bool) -> bool:
    exact, removals = Tally(), Removals()
    for pair in data["pair"]:
        system = _words_of(_written(answer_of(pair["verbatim"], _TIMING, fillers=_FILLERS)))
        clean = _words_of(pair["clean"])
        removals.count(_words_of(pair["verbatim"]), clean, system)
        miss = f"{pair['verbatim']}\n      wanted: {' '.join(clean)}\n      got:    {' '.join(system)}"
        exact.count(pair["grade"], system == clean, miss)
    exact.report("Spoken to written, exact (goal 70 %)", misses)
    print(
        f"Removed words: precision {removals.precision:.3f}, recall {removals.recall:.3f}, "
        f"F1 {removals.f1:.3f} (goal 0.92)"
    )
    return exact.share >= 0.70 and removals.f1 >= 0.92


def _score_grounding(data: Mapping[str, Any], misses: bool) -> bool:
    caught, passed = Tally(), Tally()
    for group, tally, wanted in (("altered", caught, False), ("legitimate", passed, True)):
        for item in data[group]:
            # The check gets words without pauses, which are the clean-up's business.
            source = " ".join(_PAUSE.sub(" ", item["source"]).split())
            right = _passes(source, item["sentence"], item.get("facts", {})) is wanted
            tally.count(item.get("kind", group), right, f"{item['source']} → {item['sentence']}")
    caught.report("Altered sentences caught (goal 99)", misses)
    passed.report("Legitimate clean-ups passed (goal 95)", misses)
    return caught.share >= 0.99 and passed.share >= 0.95


def _same_arguments(item: Mapping[str, Any], arguments: Mapping[str, str]) -> bool:
    """Whether the arguments are those said, or the words of the text that they stand for."""
    wanted, instead = item.get("arguments", {}), item.get("heard_for", {})
    return wanted.keys() == arguments.keys() and all(
        _words_of(arguments[name]) in (_words_of(value), _words_of(instead.get(name, value)))
        for name, value in wanted.items()
    )


def _score_commands(data: Mapping[str, Any], misses: bool) -> bool:
    commands, dictated = Tally(), Tally()
    texts = data["texts"]
    for item in data["command"]:
        got = _understood(item["said"], texts[item.get("text", next(iter(texts)))])
        right = got is not None and got[0] == item["command"] and _same_arguments(item, got[1])
        commands.count(item["wording"], right, f"{item['said']}: wanted {item['command']}, got {got}")
    for said in data["dictation"]["utterances"]:
        # In any of the texts: even one that contains these words must not turn them into a command.
        got = next((got for text in texts.values() if (got := _understood(said, text)) is not None), None)
        dictated.count("dictation", got is None, f"{said}: got {got}")
    commands.report("Commands understood (goal 97 %)", misses)
    dictated.report("Dictated sentences left alone (goal: all)", misses)
    return commands.share >= 0.97 and dictated.share == 1.0


_SCORES = {"clean": _score_clean, "grounding": _score_grounding, "commands": _score_commands}


def main() -> int:
    """Run the command and return its exit code."""
    parser = parser_for("tools.benchmarks.review", __doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(_SCORES))
    parser.add_argument("--earlier", choices=tuple("12345"), metavar="N", help="the sets for developing")
    parser.add_argument("--misses", action="store_true", help="print each item that went wrong")
    options = parser.parse_args()
    folder = JUDGING_SETS / "earlier" / options.earlier if options.earlier else JUDGING_SETS
    there = [name for name in _SCORES if (folder / f"{name}.toml").exists()]
    if unknown := set(options.sets) - set(there):
        parser.error(f"There is no judging set called {', '.join(sorted(unknown))}. There are: {', '.join(there)}.")
    reached = []
    for name in options.sets or there:
        data = parse_toml((folder / f"{name}.toml").read_text("utf-8"))
        reached.append(_SCORES[name](data, options.misses))
    return 0 if all(reached) else 1


if __name__ == "__main__":
    run_command(main)
