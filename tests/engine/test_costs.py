"""Costs by hand, and their limits for certain but wrong answers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nnplayground.engine.costs import COSTS, cost_value

A = np.array([[0.5, -1.0], [2.0, 0.0]])
T = np.array([[1.0, -1.0], [0.0, 1.0]])


def test_half_mse_sums_outputs_and_means_samples() -> None:
    assert COSTS["half_mse"].value(A, A, T) == pytest.approx(0.5 * (0.25 + 4.0 + 0.0 + 1.0) / 2)


def test_mse_means_samples_and_outputs() -> None:
    assert COSTS["mse"].value(A, A, T) == pytest.approx((0.25 + 4.0 + 0.0 + 1.0) / 4)


def test_binary_cross_entropy_is_the_negative_log_of_the_probability() -> None:
    z = np.array([[0.3, -2.0]])
    p = [1.0 / (1.0 + math.exp(-value)) for value in (0.3, -2.0)]
    expected = -(math.log(p[0]) + math.log(1.0 - p[1])) / 2
    assert COSTS["binary_cross_entropy"].value(z, z, np.array([[1.0, 0.0]])) == pytest.approx(expected)


def test_tanh_outputs_speak_probabilities_too() -> None:
    z, targets = np.array([[0.3, -2.0]]), np.array([[1.0, -1.0]])
    p = [(1.0 + math.tanh(value)) / 2.0 for value in (0.3, -2.0)]
    expected = -(math.log(p[0]) + math.log(1.0 - p[1])) / 2
    value = cost_value("binary_cross_entropy", output_activation="tanh")
    assert value(z, np.tanh(z), targets) == pytest.approx(expected)


def test_cross_entropy_is_the_negative_log_of_the_share() -> None:
    z, targets = np.array([[1.0], [2.0], [3.0]]), np.array([[0.0], [1.0], [0.0]])
    expected = -math.log(math.exp(2.0) / (math.exp(1.0) + math.exp(2.0) + math.exp(3.0)))
    assert COSTS["cross_entropy"].value(z, z, targets) == pytest.approx(expected)


@pytest.mark.parametrize("size", [1e4, -1e4])
def test_cross_entropies_are_exact_far_out(size: float) -> None:
    binary = COSTS["binary_cross_entropy"].value(np.array([[size]]), np.array([[0.0]]), np.array([[0.0]]))
    assert binary == pytest.approx(max(size, 0.0))
    z = np.array([[size], [0.0]])
    several = COSTS["cross_entropy"].value(z, z, np.array([[0.0], [1.0]]))
    assert several == pytest.approx(max(size, 0.0))
