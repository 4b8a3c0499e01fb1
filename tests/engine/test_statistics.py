"""Statistics of a layer against definitions written out with loops, and finite differences for the derivative."""

from __future__ import annotations

import math
import statistics
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.network import Network, with_ones
from nnplayground.engine.statistics import BINS, LayerStatistics, flat_ends, histogram, layer_statistics
from nnplayground.errors import InputError

# The sides on which each function goes to a finite limit.
LEFT, RIGHT = -1, 1
FLAT_SIDES: dict[str, tuple[int, ...]] = {
    "tanh": (LEFT, RIGHT),
    "sigmoid": (LEFT, RIGHT),
    "relu": (LEFT,),
    "identity": (),
    "leaky_relu": (),
    "elu": (LEFT,),
    "selu": (LEFT,),
    "gelu": (LEFT,),
    "silu": (LEFT,),
    "mish": (LEFT,),
    "softplus": (LEFT,),
    "sine": (),
    "gaussian": (LEFT, RIGHT),
    "step": (LEFT, RIGHT),
}
# A weighted sum at which the derivative is exactly 0 in double precision; functions without one cannot die.
DEAD_AT: dict[str, float | None] = {
    "tanh": 20.0,
    "sigmoid": 40.0,
    "relu": 0.0,
    "identity": None,
    "leaky_relu": None,
    "elu": -40.0,
    "selu": -40.0,
    "gelu": -10.0,
    "silu": -800.0,
    "mish": -800.0,
    "softplus": -800.0,
    "sine": None,
    "gaussian": 0.0,
    "step": 1.0,
}
ALONE = [name for name in ACTIVATIONS if name != "softmax"]  # softmax has tests of its own
FINITE = st.floats(allow_nan=False, allow_infinity=False)
ANY_FLOATS = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.floats())


def test_every_activation_has_its_entries_here() -> None:
    flat, dead = set(ALONE) ^ set(FLAT_SIDES), set(ALONE) ^ set(DEAD_AT)
    assert not flat, f"FLAT_SIDES says which ends of each activation are flat: enter or remove {sorted(flat)}"
    assert not dead, f"DEAD_AT says where each derivative is exactly 0: enter or remove {sorted(dead)}"


def value(name: str, z: Floats) -> Floats:
    out = np.empty_like(z)
    with np.errstate(all="ignore"):
        ACTIVATIONS[name].value(z, out)
    return out


def measured(name: str, z: list[list[float]] | Floats) -> LayerStatistics:
    preactivations = np.array(z, dtype=float)
    return layer_statistics(preactivations, value(name, preactivations), activation=name)


def steepness(name: str, z: Floats) -> Floats:
    """Return |f'| by central differences of the values."""
    step = 1e-6
    return np.abs(value(name, z + step) - value(name, z - step)) / (2.0 * step)


def plain_norm(values: Floats) -> float:
    return math.sqrt(math.fsum(float(number) ** 2 for number in values.flat))


def test_norms_by_hand() -> None:
    matrix, gradient = np.array([[3.0, 0.0, 5.0], [0.0, 4.0, 12.0]]), np.array([[1.0, 1.0, 1.0], [2.0, 3.0, 3.0]])
    found = layer_statistics(np.ones((2, 1)), np.ones((2, 1)), activation="relu", matrix=matrix, gradient=gradient)
    assert (found.weight_norm, found.bias_norm, found.gradient_norm) == pytest.approx((5.0, 13.0, 5.0))
    assert found.distinct == 2


@given(arrays(np.float64, (3, 4), elements=st.floats(-1e3, 1e3)))
def test_norms_are_roots_of_sums_of_squares(matrix: Floats) -> None:
    found = layer_statistics(np.ones((3, 2)), np.ones((3, 2)), activation="tanh", matrix=matrix, gradient=2.0 * matrix)
    expected = plain_norm(matrix[:, :3]), plain_norm(matrix[:, 3]), 2.0 * plain_norm(matrix)
    assert (found.weight_norm, found.bias_norm, found.gradient_norm) == pytest.approx(expected, rel=1e-12, abs=1e-150)


def test_norms_are_right_beyond_the_numbers_whose_squares_are_finite() -> None:
    matrix = np.array([[3e200, 4e200, np.inf], [0.0, 0.0, 1.0]])
    gradient = np.array([[3e-200, 4e-200, 0.0], [0.0, 0.0, 0.0]])
    found = layer_statistics(np.ones((2, 1)), np.ones((2, 1)), activation="tanh", matrix=matrix, gradient=gradient)
    expected = 5e200, math.inf, 5e-200
    assert (found.weight_norm, found.bias_norm, found.gradient_norm) == pytest.approx(expected, rel=1e-12, abs=0.0)


def test_equal_neurons_are_counted_once() -> None:
    matrix = np.array([[1.0, 2.0], [1.0, 2.0], [1.0, -2.0]])
    assert layer_statistics(np.ones((3, 1)), np.ones((3, 1)), activation="tanh", matrix=matrix).distinct == 2


def test_a_layer_without_parameters_has_no_norms() -> None:
    found = measured("identity", [[1.0, 2.0]])
    assert (found.weight_norm, found.bias_norm, found.gradient_norm, found.distinct) == (None, None, None, None)
    assert found.histogram.mean == 1.5


def test_relu_by_hand() -> None:
    found = measured("relu", [[-1.0, 0.0, -3.0], [-1.0, 2.0, 1.0], [1.0, 2.0, 3.0], [-1.0, -1.0, -1.0]])
    assert found.dead == 2 / 4  # the first and the last unit never give anything
    assert found.saturated == 7 / 12  # the share of zeros


@pytest.mark.parametrize("name", FLAT_SIDES)
def test_a_pair_is_saturated_in_a_flat_end(name: str) -> None:
    places = np.arange(-1200, 1200) / 100.0 + 0.003
    slopes = steepness(name, places)
    bound = 0.05 * slopes.max()
    for index in range(3, len(places), 7):
        ahead = {LEFT: slopes[: index + 1], RIGHT: slopes[index:]}
        flat = any((ahead[side] <= bound).all() for side in FLAT_SIDES[name])
        assert measured(name, [[places[index]]]).saturated == flat, places[index]


@pytest.mark.parametrize(("name", "bound"), [("tanh", math.atanh(math.sqrt(0.95))), ("sigmoid", 4.3568), ("relu", 0.0)])
def test_the_flat_ends_begin_where_the_formula_says(name: str, bound: float) -> None:
    assert measured(name, [[-bound - 1e-3, -bound + 1e-3]]).saturated == 0.5


@pytest.mark.parametrize("name", DEAD_AT)
def test_a_unit_is_dead_when_no_sample_gives_it_a_derivative(name: str) -> None:
    alive, place = 0.3, DEAD_AT[name]
    if place is None:
        assert measured(name, [[z, z] for z in (-1e4, -800.0, -1.0, 0.0, 1.0, 800.0, 1e4)]).dead == 0.0
        return
    found = measured(name, [[place, place], [place, alive], [alive, alive], [alive, place]])
    assert found.dead == (1.0 if name == "step" else 0.25)


@pytest.mark.parametrize("name", ALONE)
def test_ordinary_units_are_alive(name: str) -> None:
    z = np.random.default_rng(3).normal(size=(20, 30))
    assert measured(name, z).dead == float(name == "step")


@pytest.mark.parametrize("name", ALONE)
def test_backpropagation_gives_exactly_the_dead_units_no_gradient(name: str) -> None:
    rng = np.random.default_rng(11)
    architecture = Architecture.dense((2, 6, 1), (name, "identity"))
    network = Network(architecture, rng.normal(size=architecture.parameter_count))
    matrix, gradient = (architecture.matrices(flat)[0] for flat in (network.parameters, network.gradient))
    matrix[:3, -1] = -900.0  # far to the left, where every function with a flat end there is dead
    inputs, forward = with_ones(rng.normal(size=(20, 2))), network.forward(20)
    with np.errstate(all="ignore"):
        forward(inputs.T)
        network.backward(forward, cost="mse")(inputs, rng.normal(size=(1, 20)))
    unmoved = sum(not row.any() for row in gradient)
    assert measured(name, matrix @ inputs.T).dead == unmoved / 6


def test_an_output_of_softmax_is_judged_by_its_own_derivative() -> None:
    z = np.random.default_rng(5).normal(scale=4.0, size=(3, 40))
    flat = 0
    for unit in range(3):
        for sample in range(40):
            above, below = z[:, [sample]].copy(), z[:, [sample]].copy()
            above[unit] += 1e-6
            below[unit] -= 1e-6
            slope = (value("softmax", above) - value("softmax", below))[unit, 0] / 2e-6
            flat += slope <= 0.05 * 0.25
    found = measured("softmax", z)
    assert 0 < flat < 120 and found.saturated == flat / 120
    assert found.dead == 0.0


def test_softmax_is_stuck_when_one_output_leads_by_far() -> None:
    found = measured("softmax", [[1e4, 1e4], [0.0, 0.0], [-1.0, -1.0]])
    assert (found.dead, found.saturated) == (1.0, 1.0)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_unit_that_is_far_out_enough_to_be_dead_is_saturated(name: str) -> None:
    z = np.random.default_rng(7).normal(scale=20.0, size=(50, 2))
    found = measured(name, z)
    assert 0.0 <= found.dead <= found.saturated <= 1.0


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(preactivations=ANY_FLOATS)
def test_any_numbers_have_statistics(name: str, preactivations: Floats) -> None:
    found = layer_statistics(
        preactivations, value(name, preactivations), activation=name, matrix=preactivations, gradient=preactivations
    )
    assert 0.0 <= found.dead <= 1.0 and 0.0 <= found.saturated <= 1.0
    assert found.histogram.counts.sum() + found.histogram.not_finite == preactivations.size


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_sum_that_is_not_a_number_is_neither_dead_nor_saturated(name: str) -> None:
    found = measured(name, [[math.nan, math.nan]])
    assert (found.dead, found.saturated) == (0.0, 0.0)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_order_of_the_samples_does_not_matter(name: str) -> None:
    z = np.random.default_rng(9).normal(scale=3.0, size=(4, 25))
    one, other = measured(name, z), measured(name, z[:, ::-1])
    assert (one.dead, one.saturated) == (other.dead, other.saturated)
    assert one.histogram.counts.tolist() == other.histogram.counts.tolist()


def test_single_precision_is_welcome() -> None:
    z: Any = np.array([[-1.0, 2.0]], dtype=np.float32)
    found = layer_statistics(z, np.maximum(z, 0.0), activation="relu", matrix=z, gradient=z)
    assert (found.dead, found.saturated, found.weight_norm) == (0.0, 0.5, 1.0)


def test_a_histogram_by_hand() -> None:
    found = histogram(np.array([0.0, 0.5, 1.0, 1.5, 31.5, 32.0, math.nan, -math.inf]))
    assert found.edges.tolist() == list(range(33))
    assert found.counts.tolist() == [2, 2, *[0] * 29, 2]  # the last edge belongs to the last bin
    assert found.not_finite == 2


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_mean_and_deviation_are_those_of_the_values(values: list[float]) -> None:
    found, size = histogram(np.array(values)), max(map(abs, values))
    assert found.mean == pytest.approx(statistics.fmean(values), abs=1e-12 * size)
    assert found.standard_deviation == pytest.approx(statistics.pstdev(values), abs=1e-7 * size)


@given(st.lists(FINITE, min_size=1, max_size=60))
def test_each_value_is_counted_between_the_edges(values: list[float]) -> None:
    found = histogram(np.array(values))
    assert len(found.counts) == BINS and found.counts.sum() == len(values)
    assert np.isfinite(found.edges).all() and (np.diff(found.edges / 2.0) >= 0.0).all()
    slack = 1e-300 * max(map(abs, values))  # numbers so far below the largest are rounded
    assert found.edges[0] - slack <= min(values) and max(values) <= found.edges[-1] + slack
    assert math.isfinite(found.mean) and math.isfinite(found.standard_deviation)


@pytest.mark.parametrize("number", [0.0, 1.0, -3.0, 1e-300, 1e300, -1.7e308])
def test_equal_values_fill_one_bin_beside_the_middle(number: float) -> None:
    found = histogram(np.full((4, 5), number))
    assert sorted(found.counts[15:17].tolist()) == [0, 20]
    assert found.edges[0] < number < found.edges[-1]
    assert (found.mean, found.standard_deviation) == (number, 0.0)


@pytest.mark.parametrize("values", [[math.nan, math.inf, -math.inf], []])
def test_without_finite_values_the_histogram_is_empty(values: list[float]) -> None:
    found = histogram(np.array(values))
    assert found.counts.tolist() == [0] * BINS and found.not_finite == len(values)
    assert (found.edges[0], found.edges[-1]) == (0.0, 1.0)
    assert math.isnan(found.mean) and math.isnan(found.standard_deviation)


def refused(**changed: Any) -> str:
    """Return the message for a layer of 4 units, 3 inputs and 5 samples in which something is `changed`."""
    arguments: dict[str, Any] = {
        "preactivations": np.ones((4, 5)),
        "activations": np.ones((4, 5)),
        "activation": "relu",
        "matrix": np.ones((4, 4)),
        "gradient": np.ones((4, 4)),
    }
    with pytest.raises(InputError) as caught:
        layer_statistics(**{**arguments, **changed})
    return str(caught.value)


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    assert 'no activation "rilu"' in refused(activation="rilu")
    assert "sums of shape (4, 5) and activations of shape (5, 4)" in refused(activations=np.ones((5, 4)))
    assert "at least 1 of each" in refused(preactivations=np.ones((4, 0)), activations=np.ones((4, 0)))
    assert "[units, samples]" in refused(preactivations=np.ones(4), activations=np.ones(4))
    assert "gradient of shape (4, 3)" in refused(gradient=np.ones((4, 3)))
    assert "matrix of shape (3, 4)" in refused(matrix=np.ones((3, 4)), gradient=None)
    assert "gradient of shape (4,)" in refused(matrix=None, gradient=np.ones(4))


def test_a_convolution_has_several_units_for_each_filter() -> None:
    found = layer_statistics(np.ones((8, 3)), np.ones((8, 3)), activation="relu", matrix=np.ones((2, 10)))
    assert found.distinct == 1


@pytest.mark.parametrize("name", FLAT_SIDES)
def test_so_many_ends_of_a_function_are_flat(name: str) -> None:
    assert flat_ends(name) == len(FLAT_SIDES[name])


def test_weights_are_counted_without_the_biases_and_gradients_with_them() -> None:
    matrix, gradient = np.array([[1.0, 2.0, 9.0], [3.0, 4.0, 9.0]]), np.array([[0.0, 1.0, -5.0], [2.0, 3.0, 5.0]])
    preactivations = np.zeros((2, 3))
    found = layer_statistics(preactivations, preactivations, activation="identity", matrix=matrix, gradient=gradient)
    assert found.weights is not None and found.gradients is not None
    assert (found.weights.counts.sum(), found.weights.edges[0], found.weights.edges[-1]) == (4, 1.0, 4.0)
    assert (found.gradients.counts.sum(), found.gradients.edges[0], found.gradients.edges[-1]) == (6, -5.0, 5.0)
    bare = layer_statistics(preactivations, preactivations, activation="identity")
    assert bare.weights is None and bare.gradients is None


def test_the_variation_is_how_much_a_unit_changes_from_sample_to_sample() -> None:
    answers = np.array([[1.0, 2.0, 3.0], [0.1, 0.1, 0.1]])
    expected = (statistics.pstdev([1.0, 2.0, 3.0]) + 0.0) / 2.0
    assert layer_statistics(answers, answers, activation="identity").variation == pytest.approx(expected)
    level = np.repeat([[0.1], [0.7]], 7, axis=1)
    assert layer_statistics(level, level, activation="identity").variation == 0.0
