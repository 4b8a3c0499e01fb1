"""What the benchmarks share: the problem that every loop is given, and the clock that times them in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import repeat

from nnplayground.arrays import Floats

RATE = 0.03
"""The learning rate of every loop."""

SAMPLE_SECONDS = 0.02
"""How long one sample of a time takes at least; shorter ones show the clock."""


@dataclass(frozen=True, eq=False)
class Problem:
    """One batch for a network with tanh after every layer, half the squared error and plain gradient descent.

    `sizes` are the layers, inputs first; `start` is the flat vector of the first parameters, one matrix `[out, in + 1]`
    per layer with the biases as its last column; `inputs` is `[samples, features]`, `targets` `[samples, outputs]`
    holds -1 and +1. Loops copy the start.
    """

    sizes: tuple[int, ...]
    start: Floats
    inputs: Floats
    targets: Floats


@dataclass(frozen=True, eq=False)
class Loop:
    """A way to train: `step` takes one step on the batch, `parameters` gives the flat vector as it then is."""

    step: Callable[[], object]
    parameters: Callable[[], Floats]


def times_in_turn(actions: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, list[float]]:
    """Return the seconds per call of each action in each round.

    Every round calls all of them one after the other, so that a busy machine slows all alike.
    """
    calls = {name: calls_per_sample(action) for name, action in actions.items()}
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            times[name].append(seconds(action, calls[name]) / calls[name])
    return times


def calls_per_sample(action: Callable[[], object]) -> int:
    """Return how many calls fill a sample, and warm up caches and allocators on the way."""
    calls = 1
    while (elapsed := seconds(action, calls)) < SAMPLE_SECONDS / 2:
        calls *= 2
    return max(1, round(calls * SAMPLE_SECONDS / elapsed))


def seconds(action: Callable[[], object], calls: int) -> float:
    """Return how long this many calls take."""
    start = time.perf_counter()
    for _ in repeat(None, calls):
        action()
    return time.perf_counter() - start


def median_ratio(above: list[float], below: list[float]) -> float:
    """Return the median over the rounds of the ratio within a round."""
    return statistics.median(first / second for first, second in zip(above, below, strict=True))
