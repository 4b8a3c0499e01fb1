"""Forward against plain loops, several networks at once, and equal neurons that stay equal."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.metrics import accuracy, distinct_neurons, r_squared
from nnplayground.engine.network import Evaluation, Network, tied_product, with_ones


def weighted_sums(weights: Floats, biases: Floats, values: Floats) -> list[float]:
    return [sum(w * x for w, x in zip(row, values, strict=True)) + b for row, b in zip(weights, biases, strict=True)]


def test_outputs_are_those_of_a_plain_loop() -> None:
    rng = np.random.default_rng(1)
    architecture = Architecture.dense((3, 4, 2), ("tanh", "identity"))
    network = Network(architecture, rng.normal(size=architecture.parameter_count))
    sample = rng.normal(size=3)
    weights, biases = architecture.weights(network.parameters), architecture.biases(network.parameters)
    hidden = [math.tanh(z) for z in weighted_sums(weights[0], biases[0], sample)]
    expected = weighted_sums(weights[1], biases[1], np.array(hidden))
    np.testing.assert_allclose(network.outputs(sample[None])[0], expected, rtol=1e-12)


def test_several_networks_at_once_give_what_each_gives_alone() -> None:
    rng = np.random.default_rng(2)
    architecture = Architecture.dense((2, 4, 2, 1), ("tanh", "relu", "sigmoid"))
    flat = rng.normal(size=(5, architecture.parameter_count))
    inputs, targets = rng.normal(size=(7, 2)), rng.integers(0, 2, (7, 1)).astype(float)
    together = Network(architecture, flat)
    forward = together.forward(7)
    backward = together.backward(forward, cost="binary_cross_entropy")
    forward(with_ones(inputs).T)
    backward(with_ones(inputs), targets.T)
    for place, parameters in enumerate(flat):
        alone = Network(architecture, parameters.copy())
        one = alone.forward(7)
        back = alone.backward(one, cost="binary_cross_entropy")
        np.testing.assert_allclose(forward.activations[-1][place], one(with_ones(inputs).T), rtol=0, atol=1e-12)
        back(with_ones(inputs), targets.T)
        np.testing.assert_allclose(together.gradient[place], alone.gradient, rtol=0, atol=1e-12)


@pytest.mark.parametrize("width", [5, 7, 33])
@pytest.mark.parametrize("samples", [1, 10, 13])
def test_the_even_product_is_the_product_and_treats_equals_alike(width: int, samples: int) -> None:
    rng = np.random.default_rng(width)
    left, right = np.tile(rng.normal(size=(1, 9)), (width, 1)), rng.normal(size=(9, samples))
    out = np.empty((width, samples))
    tied_product(left, right, out)
    np.testing.assert_allclose(out, left @ right, rtol=1e-12)
    assert distinct_neurons(out) == 1


def test_metrics_by_hand() -> None:
    assert accuracy(np.array([0, 1, 1, 2]), np.array([0, 1, 2, 2])) == 0.75
    assert r_squared(np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.0, 3.0])) == pytest.approx(1.0 - 1.0 / 2.0)
    assert math.isnan(r_squared(np.array([1.0, 2.0]), np.array([3.0, 3.0])))
    assert distinct_neurons(np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 3.0]])) == 2


def test_a_cost_in_chunks_is_the_cost_of_all_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    architecture = Architecture.dense((2, 4, 3), ("tanh", "softmax"))
    network = Network(architecture, rng.normal(size=architecture.parameter_count))
    inputs, targets = rng.normal(size=(23, 2)), np.eye(3)[rng.integers(0, 3, 23)]
    whole = network.cost(inputs, targets, cost="cross_entropy")
    monkeypatch.setattr("nnplayground.engine.network.MOST_VALUES", 0)
    monkeypatch.setattr("nnplayground.engine.network.LEAST_CHUNK", 5)
    cut = Evaluation(network, inputs, targets, cost="cross_entropy")
    assert cut.cost() == pytest.approx(whole, rel=1e-12)
    np.testing.assert_allclose(cut.outputs.T, network.outputs(inputs), rtol=1e-12)
