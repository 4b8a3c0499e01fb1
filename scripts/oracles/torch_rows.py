"""Single functions and single layers in PyTorch: their values and derivatives at given numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch_network import ACTIVATIONS, COSTS, Parameters, cost_of, filled, network, tensor

# At 0, where some functions have a corner, PyTorch's choice counts.
POINTS = [-30.0, -4.0, -1.5, -1.0, -0.3, -1e-3, 0.0, 1e-3, 0.2, 1.0, 1.7, 5.0, 30.0]
LOGITS = [[0.4, -1.3], [2.1, 0.2], [-3.5, 0.9]]
SIGNS = np.array([[1.0, -1.0], [-1.0, 1.0], [1.0, -1.0]])
SUITABLE = {
    "hinge": ["identity", "tanh", "selu", "sine"],
    "binary_cross_entropy": ["sigmoid", "tanh"],
    "cross_entropy": ["softmax"],
}
DRAWN = 20
CONVOLVED = ["identity", "tanh", "relu", "gelu", "selu"]

# What a draw may miss: one pixel windows, windows as large as the picture or wholly in the margin, gaps between
# windows, rows that no window sees, and margins on every side.
CORNERS: list[tuple[dict[str, Any], tuple[int, int, int]]] = [
    ({"kind": "conv2d", "filters": 2, "kernel_size": 5, "stride": 1, "padding": 2}, (3, 7, 5)),
    ({"kind": "conv2d", "filters": 2, "kernel_size": 3, "stride": 2, "padding": 1}, (2, 9, 6)),
    ({"kind": "conv2d", "filters": 3, "kernel_size": 1, "stride": 3, "padding": 0}, (3, 7, 5)),
    ({"kind": "conv2d", "filters": 2, "kernel_size": 5, "stride": 3, "padding": 0}, (1, 5, 9)),
    ({"kind": "conv2d", "filters": 1, "kernel_size": 2, "stride": 2, "padding": 2}, (2, 4, 3)),
    ({"kind": "conv2d", "filters": 4, "kernel_size": 5, "stride": 1, "padding": 0}, (1, 5, 5)),
    ({"kind": "max_pool2d", "pool_size": 3, "stride": 1, "padding": 1}, (2, 7, 5)),
    ({"kind": "max_pool2d", "pool_size": 3, "stride": 2, "padding": 1}, (3, 9, 6)),
    ({"kind": "max_pool2d", "pool_size": 2, "stride": 3, "padding": 0}, (1, 7, 5)),
    ({"kind": "max_pool2d", "pool_size": 2, "stride": None, "padding": 1}, (2, 5, 5)),
    ({"kind": "max_pool2d", "pool_size": 1, "stride": 2, "padding": 0}, (1, 5, 4)),
    ({"kind": "max_pool2d", "pool_size": 5, "stride": None, "padding": 2}, (1, 7, 5)),
    ({"kind": "average_pool2d", "pool_size": 3, "stride": 1, "padding": 1}, (2, 7, 5)),
    ({"kind": "average_pool2d", "pool_size": 3, "stride": 2, "padding": 1}, (3, 9, 6)),
    ({"kind": "average_pool2d", "pool_size": 2, "stride": 3, "padding": 1}, (1, 7, 5)),
    ({"kind": "average_pool2d", "pool_size": 2, "stride": None, "padding": 0}, (2, 7, 5)),
    ({"kind": "average_pool2d", "pool_size": 1, "stride": 1, "padding": 0}, (1, 3, 4)),
    ({"kind": "average_pool2d", "pool_size": 5, "stride": 2, "padding": 2}, (1, 7, 5)),
]


def activation_rows() -> dict[str, dict[str, Any]]:
    """Return values and derivatives (for softmax: of the sum of squares of the shares) at `POINTS`."""
    rows = {}
    for name, function in ACTIVATIONS.items():
        z = tensor(POINTS)
        a = function(z)
        (a if name != "softmax" else a * a).sum().backward()
        rows[name] = {"values": a.tolist(), "derivatives": filled(z)}
    return rows


def cost_rows() -> list[dict[str, Any]]:
    """Return the value and its derivatives at z for each cost and each output activation that it is defined for."""
    rows = []
    for cost in COSTS:
        for activation in SUITABLE.get(cost, list(ACTIVATIONS)):
            z, targets = tensor(LOGITS), encoded(activation)
            value = cost_of(cost, activation, z, ACTIVATIONS[activation](z), tensor(targets))
            value.backward()
            rows.append({
                "cost": cost, "activation": activation, "sums": LOGITS, "targets": targets,
                "value": value.item(), "derivatives": filled(z),
            })  # fmt: skip
    return rows


def encoded(activation: str) -> list[list[float]]:
    """Return targets of ±1, or of 1 and 0 for shares."""
    targets = SIGNS if activation not in {"sigmoid", "softmax"} else (SIGNS + 1.0) / 2.0
    return [[float(value) for value in row] for row in targets]


def layer_rows() -> list[dict[str, Any]]:
    """Return convolutions and poolings of odd sizes: the corners, and twice as many as `DRAWN` at random."""
    rng = np.random.default_rng(3)
    cases = [*CORNERS, *(drawn(rng, kind) for kind in ("conv2d", "max_pool2d", "average_pool2d") for _ in range(DRAWN))]
    return [layer_row(layer, below, rng) for layer, below in cases]


def drawn(rng: np.random.Generator, kind: str) -> tuple[dict[str, Any], tuple[int, int, int]]:
    """Return a random layer and a shape below it; a picture is never square."""
    height, width = (int(side) for side in rng.choice(np.arange(3, 8), 2, replace=False))
    size = int(rng.choice([1, 2, 3, 5] if kind == "conv2d" else [2, 3]))
    padding = int(rng.integers(0, 3 if kind == "conv2d" else size // 2 + 1))
    layer: dict[str, Any] = {"kind": kind, "stride": int(rng.integers(1, 4)), "padding": padding}
    if kind == "conv2d":
        layer |= {"filters": int(rng.integers(1, 4)), "kernel_size": size, "activation": str(rng.choice(CONVOLVED))}
    else:
        layer |= {"pool_size": size}
    below = (int(rng.integers(1, 4)), height, width)
    return (layer, below) if min(height, width) + 2 * padding >= size else drawn(rng, kind)


def layer_row(layer: dict[str, Any], below: tuple[int, int, int], rng: np.random.Generator) -> dict[str, Any]:
    """Return what one layer makes of two random samples, and of derivatives that come down to it.

    Below max pooling often stand only -1, 0 and 1, so that most windows have several largest values.
    """
    layer = {"activation": "identity", **layer} if layer["kind"] == "conv2d" else layer
    start = drawn_parameters(layer, below, rng)
    inputs = hundredths(rng, (2, *below))
    if layer["kind"] == "max_pool2d" and rng.random() < 0.6:
        inputs = inputs.round() + 0.0  # no -0.0
    parameters, seen = Parameters.of(start), tensor(inputs.tolist())
    _, answer = network([layer], parameters, seen)
    delta = hundredths(rng, tuple(answer.shape))
    answer.backward(torch.tensor(delta))
    return {
        "layer": layer, "below": list(below), **start,
        "inputs": inputs.reshape(2, -1).tolist(), "outputs": answer.flatten(1).tolist(),
        "delta": delta.reshape(2, -1).tolist(), "input_gradient": np.reshape(filled(seen), (2, -1)).tolist(),
        "gradient": parameters.gradient(),
    }  # fmt: skip


def drawn_parameters(layer: dict[str, Any], below: tuple[int, ...], rng: np.random.Generator) -> dict[str, Any]:
    """Return random weights and biases for a convolution, and none for another layer."""
    if layer["kind"] != "conv2d":
        return {"weights": [], "biases": []}
    shape = layer["filters"], below[0] * layer["kernel_size"] ** 2
    return {"weights": [hundredths(rng, shape).tolist()], "biases": [hundredths(rng, shape[:1]).tolist()]}


def hundredths(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return random numbers between -1 and 1 that are short to write."""
    return rng.integers(-99, 100, shape) / 100.0
