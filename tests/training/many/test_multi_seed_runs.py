"""Many runs at once give what each gives alone, end one by one, and refuse what cannot be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from nnplayground.engine.metrics import distinct_neurons
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.engine.schedules import SCHEDULES
from nnplayground.errors import InputError
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec, MaxPool2DSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.many.multi_seed_runs import ManyRuns, train_many
from nnplayground.training.run.history import COLUMNS
from nnplayground.training.run.run import Run
from tests.projects import projects

SMALL = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)), training=TrainingSpec(stop=StopSpec(max_epochs=30))
)


def tuned(**changes: Any) -> Project:
    return replace(SMALL, training=replace(SMALL.training, **changes))


def check(project: Project, seeds: range) -> ManyRuns:
    """Hold every run against a `Run` with its seed."""
    together = train_many(project, seeds)
    for place, seed in enumerate(seeds):
        alone = Run(replace(project, seed=seed))
        while alone.stop is None:
            alone.train_epochs(1)
        stop = together.stops[place]
        assert stop is not None and stop.rule == alone.stop.rule
        assert together.epochs[place] == alone.epoch
        np.testing.assert_allclose(together.parameters[place], alone.network.parameters, rtol=1e-12, atol=1e-12)
        for name in COLUMNS:
            found, expected = (getattr(curve, name) for curve in (together.curves[place], alone.history.curve()))
            np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)
    return together


def test_drawn_points_of_which_not_every_seed_keeps_equally_many_for_the_test() -> None:
    points = tuple((float(place % 5), float(place % 3), float(place % 2)) for place in range(26))
    drawn = replace(SMALL, data=DataSpec(source=PointsSource(points=points)))
    sizes = {len(Run(replace(drawn, seed=seed)).data.train_rows) for seed in range(8)}
    assert len(sizes) > 1
    check(drawn, range(8))
    told: list[tuple[int, int]] = []

    def tell(epoch: int, active: int) -> bool:
        told.append((epoch, active))
        return True

    train_many(drawn, range(8), progress=tell)
    assert told == [(epoch, 8 if epoch < 30 else 0) for epoch in range(1, 31)]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer(optimizer: str) -> None:
    check(tuned(optimizer=OptimizerSpec(name=optimizer, learning_rate=0.01), batch_size=7), range(5))


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule(schedule: str) -> None:
    check(tuned(schedule=ScheduleSpec(name=schedule, every=3, patience=1, period=10)), range(4))


def test_penalties_clipping_and_dropout() -> None:
    layers = (DenseSpec(6, "relu"), DropoutSpec(0.3), DenseSpec(4, "elu"))
    check(replace(tuned(l1=0.01, l2=0.01, clip_norm=0.2), network=NetworkSpec(layers=layers)), range(5))


def test_a_convolutional_network() -> None:
    layers = (Conv2DSpec(2, 3), MaxPool2DSpec(2), FlattenSpec())
    data = DataSpec(source=ImagesSource(), test_fraction=0.9)
    training = TrainingSpec(stop=StopSpec(max_epochs=2))
    check(Project(data=data, network=NetworkSpec(layers=layers), training=training), range(3))


def test_several_classes_of_a_table_and_everything_trains() -> None:
    data = DataSpec(
        source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize", test_fraction=0.0
    )
    assert np.isnan(check(replace(SMALL, data=data), range(3)).curves[0].test_cost).all()


def test_runs_end_one_by_one_and_get_their_best_weights_back() -> None:
    stop = StopSpec(max_epochs=200, patience=4, min_delta=0.001)
    together = check(tuned(optimizer=OptimizerSpec(name="adam", learning_rate=0.05), stop=stop), range(12))
    assert len(set(together.epochs)) > 3


def test_the_other_rules() -> None:
    stop = StopSpec(max_epochs=100, flat_epochs=3, min_delta=0.01, target_cost=0.3, gradient_norm=0.01)
    check(tuned(stop=stop), range(8))


def test_one_that_diverges_leaves_the_others_alone() -> None:
    network = NetworkSpec(layers=(DenseSpec(8, "relu"), DenseSpec(8, "relu")), output_activation="identity")
    project = replace(tuned(optimizer=OptimizerSpec(learning_rate=1.0), cost="mse"), network=network)
    rules = {stop.rule for stop in check(project, range(12)).stops if stop is not None}
    assert rules == {"diverged", "max_epochs"}


def test_identical_neurons_stay_identical_in_all_runs() -> None:
    network = NetworkSpec(layers=(DenseSpec(7),), initializer=InitializerSpec(name="constant", value=0.1))
    together = check(replace(SMALL, network=network), range(3))
    for parameters in together.parameters:
        assert distinct_neurons(together.architecture.matrices(parameters)[0]) == 1


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects())
def test_any_legal_project(project: Project) -> None:
    spec = replace(project.training, stop=StopSpec(max_epochs=3))
    check(replace(project, training=spec), range(3))


def test_progress_is_told_and_may_end_it_all() -> None:
    told = []

    def progress(epoch: int, active: int) -> bool:
        told.append((epoch, active))
        return epoch < 4

    together = train_many(SMALL, range(3), progress=progress)
    assert told == [(1, 3), (2, 3), (3, 3), (4, 3)]
    assert together.epochs == (4, 4, 4)
    assert together.stops == (None, None, None)


TOO_MUCH = "take fewer seeds, fewer samples or a smaller network"
HUGE = replace(SMALL, network=NetworkSpec(layers=(DenseSpec(1000), DenseSpec(1000))))
LARGE = replace(SMALL, data=DataSpec(source=GeneratedSource(samples=20_000)))


@pytest.mark.parametrize(
    ("project", "seeds", "words"),
    [
        (SMALL, range(0), "There is no seed; give at least one"),
        (replace(SMALL, training=TrainingSpec()), range(2), "max_epochs is null"),
        (LARGE, range(2000), TOO_MUCH),
        (HUGE, range(60), TOO_MUCH),
    ],
)
def test_what_is_refused(project: Project, seeds: range, words: str) -> None:
    with pytest.raises(InputError, match=words):
        train_many(project, seeds)


def test_seeds_may_be_anything_that_counts() -> None:
    expected = train_many(SMALL, [0, 1]).parameters
    for seeds in (np.arange(2), iter([0, 1]), (seed for seed in range(2))):
        found = train_many(SMALL, seeds)
        assert found.seeds == (0, 1)
        assert np.array_equal(found.parameters, expected)
