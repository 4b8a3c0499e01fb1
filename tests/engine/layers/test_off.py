"""Neurons that are switched off: they answer 0, nothing is learned through them, and the rest does not notice."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Dense, Dropout
from nnplayground.engine.network import Network, with_ones
from nnplayground.errors import InputError

WHOLE = Architecture((3,), (Dense(5, "sigmoid"), Dense(4, "tanh"), Dense(2, "identity")))
PARTLY = Architecture((3,), (Dense(5, "sigmoid", (1, 4)), Dropout(0.0), Dense(4, "tanh", (0,)), Dense(2, "identity")))


@pytest.fixture
def flat() -> np.ndarray:
    return np.random.default_rng(3).normal(size=WHOLE.parameter_count)


@pytest.fixture
def inputs() -> np.ndarray:
    return np.random.default_rng(4).normal(size=(11, 3))


def by_hand(flat: np.ndarray, inputs: np.ndarray) -> np.ndarray:
    """The outputs `[samples, outputs]`, written out with the neurons that are off set to zero."""
    (w1, w2, w3), (b1, b2, b3) = WHOLE.weights(flat), WHOLE.biases(flat)
    first = 1.0 / (1.0 + np.exp(-(inputs @ w1.T + b1)))
    first[:, [1, 4]] = 0.0
    second = np.tanh(first @ w2.T + b2)
    second[:, 0] = 0.0
    return second @ w3.T + b3


def test_neurons_that_are_off_answer_zero(flat: np.ndarray, inputs: np.ndarray) -> None:
    np.testing.assert_allclose(Network(PARTLY, flat).outputs(inputs), by_hand(flat, inputs), rtol=1e-13)


def test_the_same_holds_for_several_networks_at_once(inputs: np.ndarray) -> None:
    both = np.random.default_rng(5).normal(size=(2, WHOLE.parameter_count))
    found = Network(PARTLY, both).outputs(inputs)
    for place in range(2):
        np.testing.assert_allclose(found[place], by_hand(both[place], inputs), rtol=1e-13)


def test_the_gradient_is_the_slope_and_zero_around_them(flat: np.ndarray, inputs: np.ndarray) -> None:
    targets = np.random.default_rng(6).normal(size=(11, 2))
    network = Network(PARTLY, flat.copy())
    forward = network.forward(11)
    backward = network.backward(forward, cost="mse")
    forward(with_ones(inputs).T)
    backward(with_ones(inputs), targets.T)
    step = 1e-6
    slopes = np.empty_like(flat)
    for place in range(len(flat)):
        costs = []
        for sign in (1.0, -1.0):
            moved = flat.copy()
            moved[place] += sign * step
            costs.append(float(np.mean((by_hand(moved, inputs) - targets) ** 2)))
        slopes[place] = (costs[0] - costs[1]) / (2.0 * step)
    np.testing.assert_allclose(network.gradient, slopes, atol=1e-8)
    assert not network.gradient[list(PARTLY.off)].any()


def test_without_the_weights_that_lead_on_the_network_is_the_same(flat: np.ndarray, inputs: np.ndarray) -> None:
    plain = Network(WHOLE, PARTLY.without_off(flat)).outputs(inputs)
    np.testing.assert_allclose(plain, Network(PARTLY, flat).outputs(inputs), rtol=1e-13)


def test_what_belongs_to_a_neuron_that_is_off() -> None:
    marked = np.zeros(WHOLE.parameter_count)
    marked[list(PARTLY.off)] = 1.0
    first, second, third = WHOLE.matrices(marked)
    assert first[[1, 4]].all() and not first[[0, 2, 3]].any()
    assert second[0].all() and second[:, [1, 4]].all() and not second[1:][:, [0, 2, 3]].any()
    assert third[:, 0].all() and not third[:, 1:].any()


@pytest.mark.parametrize("unit", [-1, 5])
def test_a_neuron_that_does_not_exist_cannot_be_off(unit: int) -> None:
    with pytest.raises(InputError, match="neurons 0 to 4"):
        Dense(5, "tanh", (unit,))


def test_where_a_weight_lies(flat: np.ndarray) -> None:
    for layer, (weights, biases) in enumerate(zip(WHOLE.weights(flat), WHOLE.biases(flat), strict=True)):
        for unit, row in enumerate(weights):
            for source, weight in enumerate(row):
                place = WHOLE.place(layer, unit, source)
                assert place is not None and flat[place] == weight
            bias = WHOLE.place(layer, unit, None)
            assert bias is not None and flat[bias] == biases[unit]


@pytest.mark.parametrize("place", [(-1, 0, 0), (3, 0, 0), (0, 5, 0), (0, -1, 0), (0, 0, 3), (1, 0, -1)])
def test_places_outside_the_network_are_nowhere(place: tuple[int, int, int]) -> None:
    assert WHOLE.place(*place) is None
