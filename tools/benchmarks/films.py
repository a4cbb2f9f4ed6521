"""Measure how well spoken film titles are understood: three synthetic voices, both ears, and the catalogue of films.

There are three sets of titles:

- ``earlier`` (the default): candidates are the 2,000 best-known films of the catalogue up to 2014, and of films with
  the same title the best-known. A shuffle with a fixed seed divides them into two halves: 200 films of one are for
  development (--development), 200 of the other are for measuring.
- ``newer``: the 300 films from 2015 to 2024 in tests/judging/films.toml. With --development, 200 other films of those
  years, drawn in the same way.
- ``unknown``: the 100 titles there that no catalogue has.

Each voice says each title by itself, as the catalogue writes it; roman numerals and signs, which voices would spell,
are replaced by words. It is heard as in a conversation: by both ears, and by the recogniser that listens only for
titles. There are figures for the transcript alone, and with what each heard; and for what the assistant would do.

  python -m tools.benchmarks.films                          the figures
  python -m tools.benchmarks.films --second-hearing none    the same with the first ear alone
  python -m tools.benchmarks.films --every 4                the same with every fourth title
  python -m tools.benchmarks.films --set newer              the same for another set
  python -m tools.benchmarks.films --development            the same with the films that you may look at
  python -m tools.benchmarks.films --heard FILE             keep what was heard in FILE, or read it from there
  python -m tools.benchmarks.films --written                without voices: as if every word were heard rightly
"""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from assistant.asr.biasing import BiasingContext
from assistant.config import parse_toml
from assistant.films.catalogue import FilmCatalogue
from assistant.films.decision import Found, Unknown, decide
from assistant.films.film import Film, FilmEntry
from assistant.films.film_table import VendoredTable, vendored
from assistant.films.titles import title_variants, words_heard
from assistant.session.assembly import LoadedEar, make_ear, make_second_ear
from assistant.turns.user_turn import UserTurn
from tools.benchmarks.speakers import NEEDS, VOICES, WORK, speaker_of
from tools.command import parser_for, require, run_command
from tools.listening import listen
from tools.paths import JUDGING_SETS

_CANDIDATES = 2000
_SPOKEN = 200
_SEED = 1895
_FIRST_NEWER = 2015
_GOALS = {"earlier": {1: 0.98, 3: 0.995}, "newer": {1: 0.95}}
_GOAL_UNKNOWN = 0.98
_MOST_MS = 10.0

_Heard = dict[str, list[list[str]]]
"""For each voice, and each title, what was heard: the transcript, and what it might have been instead."""


@dataclass(frozen=True, slots=True)
class _Title:
    """A title to say, and the film it is; None if no film in the catalogue is called that."""

    text: str
    film: Film | None

    def is_of(self, entry: FilmEntry) -> bool:
        """Whether that film is this one; lists differ by a year and in punctuation."""
        if self.film is None or entry.film.year is None or self.film.year is None:
            return False
        alike = set(title_variants(self.text).all) & set(title_variants(entry.film.title).all)
        return bool(alike) and abs(entry.film.year - self.film.year) <= 1


def main() -> int:
    """Run the command and return its exit code."""
    parser = parser_for("tools.benchmarks.films", __doc__)
    parser.add_argument("--set", choices=("earlier", "newer", "unknown"), default="earlier", help="which titles")
    parser.add_argument("--development", action="store_true", help="the films that may be looked at")
    parser.add_argument("--heard", type=Path, metavar="FILE", help="keep what was heard here, or take it from here")
    parser.add_argument("--work", type=Path, default=WORK, metavar="DIR", help="a folder for what the voices say")
    parser.add_argument("--written", action="store_true", help="no voices: the titles as they are written")
    parser.add_argument("--model", metavar="NAME", help="a speech model's name or folder; the usual one otherwise")
    parser.add_argument("--second-hearing", metavar="EAR", default="base", help="the second ear, or none")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth title")
    options = parser.parse_args()
    titles = _chosen(options.set, development=options.development)[:: options.every]
    if options.written:
        heard = {"written": [[" ".join(words_heard(title.text))] for title in titles]}
    elif options.heard and options.heard.exists():
        heard = json.loads(options.heard.read_text("utf-8"))
    else:
        require(NEEDS)
        second_ear = make_second_ear(options.second_hearing, lambda trouble: print(trouble, file=sys.stderr))
        heard = _hear(titles, make_ear(options.model, second_ear), options.work)
        if second_ear is not None:
            second_ear.close()
        if options.heard:
            options.heard.write_text(json.dumps(heard, indent=1), "utf-8")
    return _measure(titles, heard, options.set)


def _chosen(which: str, *, development: bool) -> list[_Title]:
    """The titles that are spoken, by the rules above."""
    judging = parse_toml((JUDGING_SETS / "films.toml").read_text("utf-8"))
    if which == "unknown":
        return [_Title(text, None) for text in judging["unknown"]]
    newer = [_Title(text, Film(text, year)) for text, year in judging["newer"]]
    if which == "newer" and not development:
        return newer
    table = vendored()
    entries = [table.entry(number) for number in range(len(table.titles))]
    best: dict[str, FilmEntry] = {}
    for entry in sorted(entries, key=lambda entry: (-entry.renown, entry.film.title, entry.film.imdb_id or "")):
        if ((entry.film.year or 0) >= _FIRST_NEWER) == (which == "newer"):
            best.setdefault(entry.film.title.casefold(), entry)
    candidates = list(best.values())[:_CANDIDATES]
    random.Random(_SEED).shuffle(candidates)
    half = len(candidates) // 2
    chosen = candidates[:half] if development else candidates[half:]
    if which == "newer":
        chosen = [entry for entry in chosen if not any(title.is_of(entry) for title in newer)]
    return [_Title(entry.film.title, entry.film) for entry in chosen[:_SPOKEN]]


_ROMAN = {"I": "one", "II": "two", "III": "three", "IV": "four", "V": "five", "VI": "six", "VII": "seven",
          "VIII": "eight", "IX": "nine"}  # fmt: skip


def _as_said(title: str) -> str:
    said = title.replace("½", " and a half").replace("⅓", " and a third").replace("&", "and").replace("+", "and")
    said = re.sub(r"[–/]", ", ", said)
    said = re.sub(r"\b((?:Part|Episode|Chapter|Volume) )([IVX]+)\b", lambda found: found[1] + _ROMAN[found[2]], said)
    return re.sub(r"(?<=\w )(II|III|IV|VI|VII|VIII|IX)\b", lambda found: _ROMAN[found[1]], said)


def _hear(titles: list[_Title], ear: LoadedEar, work: Path) -> _Heard:
    """What is heard for each title and voice, as in an answer to the question about the film."""
    ear.commands.expect(BiasingContext(FilmCatalogue().titles))
    heard: _Heard = {}
    for voice in VOICES:
        say = speaker_of(voice, work)
        name = f"{'piper' if voice == 'joe' else 'flite'} {voice}"
        print(f"{name} says {len(titles)} titles", file=sys.stderr)
        heard[name] = []
        for title in titles:
            said = _as_said(title.text)
            # Flite can't read accents.
            samples = say(
                said if voice == "joe" else unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
            )
            answer, _ = listen(ear.listener, samples)
            turn = UserTurn(1, answer, as_title=ear.commands.as_title)
            heard[name].append([answer.spoken, *turn.otherwise_heard])
    return heard


def _measure(titles: list[_Title], heard: _Heard, which: str) -> int:
    began = time.process_time()
    catalogue = FilmCatalogue(VendoredTable())
    print(f"Catalogue ready in {1000 * (time.process_time() - began):.0f} ms")
    untaken = _decisions(catalogue, titles, heard)
    if which == "unknown":
        print(f"Goal ({_GOAL_UNKNOWN:.0%} as said or asked about): {'met' if untaken >= _GOAL_UNKNOWN else 'not met'}")
        return 0 if untaken >= _GOAL_UNKNOWN else 1
    goals = _GOALS[which]
    _ranks("by the transcript alone", catalogue, titles, {name: [each[:1] for each in heard[name]] for name in heard})
    met = _ranks("by all that was heard", catalogue, titles, heard).meets(goals)
    told = ", ".join(f"{goal:.0%} within {within}" for within, goal in goals.items())
    print(f"Goals ({told}, {_MOST_MS:.0f} ms a look-up): {'met' if met else 'not met'}")
    return 0 if met else 1


_TAKEN_WRONG = "taken, wrong"


def _decisions(catalogue: FilmCatalogue, titles: list[_Title], heard: _Heard) -> float:
    """Print what the assistant would do about what was heard; return the share that isn't taken for another film."""
    print("\nwhat the assistant would do")
    done: Counter[str] = Counter()
    for name, answers in heard.items():
        for title, answer in zip(titles, answers, strict=True):
            decision = decide(catalogue, answer[0], answer[1:])
            if isinstance(decision, Unknown):
                what, entries = "says it doesn't know it", []
            elif isinstance(decision, Found):
                entries = [decision.match.entry]
                right = "right" if title.is_of(entries[0]) else "wrong"
                what = f"taken, {right}" if decision.sure else f"read back, {right}"
            else:
                entries = [match.entry for match in decision.matches]
                what = f"asks which, {'right' if any(map(title.is_of, entries)) else 'wrong'}"
            done[what] += 1
            if what == _TAKEN_WRONG:
                print(f"  {name}: {title.text}, heard “{'”, “'.join(answer)}”: takes {entries[0].film.described}")
    total = sum(done.values())
    for what, count in sorted(done.items()):
        print(f"{what:24} {count:5} {count / total:7.1%}")
    return 1 - done[_TAKEN_WRONG] / total


@dataclass(frozen=True)
class _Outcome:
    ranks: dict[str, list[int]]
    took_ms: list[float]

    def meets(self, goals: dict[int, float]) -> bool:
        right = all(_share(self.ranks["all"], within) >= goal for within, goal in goals.items())
        return right and statistics.quantiles(self.took_ms, n=20)[-1] <= _MOST_MS


def _ranks(title: str, catalogue: FilmCatalogue, titles: list[_Title], heard: _Heard) -> _Outcome:
    """The rank of the right film for each title, and the processor time of each look-up; prints failures."""
    print(f"\n{title}")
    ranks: dict[str, list[int]] = {name: [] for name in heard}
    took_ms = []
    for name, answers in heard.items():
        for said, answer in zip(titles, answers, strict=True):
            texts = list(dict.fromkeys(answer))
            began = time.process_time()
            found = catalogue.find(texts[0], texts[1:])
            took_ms.append(1000 * (time.process_time() - began) / len(texts))
            rank = next((at for at, match in enumerate(found, 1) if said.is_of(match.entry)), 99)
            ranks[name].append(rank)
            if rank > 1 and said.film is not None:
                first = found[0].entry.film.described if found else "nothing"
                place = f"; right is number {rank}" if rank < 99 else ""
                print(f"  {name}: {said.film.described}, heard “{'”, “'.join(texts)}”: {first}{place}")
    ranks["all"] = [rank for each in ranks.values() for rank in each]
    print(f"{'voice':12} {'titles':>6} {'first':>7} {'of 3':>7}")
    for name, each in ranks.items():
        print(f"{name:12} {len(each):6} {_share(each, 1):7.1%} {_share(each, 3):7.1%}")
    print(
        f"A look-up of one text takes {statistics.mean(took_ms):.1f} ms, "
        f"95th percentile {statistics.quantiles(took_ms, n=20)[-1]:.1f}, longest {max(took_ms):.1f}"
    )
    return _Outcome(ranks, took_ms)


def _share(ranks: list[int], within: int) -> float:
    return sum(rank <= within for rank in ranks) / len(ranks)


if __name__ == "__main__":
    run_command(main)
