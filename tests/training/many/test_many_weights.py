"""Many runs of which only the first weights differ: each is what it is alone, on data that were prepared once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, Parameters, Project
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.many import multi_seed_runs as many_module
from nnplayground.training.many.multi_seed_runs import MultiSeedRuns, seeded, train_many
from nnplayground.training.run.history import COLUMNS
from nnplayground.training.run.prepare import Prepared, prepare
from nnplayground.training.run.run import Run
from tests.projects import projects

SMALL = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)), training=TrainingSpec(stop=StopSpec(max_epochs=20))
)


def alone(project: Project, seed: int) -> Run:
    """Train one run whose first weights alone have this seed."""
    initializer = replace(project.network.initializer, seed=seed)
    network = replace(project.network, initializer=initializer)
    run = Run(replace(project, network=network, parameters=None))
    while run.stop is None:
        run.train_epochs(1)
    return run


def check(project: Project, seeds: range) -> None:
    """Hold every run against one that is trained alone."""
    together = train_many(project, seeds, vary="weights")
    for place, seed in enumerate(seeds):
        run = alone(project, seed)
        assert together.epochs[place] == run.epoch
        np.testing.assert_allclose(together.parameters[place], run.network.parameters, rtol=1e-12, atol=1e-12)
        for name in COLUMNS:
            found, expected = (getattr(curve, name) for curve in (together.curves[place], run.history.curve()))
            np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("optimizer", ["sgd", "nesterov", "adam"])
def test_only_the_first_weights_differ(optimizer: str) -> None:
    training = replace(SMALL.training, optimizer=OptimizerSpec(name=optimizer, learning_rate=0.01), batch_size=7)
    check(replace(SMALL, training=training), range(5))


def test_with_dropout_and_penalties() -> None:
    layers = (DenseSpec(6, "relu"), DropoutSpec(0.3), DenseSpec(4, "elu"))
    training = replace(SMALL.training, l1=0.01, l2=0.01, clip_norm=0.2)
    check(replace(SMALL, training=training, network=NetworkSpec(layers=layers)), range(4))


def test_a_layer_that_looks_at_pictures() -> None:
    data = DataSpec(source=ImagesSource(), test_fraction=0.9)
    network = NetworkSpec(layers=(Conv2DSpec(2, 3), FlattenSpec()))
    check(Project(data=data, network=network, training=TrainingSpec(stop=StopSpec(max_epochs=1))), range(3))


def test_runs_that_end_one_by_one_go_on_with_the_same_order_of_samples() -> None:
    stop = StopSpec(max_epochs=150, patience=4, min_delta=0.001)
    training = replace(SMALL.training, optimizer=OptimizerSpec(name="adam", learning_rate=0.05), stop=stop)
    check(replace(SMALL, training=training), range(12))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects())
def test_any_legal_project(project: Project) -> None:
    spec = replace(project.training, stop=StopSpec(max_epochs=2))
    check(replace(project, training=spec), range(3))


def test_start_values_give_way_to_the_weights_that_are_drawn() -> None:
    network = NetworkSpec(layers=())
    given_start = Parameters(weights=(((0.5, 0.5),),), biases=((0.0,),))
    project = replace(SMALL, network=network, parameters=given_start)
    assert len(np.unique(train_many(project, range(4), vary="weights").parameters, axis=0)) == 4
    assert seeded(project, 3, vary="all").parameters == given_start


def test_the_data_are_prepared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[Project] = []

    def counted(project: Project) -> Prepared:
        prepared.append(project)
        return prepare(project)

    monkeypatch.setattr(many_module, "prepare", counted)
    train_many(SMALL, range(6), vary="weights")
    assert len(prepared) == 1
    train_many(SMALL, range(6), vary="all")
    assert len(prepared) == 1 + 6


def test_samples_that_are_shared_count_once() -> None:
    large = replace(SMALL, data=DataSpec(source=GeneratedSource(samples=20_000)))
    assert len(MultiSeedRuns(large, range(200), vary="weights").seeds) == 200


def test_results_are_those_of_the_best_weights_where_they_came_back() -> None:
    stop = StopSpec(max_epochs=150, patience=4, min_delta=0.001)
    training = replace(SMALL.training, optimizer=OptimizerSpec(name="adam", learning_rate=0.05), stop=stop)
    project = replace(SMALL, training=training)
    many = MultiSeedRuns(project, range(6), vary="weights", keeps_rows=False)
    while many.is_training:
        many.train_epoch()
    assert any(stop is not None and stop.restores_best for stop in many.stops)
    for seed in range(6):
        train, test = alone(project, seed).measures()
        expected = [train.cost, test.cost, train.score, test.score]
        np.testing.assert_allclose(many.results[:4, seed], np.array(expected, dtype=float), rtol=1e-12)
