"""Activations, costs and single layers against the stored values of PyTorch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.costs import COSTS, suits
from nnplayground.engine.layers import LayerContext
from nnplayground.engine.layers.layer import LayerBuffers
from nnplayground.engine.network import Network, with_ones
from tests.conformance.problems import layer_of

TABLE = json.loads((Path(__file__).parent / "pytorch_values.json").read_text(encoding="utf-8"))
COST_ROWS = {f"{row['cost']}-{row['activation']}": row for row in TABLE["costs"]}
LAYER_ROWS = {
    " ".join(f"{key}={value}" for key, value in {"": place, **row["layer"], "below": row["below"]}.items()): row
    for place, row in enumerate(TABLE["layers"])
}


def close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected), rtol=1e-12, atol=1e-14)


def test_the_table_has_every_activation_and_every_cost_with_every_output_that_it_is_defined_for() -> None:
    pairs = {f"{cost}-{name}" for cost in COSTS for name in ACTIVATIONS if suits(cost, output_activation=name)}
    assert set(TABLE["activations"]) == set(ACTIVATIONS)
    assert set(COST_ROWS) == pairs


@pytest.mark.parametrize("name", TABLE["activations"])
def test_activation(name: str) -> None:
    row, z = TABLE["activations"][name], np.array(TABLE["points"])[:, np.newaxis]
    a, derivative = np.empty_like(z), np.ones_like(z)
    with np.errstate(over="ignore"):
        ACTIVATIONS[name].value(z, a)
        if name == "softmax":
            derivative = 2.0 * a  # the table has the derivative of the sum of squares
        ACTIVATIONS[name].backward(derivative, z, a, ACTIVATIONS[name].scratch_for(z))
    close(a[:, 0], row["values"])
    close(derivative[:, 0], row["derivatives"])


@pytest.mark.parametrize("row", COST_ROWS.values(), ids=COST_ROWS)
def test_cost_and_its_derivatives_at_the_weighted_sums(row: dict[str, Any]) -> None:
    # Weights that hand on the inputs make these the weighted sums. The derivative at one sample is the gradient of the
    # biases when the others do not count, so each sample goes through on its own.
    architecture = Architecture.dense((2, 2), (row["activation"],))
    network = Network(architecture, architecture.flatten([np.eye(2)], [np.zeros(2)]))
    preactivations, targets = np.array(row["sums"]), np.array(row["targets"])
    close(network.cost(preactivations, targets, cost=row["cost"]), row["value"])
    for place, derivatives in enumerate(row["derivatives"]):
        gradient = gradient_at(network, preactivations[[place]], targets[[place]], cost=row["cost"])
        close(architecture.biases(gradient)[0] / len(preactivations), derivatives)


def gradient_at(network: Network, inputs: Floats, targets: Floats, *, cost: str) -> Floats:
    forward = network.forward(len(inputs))
    backward = network.backward(forward, cost=cost)
    forward(with_ones(inputs).T)
    backward(with_ones(inputs), targets.T)
    return network.gradient


def test_the_table_has_every_kind_of_window_with_and_without_margin_and_in_every_stride() -> None:
    for kind in ("conv2d", "max_pool2d", "average_pool2d"):
        layers = [row["layer"] for row in TABLE["layers"] if row["layer"]["kind"] == kind]
        size = "kernel_size" if kind == "conv2d" else "pool_size"
        assert {layer["stride"] for layer in layers} >= {1, 2, 3}
        assert {layer["padding"] for layer in layers} >= {0, 1, 2}
        assert {layer[size] for layer in layers} >= {1, 2, 3, 5}
        assert any(layer["stride"] and layer["stride"] < layer[size] for layer in layers)
    assert any(height != width for _, height, width in (row["below"] for row in TABLE["layers"]))


def work_of(row: dict[str, Any]) -> tuple[LayerBuffers, Floats]:
    """Set up a layer with the weights of the row; also return room for their gradient."""
    layer, below = layer_of(row["layer"]), tuple(row["below"])
    matrix = np.column_stack([row["weights"][0], row["biases"][0]]) if row["weights"] else None
    samples = len(row["inputs"])
    room = LayerContext(below, layer.shape(below), samples, (), matrix, np.dot, (), np.dtype(np.float64))
    work = layer.make_buffers(room)
    assert work is not None
    return work, np.empty(0) if matrix is None else np.empty_like(matrix)


@pytest.mark.parametrize("row", LAYER_ROWS.values(), ids=LAYER_ROWS)
def test_convolution_and_pooling_forward_and_back(row: dict[str, Any]) -> None:
    work, gradient = work_of(row)
    inputs = np.array(row["inputs"])
    delta, lower = np.array(row["delta"]).T.copy(), np.empty(with_ones(inputs).T.shape)
    back = work.make_backward(delta, gradient, lower, at_sums=False)
    for _ in range(2):  # the buffers of the first time must not show the second time
        delta[...] = np.array(row["delta"]).T
        work.forward(with_ones(inputs).T)
        back(with_ones(inputs))
    close(work.outputs_with_ones[:-1].T, row["outputs"])
    assert (work.outputs_with_ones[-1] == 1.0).all()
    close(lower[:-1].T, row["input_gradient"])
    if row["weights"]:
        close(gradient[:, :-1], row["gradient"]["weights"][0])
        close(gradient[:, -1], row["gradient"]["biases"][0])
