"""The step `network`: trains the filled-pause network, and writes it as the program reads it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress, track

from assistant.fillers.features import COLUMNS
from assistant.fillers.network import ROWS_PER_S
from tools.corpus.utterance import Span
from tools.training.examples import LINE_ROWS, UNKNOWN, Example, kept_for_classifier, lines_of, of_real, of_spoken
from tools.training.real_speech import RealLine, real_lines
from tools.training.voices import spoken

if TYPE_CHECKING:
    from torch import Tensor, nn

_HEARINGS = 3
_FILLER_HEARINGS = 12
"""Rooms for each real recording that is only a filler, because there are few of those."""

_CHANNELS = 32
_TAPS = 5
_DILATIONS = (1, 2, 4, 8)
_RIGHT = (2, 4, 8, 8)
"""Future rows for each layer, as in `assistant.fillers.network`."""
_DROPPED = 0.1
_BATCH = 24
_RATE = 3e-3
_DECAY = 1e-3
_SEED = 1

Batch = tuple[NDArray[np.float32], NDArray[np.float32]]


def main(options: argparse.Namespace) -> None:
    """Fetch, listen, train, write."""
    # Better to fail now than after ten minutes.
    options.out.parent.mkdir(parents=True, exist_ok=True)
    utterances = [each for each in spoken(options.work) if not kept_for_classifier(each[0].name)]
    real = [line for line in real_lines(options.work) if not kept_for_classifier(line.name)]
    if options.lines is not None:
        real = real[:: max(1, len(real) // options.lines)][: options.lines]
    with ProcessPoolExecutor(options.processes) as pool:
        made_up = _examples(
            pool,
            _of_spoken,
            [(*utterance, hearing) for utterance in utterances for hearing in range(_HEARINGS)],
            "Listening to voices",
        )
        acted = _examples(
            pool,
            _of_real,
            [(line, hearing) for line in real for hearing in range(_hearings(line))],
            "Listening to people",
        )
    examples = _balanced(made_up, lines_of(acted, np.random.default_rng(0)))
    layers = train(examples, options.steps, options.processes)
    write(layers, options.out)
    hours = sum(len(example.labels) for example in chain(made_up, acted)) / ROWS_PER_S / 3600
    print(f"Trained on {hours:.1f} h, of which {_seconds_of_fillers(made_up, acted):.0f} s are fillers: {options.out}")


def _hearings(line: RealLine) -> int:
    return _FILLER_HEARINGS if line.kind == "fillers" else 1


def _of_spoken(job: tuple[Path, tuple[Span, ...], int]) -> Example:
    return of_spoken(*job)


def _of_real(job: tuple[RealLine, int]) -> Example | None:
    return of_real(*job)


def _examples(
    pool: ProcessPoolExecutor, hear: Callable[[Any], Example | None], jobs: Sequence[Any], what: str
) -> list[Example]:
    return [example for example in track(pool.map(hear, jobs, chunksize=20), what, len(jobs)) if example is not None]


def _seconds_of_fillers(*examples: Sequence[Example]) -> float:
    return sum(int((example.labels > 0).sum()) for example in chain(*examples)) / ROWS_PER_S


def _balanced(made_up: list[Example], real: list[Example]) -> list[Example]:
    """Repeat lines so that there are about as many of voices as of people."""
    most = max(len(made_up), len(real))
    return [each for kind in (real, made_up) if kind for each in kind * max(1, round(most / len(kind)))]


def _batches(examples: Sequence[Example]) -> Iterator[Batch]:
    """Stretches of randomly drawn examples: rows (batch, COLUMNS, LINE_ROWS) and labels (batch, LINE_ROWS)."""
    chance = np.random.default_rng(_SEED)
    while True:
        rows = np.zeros((_BATCH, COLUMNS, LINE_ROWS), np.float32)
        labels = np.full((_BATCH, LINE_ROWS), UNKNOWN, np.float32)
        for place in range(_BATCH):
            example = examples[int(chance.integers(len(examples)))]
            count = min(len(example.labels), LINE_ROWS)
            first = chance.integers(len(example.labels) - count + 1)
            rows[place, :, :count] = example.rows[first : first + count].T
            labels[place, :count] = example.labels[first : first + count]
        yield rows, labels


def _layers() -> list[nn.Conv1d]:
    """The convolutions, and a last layer that turns their output into log-odds."""
    from torch import nn

    widths = (COLUMNS, *[_CHANNELS] * len(_DILATIONS))
    convolutions = [
        nn.Conv1d(width, _CHANNELS, _TAPS, dilation=dilation)
        for width, dilation in zip(widths, _DILATIONS, strict=False)
    ]
    return [*convolutions, nn.Conv1d(_CHANNELS, 1, 1)]


def log_odds(layers: Sequence[nn.Conv1d], rows: Tensor, *, dropped: float) -> Tensor:
    """Log-odds (batch, n) of rows (batch, COLUMNS, n); with shortcuts if a layer's width allows."""
    from torch.nn import functional

    for layer, dilation, right in zip(layers, _DILATIONS, _RIGHT, strict=False):
        padded = functional.pad(rows, ((_TAPS - 1) * dilation - right, right))
        found = functional.dropout(functional.relu(layer(padded)), dropped, training=dropped > 0)
        rows = found + rows if found.shape == rows.shape else found
    odds: Tensor = layers[-1](rows)[:, 0]
    return odds


def train(examples: Sequence[Example], steps: int, threads: int) -> list[nn.Conv1d]:
    """Fit the layers for `log_odds` to the examples."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits

    torch.set_num_threads(threads)
    torch.manual_seed(_SEED)
    layers = _layers()
    optimiser = torch.optim.AdamW(
        chain.from_iterable(layer.parameters() for layer in layers), lr=_RATE, weight_decay=_DECAY
    )
    rates = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=steps)
    batches = _batches(examples)
    with Progress() as progress:
        bar = progress.add_task("Training", total=steps)
        for _ in range(steps):
            rows, labels = map(torch.from_numpy, next(batches))
            known = labels != UNKNOWN
            odds = log_odds(layers, rows, dropped=_DROPPED)
            loss = binary_cross_entropy_with_logits(odds[known], labels[known])
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            optimiser.step()
            rates.step()
            progress.update(bar, advance=1, description=f"Training (loss {loss.item():.3f})")
    return layers


def write(layers: Sequence[nn.Conv1d], out: Path) -> None:
    """Store them for `assistant.fillers.network`, in half precision: log-odds differ by thousandths."""
    *convolutions, last = [layer.state_dict() for layer in layers]
    stored = {}
    for number, layer in enumerate(convolutions):
        stored[f"weights{number}"] = layer["weight"].numpy().transpose(2, 1, 0).astype(np.float16)
        stored[f"bias{number}"] = layer["bias"].numpy().astype(np.float16)
    stored["out"] = last["weight"].numpy()[0, :, 0].astype(np.float16)
    stored["out_bias"] = last["bias"].numpy()[0]
    np.savez_compressed(out, **stored)
