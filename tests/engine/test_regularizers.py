"""Penalties: their sum, their pull, and that l1 stops at zero."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.engine.regularizers import add_l2, apply_l1, l1_pull, penalty

PARAMETERS = np.array([0.5, -0.02, 0.0, 3.0])
MASK = np.array([1.0, 1.0, 1.0, 0.0])  # the last one is a bias


def test_penalty_leaves_biases_out() -> None:
    assert penalty(PARAMETERS, MASK, l1=0.1, l2=0.0) == pytest.approx(0.1 * 0.52)
    assert penalty(PARAMETERS, MASK, l1=0.0, l2=0.2) == pytest.approx(0.1 * (0.25 + 0.0004))


def test_l2_adds_the_weight_itself() -> None:
    gradient = np.ones(4)
    add_l2(gradient, PARAMETERS, MASK, 0.1, np.empty(4))
    np.testing.assert_allclose(gradient, [1.05, 0.998, 1.0, 1.0])


def test_l1_pulls_to_zero_and_not_beyond() -> None:
    parameters = PARAMETERS.copy()
    pull = np.empty_like(parameters)
    l1_pull(parameters, MASK, 0.05, pull)
    apply_l1(parameters, pull)
    assert parameters.tolist() == [0.45, 0.0, 0.0, 3.0]
