"""Language models of a few words, and the files that OpenFst would keep them in, made byte by byte.

Nothing here is taken from the program: what it reads and writes is held against this.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Context = tuple[int, ...]
Arc = tuple[int, int, float, int]
"""Reads, puts out, costs, leads to."""

EMPTY: Context = ()
START: Context = (0,)
"""Nothing has been said but the beginning of a sentence."""


@dataclass
class LanguageModel:
    """Which word follows which context at which cost. Costs are sums of powers of two, and so are exact in a file.

    Attributes
    ----------
    words : what follows each context
    backoffs : what it costs to forget a context's oldest word
    finals : what it costs to end there
    """

    words: dict[Context, dict[int, float]] = field(default_factory=dict)
    backoffs: dict[Context, float] = field(default_factory=dict)
    finals: dict[Context, float] = field(default_factory=dict)

    @property
    def states(self) -> list[Context]:
        """The contexts, shorter ones first, and by their words from the last to the first within a length."""
        return sorted(self.words, key=lambda context: (len(context), context[::-1]))

    def arcs(self, context: Context) -> list[Arc]:
        """The arcs of a state: back to the shorter context, then on by each word to the longest context known."""
        numbers = {known: number for number, known in enumerate(self.states)}
        arcs = [] if context == EMPTY else [(0, 0, self.backoffs[context], numbers[context[1:]])]
        for word, cost in sorted(self.words[context].items()):
            said = (*context, word)
            reached = next(said[begin:] for begin in range(len(said) + 1) if said[begin:] in numbers)
            arcs.append((word, word, cost, numbers[reached]))
        return arcs


def some_language(seed: int, vocabulary: int = 6, longest: int = 3) -> LanguageModel:
    """A language model of random contexts of up to `longest` words, sixty at the most."""
    dice = random.Random(seed)
    contexts = {EMPTY, START}
    for _ in range(30):
        first = dice.choice([0, *range(1, vocabulary + 1)])
        context = (first, *(dice.randint(1, vocabulary) for _ in range(dice.randrange(longest))))
        # A context is known only with all that is left when its oldest words are forgotten.
        contexts |= {context[begin:] for begin in range(len(context))}

    def cost() -> float:
        return dice.randrange(1, 64) / 8

    words = {}
    for context in contexts:
        following = range(1, vocabulary + 1) if context == EMPTY else dice.sample(range(1, vocabulary + 1), 2)
        words[context] = {word: cost() for word in following}
    backoffs = {context: cost() for context in contexts if context}
    finals = {context: cost() for context in sorted(contexts) if dice.random() < 0.4} | {EMPTY: 1.5}
    return LanguageModel(words, backoffs, finals)


def text(value: str) -> bytes:
    return struct.pack("<i", len(value.encode())) + value.encode()


def symbols(names: Sequence[str]) -> bytes:
    """A table that numbers `names` from 0."""
    numbered = b"".join(text(name) + struct.pack("<q", number) for number, name in enumerate(names))
    return struct.pack("<i", 2125658996) + text("words.txt") + struct.pack("<qq", len(names), len(names)) + numbered


def header(
    kind: str,
    version: int,
    start: int,
    states: int,
    arcs: int,
    names: Sequence[str] | None,
    flags: int = 0,
    arc_kind: str = "standard",
) -> bytes:
    flags |= 3 if names else 0
    numbers = struct.pack("<iiQqqq", version, flags, 0, start, states, arcs)
    table = symbols(names) * 2 if names else b""
    return struct.pack("<i", 2125659606) + text(kind) + text(arc_kind) + numbers + table


def bits(values: Iterable[int]) -> bytes:
    row = "".join(map(str, values))
    words = [row[begin : begin + 64] for begin in range(0, len(row), 64)]
    return b"".join(struct.pack("<Q", int(word[::-1], 2)) for word in words)


def ngram_file(model: LanguageModel, names: Sequence[str] | None = None) -> bytes:
    states = model.states
    children = [[other for other in states if other and other[1:] == context] for context in states]
    context_row = [1, 0]
    future_row = [0]
    for context, below in zip(states, children, strict=True):
        context_row += [1] * len(below) + [0]
        future_row += [1] * len(model.words[context]) + [0]
    following = [pair for context in states for pair in sorted(model.words[context].items())]
    finals = [model.finals[context] for context in states if context in model.finals]
    body = struct.pack("<QQQ", len(states), len(following), len(finals))
    body += bits(context_row) + bits(future_row) + bits(int(context in model.finals) for context in states)
    body += struct.pack(f"<{len(states) + 1}i", -1, *(context[0] for context in states[1:]), 0)
    body += struct.pack(f"<{len(following)}i", *(word for word, _ in following))
    body += struct.pack(f"<{len(states) + 1}f", float("inf"), *(model.backoffs[each] for each in states[1:]), 0)
    body += struct.pack(f"<{len(finals)}f", *finals)
    body += struct.pack(f"<{len(following) + 1}f", *(cost for _, cost in following), 0)
    return header("ngram", 4, 1, len(states), 0, names) + body


def vector_file(model: LanguageModel, names: Sequence[str] | None = None, counted: bool = True) -> bytes:
    body = b""
    for context in model.states:
        arcs = model.arcs(context)
        body += struct.pack("<fq", model.finals.get(context, float("inf")), len(arcs))
        body += b"".join(struct.pack("<iifi", *arc) for arc in arcs)
    return header("vector", 2, 1, len(model.states) if counted else -1, 0, names) + body


def const_file(model: LanguageModel, names: Sequence[str] | None = None, aligned: bool = False) -> bytes:
    begun = 0
    states = arcs = b""
    for context in model.states:
        leaving = model.arcs(context)
        epsilons = sum(arc[0] == 0 for arc in leaving)
        final = model.finals.get(context, float("inf"))
        states += struct.pack("<fIIII", final, begun, len(leaving), epsilons, epsilons)
        arcs += b"".join(struct.pack("<iifi", *arc) for arc in leaving)
        begun += len(leaving)
    version, flags = (1, 4) if aligned else (2, 0)
    content = header("const", version, 1, len(model.states), begun, names, flags)
    for part in (states, arcs):
        content += (b"\0" * (-len(content) % 16) if aligned else b"") + part
    return content
