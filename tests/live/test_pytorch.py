"""Random networks, data and ways to train: the engine and PyTorch give the same gradients and take the same path."""

from __future__ import annotations

import numpy as np
import torch
from hypothesis import HealthCheck, given, settings
from torch_network import ACTIVATIONS, COSTS
from torch_training import OPTIMIZERS, SCHEDULES, first_gradient, train

from nnplayground.engine import activations, costs, optimizers, schedules
from tests.conformance.problems import architecture_of, flat, gradient_of, run_of
from tests.live.drawing import Described, problems, trainings

TOLERANCE = 1e-9
STEPS = 20
thorough = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def test_nothing_of_the_engine_is_left_out() -> None:
    assert set(ACTIVATIONS) == set(activations.ACTIVATIONS)
    assert set(COSTS) == set(costs.COSTS)
    assert set(OPTIMIZERS) == set(optimizers.OPTIMIZERS)
    assert set(SCHEDULES) == set(schedules.SCHEDULES)
    assert torch.get_default_dtype() == torch.float32  # the comparison leaves PyTorch as it is


@thorough
@given(problem=problems())
def test_gradients_of_random_networks(problem: Described) -> None:
    expected = flat(architecture_of(problem), first_gradient(problem))
    found = gradient_of(problem)
    np.testing.assert_allclose(found, expected, rtol=0.0, atol=TOLERANCE * max(np.abs(expected).max(), 1e-6))


@thorough
@given(problem=problems(), training=trainings())
def test_paths_of_random_networks(problem: Described, training: Described) -> None:
    run = run_of(problem, training)
    epochs = -(-STEPS // run.batches)
    expected = train(problem, training, epochs=epochs)
    run.train_epochs(epochs)
    np.testing.assert_allclose(run.history.curve().train_cost[1:], expected["costs"], rtol=TOLERANCE, atol=TOLERANCE)
    end = flat(run.architecture, expected["end"])
    np.testing.assert_allclose(run.network.parameters, end, rtol=TOLERANCE, atol=TOLERANCE)
