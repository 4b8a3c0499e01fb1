"""Which networks PyTorch trains for the stored table, and how."""

from __future__ import annotations

from typing import Any

import numpy as np
from torch_rows import hundredths
from torch_training import first_gradient, train

EPOCHS = 50
RATES = {
    "sgd": 0.1, "momentum": 0.05, "nesterov": 0.05, "adagrad": 0.1, "rmsprop": 0.02, "adam": 0.05, "adamw": 0.05,
}  # fmt: skip
PENALTIES: dict[str, dict[str, float]] = {
    "no penalty": {},
    "l1": {"l1": 0.002},
    "l2": {"l2": 0.05},
    "l1 and l2": {"l1": 0.002, "l2": 0.03},
}
SCHEDULES: dict[str, dict[str, Any]] = {
    "step": {"every": 7, "factor": 0.5},
    "exponential": {"factor": 0.9},
    "cosine": {"period": 40, "lowest": 0.1},
    "warm_up": {"epochs": 10, "start": 0.1},
    "reduce_on_plateau": {"factor": 0.5, "patience": 1},
}
# Every number that an optimizer reads, away from its default.
TUNED: list[dict[str, Any]] = [
    {"name": "momentum", "learning_rate": 0.05, "momentum": 0.7},
    {"name": "nesterov", "learning_rate": 0.05, "momentum": 0.6},
    {"name": "adagrad", "learning_rate": 0.1, "epsilon": 0.01},
    {"name": "rmsprop", "learning_rate": 0.02, "decay": 0.8, "epsilon": 0.001},
    {"name": "adam", "learning_rate": 0.05, "beta1": 0.8, "beta2": 0.95, "epsilon": 0.001},
    {"name": "adamw", "learning_rate": 0.05, "beta1": 0.7, "beta2": 0.99, "epsilon": 1e-5, "weight_decay": 0.3},
]

REGRESSION: list[dict[str, Any]] = [
    {"kind": "dense", "units": 3, "activation": "tanh"},
    {"kind": "dense", "units": 1, "activation": "identity"},
]
DROPOUT: list[dict[str, Any]] = [
    {"kind": "dropout", "rate": 0.1},
    {"kind": "dense", "units": 5, "activation": "silu"},
    {"kind": "dropout", "rate": 0.4},
    {"kind": "dense", "units": 4, "activation": "tanh"},
    {"kind": "dropout", "rate": 0.25},
    {"kind": "dense", "units": 1, "activation": "sigmoid"},
]
PICTURES: list[dict[str, Any]] = [
    {"kind": "conv2d", "filters": 3, "kernel_size": 3, "stride": 1, "padding": 1, "activation": "tanh"},
    {"kind": "max_pool2d", "pool_size": 3, "stride": 2, "padding": 1},
    {"kind": "conv2d", "filters": 4, "kernel_size": 2, "stride": 2, "padding": 1, "activation": "gelu"},
    {"kind": "average_pool2d", "pool_size": 2, "stride": 1, "padding": 1},
    {"kind": "flatten"},
    {"kind": "dense", "units": 5, "activation": "relu"},
    {"kind": "dense", "units": 3, "activation": "softmax"},
]


def problems() -> dict[str, dict[str, Any]]:
    """Return a small regression, two classes under dropout, and three classes of pictures that are not square."""
    rng = np.random.default_rng(8)
    plane = hundredths(rng, (7, 2)) * 2.0
    values = np.sin(plane[:, :1]) - 0.5 * plane[:, 1:]
    space = hundredths(rng, (12, 3)) * 2.0
    sides = (space[:, :1] * space[:, 1:2] > 0.0).astype(float)
    pictures, classes = hundredths(rng, (11, 2 * 9 * 6)), np.eye(3)[np.arange(11) % 3]
    return {
        "regression": {
            **problem(REGRESSION, plane, values, [(3, 2), (1, 3)]),
            "input_shape": [2], "classes": 0, "cost": "mse",
        },
        "dropout": {
            **problem(DROPOUT, space, sides, [(5, 3), (4, 5), (1, 4)]),
            "input_shape": [3], "classes": 2, "cost": "binary_cross_entropy",
        },
        "pictures": {
            **problem(PICTURES, pictures, classes, [(3, 18), (4, 12), (5, 48), (3, 5)]),
            "input_shape": [2, 9, 6], "classes": 3, "cost": "cross_entropy",
        },
    }  # fmt: skip


def problem(layers: list[dict[str, Any]], inputs: Any, targets: Any, matrices: list[tuple[int, int]]) -> dict[str, Any]:
    """Return a problem with random first weights, of a size that suits the number of inputs of each layer."""
    rng = np.random.default_rng(18)
    weights = [hundredths(rng, size) * (2.0 / size[1] ** 0.5) for size in matrices]
    biases = [hundredths(rng, size[:1]) for size in matrices]
    start = {"weights": [one.tolist() for one in weights], "biases": [one.tolist() for one in biases]}
    return {"layers": layers, "inputs": inputs.tolist(), "targets": targets.tolist(), "start": start, "seed": 11}


def trainings() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return what is trained: a title, the problem, and the part `training` of a project file."""
    result: dict[str, tuple[str, dict[str, Any]]] = {}
    for name, rate in RATES.items():
        optimizer = {"name": name, "learning_rate": rate}
        for title, penalty in PENALTIES.items():
            result[f"{name}, {title}"] = "regression", {"optimizer": optimizer, **penalty}
        # Small batches at the full rate swing around the minimum, where rounding grows tenfold every five epochs.
        slower = {"name": name, "learning_rate": rate / 2}
        clipped = {"optimizer": slower, "clip_norm": 0.1, "batch_size": 3, "l2": 0.03}
        result[f"{name}, clipped, l2"] = "regression", clipped
        result[f"{name}, dropout"] = "dropout", {"optimizer": optimizer, "batch_size": 5}
        result[f"{name}, pictures"] = "pictures", {"optimizer": slower, "batch_size": 4}
    for spec in TUNED:
        result[f"{spec['name']}, other numbers"] = "regression", {"optimizer": spec}
    return result | scheduled()


def scheduled() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return each schedule under three optimizers that use the rate in different ways."""
    result: dict[str, tuple[str, dict[str, Any]]] = {}
    for title, schedule in SCHEDULES.items():
        for name in ("sgd", "momentum", "adamw"):
            # Only a rate that is too high meets a plateau early and often.
            rate = RATES[name] * (8 if title == "reduce_on_plateau" else 1)
            training = {"optimizer": {"name": name, "learning_rate": rate}, "schedule": {"name": title, **schedule}}
            result[f"{name}, {title}"] = "regression", training
    return result


def path_rows(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Train everything; raises where l1 meets zero, which the stored paths must not, as there PyTorch has no rule."""
    rows = {}
    for title, (name, training) in trainings().items():
        path = train(found[name], training, epochs=EPOCHS)
        if path.pop("crossings"):
            raise SystemExit(f"A weight crosses zero in {title!r}; choose another start.")
        rows[title] = {"problem": name, "training": training, **path}
    return rows


def with_gradient(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the problems with the gradient of the whole cost at their start."""
    return {name: {**problem, "gradient": first_gradient(problem)} for name, problem in found.items()}
