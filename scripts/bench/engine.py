"""One step of the real engine against the hand-written floor in `lean.py`, in one run, interleaved.

Run: python scripts/bench/engine.py [--rounds N] [--json FILE]

`step` is forward, backward, checks and update through the engine as a run uses it; `run` is the whole training loop on
200 samples with shuffling, the cost of both parts after every epoch, the score and the stopping rules. Ratios travel
between machines, microseconds do not. The budget for `step` is 1.3 times the floor.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads only hurt at these sizes

import numpy as np
from lean import lean_step

from nnplayground.engine.layers import Architecture
from nnplayground.engine.network import Network
from nnplayground.project.model import LayerSpec, NetworkSpec, PointsSource, Project
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.batches import Epoch, Trainer
from nnplayground.training.run import Run

BUDGET = 1.3
ROWS = (
    ((2, 4, 2, 1), 10),
    ((2, 4, 2, 1), 1),
    ((2, 8, 8, 8, 8, 8, 8, 1), 10),
    ((2, 8, 8, 8, 8, 8, 8, 1), 30),
    ((2, 64, 64, 1), 32),
    ((64, 128, 64, 1), 200),
)
MICROSECOND = 1e-6
SAMPLE_SECONDS = 0.02


def engine_step(
    sizes: tuple[int, ...], inputs: np.ndarray, targets: np.ndarray, flat: np.ndarray
) -> Callable[[], object]:
    """Return one step of the engine on the same numbers as the floor."""
    architecture = Architecture(sizes, ("tanh",) * (len(sizes) - 1))
    trainer = Trainer(Network(architecture, flat), TrainingSpec(), cost="half_mse")
    (batch,) = Epoch(inputs, targets).batches(len(inputs), start=0, trainer=trainer)
    return lambda: trainer.step(batch)


def whole_run(sizes: tuple[int, ...], batch: int) -> Callable[[], object] | None:
    """Return a function that trains one epoch of a real run, or nothing for more than two inputs."""
    if sizes[0] != 2:
        return None
    rng = np.random.default_rng(0)
    points = tuple((float(x), float(y), float(x * y > 0)) for x, y in rng.uniform(-5.0, 5.0, (200, 2)))
    project = Project(
        network=NetworkSpec(layers=tuple(LayerSpec(units=units) for units in sizes[1:-1]), output_activation="tanh"),
        training=TrainingSpec(cost="half_mse", batch_size=batch),
    )
    run = Run(replace(project, data=replace(project.data, source=PointsSource(points=points))))
    return lambda: run.train(run.batches)


def seconds_per_call(action: Callable[[], object]) -> float:
    """Return the mean of as many calls as fit into a sample."""
    calls, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < SAMPLE_SECONDS:
        for _ in range(20):
            action()
        calls += 20
    return elapsed / calls


def measure(sizes: tuple[int, ...], batch: int, rounds: int) -> dict[str, float]:
    """Return the medians of one row, all kinds measured in turn in every round."""
    rng = np.random.default_rng(1)
    inputs, targets = rng.normal(size=(batch, sizes[0])), np.sign(rng.normal(size=(batch, sizes[-1])))
    flat = rng.normal(0.0, 0.3, Architecture(sizes, ("tanh",) * (len(sizes) - 1)).parameter_count)
    floor, engine = (make(sizes, inputs, targets, flat.copy()) for make in (lean_step, engine_step))
    epoch = whole_run(sizes, batch)
    times: dict[str, list[float]] = {"floor": [], "step": [], "run": []}
    for _ in range(rounds):
        times["floor"].append(seconds_per_call(floor))
        times["step"].append(seconds_per_call(engine))
        if epoch is not None:
            times["run"].append(seconds_per_call(epoch) / -(-160 // batch))
    medians = {kind: statistics.median(values) / MICROSECOND for kind, values in times.items() if values}
    pairs = zip(times["step"], times["floor"], strict=True)
    return medians | {"ratio": statistics.median(step / floor for step, floor in pairs)}


def main() -> None:
    """Print the table, and write it as JSON when asked to."""
    parser = argparse.ArgumentParser(description="Time the engine against a hand-written floor.")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    print(f"{'network':<20} {'batch':>5} {'floor µs':>9} {'step µs':>9} {'ratio':>6} {'run µs/step':>12}")
    table: list[dict[str, object]] = []
    worst = 0.0
    for sizes, batch in ROWS:
        row = measure(sizes, batch, options.rounds)
        name = "-".join(map(str, sizes))
        loop = f"{row['run']:12.1f}" if "run" in row else f"{'–':>12}"
        print(f"{name:<20} {batch:>5} {row['floor']:9.1f} {row['step']:9.1f} {row['ratio']:6.2f} {loop}")
        table.append({"network": name, "batch": batch} | row)
        worst = max(worst, row["ratio"])
    print(f"worst ratio {worst:.2f}, budget {BUDGET}: {'met' if worst <= BUDGET else 'NOT met'}")
    if options.json:
        options.json.write_text(json.dumps({"budget": BUDGET, "rows": table}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
