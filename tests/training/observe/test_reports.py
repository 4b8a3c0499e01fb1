"""A report holds the figures that loops written out give, and taking one leaves the run as it was."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from nnplayground.arrays import Floats
from nnplayground.data.samples import Samples
from nnplayground.engine import network as engine_network
from nnplayground.engine.statistics import LayerStatistics
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec, MaxPool2DSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.observe.reports import STATISTICS_SAMPLES, Report, Reporter, make_report
from nnplayground.training.run.prepare import prepare_samples
from nnplayground.training.run.run import Run
from tests.projects import picture_projects, projects

PENGUINS = Project(
    data=DataSpec(source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize"),
    network=NetworkSpec(layers=(DenseSpec(units=5, activation="relu"),)),
)
WEIGHT = replace(
    PENGUINS, data=replace(PENGUINS.data, source=TableSource(path="penguins.csv", targets=("body_mass_g",))),
    training=TrainingSpec(optimizer=OptimizerSpec(name="adam", learning_rate=0.1)),
)  # fmt: skip
DIGITS = Project(
    data=DataSpec(source=ImagesSource(name="digits"), scaling="min_max"),
    network=NetworkSpec(
        layers=(
            Conv2DSpec(filters=3),
            MaxPool2DSpec(),
            FlattenSpec(),
            DropoutSpec(),
            DenseSpec(units=6, activation="relu"),
        )
    ),
)
# One tanh-free neuron on four points: class "b" is answered where x1 > 0, so point 3 of class "a" is taken for "b".
BY_HAND = Project(
    data=DataSpec(
        source=PointsSource(
            classes=("a", "b"), points=((-1.0, 0.0, 0.0), (-2.0, 0.0, 0.0), (3.0, 0.0, 0.0), (4.0, 0.0, 1.0))
        ),
        test_fraction=0.0,
    ),
    network=NetworkSpec(layers=(), output_activation="tanh"),
    parameters=Parameters(weights=(((3.0, 4.0),),), biases=((0.0,),)),
    training=TrainingSpec(l1=0.5, l2=2.0),
)


def trained(project: Project, epochs: int) -> Run:
    run = Run(project)
    run.train_epochs(epochs)
    return run


def answers(run: Run, inputs: Floats) -> list[list[float]]:
    """Return the outputs for each sample of a network of ReLU layers, computed one neuron at a time."""
    result = []
    for sample in inputs.tolist():
        values = sample
        pairs = list(
            zip(
                run.architecture.weights(run.network.parameters),
                run.architecture.biases(run.network.parameters),
                strict=True,
            )
        )
        for place, (weights, biases) in enumerate(pairs):
            sums = [
                sum(w * v for w, v in zip(row, values, strict=True)) + b
                for row, b in zip(weights.tolist(), biases.tolist(), strict=True)
            ]
            values = sums if place == len(pairs) - 1 else [max(0.0, z) for z in sums]
        result.append(values)
    return result


def same(one: Report, other: Report, *, tolerance: float) -> bool:
    """Tell whether two reports hold the same costs and counts."""
    return (
        abs(one.train.cost - other.train.cost) <= tolerance
        and one.train.confusion is not None
        and other.train.confusion is not None
        and np.array_equal(one.train.confusion, other.train.confusion)
        and all(
            abs((a.statistics.gradient_norm or 0.0) - (b.statistics.gradient_norm or 0.0)) <= tolerance
            for a, b in zip(one.layers, other.layers, strict=True)
        )
    )


class TestParts:
    def test_a_case_by_hand(self) -> None:
        report = make_report(Run(BY_HAND))
        train = report.train
        assert report.test is None
        assert train.confusion is not None and train.confusion.tolist() == [[2, 1], [0, 1]]
        assert (train.samples, train.accuracy) == (4, 0.75)
        assert train.balanced_accuracy == pytest.approx((2 / 3 + 1) / 2)
        assert train.by_class is not None
        assert train.by_class.precision.tolist() == [1.0, 0.5]
        assert report.penalty == 0.5 * 7.0 + 0.5 * 2.0 * 25.0
        assert (train.r_squared, train.mean_absolute_error) == (None, None)
        assert report.layers[0].statistics.weight_norm == 5.0

    def test_classes_are_counted_as_a_loop_counts_them(self) -> None:
        run = trained(PENGUINS, 3)
        report = make_report(run)
        for part, inputs, rows in (
            (report.train, run.data.train_inputs, run.data.train_rows),
            (report.test, run.data.test_inputs, run.data.test_rows),
        ):
            counts = [[0, 0, 0] for _ in range(3)]
            for values, row in zip(answers(run, inputs), rows.tolist(), strict=True):
                counts[int(run.data.samples.targets[row])][values.index(max(values))] += 1
            assert part is not None and part.confusion is not None and part.confusion.tolist() == counts
            assert part.accuracy == pytest.approx(sum(counts[k][k] for k in range(3)) / len(rows))
            assert part.balanced_accuracy == pytest.approx(sum(counts[k][k] / sum(counts[k]) for k in range(3)) / 3)

    def test_costs_and_scores_are_those_of_the_run(self) -> None:
        run = trained(PENGUINS, 2)
        report, (train, test) = make_report(run), run.measures()
        assert report.test is not None
        assert (report.train.cost, report.train.accuracy) == (train.cost, train.score)
        assert (report.test.cost, report.test.accuracy) == (test.cost, test.score)

    def test_numbers_have_errors_in_the_unit_of_the_target(self) -> None:
        run = trained(WEIGHT, 20)
        report = make_report(run)
        shift, scale = run.data.target_scaling.shift[0], run.data.target_scaling.scale[0]
        outputs = [values[0] * scale + shift for values in answers(run, run.data.train_inputs)]
        targets = [float(run.data.samples.targets[row]) for row in run.data.train_rows]
        mean = sum(targets) / len(targets)
        left = sum((t - o) ** 2 for t, o in zip(targets, outputs, strict=True))
        assert report.train.mean_absolute_error == pytest.approx(
            sum(abs(t - o) for t, o in zip(targets, outputs, strict=True)) / len(targets)
        )
        assert report.train.root_mean_squared_error == pytest.approx((left / len(targets)) ** 0.5)
        assert report.train.r_squared == pytest.approx(1 - left / sum((t - mean) ** 2 for t in targets))
        assert (report.train.accuracy, report.train.confusion, report.train.by_class) == (None, None, None)


class TestLayers:
    def test_gradients_are_those_of_finite_differences_without_dropout(self) -> None:
        layers = (DenseSpec(units=3), DropoutSpec(rate=0.5), DenseSpec(units=2))
        run = trained(Project(data=DataSpec(source=GeneratedSource(samples=40)), network=NetworkSpec(layers=layers)), 1)
        flat, slopes, step = run.network.parameters, [], 1e-6
        for place in range(len(flat)):
            costs = []
            for sign in (1, -1):
                flat[place] += sign * step
                costs.append(make_report(run).train.cost)
                flat[place] -= sign * step
            slopes.append((costs[0] - costs[1]) / (2 * step))
        norms = [sqrt(float(np.square(part).sum())) for part in run.architecture.matrices(np.array(slopes))]
        found = [layer.statistics.gradient_norm for layer in make_report(run).layers]
        assert found == pytest.approx(norms, rel=1e-5)

    def test_dead_and_distinct_neurons_are_counted_on_the_samples(self) -> None:
        run = trained(PENGUINS, 1)
        matrix = run.architecture.matrices(run.network.parameters)[0]
        matrix[0, :-1], matrix[0, -1] = 0.0, -1.0  # never answers
        matrix[2] = matrix[1]
        hidden = make_report(run).layers[0]
        assert hidden.statistics.dead == pytest.approx(1 / 5)
        assert (hidden.statistics.distinct, hidden.neurons, hidden.units) == (4, 5, 5)
        sums = run.data.train_inputs @ matrix[:, :-1].T + matrix[:, -1]
        assert hidden.statistics.saturated == pytest.approx(float((sums <= 0).mean()))

    def test_pictures_have_layers_without_weights_and_some_that_only_hand_on(self) -> None:
        report = make_report(Run(DIGITS))
        rows = [(layer.place, layer.kind, layer.activation, layer.units, layer.neurons) for layer in report.layers]
        assert rows == [
            (1, "conv2d", "relu", 3 * 6 * 6, 3),
            (2, "max_pool2d", None, 3 * 3 * 3, None),
            (5, "dense", "relu", 6, 6),
            (6, "dense", "softmax", 10, 10),
        ]
        assert [layer.is_output for layer in report.layers] == [False, False, False, True]
        pooling = report.layers[1].statistics
        assert (pooling.weight_norm, pooling.gradient_norm, pooling.distinct) == (None, None, None)
        assert int(pooling.histogram.counts.sum()) == 27 * report.layer_samples

    def test_large_data_are_represented_by_samples_spread_over_them(self) -> None:
        source = GeneratedSource(samples=3000)
        run = Run(Project(data=DataSpec(source=source, test_fraction=0.0), network=NetworkSpec(layers=())))
        report = make_report(run)
        assert report.layer_samples == STATISTICS_SAMPLES
        histogram = report.layers[0].statistics.histogram
        outputs = run.network.outputs(run.data.train_inputs)[::3]
        assert histogram.mean == pytest.approx(float(outputs.mean()))

    def test_identical_neurons_are_told(self) -> None:
        network = NetworkSpec(layers=(DenseSpec(units=7),), initializer=InitializerSpec(name="constant", value=0.3))
        run = trained(Project(data=DataSpec(source=GeneratedSource(samples=40)), network=network), 2)
        assert make_report(run).layers[0].statistics.distinct == 1


def test_work_in_chunks_gives_the_same_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    run = trained(PENGUINS, 2)
    whole = make_report(run)
    monkeypatch.setattr(engine_network, "MOST_VALUES", 100)
    assert run.network.chunk < len(run.data.train_inputs)
    parts = make_report(run)
    assert same(whole, parts, tolerance=1e-12)
    assert parts.layer_samples == run.network.chunk


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan, 1e200])
def test_weights_beyond_all_bounds_can_be_reported(value: float) -> None:
    for project in (PENGUINS, WEIGHT, DIGITS):
        run = Run(project)
        run.network.parameters[::3] = value
        report = make_report(run)
        assert report.train.samples == len(run.data.train_rows)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects())
def test_reports_in_between_leave_the_run_bit_for_bit_as_it_was(project: Project) -> None:
    assert_undisturbed(Run(project), Run(project))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(case=picture_projects())
def test_so_do_reports_on_pictures(case: tuple[Project, Samples]) -> None:
    project, pictures = case
    assert_undisturbed(*(Run(project, prepare_samples(project, pictures)) for _ in range(2)))


def test_a_run_with_dropout_draws_the_same_with_reports_in_between() -> None:
    layers = (DenseSpec(units=6), DropoutSpec(rate=0.5), DenseSpec(units=6), DropoutSpec(rate=0.2))
    training: dict[str, Any] = {"optimizer": OptimizerSpec(name="adam", learning_rate=0.01), "l2": 0.01}
    project = Project(network=NetworkSpec(layers=layers), training=TrainingSpec(**training))
    assert_undisturbed(Run(project), Run(project), batches=90)


def assert_undisturbed(plain: Run, watched: Run, *, batches: int = 12) -> None:
    """Check that a run with a report after every batch has the bits of one without."""
    reporter = Reporter(watched)
    report = reporter.report()
    for _ in range(batches):
        plain.train(1)
        watched.train(1)
        report = reporter.report()
    assert watched.network.parameters.tobytes() == plain.network.parameters.tobytes()
    assert watched.history.curve().train_cost.tobytes() == plain.history.curve().train_cost.tobytes()
    cost = plain.measures()[0].cost
    assert cost is None or report.train.cost == cost


def test_a_report_leaves_the_gradient_of_the_last_batch_to_be_shown() -> None:
    run = Run(PENGUINS)
    run.train(3)
    asked = run.network.gradient.copy()
    make_report(run)
    run.gradient_norm()
    assert np.array_equal(run.network.gradient, asked)


class TestTwoClasses:
    @pytest.mark.parametrize("output", ["sigmoid", "tanh", "softmax", "identity"])
    def test_the_roc_curve_goes_through_what_the_confusion_matrix_counts(self, output: str) -> None:
        source = GeneratedSource(samples=200, noise=0.4)
        run = trained(Project(data=DataSpec(source=source), network=NetworkSpec(output_activation=output)), 5)
        for part in (make_report(run).train, make_report(run).test):
            assert part is not None and part.roc is not None and part.confusion is not None
            (right, false), (missed, found) = part.confusion.tolist()
            at_half = int((part.roc.thresholds > 0.5).sum()) - 1
            assert part.roc.false_positives[at_half] == pytest.approx(false / (right + false))
            assert part.roc.true_positives[at_half] == pytest.approx(found / (missed + found))

    def test_more_classes_and_numbers_have_none(self) -> None:
        assert make_report(Run(PENGUINS)).train.roc is None
        assert make_report(Run(WEIGHT)).train.roc is None


def test_the_predicted_classes_are_those_that_the_matrix_counts() -> None:
    run = trained(PENGUINS, 3)
    report = make_report(run)
    for part, rows in ((report.train, run.data.train_rows), (report.test, run.data.test_rows)):
        assert part is not None and part.predicted is not None and part.confusion is not None
        counts = np.zeros((3, 3), dtype=int)
        for true, predicted in zip(run.data.samples.targets[rows].tolist(), part.predicted.tolist(), strict=True):
            counts[int(true), predicted] += 1
        assert np.array_equal(part.confusion, counts)
    assert make_report(Run(WEIGHT)).train.predicted is None


class TestStart:
    @pytest.mark.parametrize("project", [PENGUINS, WEIGHT, DIGITS], ids=["classes", "numbers", "pictures"])
    def test_the_layers_at_the_start_are_those_that_were_reported_then(self, project: Project) -> None:
        run = Run(project)
        then, start = make_report(run), run.checkpoint()
        run.train(5)
        assert Reporter(run).report().start is None
        now = Reporter(run, start).report()
        assert now.start is not None and now.start_epoch == 0
        for one, other in zip(now.start, then.layers, strict=True):
            assert (one.place, one.kind, one.units) == (other.place, other.kind, other.units)
            assert figures(one.statistics) == pytest.approx(figures(other.statistics), nan_ok=True)

    def test_it_is_computed_once(self) -> None:
        run = Run(PENGUINS)
        reporter = Reporter(run, run.checkpoint())
        first = reporter.report().start
        run.train(3)
        assert first is not None and reporter.report().start is first

    def test_looking_at_it_leaves_the_run_as_it_was(self) -> None:
        run = Run(PENGUINS)
        start = run.checkpoint()
        run.train(7)
        before, gradient = run.network.parameters.tobytes(), run.network.gradient.tobytes()
        Reporter(run, start).report()
        assert (run.network.parameters.tobytes(), run.network.gradient.tobytes()) == (before, gradient)


def figures(found: LayerStatistics) -> list[float]:
    """Return what is told of a layer as numbers."""
    spreads = [one for one in (found.histogram, found.weights, found.gradients) if one is not None]
    alone = [found.weight_norm, found.gradient_norm, found.dead, found.saturated, found.variation]
    return [
        *(-1.0 if value is None else value for value in alone),
        *(value for one in spreads for value in (*one.counts.tolist(), *one.edges.tolist())),
    ]
