"""Numbers changed by hand between batches, frozen numbers and neurons that are off, in a run that trains."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplayground.engine.metrics import distinct_neurons
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.export.model import Facts
from nnplayground.export.trained import trained_model
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, InitializerSpec, NetworkSpec, Project
from nnplayground.project.parameter_index import FrozenParameter, ParameterIndex
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.many.multi_seed_runs import train_many
from nnplayground.training.observe.gradient_check import check_gradient
from nnplayground.training.run.run import Run

LOCKS = (FrozenParameter(0, 1, 0, 0.75), FrozenParameter(0, 2, None, -0.5), FrozenParameter(2, 0, 1, 0.25))
SMALL = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)),
    training=TrainingSpec(stop=StopSpec(max_epochs=20)),
)
FROZEN = replace(SMALL, network=NetworkSpec(frozen=LOCKS))


def tuned(project: Project, **changes: Any) -> Project:
    return replace(project, training=replace(project.training, **changes))


def value(run: Run, place: ParameterIndex) -> float:
    index = run.architecture.place(place.layer, place.unit, place.source)
    assert index is not None
    return float(run.network.parameters[index])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_what_is_frozen_keeps_its_value_and_the_rest_learns(optimizer: str) -> None:
    project = tuned(
        FROZEN, optimizer=OptimizerSpec(name=optimizer, learning_rate=0.01), l1=0.01, l2=0.01, clip_norm=1.0
    )
    run = Run(project)
    start = run.network.parameters.copy()
    run.train_epochs(20)
    assert [value(run, lock.place) for lock in LOCKS] == [lock.value for lock in LOCKS]
    changed = run.network.parameters != start
    assert np.count_nonzero(changed) == len(start) - len(LOCKS)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_many_runs_freeze_as_each_alone_does(optimizer: str) -> None:
    project = tuned(FROZEN, optimizer=OptimizerSpec(name=optimizer, learning_rate=0.01))
    together = train_many(project, [1, 2, 3])
    for seed, parameters in zip((1, 2, 3), together.parameters, strict=True):
        alone = Run(replace(project, seed=seed))
        alone.train_epochs(20)
        np.testing.assert_allclose(parameters, alone.network.parameters, rtol=1e-12)


def test_a_frozen_number_counts_for_nothing_when_a_gradient_is_clipped() -> None:
    clipped = tuned(FROZEN, clip_norm=1e-3, optimizer=OptimizerSpec(learning_rate=1.0), batch_size=60)
    run = Run(clipped)
    start = run.network.parameters.copy()
    run.train(1)
    step = np.linalg.norm(run.network.parameters - start)
    assert step == pytest.approx(1e-3, rel=2e-3)


def test_thawing_and_freezing_in_mid_epoch() -> None:
    run = Run(SMALL)
    run.train(3)
    place = ParameterIndex(0, 1, 1)
    now = value(run, place)
    run.freeze((FrozenParameter(0, 1, 1, now),))
    run.train(40)
    assert value(run, place) == now
    run.freeze(())
    run.train(1)
    assert value(run, place) != now


def test_restart_keeps_what_is_frozen_and_new_weights_too() -> None:
    run = Run(SMALL)
    other = Run(replace(FROZEN, seed=9))
    assert [value(other, lock.place) for lock in LOCKS] == [lock.value for lock in LOCKS]
    held = {run.architecture.place(lock.layer, lock.unit, lock.source) for lock in LOCKS}
    free = [place for place in range(len(run.network.parameters)) if place not in held]
    assert np.array_equal(Run(FROZEN).network.parameters[free], run.network.parameters[free])


def test_a_lock_without_a_place_in_the_network_is_passed_over() -> None:
    nowhere = (FrozenParameter(7, 0, 0, 1.0), FrozenParameter(0, 99, 0, 1.0), FrozenParameter(0, 0, 99, 1.0))
    run = Run(replace(SMALL, network=NetworkSpec(frozen=nowhere)))
    plain = Run(SMALL)
    for each in (run, plain):
        each.train_epochs(3)
    assert np.array_equal(run.network.parameters, plain.network.parameters)


def test_a_number_set_by_hand_is_used_by_the_next_batch_and_measured_at_once() -> None:
    run = Run(SMALL)
    run.train_epochs(2)
    before = run.measures()
    run.set_values([(ParameterIndex(2, 0, 0), 3.0), (ParameterIndex(2, 0, None), -1.0), (ParameterIndex(5, 0, 0), 1.0)])
    assert value(run, ParameterIndex(2, 0, 0)) == 3.0
    assert value(run, ParameterIndex(2, 0, None)) == -1.0
    assert run.is_edited
    assert run.measures() != before
    run.train(1)
    assert value(run, ParameterIndex(2, 0, 0)) != 3.0
    run.train_epochs(1)
    assert not run.is_edited


def test_what_is_frozen_cannot_be_set_by_hand() -> None:
    run = Run(FROZEN)
    run.set_values([(LOCKS[0].place, 9.0)])
    assert value(run, LOCKS[0].place) == LOCKS[0].value


def test_neurons_made_equal_by_hand_stay_equal() -> None:
    run = Run(replace(SMALL, network=NetworkSpec(layers=(DenseSpec(7), DenseSpec(5)))))
    run.train_epochs(1)
    rows = run.architecture.weights(run.network.parameters)[0]
    same = [(ParameterIndex(0, unit, source), float(rows[0, source])) for unit in range(7) for source in range(2)]
    same += [(ParameterIndex(0, unit, None), 0.1) for unit in range(7)]
    same += [(ParameterIndex(1, out, unit), 0.3) for out in range(5) for unit in range(7)]
    run.set_values(same)
    run.train_epochs(20)
    assert distinct_neurons(run.architecture.matrices(run.network.parameters)[0]) == 1


def test_equal_neurons_made_different_by_hand_learn_apart() -> None:
    twins = InitializerSpec(name="constant", value=0.1)
    run = Run(replace(SMALL, network=NetworkSpec(initializer=twins)))
    run.set_values([(ParameterIndex(0, 0, 0), 0.5), (ParameterIndex(0, 1, 0), -0.5), (ParameterIndex(0, 2, 1), 0.4)])
    run.train_epochs(20)
    assert distinct_neurons(run.architecture.matrices(run.network.parameters)[0]) == 4


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_switching_off_and_on_again_keeps_the_neuron_and_the_optimizer(optimizer: str) -> None:
    spec = OptimizerSpec(name=optimizer, learning_rate=0.01)
    project = tuned(replace(SMALL, network=NetworkSpec(layers=(DenseSpec(4), DenseSpec(3)))), optimizer=spec)
    off = replace(project, network=NetworkSpec(layers=(DenseSpec(4, "tanh", (2,)), DenseSpec(3))))
    run = Run(project)
    run.train_epochs(5)
    without = Run(off, after=run)
    assert without.epoch == 5
    assert np.array_equal(without.memory.vectors, run.memory.vectors)
    around = list(without.architecture.off)
    kept = without.network.parameters[around].copy()
    without.train_epochs(5)
    again = Run(project, after=without)
    assert np.array_equal(again.network.parameters[around], kept)
    assert not np.array_equal(again.network.parameters, run.network.parameters)


def test_the_gradient_check_passes_with_neurons_off() -> None:
    network = NetworkSpec(layers=(DenseSpec(4, "tanh", (0, 3)), DropoutSpec(0.2), DenseSpec(3, "sigmoid", (1,))))
    run = Run(replace(SMALL, network=network))
    run.train_epochs(2)
    assert check_gradient(run.architecture, run.network.parameters, run.data).passed


def test_an_exported_model_answers_as_the_network_with_neurons_off() -> None:
    run = Run(replace(SMALL, network=NetworkSpec(layers=(DenseSpec(4, "sigmoid", (0, 3)), DenseSpec(3)))))
    run.train_epochs(3)
    facts = Facts(3, 1, 0.0, 0.0, "mse")
    model = trained_model(run.architecture, run.network.parameters, run.data, facts)
    (w1, w2, w3), (b1, b2, b3) = model.weights, model.biases
    inputs = run.data.train_inputs
    sums = np.tanh((1.0 / (1.0 + np.exp(-(inputs @ w1.T + b1)))) @ w2.T + b2) @ w3.T + b3
    by_hand = 1.0 / (1.0 + np.exp(-sums))
    assert model.activations == ("sigmoid", "tanh", "sigmoid")
    np.testing.assert_allclose(run.network.outputs(inputs), by_hand, rtol=1e-12)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(cut=st.integers(0, 30), locks=st.sets(st.integers(0, 2), max_size=3))
def test_a_run_with_frozen_numbers_is_the_same_however_it_is_sliced(cut: int, locks: set[int]) -> None:
    project = replace(SMALL, network=NetworkSpec(frozen=tuple(LOCKS[lock] for lock in sorted(locks))))
    whole, sliced = Run(project), Run(project)
    whole.train(31)
    sliced.train(cut)
    moment = sliced.checkpoint()
    sliced = Run(project)
    sliced.restore(moment)
    sliced.train(31 - cut)
    assert np.array_equal(whole.network.parameters, sliced.network.parameters)


def test_going_back_to_equal_neurons_makes_them_equal_for_ever_again() -> None:
    network = NetworkSpec(layers=(DenseSpec(33), DenseSpec(33)), initializer=InitializerSpec("constant", value=0.1))
    project = replace(SMALL, network=network, training=TrainingSpec(batch_size=7, optimizer=OptimizerSpec("adam")))
    run = Run(project)
    start = run.checkpoint()
    run.set_values([(ParameterIndex(layer, unit, unit % 2), unit / 9.0) for layer in (0, 1) for unit in range(33)])
    run.train_epochs(1)
    run.restore(start)
    run.train_epochs(20)
    assert [distinct_neurons(matrix) for matrix in run.architecture.matrices(run.network.parameters)] == [1, 1, 1]


def test_a_frozen_number_does_not_keep_a_run_from_being_done() -> None:
    frozen = (FrozenParameter(0, 0, 0, 2.0), FrozenParameter(0, 0, 1, -2.0))  # only the bias of a single neuron learns
    stop = StopSpec(max_epochs=2_000, gradient_norm=1e-6)
    training = TrainingSpec(batch_size=60, optimizer=OptimizerSpec(learning_rate=1.0), stop=stop)
    project = replace(SMALL, network=NetworkSpec(layers=(), frozen=frozen), training=training)
    run = Run(project)
    run.train_epochs(2_000)
    assert run.stop is not None
    assert run.stop.rule == "gradient_norm"
    [alone] = train_many(project, [project.seed]).stops
    assert alone == run.stop
