"""Penalties: their sum, their pull, and that l1 stops at zero."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.regularizers import L1, add_l2, penalty

PARAMETERS = np.array([0.5, -0.02, 0.0, 3.0])
MASK = np.array([1.0, 1.0, 1.0, 0.0])  # the last one is a bias


def test_penalty_leaves_biases_out() -> None:
    assert penalty(PARAMETERS, MASK, l1=0.1, l2=0.0) == pytest.approx(0.1 * 0.52)
    assert penalty(PARAMETERS, MASK, l1=0.0, l2=0.2) == pytest.approx(0.1 * (0.25 + 0.0004))


def test_l2_adds_the_weight_itself() -> None:
    gradient = np.ones(4)
    add_l2(gradient, PARAMETERS, MASK, 0.1, np.empty(4))
    np.testing.assert_allclose(gradient, [1.05, 0.998, 1.0, 1.0])


def step_with_l1(parameters: Floats, rest: Floats, *, rate: float, l1: float) -> Floats:
    """Return the parameters after one plain step with the gradient `rest` and the penalty."""
    result, gradient = parameters.copy(), rest.copy()
    rule = L1(result, np.ones(len(result)))
    with np.errstate(all="ignore"):  # as everything is trained
        rule.add(gradient, result, l1)
        result -= rate * gradient
        rule.stop_at_zero(result, None)
    return result


def test_l1_adds_the_sign_of_the_weight_and_leaves_biases_alone() -> None:
    gradient = np.ones(4)
    L1(PARAMETERS, MASK).add(gradient, PARAMETERS, 0.1)
    np.testing.assert_allclose(gradient, [1.1, 0.9, 0.9, 1.0])  # what pulls the zero away must be stronger than l1


def test_a_weight_at_zero_stays_until_the_gradient_is_stronger_than_l1() -> None:
    moved = step_with_l1(np.zeros(4), np.array([0.1, -0.1, 0.3, -0.3]), rate=1.0, l1=0.2)
    np.testing.assert_allclose(moved, [0.0, 0.0, -0.1, 0.1], atol=1e-15)


def test_l1_pulls_to_zero_and_not_beyond() -> None:
    moved = step_with_l1(np.array([0.5, -0.02, 0.03, 0.0]), np.zeros(4), rate=0.5, l1=0.1)
    assert moved.tolist() == [0.45, 0.0, 0.0, 0.0]
    assert not np.signbit(moved).any()


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_weight_that_the_rest_of_the_gradient_carries_across_goes_where_it_is_carried(sign: float) -> None:
    weights = sign * np.full(3, 0.1)
    pushed = sign * np.array([0.05, 0.5, -1.0])  # with rate 1: to 0.05, to -0.4, and away to 1.1
    moved = step_with_l1(weights, pushed, rate=1.0, l1=0.2)
    np.testing.assert_allclose(moved, sign * np.array([0.0, -0.6, 0.9]), atol=1e-15)


def test_what_is_stopped_at_zero_loses_its_velocity() -> None:
    parameters, velocity, gradient = np.array([0.1, 1.0]), np.array([3.0, 3.0]), np.zeros(2)
    rule = L1(parameters, np.ones(2))
    rule.add(gradient, parameters, 0.2)
    parameters -= gradient
    rule.stop_at_zero(parameters, velocity)
    assert velocity.tolist() == [0.0, 3.0]


def test_tiny_numbers_do_not_hide_a_crossing() -> None:
    assert step_with_l1(np.array([3e-170]), np.zeros(1), rate=1.0, l1=6e-170).tolist() == [0.0]
