"""A run gives the same numbers however it is sliced, keeps what an edit leaves, and stops for a reason."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplayground.data.samples import Samples
from nnplayground.engine.metrics import distinct_neurons
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.errors import InputError
from nnplayground.project.changes import Consequence
from nnplayground.project.edits import with_layers
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    InitializerSpec,
    NetworkSpec,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.run.prepare import prepare_samples
from nnplayground.training.run.run import Run
from tests.plans import kept
from tests.projects import picture_projects, projects

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60, noise=0.1)))


def tuned(project: Project, **changes: Any) -> Project:
    return replace(project, training=replace(project.training, **changes))


def bits(run: Run) -> tuple[bytes, list[bytes], int]:
    curve = run.history.curve()
    columns = (curve.train_cost, curve.test_cost, curve.train_score, curve.test_score)
    return run.network.parameters.tobytes(), [column.tobytes() for column in columns], run.steps


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects(), cuts=st.lists(st.integers(1, 7), min_size=1, max_size=30))
def test_a_sliced_run_is_the_whole_run_bit_for_bit(project: Project, cuts: list[int]) -> None:
    whole, sliced = Run(project), Run(project)
    whole.train(sum(cuts))
    for cut in cuts:
        sliced.train(cut)
    assert bits(sliced) == bits(whole)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(case=picture_projects(), cuts=st.lists(st.integers(1, 7), min_size=1, max_size=10))
def test_a_sliced_run_on_pictures_is_the_whole_run_bit_for_bit(case: tuple[Project, Samples], cuts: list[int]) -> None:
    project, pictures = case
    whole, sliced = (Run(project, prepare_samples(project, pictures)) for _ in range(2))
    whole.train(sum(cuts))
    for cut in cuts:
        sliced.train(cut)
    assert bits(sliced) == bits(whole)
    assert np.isfinite(whole.history.curve().train_cost).all()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects())
def test_any_legal_project_trains_two_epochs_with_finite_cost(project: Project) -> None:
    run = Run(project)
    run.train_epochs(2)
    assert np.isfinite(run.history.curve().train_cost).all()
    assert np.isfinite(run.network.parameters).all()


def test_training_makes_the_cost_fall() -> None:
    run = Run(Project())
    run.train_epochs(100)
    train, test = run.measures()
    assert run.history.curve().train_cost[0] > 0.5
    assert train.cost is not None and train.cost < 0.1
    assert test.score is not None and test.score > 0.95


def test_three_classes_and_four_inputs_are_learned() -> None:
    penguins = DataSpec(source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize")
    run = Run(Project(data=penguins))
    run.train_epochs(60)
    assert run.architecture.sizes[-1] == 3
    assert run.architecture.sizes[0] >= 4
    score = run.measures()[1].score
    assert score is not None and score > 0.9


def test_the_last_short_batch_uses_its_own_size() -> None:
    """Written out by hand for one linear neuron, two batches of 2 and 1 samples."""
    network = NetworkSpec(layers=(), output_activation="identity")
    training = TrainingSpec(batch_size=2, shuffle=False, optimizer=OptimizerSpec(learning_rate=0.1), cost="half_mse")
    points = ((1.0, 2.0, 1.0), (0.5, -1.0, 0.0), (2.0, 1.0, -1.0))

    source = PointsSource(task="regression", classes=(), points=points)
    run = Run(Project(data=DataSpec(source=source, test_fraction=0.0), network=network, training=training))
    w = run.network.parameters.copy()
    for batch in (points[:2], points[2:]):
        gradient = np.zeros(3)
        for x1, x2, target in batch:
            x = np.array([x1, x2, 1.0])
            gradient += (w @ x - target) * x / len(batch)
        w -= 0.1 * gradient
    run.train_epochs(1)
    np.testing.assert_allclose(run.network.parameters, w, rtol=1e-12)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "identity"])
@pytest.mark.parametrize("width", [5, 7, 33])
def test_identical_weights_stay_identical(activation: str, width: int) -> None:
    layers = (DenseSpec(units=width, activation=activation), DenseSpec(units=3, activation=activation))
    network = NetworkSpec(layers=layers, initializer=InitializerSpec(name="constant", value=0.1))
    project = replace(SMALL, network=network)
    run = Run(tuned(project, l2=0.001, batch_size=7))
    run.train_epochs(200)
    matrices = run.architecture.matrices(run.network.parameters)
    assert [distinct_neurons(matrix) for matrix in matrices[:2]] == [1, 1]
    assert float(np.ptp(matrices[0], axis=0).max()) == 0.0
    assert not np.array_equal(matrices[0][0], Run(project).architecture.matrices(Run(project).network.parameters)[0][0])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("width", [5, 7, 33])
def test_identical_weights_stay_identical_under_every_optimizer(optimizer: str, width: int) -> None:
    network = NetworkSpec(layers=(DenseSpec(units=width),), initializer=InitializerSpec(name="constant", value=0.1))
    spec = OptimizerSpec(name=optimizer, learning_rate=0.01)
    run = Run(tuned(replace(SMALL, network=network), optimizer=spec, batch_size=7))
    start = run.network.parameters.copy()
    run.train_epochs(300)
    assert run.steps > 2000
    assert float(np.ptp(run.architecture.matrices(run.network.parameters)[0], axis=0).max()) == 0.0
    assert not np.array_equal(run.network.parameters, start)


SLOW = dict.fromkeys(("rmsprop", "adam", "adamw"), 0.005) | dict.fromkeys(("momentum", "nesterov"), 0.02)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_l1_makes_useless_weights_exactly_zero_and_they_stay_so(optimizer: str) -> None:
    spec = OptimizerSpec(name=optimizer, learning_rate=SLOW.get(optimizer, 0.1))
    network = NetworkSpec(layers=(DenseSpec(8), DenseSpec(8)))
    run = Run(replace(tuned(Project(), l1=0.01, optimizer=spec, batch_size=400), network=network))
    run.train_epochs(1500)
    zeros = []
    for _ in range(10):
        run.train(1)
        zeros.append(frozenset(np.flatnonzero((run.network.parameters == 0.0) & (run.architecture.weight_mask == 1.0))))
    assert len(zeros[0]) > 40  # of 88
    assert all(earlier <= later for earlier, later in pairwise(zeros))
    assert (run.measures()[0].score or 0.0) > 0.95


def test_noise_leaves_the_initial_weights_alone() -> None:
    noisy = replace(SMALL, data=DataSpec(source=GeneratedSource(samples=60, noise=0.9)))
    assert Run(noisy).network.parameters.tobytes() == Run(SMALL).network.parameters.tobytes()


def test_a_seed_for_the_weights_leaves_the_data_alone() -> None:
    other = replace(SMALL, network=replace(SMALL.network, initializer=InitializerSpec(seed=2)))
    one, two = Run(SMALL), Run(other)
    assert one.data.train_inputs.tobytes() == two.data.train_inputs.tobytes()
    assert one.network.parameters.tobytes() != two.network.parameters.tobytes()


def test_scaling_is_fitted_on_the_training_part_only() -> None:
    run = Run(replace(SMALL, data=replace(SMALL.data, scaling="standardize")))
    np.testing.assert_allclose(run.data.train_inputs.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(run.data.train_inputs.std(axis=0), 1.0, atol=1e-12)
    assert np.abs(run.data.test_inputs.mean(axis=0)).max() > 1e-3


class TestLiveChanges:
    @pytest.mark.parametrize(
        "spec",
        [TrainingSpec(optimizer=OptimizerSpec(name="adam")), TrainingSpec(cost="mse")],
        ids=["optimizer", "cost"],
    )
    def test_what_needs_a_new_run_is_refused(self, spec: TrainingSpec) -> None:
        run = Run(SMALL)
        with pytest.raises(InputError, match="begin a new run"):
            run.retune(spec)
        assert run.project == SMALL

    def test_tuning_does_not_touch_the_weights(self) -> None:
        run = Run(SMALL)
        run.train(3)
        before = run.network.parameters.copy()
        run.retune(replace(SMALL.training, optimizer=OptimizerSpec(learning_rate=0.5), l2=0.1, batch_size=3))
        assert np.array_equal(run.network.parameters, before)

    def test_a_new_batch_size_takes_the_rest_of_the_epoch(self) -> None:
        run = Run(SMALL)  # 48 training samples in batches of 10
        run.train(2)
        run.retune(replace(SMALL.training, batch_size=7))
        run.train(4)  # the remaining 28 samples
        assert run.epoch == 1
        run.train_epochs(1)
        assert run.steps == 2 + 4 + 7

    def test_a_network_that_grows_goes_on_as_good_as_it_was(self) -> None:
        run = Run(SMALL)
        run.train_epochs(40)
        more = replace(SMALL, network=NetworkSpec(layers=(DenseSpec(units=7), DenseSpec(units=3))))
        features = replace(SMALL, data=replace(SMALL.data, features=("x1", "x2", "x1*x2")))
        for project in (more, features):
            grown = Run(project, after=run)
            assert grown.measures()[0].cost == pytest.approx(run.measures()[0].cost, rel=1e-12)
            grown.train_epochs(40)
            assert (grown.measures()[0].cost or 1.0) < (run.measures()[0].cost or 0.0)

    def test_a_network_that_is_changed_before_it_trains_begins_its_curve_anew(self) -> None:
        before = Run(SMALL)
        shown = before.history.curve()
        changed = Run(with_layers(SMALL, (DenseSpec(4, "relu"), DenseSpec(2, "relu"))), before.data, after=before)
        (cost,) = changed.history.curve().train_cost
        assert cost == pytest.approx(changed.measures()[0].cost, rel=1e-12)
        assert cost != shown.train_cost[0] == pytest.approx(before.measures()[0].cost, rel=1e-12)

    def test_a_run_that_others_go_on_from_can_go_on_itself_and_each_has_its_own_curve(self) -> None:
        alone, run = Run(SMALL), Run(SMALL)
        for one in (alone, run):
            one.train_epochs(5)
        shown = run.history.curve()
        grown = [Run(with_layers(SMALL, (DenseSpec(units), DenseSpec(2))), run.data, after=run) for units in (6, 8)]
        for one in (grown[0], run, grown[1], alone):
            one.train_epochs(3)
        assert len(shown) == 6
        for one in (*grown, run):
            curve = one.history.curve()
            assert len(curve) == 9
            assert curve.train_cost[:6].tobytes() == shown.train_cost.tobytes()
        wanted, found = alone.history.curve(), run.history.curve()
        assert found.train_cost.tobytes() == wanted.train_cost.tobytes()
        assert found.gradient_norms.tobytes() == wanted.gradient_norms.tobytes()
        assert len({one.history.last for one in (*grown, run)}) == 3

    def test_a_grown_network_carries_on(self) -> None:
        run = Run(SMALL)
        run.train_epochs(5)
        wider = with_layers(SMALL, (DenseSpec(units=6), DenseSpec(units=2)))
        assert kept(SMALL, wider).consequence is Consequence.KEEP
        grown = Run(wider, run.data, after=run)
        assert grown.epoch == 5
        old, new = (
            run.architecture.matrices(run.network.parameters),
            grown.architecture.matrices(grown.network.parameters),
        )
        assert np.array_equal(new[0][:4], old[0])

    def test_a_feature_that_goes_takes_only_its_own_weights(self) -> None:
        run = Run(SMALL)
        run.train_epochs(3)
        fewer = replace(SMALL, data=replace(SMALL.data, features=("x2",)))
        after = Run(fewer, after=run)
        old, new = (
            run.architecture.weights(run.network.parameters),
            after.architecture.weights(after.network.parameters),
        )
        assert np.array_equal(new[0][:, 0], old[0][:, 1])

    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            (replace(SMALL, name="other"), Consequence.NOTHING),
            (tuned(SMALL, batch_size=5), Consequence.RETUNE),
            (tuned(SMALL, stop=StopSpec(max_epochs=5)), Consequence.RETUNE),
            (replace(SMALL, data=DataSpec(source=GeneratedSource(samples=80))), Consequence.KEEP),
            (replace(SMALL, data=replace(SMALL.data, features=("x1",))), Consequence.KEEP),
            (replace(SMALL, seed=2), Consequence.START_OVER),
            (tuned(SMALL, cost="mse"), Consequence.START_OVER),
            (replace(SMALL, data=DataSpec(source=GeneratedSource(name="xor", samples=60))), Consequence.START_OVER),
        ],
    )
    def test_what_an_edit_means(self, changed: Project, expected: Consequence) -> None:
        assert kept(SMALL, changed).consequence is expected


class TestStopping:
    def test_after_so_many_epochs(self) -> None:
        run = Run(tuned(SMALL, stop=StopSpec(max_epochs=3)))
        run.train_epochs(10)
        assert run.epoch == 3
        assert run.stop is not None and run.stop.rule == "max_epochs"

    def test_at_the_target_cost(self) -> None:
        run = Run(tuned(SMALL, stop=StopSpec(target_cost=0.5)))
        run.train_epochs(1000)
        curve = run.history.curve().train_cost
        assert run.stop is not None and run.stop.rule == "target_cost"
        assert curve[-1] <= 0.5 < curve[-2]

    def test_when_nothing_improves(self) -> None:
        run = Run(tuned(SMALL, stop=StopSpec(patience=4, min_delta=1e6)))
        run.train_epochs(100)
        assert run.epoch == 4
        assert run.stop is not None and run.stop.rule == "patience"
        assert run.stop.facts["part"] == "test"

    def test_patience_brings_the_best_weights_back(self) -> None:
        noisy = replace(SMALL, data=DataSpec(source=GeneratedSource(samples=40, noise=0.6)))
        layers = (DenseSpec(units=12), DenseSpec(units=12))
        project = tuned(replace(noisy, network=NetworkSpec(layers=layers)), stop=StopSpec(patience=30, min_delta=0.0))
        run = Run(tuned(project, optimizer=OptimizerSpec(learning_rate=0.3)))
        run.train_epochs(2000)
        curve = run.history.curve().test_cost
        assert run.stop is not None and run.stop.rule == "patience"
        assert run.stop.facts["best_epoch"] == int(curve.argmin())
        assert run.measures()[1].cost == curve.min() < curve[-1]

    def test_when_the_training_cost_is_flat(self) -> None:
        run = Run(tuned(SMALL, stop=StopSpec(flat_epochs=7, min_delta=1e6)))
        run.train_epochs(100)
        assert run.epoch == 7
        assert run.stop is not None and run.stop.rule == "flat"

    def test_when_the_gradient_is_short(self) -> None:
        run = Run(tuned(SMALL, stop=StopSpec(gradient_norm=0.05)))
        run.train_epochs(2000)
        assert run.stop is not None and run.stop.rule == "gradient_norm"
        assert run.gradient_norm() <= 0.05

    def test_the_length_of_the_gradient_is_that_of_finite_differences(self) -> None:
        run = Run(SMALL)
        flat, step, slopes = run.network.parameters, 1e-6, []
        for place, value in enumerate(flat.copy()):
            costs = []
            for shift in (step, -step):
                flat[place] = value + shift
                costs.append(run.network.cost(run.data.train_inputs, run.data.train_targets, cost=run.data.rule.cost))
            flat[place] = value
            slopes.append((costs[0] - costs[1]) / (2.0 * step))
        assert run.gradient_norm() == pytest.approx(float(np.linalg.norm(slopes)), rel=1e-6)

    def test_going_on_ignores_the_rule_that_fired(self) -> None:
        run = Run(tuned(SMALL, stop=StopSpec(max_epochs=3)))
        run.train_epochs(10)
        run.go_on()
        run.train_epochs(2)
        assert (run.epoch, run.stop) == (5, None)

    @pytest.mark.parametrize("activation", ["relu", "identity"])
    def test_divergence_keeps_the_last_finite_weights(self, activation: str) -> None:
        layers = (DenseSpec(activation=activation), DenseSpec(activation=activation))
        project = replace(SMALL, network=NetworkSpec(layers=layers, output_activation="identity"))
        run = Run(tuned(project, optimizer=OptimizerSpec(learning_rate=1e6)))
        run.train_epochs(50)
        assert run.stop is not None and run.stop.rule == "diverged"
        assert run.stop.facts["rate"] == 1e6
        assert np.isfinite(run.network.parameters).all()
        cost = run.measures()[0].cost
        assert cost is not None and np.isfinite(cost)
        assert np.isfinite(run.history.curve().train_cost).all()

    def test_an_epoch_that_ends_beyond_all_bounds_is_done_anew_when_the_training_goes_on(self) -> None:
        layers = (DenseSpec(4, activation="identity"),) * 3
        data = DataSpec(source=GeneratedSource(name="saddle", samples=20))
        project = tuned(
            Project(data=data, network=NetworkSpec(layers=layers)), optimizer=OptimizerSpec(learning_rate=1e5)
        )
        run = Run(tuned(project, batch_size=64))
        run.train_epochs(10)
        assert run.stop is not None and run.stop.rule == "diverged"
        assert (run.epoch, run.batch, run.batches_left) == (1, 0, 1)
        run.retune(replace(run.project.training, optimizer=OptimizerSpec(learning_rate=1e-6)))
        run.go_on()
        run.train_epochs(1)
        assert run.epoch == 2

    @pytest.mark.parametrize("bad", [np.inf, np.nan])
    def test_a_weight_beyond_all_bounds_is_divergence_though_the_cost_is_finite(self, bad: float) -> None:
        run = Run(replace(SMALL, network=NetworkSpec(layers=(DenseSpec(3, "tanh"), DenseSpec(2, "step")))))
        run.train_epochs(1)
        before = run.network.parameters.copy()
        run.network.parameters[0] = bad
        run.train_epochs(1)
        assert run.stop is not None and run.stop.rule == "diverged"
        assert np.isfinite(run.network.parameters).all()
        assert run.network.parameters[0] == before[0]

    def test_first_weights_beyond_all_bounds_are_told_at_once(self) -> None:
        layers = tuple(DenseSpec(units=10, activation="identity") for _ in range(60))
        start = InitializerSpec(name="constant", value=100.0)
        run = Run(replace(SMALL, network=NetworkSpec(layers=layers, initializer=start, output_activation="identity")))
        assert run.stop is not None and run.stop.rule == "cannot_begin"
        assert run.stop.has_diverged and run.stop.reason == "diverged"
        assert run.measures()[0].cost is None
        assert run.train(5) == 0
