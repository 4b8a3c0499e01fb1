"""The real training loop against a hand-written floor, PyTorch and scikit-learn, in one run, interleaved.

Run: python scripts/bench/engine.py [--rounds N] [--json FILE]
PyTorch and scikit-learn are optional: pip install -e ".[peers]"

Every row is one network with one batch size, trained by all of them from the same weights on the same samples:

floor    one step written out by hand, see `lean.py`
step     forward, backward, checks and update of the engine
run      one step of a whole run, all bookkeeping included: epochs of 1,600 training samples with shuffling, the cost
         and the score of both parts (400 test samples) after every epoch, the stopping rules, the curve
torch    PyTorch eager on the CPU in float64 as everywhere here, torch32 the same in float32; no bookkeeping
sklearn  `MLPClassifier.partial_fit` on one batch; no bookkeeping

Two more parts follow: a small convolutional network on the digits, and many runs at once (`train_many`) against the
same runs one after the other.

Ratios travel between machines, microseconds do not. They are medians over the rounds of the ratio within a round.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads only hurt at these sizes
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import peers
from convnet import BATCH as CONVNET_BATCH
from convnet import NAME as CONVNET
from convnet import convnet_loops, convnet_run
from lean import lean_loop
from measuring import Loop, Problem, median_ratio, times_in_turn
from together import RUNS, Crowd, measure_together

from nnplayground.engine.network import Network
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, NetworkSpec, PointsSource, Project, TableSource
from nnplayground.project.training_spec import StopSpec, TrainingSpec
from nnplayground.training.run.epoch_samples import EpochSamples
from nnplayground.training.run.numpy_kernel import NumpyKernel
from nnplayground.training.run.run import Run

NETWORKS = {
    "2-4-2-1": (2, 4, 2, 1),
    "2-8×6-1": (2, *(8,) * 6, 1),
    "2-64-64-1": (2, 64, 64, 1),
    "64-128-64-10": (64, 128, 64, 10),
}
BATCHES = (1, 10, 32, 200)  # all of them divide the training part, so that every batch is full
SAMPLES, TEST_FRACTION = 2000, 0.2
RATIOS = ("step/floor", "run/floor", "torch/run", "torch32/run", "sklearn/run", "torch/step", "sklearn/step")
SHOWN = RATIOS[:5]
AGREEMENT, STEPS_TO_AGREE = 1e-9, 20
INSTALL = 'pip install -e ".[peers]"'


@dataclass(frozen=True)
class Row:
    """What one network with one batch size took: medians in microseconds per step, and ratios."""

    network: str
    batch: int
    microseconds: dict[str, float]
    ratios: dict[str, float]


def project_of(sizes: tuple[int, ...], batch: int, folder: Path) -> Project:
    """Return the document of a run with these layers; stopping rules are watched and never fire."""
    source = points_source() if sizes[0] == 2 else table_source(sizes[0], sizes[-1], folder)
    layers = tuple(DenseSpec(units=units) for units in sizes[1:-1])
    stop = StopSpec(max_epochs=1_000_000_000, patience=1_000_000)
    return Project(
        data=DataSpec(source=source, test_fraction=TEST_FRACTION),
        network=NetworkSpec(layers=layers, output_activation="tanh"),
        training=TrainingSpec(cost="half_mse", batch_size=batch, stop=stop),
    )


def points_source() -> PointsSource:
    """Return points of two classes that lie like a chequered board of four fields."""
    places = np.random.default_rng(0).uniform(-5.0, 5.0, (SAMPLES, 2))
    return PointsSource(points=tuple((float(x), float(y), float(x * y > 0.0)) for x, y in places))


def table_source(inputs: int, classes: int, folder: Path) -> TableSource:
    """Write a table of equally large classes, each a cloud around a place of its own, and return its source."""
    rng = np.random.default_rng(0)
    truth = np.arange(SAMPLES) % classes
    values = rng.normal(size=(classes, inputs))[truth] + rng.normal(size=(SAMPLES, inputs))
    lines = [",".join([*(f"x{column}" for column in range(inputs)), "class"])]
    lines += [
        ",".join([*(f"{value:.3f}" for value in row), f"c{mark}"]) for row, mark in zip(values, truth, strict=True)
    ]
    path = folder / f"{inputs}-{classes}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return TableSource(path=str(path), targets=("class",), task="classification")


def problem_of(run: Run, sizes: tuple[int, ...], batch: int) -> Problem:
    """Return the first batch of a run that has not trained yet, and its weights."""
    data = run.data
    start = run.network.parameters.copy()
    return Problem(sizes, start, np.array(data.train_inputs[:batch]), np.array(data.train_targets[:batch]))


def engine_loop(problem: Problem, run: Run) -> Loop:
    """Return the bare step of the engine, as this run takes it for every batch."""
    network = Network(run.architecture, problem.start.copy())
    samples = EpochSamples(problem.inputs, problem.targets)
    kernel = NumpyKernel(network, samples, run.project.training, cost=run.data.rule.cost)
    (batch,) = kernel.batches(0, len(samples), 1)
    return Loop(lambda: kernel.step(batch), lambda: network.parameters)


def loops_of(problem: Problem, run: Run) -> dict[str, Loop]:
    """Return every way to take a step that can be measured here."""
    loops = {"floor": lean_loop(problem), "step": engine_loop(problem, run)}
    if peers.torch:
        loops |= {"torch": peers.torch_loop(problem), "torch32": peers.torch_loop(problem, kind="float32")}
    if peers.sklearn:
        loops["sklearn"] = peers.sklearn_loop(problem)
    return loops


def refuse_different_mathematics(loops: dict[str, Loop]) -> None:
    """End the program when the loops that should compute the same do not: their times would mean nothing."""
    arrived = {name: steps_on(loops[name]) for name in ("floor", "step", "torch") if name in loops}
    for name, parameters in arrived.items():
        if not np.allclose(parameters, arrived["step"], rtol=0.0, atol=AGREEMENT):
            raise SystemExit(f"{name} and the engine differ by more than {AGREEMENT} after {STEPS_TO_AGREE} steps.")


def steps_on(loop: Loop) -> np.ndarray:
    """Take some steps and return the parameters."""
    for _ in range(STEPS_TO_AGREE):
        loop.step()
    return loop.parameters()


def whole_epoch(run: Run) -> Callable[[], object]:
    """Return a function that trains one epoch of a real run."""

    def epoch() -> None:
        if run.train(run.batches) < run.batches:
            raise SystemExit(f"The run stopped by itself, which must not happen here: {run.stop}.")

    return epoch


def measure(network: str, batch: int, *, rounds: int, folder: Path) -> Row:
    """Return the medians of one row."""
    run = Run(project_of(NETWORKS[network], batch, folder))
    return row_of(network, batch, run, loops_of(problem_of(run, NETWORKS[network], batch), run), rounds=rounds)


def row_of(network: str, batch: int, run: Run, loops: dict[str, Loop], *, rounds: int) -> Row:
    """Return the medians of these loops and of a whole run."""
    refuse_different_mathematics(loops)
    times = times_in_turn({name: loop.step for name, loop in loops.items()} | {"run": whole_epoch(run)}, rounds=rounds)
    times["run"] = [seconds / run.batches for seconds in times["run"]]
    pairs = {ratio: ratio.split("/") for ratio in RATIOS}
    return Row(
        network,
        batch,
        {name: 1e6 * statistics.median(values) for name, values in times.items()},
        {ratio: median_ratio(times[a], times[b]) for ratio, (a, b) in pairs.items() if {a, b} <= times.keys()},
    )


def heading() -> str:
    """Return the first line of the table."""
    times = "".join(f"{name + ' µs':>10}" for name in ("floor", "step", "run"))
    return f"{'network':<15}{'batch':>5}{times}" + "".join(f"{name:>12}" for name in SHOWN)


def line(row: Row) -> str:
    """Return one line of the table; a dash stands for what could not be measured."""
    columns = (row.microseconds.get(name) for name in ("floor", "step", "run"))
    times = "".join(f"{'–':>10}" if value is None else f"{value:10.1f}" for value in columns)
    ratios = (f"{row.ratios[name]:12.2f}" if name in row.ratios else f"{'–':>12}" for name in SHOWN)
    return f"{row.network:<15}{row.batch:>5}{times}" + "".join(ratios)


def crowd_line(crowd: Crowd) -> str:
    """Return one line about many runs at once."""
    each = crowd.microseconds / crowd.runs
    together = f"{crowd.runs:>5} runs together  {crowd.microseconds:8.1f} µs a step, {each:6.2f} µs each"
    return f"{together}; {crowd.speed_up:5.1f} times faster than one by one"


def floor_verdict(rows: list[Row], *, most: float = 1.3) -> str:
    """Say whether a step stays below this many times the floor in every row."""
    worst = max(rows, key=lambda row: row.ratios["step/floor"])
    ratio = worst.ratios["step/floor"]
    within = sum(row.ratios["step/floor"] <= most for row in rows)
    return (
        f"a step ≤ {most:g} × the floor in every row: {'met' if ratio <= most else 'NOT met'} "
        f"({within} of {len(rows)} rows; worst {ratio:.2f}, {worst.network} with batch {worst.batch})"
    )


def peer_verdict(rows: list[Row], peer: str, title: str, *, least: float) -> str:
    """Say whether the whole run is this many times faster than a peer, in the median over the rows."""
    budget = f"{title} ≥ {least:g} × the run, median over the rows"
    if f"{peer}/run" not in rows[0].ratios:
        return f"{budget}: not measured, because {title} cannot be imported; install it with: {INSTALL}"
    run, step = (statistics.median(row.ratios[f"{peer}/{ours}"] for row in rows) for ours in ("run", "step"))
    return f"{budget}: {'met' if run >= least else 'NOT met'} ({run:.2f}; {step:.2f} × the bare step)"


def whole_run(rows: list[Row]) -> str:
    """Say what a whole run costs beside the floor of a step; there is no budget for it."""
    ratios = [row.ratios["run/floor"] for row in rows]
    return (
        f"a step of the whole run, with the costs of both parts after every epoch: {statistics.median(ratios):.2f} × "
        f"the floor in the median, {max(ratios):.2f} in the worst row (no budget)"
    )


def single_precision(rows: list[Row]) -> str:
    """Say how PyTorch in its usual float32 compares with our float64; there is no budget for it."""
    ratios = [row.ratios.get("torch32/run") for row in rows]
    known = [ratio for ratio in ratios if ratio is not None]
    if not known:
        return "PyTorch in float32: not measured"
    return (
        f"PyTorch in float32 takes {statistics.median(known):.2f} × the run in float64 in the median, "
        f"{min(known):.2f} in the worst row (no budget)"
    )


def verdicts(rows: list[Row]) -> list[str]:
    """Return one sentence for each budget, and for what else is worth knowing."""
    return [
        floor_verdict(rows),
        whole_run(rows),
        peer_verdict(rows, "torch", "PyTorch", least=5.0),
        single_precision(rows),
        peer_verdict(rows, "sklearn", "scikit-learn", least=20.0),
    ]


def report(rows: list[Row], convnet: Row, crowds: list[Crowd], *, rounds: int) -> dict[str, object]:
    """Return everything measured, and with what, for a JSON file."""
    packages = {module.__name__: module.__version__ for module in (np, peers.torch, peers.sklearn) if module}
    return {
        "versions": {"python": platform.python_version(), **packages},
        "rounds": rounds,
        "budgets": verdicts(rows),
        "rows": [vars(row) for row in rows],
        "convnet": vars(convnet),
        "train_many": [vars(crowd) for crowd in crowds],
    }


def main() -> None:
    """Print the table and the verdicts, and write them as JSON when asked to."""
    parser = argparse.ArgumentParser(description="Time training against a floor, PyTorch and scikit-learn.")
    parser.add_argument("--rounds", type=int, default=15, help="how many samples each median is of (15)")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    rows: list[Row] = []
    print(heading())
    with TemporaryDirectory() as folder:
        for network in NETWORKS:
            for batch in BATCHES:
                rows.append(measure(network, batch, rounds=options.rounds, folder=Path(folder)))
                print(line(rows[-1]), flush=True)
    run = convnet_run()
    convnet = row_of(CONVNET, CONVNET_BATCH, run, convnet_loops(run), rounds=options.rounds)
    print(line(convnet), flush=True)
    crowds = []
    for runs in RUNS:
        crowds.append(measure_together(runs, rounds=options.rounds))
        print(crowd_line(crowds[-1]), flush=True)
    print("\n".join(verdicts(rows)))
    if options.json:
        text = json.dumps(report(rows, convnet, crowds, rounds=options.rounds), indent=1, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
