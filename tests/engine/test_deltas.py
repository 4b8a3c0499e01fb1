"""What backpropagation leaves to be read: the buffers by layer, and the derivative at every layer."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.costs import COSTS
from nnplayground.engine.layers import AveragePool2D, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D
from nnplayground.engine.network import Forward, Network, with_ones

SAMPLES = 5
STEP = 1e-6
STACKS: dict[str, tuple[tuple[int, ...], tuple[Layer, ...], str]] = {
    "dense": ((3,), (Dense(4, "tanh"), Dense(3, "sigmoid", (1,)), Dense(2, "identity")), "mse"),
    "not fused": ((3,), (Dense(4, "softplus"), Dense(2, "tanh")), "mse"),
    "softmax": ((3,), (Dense(4, "tanh"), Dropout(0.4), Dense(3, "softmax")), "cross_entropy"),
    "pictures": (
        (2, 8, 7),
        (Conv2D(3, 3, "tanh"), AveragePool2D(2, 1), Conv2D(2, 2, "sigmoid"), MaxPool2D(2, 1), Flatten(),
         Dense(2, "identity")),
        "mse",
    ),
}  # fmt: skip


def cost_from(forward: Forward, place: int, values: Floats, targets: Floats, cost: str) -> float:
    """Return the mean cost if layer `place` answers `values` `[units + 1, samples]`; the layers above do as ever."""
    for buffers in forward.layers[place + 1 :]:
        if buffers is not None:
            buffers.forward(values)
            values = buffers.outputs_with_ones
    last = forward.layers[-1]
    assert last is not None and last.preactivations is not None
    return float(COSTS[cost].value(last.preactivations, values[:-1], targets).mean())


def activated(forward: Forward, place: int, layer: Layer, preactivations: Floats) -> Floats:
    """Return what a layer answers `[units + 1, samples]` for other preactivations."""
    assert layer.activation is not None
    outputs = np.empty_like(preactivations)
    ACTIVATIONS[layer.activation].value(preactivations, outputs)
    outputs[list(layer.off)] = 0.0
    return np.vstack([outputs, np.ones(outputs.shape[1])])


@pytest.mark.parametrize("name", STACKS)
def test_the_deltas_are_the_derivatives_at_every_layer(name: str) -> None:
    shape, layers, cost = STACKS[name]
    architecture = Architecture(shape, layers)
    rng = np.random.default_rng(4)
    network = Network(architecture, rng.normal(0.0, 0.6, architecture.parameter_count))
    inputs = with_ones(rng.normal(size=(SAMPLES, int(np.prod(shape))))).T
    targets = np.eye(architecture.outputs)[rng.integers(architecture.outputs, size=SAMPLES)].T
    forward = network.forward(SAMPLES)
    backward = network.backward(forward, cost=cost)
    forward(inputs)
    backward(inputs.T, np.ascontiguousarray(targets))
    for place, (layer, delta) in enumerate(zip(layers, backward.deltas, strict=True)):
        buffers = forward.layers[place]
        if layer.hands_on:
            assert (buffers, delta) == (None, None)
            continue
        assert buffers is not None and delta is not None and not delta.flags.writeable
        sums = buffers.preactivations
        has_sums = sums is not None
        here = buffers.outputs_with_ones[:-1].copy() if sums is None else sums.copy()
        for unit, sample in [(0, 0), (len(here) - 1, SAMPLES - 1), (len(here) // 2, 2)]:
            costs = []
            for step in (STEP, -STEP):
                moved = here.copy()
                moved[unit, sample] += step
                values = activated(forward, place, layer, moved) if has_sums else with_ones(moved.T).T
                if place == len(layers) - 1:
                    costs.append(float(COSTS[cost].value(moved, values[:-1], targets).mean()))
                else:
                    costs.append(cost_from(forward, place, values, targets, cost))
            slope = (costs[0] - costs[1]) / (2.0 * STEP)
            assert delta[unit, sample] == pytest.approx(slope, rel=1e-5, abs=1e-8), (name, place, unit)
        forward(inputs)
