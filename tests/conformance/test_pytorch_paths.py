"""Fifty epochs of the real training loop against PyTorch's, from the same start, to 1e-9."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.engine.schedules import SCHEDULES
from tests.conformance.problems import architecture_of, flat, gradient_of, run_of

TABLE = json.loads((Path(__file__).parent / "pytorch_values.json").read_text(encoding="utf-8"))
PROBLEMS, PATHS = TABLE["problems"], TABLE["paths"]
PENALTIES = ("no penalty", "l1", "l2", "l1 and l2", "clipped, l2", "dropout", "pictures")
TOLERANCE = 1e-9


def close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected), rtol=0.0, atol=TOLERANCE)


def test_the_table_has_every_optimizer_with_every_penalty_and_every_schedule() -> None:
    assert {f"{name}, {penalty}" for name in OPTIMIZERS for penalty in PENALTIES} <= set(PATHS)
    assert {path["training"].get("schedule", {"name": "constant"})["name"] for path in PATHS.values()} == set(SCHEDULES)
    assert all(len(path["costs"]) >= 50 for path in PATHS.values())


def test_every_number_that_an_optimizer_reads_is_changed_in_some_path() -> None:
    for name, entry in OPTIMIZERS.items():
        given = [path["training"]["optimizer"] for path in PATHS.values()]
        assert set(entry.settings) <= {key for spec in given if spec["name"] == name for key in spec}


@pytest.mark.parametrize("title", PATHS)
def test_path(title: str) -> None:
    path = PATHS[title]
    run = run_of(PROBLEMS[path["problem"]], path["training"])
    rates = []
    for _ in path["costs"]:
        rates.append(run.learning_rate)
        run.train_epochs(1)
    close(rates, path["rates"])
    close(run.history.curve().train_cost[1:], path["costs"])
    close(run.network.parameters, flat(run.architecture, path["end"]))


@pytest.mark.parametrize("title", [title for title in PATHS if "plateau" in title])
def test_paths_with_a_plateau_cut_the_rate(title: str) -> None:
    assert PATHS[title]["rates"][-1] < PATHS[title]["rates"][0]


@pytest.mark.parametrize("title", [title for title in PATHS if "l1" in title])
def test_paths_with_l1_pull_visibly_and_meet_no_zero(title: str) -> None:
    path = PATHS[title]
    with_l1 = architecture_of(PROBLEMS[path["problem"]])
    without = PATHS[title.replace("l1 and l2", "l2").replace("l1", "no penalty")]
    ends = [flat(with_l1, one["end"]) for one in (path, without)]
    assert np.abs(ends[0] - ends[1]).max() > 1e-3
    assert (ends[0] != 0.0).all()


@pytest.mark.parametrize("name", PROBLEMS)
def test_gradient_at_the_start(name: str) -> None:
    problem = PROBLEMS[name]
    expected = flat(architecture_of(problem), problem["gradient"])
    np.testing.assert_allclose(gradient_of(problem), expected, rtol=1e-12, atol=1e-15)


def one_weight(weight: float) -> dict[str, Any]:
    """Return a problem in which the cost says nothing about the only weight: its input is always 0."""
    return {
        "layers": [{"kind": "dense", "units": 1, "activation": "identity"}], "input_shape": [1],
        "inputs": [[0.0]], "targets": [[0.0]], "classes": 0, "cost": "mse", "seed": 1,
        "start": {"weights": [[[weight]]], "biases": [[0.0]]},
    }  # fmt: skip


def weights_after_each_step(name: str, weight: float, steps: int) -> Floats:
    training = {"optimizer": {"name": name, "learning_rate": 0.25}, "l1": 0.5}
    if name == "adamw":
        training["optimizer"] = {"name": name, "learning_rate": 0.25, "weight_decay": 0.0}
    run = run_of(one_weight(weight), training)
    weights = []
    for _ in range(steps):
        run.train(1)
        weights.append(run.network.parameters[0])
    return np.array(weights)


def first_steps(name: str) -> list[float]:
    """Return a weight of 0.3125 after each step with rate 0.25 and a gradient of 0.5, until it would cross zero."""
    root = 0.5**0.5
    steps: dict[str, list[float]] = {
        "sgd": [0.3125 - 0.125, 0.3125 - 0.25],
        "momentum": [0.3125 - 0.125],  # then 0.25 · (0.9 · 0.5 + 0.5) further
        "nesterov": [0.3125 - 0.25 * 0.95],
        "adagrad": [0.3125 - 0.25],  # then 0.25 / √2 further
        "rmsprop": [],  # 0.25 / √0.01 at once
        "adam": [0.3125 - 0.25],  # always by the rate
        "adamw": [0.3125 - 0.25],
    }
    assert 0.3125 - 0.25 - 0.25 * root < 0.0
    return steps[name]


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_l1_takes_a_weight_to_zero_and_then_keeps_it_there_exactly(name: str, sign: float) -> None:
    expected = [*first_steps(name), 0.0, 0.0, 0.0]
    found = weights_after_each_step(name, sign * 0.3125, len(expected))
    np.testing.assert_allclose(sign * found, expected, rtol=1e-6, atol=0.0)
    assert (found[-3:] == 0.0).all()
    assert not np.signbit(found[-3:]).any()
