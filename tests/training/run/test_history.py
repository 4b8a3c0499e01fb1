"""The curve grows and what was handed out stays."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.history import FIRST_ROOM, History
from nnplayground.training.run.run import Run


def test_a_curve_handed_out_does_not_change_when_the_history_grows() -> None:
    history = History()
    history.append((1.0, 2.0, 3.0, 4.0))
    early = history.curve()
    for epoch in range(3 * FIRST_ROOM):
        history.append((float(epoch), 0.0, 0.0, 0.0))
    assert early.train_cost.tolist() == [1.0]
    late = history.curve()
    assert len(late) == len(history) == 3 * FIRST_ROOM + 1
    assert late.train_cost[1:].tolist() == [float(epoch) for epoch in range(3 * FIRST_ROOM)]
    assert history.last[:4] == (3.0 * FIRST_ROOM - 1.0, 0.0, 0.0, 0.0)


def test_a_curve_shares_its_numbers_with_the_next_one() -> None:
    history = History()
    history.append((1.0, 2.0, 3.0, 4.0))
    early = history.curve()
    history.append((5.0, 6.0, 7.0, 8.0))
    assert np.shares_memory(early.train_cost, history.curve().train_cost)
    assert not early.train_cost.flags.writeable


def test_the_gradients_of_the_layers_are_kept_beside_the_costs() -> None:
    project = Project(
        data=DataSpec(source=GeneratedSource(samples=20), test_fraction=0.0),
        network=NetworkSpec(layers=(DenseSpec(3),)),
        training=TrainingSpec(batch_size=20, shuffle=False, l2=0.1),
    )
    run = Run(project)
    first = run.network.parameters.copy()
    run.train_epochs(1)
    curve = run.history.curve()
    # One batch is the whole epoch: its gradient is what plain descent has moved the weights by.
    moved = (first - run.network.parameters) / project.training.optimizer.learning_rate
    lengths = [np.linalg.norm(matrix) for matrix in run.architecture.matrices(moved)]
    np.testing.assert_allclose(curve.gradient_norms[:, 1], lengths, rtol=1e-9)
    assert np.isnan(curve.gradient_norms[:, 0]).all()
    weights = run.architecture.weights(first)
    assert curve.penalty[0] == pytest.approx(0.05 * sum(float((matrix**2).sum()) for matrix in weights))


def test_gradients_of_a_network_with_other_layers_are_forgotten() -> None:
    history = History(layers=2)
    history.append((1.0, 1.0, 0.5, 0.5), 0.0, (3.0, 4.0))
    before = history.curve()
    history.expect_layers(3)
    history.append((0.5, 1.0, 0.5, 0.5), 0.0, (1.0, 2.0, 3.0))
    after = history.curve()
    assert before.gradient_norms.tolist() == [[3.0], [4.0]]
    assert np.isnan(after.gradient_norms[:, 0]).all()
    assert after.gradient_norms[:, 1].tolist() == [1.0, 2.0, 3.0]
    assert after.train_cost.tolist() == [1.0, 0.5]
