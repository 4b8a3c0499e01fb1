"""The gradient against finite differences: every activation with every cost, in a network of every kind of layer.

Along random directions, which any wrong element would turn; and element by element for every activation and every cost
with a usual partner. Pooling and dropout have no activation of their own; the layers around them have.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import get_args

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.costs import COSTS, cost_value, suits
from nnplayground.engine.layers import AveragePool2D, Conv2D, Dense, Dropout, Flatten, Layer, MaxPool2D, Shape
from nnplayground.engine.network import Network, with_ones
from nnplayground.project.layer_specs import LAYER_KINDS, LayerSpec

SAMPLES = 5
CLASSES = 3
STEP = 1e-6
PICTURE = (2, 5, 4)
ENDS = [(output, cost) for output, cost in product(ACTIVATIONS, COSTS) if suits(cost, output_activation=output)]


def hidden_layers(kind: str, activation: str) -> tuple[Shape, tuple[Layer, ...]]:
    """Return an input shape and hidden layers in which this kind of layer has another one below and above it."""
    below = Conv2D(2, 2, activation, padding=1)
    stacks: dict[str, tuple[Shape, tuple[Layer, ...]]] = {
        "dense": ((2,), (Dense(4, activation), Dense(3, activation))),
        "dropout": ((3,), (Dropout(0.2), Dense(4, activation), Dropout(0.5))),
        "conv2d": (PICTURE, (below, Conv2D(2, 3, activation, stride=2, padding=1), Flatten())),
        "max_pool2d": (PICTURE, (below, MaxPool2D(3, 2, 1), Flatten())),
        "average_pool2d": (PICTURE, (below, AveragePool2D(2, 1), Flatten())),
        "flatten": (PICTURE, (Flatten(), Dense(2, activation))),
    }
    return stacks[kind]


def targets_for(output: str, rng: np.random.Generator) -> Floats:
    """Legal targets: one-hot for softmax, 0 and 1 or ±1 for squashed outputs, any number otherwise."""
    classes = rng.integers(0, CLASSES, SAMPLES)
    hot = (classes[:, None] == np.arange(CLASSES)).astype(float)
    legal = {"softmax": hot, "sigmoid": hot, "tanh": 2.0 * hot - 1.0, "identity": 2.0 * hot - 1.0}
    return legal[output] if output in legal else rng.normal(size=(SAMPLES, CLASSES))


@dataclass
class Probe:
    """A network as it is while training; every evaluation drops the same values."""

    network: Network
    inputs: Floats
    targets: Floats
    cost: str

    def __post_init__(self) -> None:
        self._generator = np.random.default_rng(11)
        self._start = self._generator.bit_generator.state
        self._forward = self.network.forward(SAMPLES, generators=[self._generator])
        self._value = cost_value(self.cost, output_activation=self.network.architecture.activations[-1])

    def at(self, parameters: Floats) -> float:
        """Return the cost at these parameters."""
        np.copyto(self.network.parameters, parameters)
        self._generator.bit_generator.state = self._start
        outputs = self._forward(with_ones(self.inputs).T)
        return float(self._value(self._forward.preactivations[-1], outputs, self.targets.T))

    def slope(self, direction: Floats) -> float:
        """Return the central difference of the cost along a direction."""
        middle = self.network.parameters.copy()
        sides = [self.at(middle + sign * STEP * direction) for sign in (1.0, -1.0)]
        np.copyto(self.network.parameters, middle)
        return (sides[0] - sides[1]) / (2.0 * STEP)

    def gradient(self) -> Floats:
        """Return what backpropagation gives."""
        backward = self.network.backward(self._forward, cost=self.cost)
        self.at(self.network.parameters.copy())
        backward(with_ones(self.inputs), np.ascontiguousarray(self.targets.T))
        return self.network.gradient.copy()


def check(kind: str, hidden: str, output: str, cost: str, *, keep_ties: bool = False, elements: bool = True) -> None:
    rng = np.random.default_rng(7)
    shape, layers = hidden_layers(kind, hidden)
    architecture = Architecture(shape, (*layers, Dense(CLASSES, output)))
    network = Network(architecture, rng.normal(0.0, 0.7, architecture.parameter_count), keep_ties=keep_ties)
    probe = Probe(network, rng.normal(size=(SAMPLES, prod(shape))), targets_for(output, rng), cost)
    gradient = probe.gradient()
    if elements:
        slopes = [probe.slope(unit) for unit in np.eye(architecture.parameter_count)]
        np.testing.assert_allclose(gradient, slopes, rtol=1e-5, atol=1e-7)
    for direction in rng.normal(size=(3, architecture.parameter_count)):
        assert float(gradient @ direction) == pytest.approx(probe.slope(direction), rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("kind", [kind.kind for kind in LAYER_KINDS])
@pytest.mark.parametrize("hidden", HIDDEN_ACTIVATIONS)
@pytest.mark.parametrize("cost", COSTS)
def test_backward_is_the_derivative_of_the_cost(kind: str, hidden: str, cost: str) -> None:
    for output in (output for output, name in ENDS if name == cost):
        usual = hidden == "tanh" or (output, cost) == ("identity", "mse")
        check(kind, hidden, output, cost, elements=usual)


@pytest.mark.parametrize("kind", ["dense", "conv2d"])
@pytest.mark.parametrize("cost", COSTS)
def test_the_tied_product_gives_the_same_derivative(kind: str, cost: str) -> None:
    for output in (output for output, name in ENDS if name == cost):
        check(kind, "tanh", output, cost, keep_ties=True)


def test_every_output_activation_has_a_cost() -> None:
    assert {output for output, _ in ENDS} == set(ACTIVATIONS)


def test_every_kind_of_layer_that_a_project_may_have_is_checked() -> None:
    assert set(LAYER_KINDS) == set(get_args(LayerSpec))
    for kind in LAYER_KINDS:
        assert kind.kind in {layer.kind for layer in hidden_layers(kind.kind, "tanh")[1]}
