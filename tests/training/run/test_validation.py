"""The validation part: its rows, its cost written out, and that it alone decides which epoch is the best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from nnplayground.arrays import Floats
from nnplayground.errors import FieldError, InputError
from nnplayground.explain.terminal import summary
from nnplayground.explain.words import words_of
from nnplayground.headless import train, with_epochs
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, PointsSource, Project, TableSource
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.many.multi_seed_runs import MultiSeedRuns, train_many
from nnplayground.training.many.race import Race, rate_lanes
from nnplayground.training.many.seeds import SeedsRequest, seeds_from, study_seeds
from nnplayground.training.run.parts import ALL_PARTS
from nnplayground.training.run.prepare import Prepared, prepare
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session
from tests.projects import projects

NOISY = DataSpec(source=GeneratedSource("moons", samples=90, noise=0.6), test_fraction=0.3, validation_fraction=0.3)
FAST = TrainingSpec(optimizer=OptimizerSpec(name="adam", learning_rate=0.05), batch_size=20)
SMALL = Project(data=NOISY, network=NetworkSpec(layers=(DenseSpec(6, "tanh"),)), training=FAST)


def rows(data: Prepared) -> list[list[int]]:
    return [data.rows_of(part).tolist() for part in ALL_PARTS]


@settings(deadline=None, max_examples=60)
@given(projects(), st.sampled_from([0.1, 0.25, 0.4]))
def test_the_parts_are_all_rows_once_each_in_order_and_the_test_rows_stay(project: Project, share: float) -> None:
    with_it = replace(project, data=replace(project.data, validation_fraction=share))
    before = prepare(project)
    try:
        after = prepare(with_it)
    except InputError:  # too few are left to train all outputs, which other tests hold
        reject()
    parts = rows(after)
    assert sorted(row for part in parts for row in part) == list(range(len(after.samples.inputs)))
    assert all(part == sorted(part) for part in parts)
    assert after.test_rows.tolist() == before.test_rows.tolist()
    assert set(after.train_rows.tolist()) | set(after.validation_rows.tolist()) == set(before.train_rows.tolist())
    if not isinstance(project.data.source, PointsSource):
        assert len(after.validation_rows) == round(share * len(after.samples.inputs))


def test_a_larger_validation_part_keeps_the_rows_of_a_smaller_one() -> None:
    small, large = (
        set(prepare(replace(SMALL, data=replace(NOISY, validation_fraction=share))).validation_rows.tolist())
        for share in (0.1, 0.4)
    )
    assert small < large


def test_drawn_points_keep_their_part_when_another_one_is_drawn() -> None:
    points = tuple((float(place), 0.0, float(place % 2)) for place in range(80))
    data = DataSpec(source=PointsSource(points=points[:-1]), test_fraction=0.2, validation_fraction=0.2)
    fewer, more = (
        prepare(Project(data=replace(data, source=PointsSource(points=some)))) for some in (points[:-1], points)
    )
    assert fewer.part_numbers.tolist() == more.part_numbers[:-1].tolist()
    assert all(12 <= len(fewer.rows_of(part)) <= 20 for part in ("validation", "test"))


@pytest.mark.parametrize(("test", "validation"), [(0.9, 0.1), (0.5, 0.5), (0.9, 0.06), (0.06, 0.9)])
def test_shares_that_leave_nothing_to_train_are_refused(test: float, validation: float) -> None:
    with pytest.raises(FieldError, match=r"validation_fraction is .* some samples must train"):
        DataSpec(test_fraction=test, validation_fraction=validation)
    assert DataSpec(test_fraction=0.9, validation_fraction=0.05).validation_fraction == 0.05


def test_a_share_of_nothing_is_refused() -> None:
    data = DataSpec(source=GeneratedSource(samples=10), validation_fraction=0.01)
    with pytest.raises(InputError, match=r"validation fraction of 0\.01, none of 10 samples is left for validation"):
        prepare(Project(data=data))


def forward(run: Run, inputs: Floats) -> Floats:
    """Return the output of a network with one tanh layer and a sigmoid, written out sample by sample."""
    (first, second), (bias, last) = (
        run.architecture.weights(run.network.parameters),
        run.architecture.biases(run.network.parameters),
    )
    answers = []
    for sample in inputs:
        hidden = [
            np.tanh(sum(w * x for w, x in zip(row, sample, strict=True)) + b)
            for row, b in zip(first, bias, strict=True)
        ]
        total = sum(w * h for w, h in zip(second[0], hidden, strict=True)) + last[0]
        answers.append(1.0 / (1.0 + np.exp(-total)))
    return np.array(answers)


def test_its_cost_and_accuracy_are_those_of_a_forward_pass_written_out() -> None:
    network = NetworkSpec(layers=(DenseSpec(3, "tanh"),), output_activation="sigmoid")
    run = Run(replace(SMALL, network=network, training=replace(FAST, cost="binary_cross_entropy")))
    run.train_epochs(7)
    chosen = run.data.samples.inputs[run.data.validation_rows]
    truth = run.data.samples.targets[run.data.validation_rows]
    answers = forward(run, chosen)
    cost = -np.mean(truth * np.log(answers) + (1.0 - truth) * np.log(1.0 - answers))
    measured = run.measures_by_part().validation
    assert measured.cost == pytest.approx(cost, rel=1e-12)
    assert measured.score == pytest.approx(float(np.mean((answers > 0.5) == truth)))
    curve = run.history.curve()
    assert (curve.validation_cost[-1], curve.validation_score[-1]) == (measured.cost, measured.score)
    assert len(curve.validation_cost) == 8 and np.isfinite(curve.validation_cost).all()


def test_without_a_validation_part_nothing_is_measured_of_it() -> None:
    run = Run(replace(SMALL, data=replace(NOISY, validation_fraction=0.0)))
    run.train_epochs(3)
    curve = run.history.curve()
    assert not curve.has_validation and np.isnan(curve.validation_cost).all() and len(curve.validation_cost) == 4
    assert run.measures_by_part().validation.cost is None and run.data.deciding == "test"


def test_the_validation_part_trains_nothing() -> None:
    """The same training rows without the part give the same weights, bit for bit."""
    run = Run(replace(SMALL, training=replace(FAST, shuffle=False)))
    kept = np.concatenate([run.data.train_rows, run.data.test_rows])
    samples = run.data.samples
    table = np.column_stack([samples.inputs, samples.targets])[kept]
    source = PointsSource(
        classes=samples.classes,
        points=tuple((x, y, target) for x, y, target in table.tolist()),
        parts=("train",) * len(run.data.train_rows) + ("test",) * len(run.data.test_rows),
    )
    alone = Run(replace(run.project, data=DataSpec(source=source, split="given")))
    for one in (run, alone):
        one.train_epochs(10)
    assert run.network.parameters.tobytes() == alone.network.parameters.tobytes()
    assert run.history.curve().test_cost.tobytes() == alone.history.curve().test_cost.tobytes()


class TestDeciding:
    def test_patience_watches_it_and_its_best_weights_come_back(self) -> None:
        run = Run(replace(SMALL, training=replace(FAST, stop=StopSpec(patience=10, min_delta=0.0, max_epochs=400))))
        run.train_epochs(400)
        curve = run.history.curve()
        best = int(np.argmin(curve.validation_cost))
        assert run.stop is not None and run.stop.rule == "patience"
        assert run.best_epoch == best and len(curve) - 1 == best + 10
        assert best != int(np.argmin(curve.test_cost))
        assert "The validation cost has not fallen" in words_of(run.stop.message)
        assert f"epoch {best}, the best, chosen on the validation part, are back" in words_of(run.stop.message)
        assert run.measures_by_part().validation.cost == curve.validation_cost[best]

    def test_without_it_the_test_part_chooses_and_the_sentence_says_so(self) -> None:
        data = replace(NOISY, validation_fraction=0.0)
        run = Run(replace(SMALL, data=data, training=replace(FAST, stop=StopSpec(patience=5, max_epochs=400))))
        run.train_epochs(400)
        assert run.best_epoch == int(np.argmin(run.history.curve().test_cost))
        assert run.stop is not None and "the best, chosen on the test part, are back" in words_of(run.stop.message)

    def test_the_plateau_schedule_watches_it(self) -> None:
        schedule = ScheduleSpec(name="reduce_on_plateau", patience=0, factor=0.9)
        run = Run(replace(SMALL, training=replace(FAST, schedule=schedule)))
        cuts, lowest = 0, float("inf")
        for _ in range(40):
            run.train_epochs(1)
            cost = run.history.last[4]
            if cost < lowest * (1.0 - 1e-4):
                lowest = cost
            else:
                cuts += 1
        assert 0 < cuts < 40
        assert run.learning_rate == pytest.approx(0.05 * 0.9**cuts)

    def test_checkpoints_journeys_and_restarts_know_it(self) -> None:
        session = Session(Run(SMALL), 1)
        for epoch in range(1, 13):
            session.train_until(epoch)
            session.advance(1000)
        whole = session.snapshot(epochs_per_second=0.0)
        assert whole.curve.has_validation and whole.validation.cost == whole.curve.validation_cost[-1]
        assert whole.record.best_epoch == int(np.argmin(whole.curve.validation_cost))
        session.travel(5)
        back = session.snapshot(epochs_per_second=0.0)
        assert back.curve.validation_cost.tobytes() == whole.curve.validation_cost[: back.epoch + 1].tobytes()
        session.train_until(12)
        session.advance(1000)
        again = session.snapshot(epochs_per_second=0.0)
        assert again.curve.validation_cost.tobytes() == whole.curve.validation_cost.tobytes()
        session.restart()
        assert session.snapshot(epochs_per_second=0.0).curve.validation_cost[0] == whole.curve.validation_cost[0]


class TestManyRuns:
    LIMITED = replace(SMALL, training=replace(FAST, stop=StopSpec(max_epochs=60, patience=8)))

    def test_each_has_the_curve_and_the_end_that_it_has_alone(self) -> None:
        many = train_many(self.LIMITED, range(4))
        for seed, curve, stop in zip(many.seeds, many.curves, many.stops, strict=True):
            alone = Run(replace(self.LIMITED, seed=seed))
            alone.train_epochs(60)
            own = alone.history.curve()
            np.testing.assert_allclose(curve.validation_cost, own.validation_cost, rtol=1e-12)
            np.testing.assert_allclose(curve.validation_score, own.validation_score, rtol=1e-12)
            assert stop is not None and alone.stop is not None and stop.rule == alone.stop.rule

    def test_drawn_points_with_parts_of_different_sizes_are_trained_in_groups(self) -> None:
        points = tuple((float(place), float(place % 5), float(place % 2)) for place in range(47))
        data = DataSpec(source=PointsSource(points=points), test_fraction=0.2, validation_fraction=0.3)
        project = replace(self.LIMITED, data=data)
        sizes = {len(prepare(replace(project, seed=seed)).validation_rows) for seed in range(12)}
        assert len(sizes) > 1
        assert train_many(project, range(12)).parameters.shape[0] == 12

    def test_a_study_counts_the_part_that_decides_and_has_all_bands(self) -> None:
        study = study_seeds(SMALL, SeedsRequest(seeds_from(1, 5), "weights", 6), tell=lambda study: None)
        assert study.part == "validation" and set(study.bands) == set(ALL_PARTS)
        assert study.costs.tolist() == study.results[4].tolist()
        assert study.band.quantiles[0, -1] == study.results[4].min()

    def test_results_that_got_their_best_back_have_its_validation_cost(self) -> None:
        many = MultiSeedRuns(self.LIMITED, range(4), keeps_rows=True)
        while many.is_training:
            many.train_epoch()
        for place, curve in enumerate(many.runs().curves):
            stop = many.stops[place]
            if stop is not None and stop.restores_best:
                assert many.results[4, place] == np.min(curve.validation_cost)

    def test_a_race_is_ranked_by_it(self) -> None:
        race = Race(SMALL, rate_lanes(FAST, (0.0001, 0.05)), epochs=15)
        while not race.is_over:
            race.advance(1, between=lambda: None)
        standings = race.standings()
        order = sorted(standings.lanes, key=lambda lane: lane.validation.cost or 0.0)
        assert [lane.rank for lane in order] == [1, 2]
        assert all(lane.decides == lane.validation for lane in standings.lanes)


def test_the_figures_and_the_summary_have_it() -> None:
    run = Run(with_epochs(SMALL, 300))
    figures = train(run, progress=lambda done, total: None)
    assert figures["validation_cost"] == run.measures_by_part().validation.cost
    assert figures["validation_accuracy"] == run.measures_by_part().validation.score
    assert figures["validation"]["samples"] == len(run.data.validation_rows) == 27
    assert (figures["best_epoch"], figures["best_chosen_on"]) == (run.best_epoch, "validation")
    assert run.best_epoch < 300
    text = summary(figures)
    assert f"The best epoch was {run.best_epoch}, chosen on the validation part." in text
    assert "validation cost" in text and "validation accuracy" in text
    assert text.split("\n\n")[1].split()[:3] == ["train", "validation", "test"]


def test_a_table_and_numbers_have_it_too() -> None:
    source = TableSource(path="penguins.csv", targets=("body_mass_g",))
    run = Run(Project(data=DataSpec(source=source, scaling="standardize", validation_fraction=0.2)))
    run.train_epochs(2)
    assert run.measures_by_part().validation.score is not None
