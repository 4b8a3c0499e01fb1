"""Measure the maps of all neurons on a 100×100 grid against the same sums written out by hand.

Run it as `python scripts/bench/maps.py`. Budgets: 1 ms for 2-4-2-1 and 6 ms for 2-8×6-1.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.architecture import Architecture
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.training.observe.maps import MapMaker, MapRequest
from nnplayground.training.run.prepare import architecture_of, prepare

BUDGETS = {"2-4-2-1": ((4, 2), 1.0), "2-8x6-1": ((8,) * 6, 6.0)}
ROUNDS = 400


def medians(*works: Callable[[], object]) -> list[float]:
    """Return the milliseconds of each, called in turn so that a busy machine slows all alike."""
    times: list[list[float]] = [[] for _ in works]
    shown: list[object] = [None] * len(works)
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            start = time.perf_counter()
            # The window holds on to the last frame while the next one is made, and so does this.
            shown[place] = work()
            times[place].append((time.perf_counter() - start) * 1e3)
    return [median(each) for each in times]


def by_hand(architecture: Architecture, kind: type[Any]) -> Callable[[], object]:
    """Return the least that has to be done: products and tanh into buffers that are always the same."""
    side = np.linspace(-5.94, 5.94, 100)
    grid = np.stack([*np.meshgrid(side, side), np.ones((100, 100))]).reshape(3, -1).astype(kind)
    rng = np.random.default_rng(1)
    weights = [rng.normal(size=(out, below + 1)).astype(kind) for out, below in architecture.shapes]
    answers = [np.ones((out + 1, grid.shape[1]), kind) for out in architecture.sizes[1:]]

    def work() -> None:
        below: NDArray[Any] = grid
        for matrix, answer in zip(weights, answers, strict=True):
            np.dot(matrix, below, out=answer[:-1])
            np.tanh(answer[:-1], out=answer[:-1])
            below = answer

    return work


def main() -> int:
    """Print one line per network; return 1 when a budget is broken."""
    status = 0
    for name, (sizes, budget) in BUDGETS.items():
        layers = tuple(DenseSpec(units=units) for units in sizes)
        project = replace(Project(), network=NetworkSpec(layers=layers, output_activation="tanh"))
        prepared = prepare(project)
        architecture = architecture_of(project, prepared)
        parameters = np.random.default_rng(1).normal(size=architecture.parameter_count)
        frame = partial(MapMaker().make, architecture, parameters, prepared, MapRequest())
        floors = [by_hand(architecture, kind) for kind in (np.float32, np.float64)]
        ours, single, double = medians(frame, *floors)
        print(
            f"{name}: {ours:.3f} ms (budget {budget:g}); by hand {single:.3f} ms in float32, "
            f"{double:.3f} ms in float64; {ours / single:.2f} times the floor"
        )
        status |= ours > budget
    return status


if __name__ == "__main__":
    sys.exit(main())
