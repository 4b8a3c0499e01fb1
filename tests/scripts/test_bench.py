"""Every loop of the benchmark trains the same mathematics; PyTorch and scikit-learn are held to it where installed."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import convnet
import engine
import measuring
import numpy as np
import peers
import pytest
import together
from measuring import RATE, Problem

from nnplayground.arrays import Floats
from nnplayground.training.run.run import Run

STEPS = 20
LOOPS = ["floor", "step", *(["torch"] if peers.torch else [])]
CLASSIFIERS = ["step", *(["sklearn"] if peers.sklearn else [])]


def squash(name: str, z: Floats) -> Floats:
    """Return the output activation, as every textbook writes it."""
    if name == "tanh":
        return np.asarray(np.tanh(z))
    if name == "sigmoid":
        return np.asarray(1.0 / (1.0 + np.exp(-z)))
    return np.asarray(np.exp(z) / np.exp(z).sum(axis=0))


def by_hand(problem: Problem, *, output: str = "tanh") -> Floats:
    """Return the parameters after some steps of backpropagation, written out with new arrays everywhere.

    With `output` tanh the cost is half the squared error, else the cross-entropy.
    """
    layers = matrices(problem)
    for _ in range(STEPS):
        seen = [problem.inputs.T]
        for place, matrix in enumerate(layers):
            z = matrix[:, :-1] @ seen[-1] + matrix[:, -1:]
            seen.append(squash(output if place == len(layers) - 1 else "tanh", z))
        delta = seen[-1] - problem.targets.T
        if output == "tanh":
            delta = delta * (1.0 - seen[-1] ** 2)
        for place in reversed(range(len(layers))):
            gradient = np.column_stack([delta @ seen[place].T, delta.sum(axis=1)]) / len(problem.inputs)
            delta = (layers[place][:, :-1].T @ delta) * (1.0 - seen[place] ** 2)
            layers[place] = layers[place] - RATE * gradient
    return np.concatenate([matrix.ravel() for matrix in layers])


def matrices(problem: Problem) -> list[Floats]:
    """Return the first parameters, one matrix `[out, in + 1]` per layer."""
    counts = [out * (below + 1) for below, out in zip(problem.sizes, problem.sizes[1:], strict=False)]
    parts = np.split(problem.start, np.cumsum(counts)[:-1])
    return [part.reshape(out, -1) for part, out in zip(parts, problem.sizes[1:], strict=True)]


def first_batch(network: str, batch: int, folder: Path) -> tuple[Problem, Run]:
    """Return what the benchmark gives to the loops in this row."""
    sizes = engine.NETWORKS[network]
    run = Run(engine.project_of(sizes, batch, folder))
    return engine.problem_of(run, sizes, batch), run


def made_up_row(**ratios: float) -> engine.Row:
    """Return a row of the table with these ratios; `step_floor` stands for `step/floor`."""
    times = {"floor": 10.0, "step": 12.0, "run": 15.0}
    return engine.Row("2-4-2-1", 10, times, {name.replace("_", "/"): ratio for name, ratio in ratios.items()})


@pytest.mark.parametrize("batch", engine.BATCHES)
@pytest.mark.parametrize("network", engine.NETWORKS)
@pytest.mark.parametrize("name", LOOPS)
def test_every_loop_takes_the_steps_of_the_textbook(name: str, network: str, batch: int, tmp_path: Path) -> None:
    problem, run = first_batch(network, batch, tmp_path)
    loop = engine.loops_of(problem, run)[name]
    for _ in range(STEPS):
        loop.step()
    np.testing.assert_allclose(loop.parameters(), by_hand(problem), rtol=0.0, atol=1e-12)
    assert np.abs(problem.start - by_hand(problem)).max() > 1e-3


@pytest.mark.parametrize("network", engine.NETWORKS)
def test_the_whole_run_takes_the_steps_of_the_textbook(network: str, tmp_path: Path) -> None:
    """With all training samples in one batch an epoch is one step, in whatever order they are."""
    everything = round(engine.SAMPLES * (1.0 - engine.TEST_FRACTION))
    problem, run = first_batch(network, everything, tmp_path)
    epoch = engine.whole_epoch(run)
    for _ in range(STEPS):
        epoch()
    assert (run.epoch, run.steps) == (STEPS, STEPS)
    np.testing.assert_allclose(run.network.parameters, by_hand(problem), rtol=0.0, atol=1e-12)


@pytest.mark.parametrize("name", CLASSIFIERS)
@pytest.mark.parametrize(
    ("network", "output", "cost"),
    [("2-4-2-1", "sigmoid", "binary_cross_entropy"), ("64-128-64-10", "softmax", "cross_entropy")],
)
def test_classifiers_end_in_shares_and_cross_entropy(
    name: str, network: str, output: str, cost: str, tmp_path: Path
) -> None:
    project = engine.project_of(engine.NETWORKS[network], 10, tmp_path)
    shares = replace(project.network, output_activation=output)
    run = Run(replace(project, network=shares, training=replace(project.training, cost=cost)))
    problem = engine.problem_of(run, engine.NETWORKS[network], 10)
    problem = replace(problem, start=problem.start + 0.01)  # biases too, so that each must be at its place
    loop = engine.loops_of(problem, run)[name]
    for _ in range(STEPS):
        loop.step()
    np.testing.assert_allclose(loop.parameters(), by_hand(problem, output=output), rtol=0.0, atol=1e-12)


def test_every_batch_is_full(tmp_path: Path) -> None:
    for sizes in (engine.NETWORKS["2-4-2-1"], engine.NETWORKS["64-128-64-10"]):
        for batch in engine.BATCHES:
            run = Run(engine.project_of(sizes, batch, tmp_path))
            assert run.batches * batch == len(run.data.train_rows)


def test_loops_that_differ_are_not_compared(tmp_path: Path) -> None:
    problem, run = first_batch("2-4-2-1", 10, tmp_path)
    loops = engine.loops_of(problem, run)
    engine.refuse_different_mathematics(loops)
    others = loops | {"step": engine.loops_of(replace(problem, start=problem.start + 1e-6), run)["step"]}
    with pytest.raises(SystemExit, match=r"floor and the engine differ by more than 1e-09 after 20 steps"):
        engine.refuse_different_mathematics(others)


def test_a_run_that_has_stopped_is_not_timed(tmp_path: Path) -> None:
    _, run = first_batch("2-4-2-1", 200, tmp_path)
    stops = replace(run.project.training.stop, max_epochs=1)
    epoch = engine.whole_epoch(Run(replace(run.project, training=replace(run.project.training, stop=stops))))
    epoch()
    with pytest.raises(SystemExit, match="stopped by itself"):
        epoch()


def test_times_are_taken_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    now, order = [0.0], [""]

    def work(name: str, seconds: float) -> None:
        now[0] += seconds
        order.extend([name] if order[-1] != name else [])

    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    actions = {"quick": partial(work, "quick", 0.001), "slow": partial(work, "slow", 0.5)}
    times = measuring.times_in_turn(actions, rounds=3)
    assert times["quick"] == pytest.approx([0.001] * 3)
    assert times["slow"] == pytest.approx([0.5] * 3)
    assert order[1:] == ["quick", "slow"] * 4  # one for the warm-up
    assert measuring.median_ratio(times["slow"], times["quick"]) == pytest.approx(500.0)


def test_one_row_is_measured_and_can_be_written(tmp_path: Path) -> None:
    row = engine.measure("2-4-2-1", 200, rounds=1, folder=tmp_path)
    assert set(row.ratios) >= {"step/floor", "run/floor"}
    assert all(value > 0.0 for value in (*row.microseconds.values(), *row.ratios.values()))
    assert len(engine.line(row)) == len(engine.heading())
    crowd = together.measure_together(3, rounds=1)
    written = json.loads(json.dumps(engine.report([row], row, [crowd], rounds=1)))
    assert written["rows"][0]["network"] == "2-4-2-1"
    assert written["train_many"][0]["runs"] == 3
    assert written["train_many"][0]["speed_up"] > 0.0
    assert "3 runs" in engine.crowd_line(crowd)


def test_the_convolutional_network_is_measured_on_full_batches_of_the_digits() -> None:
    run = convnet.convnet_run()
    assert run.architecture.input_shape == (1, 8, 8)
    row = engine.row_of(convnet.NAME, convnet.BATCH, run, convnet.convnet_loops(run), rounds=1)
    assert {"step", "run"} <= row.microseconds.keys()
    assert engine.line(row).startswith("digits convnet")
    assert len(engine.line(row)) == len(engine.heading())


def test_a_dash_stands_for_a_peer_that_is_missing() -> None:
    row = made_up_row(step_floor=1.2, run_floor=1.5, torch_run=8.0, torch_step=9.0)
    assert engine.line(row).split()[5:] == ["1.20", "1.50", "8.00", "–", "–"]
    missing = engine.peer_verdict([row], "sklearn", "scikit-learn", least=20.0)
    assert missing.endswith('cannot be imported; install it with: pip install -e ".[peers]"')


def test_the_verdicts_tell_the_truth() -> None:
    rows = [
        made_up_row(step_floor=floor, torch_run=torch, torch_step=2 * torch)
        for floor, torch in ((1.1, 4.0), (1.4, 6.0), (1.2, 4.9))
    ]
    assert engine.floor_verdict(rows).endswith("NOT met (2 of 3 rows; worst 1.40, 2-4-2-1 with batch 10)")
    assert ": met" in engine.floor_verdict(rows, most=1.4)
    assert engine.peer_verdict(rows, "torch", "PyTorch", least=5.0).endswith("NOT met (4.90; 9.80 × the bare step)")
    assert ": met" in engine.peer_verdict(rows, "torch", "PyTorch", least=4.9)
