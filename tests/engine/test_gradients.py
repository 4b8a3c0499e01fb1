"""The gradient against finite differences, for every activation with every cost that it can end in."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.costs import COSTS, suits
from nnplayground.engine.network import Network, with_ones

SAMPLES = 5
STEP = 1e-6
ENDS = [(output, cost) for output, cost in product(ACTIVATIONS, COSTS) if suits(cost, output_activation=output)]


def targets_for(output: str, rng: np.random.Generator) -> Floats:
    """Legal targets: one-hot for softmax, 0 and 1 or ±1 for squashed outputs, any number otherwise."""
    classes = rng.integers(0, 3, SAMPLES)
    hot = (classes[:, None] == np.arange(3)).astype(float)
    legal = {"softmax": hot, "sigmoid": hot, "tanh": 2.0 * hot - 1.0, "identity": 2.0 * hot - 1.0}
    return legal[output] if output in legal else rng.normal(size=(SAMPLES, 3))


def numeric_gradient(network: Network, inputs: Floats, targets: Floats, cost: str) -> Floats:
    """Central differences, one parameter at a time."""
    result = np.empty_like(network.parameters)
    for place, value in enumerate(network.parameters.copy()):
        sides = []
        for shift in (STEP, -STEP):
            network.parameters[place] = value + shift
            sides.append(network.cost(inputs, targets, cost=cost))
        network.parameters[place] = value
        result[place] = (sides[0] - sides[1]) / (2.0 * STEP)
    return result


@pytest.mark.parametrize("hidden", HIDDEN_ACTIVATIONS)
@pytest.mark.parametrize(("output", "cost"), ENDS)
def test_backward_is_the_derivative_of_the_cost(hidden: str, output: str, cost: str) -> None:
    check(hidden, output, cost, even=False)


@pytest.mark.parametrize(("output", "cost"), ENDS)
def test_the_even_product_gives_the_same_derivative(output: str, cost: str) -> None:
    check("tanh", output, cost, even=True)


def check(hidden: str, output: str, cost: str, *, even: bool) -> None:
    rng = np.random.default_rng(7)
    architecture = Architecture.dense((2, 4, 3, 3), (hidden, hidden, output))
    network = Network(architecture, rng.normal(0.0, 0.7, architecture.parameter_count), even=even)
    inputs, targets = rng.normal(size=(SAMPLES, 2)), targets_for(output, rng)
    forward = network.forward(SAMPLES)
    backward = network.backward(forward, cost=cost)
    forward(with_ones(inputs).T)
    backward(with_ones(inputs), np.ascontiguousarray(targets.T))
    expected = numeric_gradient(network, inputs, targets, cost)
    np.testing.assert_allclose(network.gradient, expected, rtol=1e-5, atol=1e-7)


def test_every_output_activation_has_a_cost() -> None:
    assert {output for output, _ in ENDS} == set(ACTIVATIONS)
