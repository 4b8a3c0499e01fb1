"""Several numeric targets at once, and targets that are scaled for training: what is learned, measured and told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnplayground.api import plane
from nnplayground.data.scaling import AS_THEY_ARE
from nnplayground.engine.metrics import mean_r_squared, root_mean_squared_error
from nnplayground.explain.words import words_of
from nnplayground.export.samples_csv import column_names
from nnplayground.message import Message
from nnplayground.project.changes import Consequence, plan
from nnplayground.project.model import DataSpec, PointsSource, Project
from nnplayground.project.training_spec import StopSpec
from nnplayground.training.many.multi_seed_runs import seeded, train_many
from nnplayground.training.many.race import Race, rate_lanes
from nnplayground.training.observe.answers import AnswersRequest, answers_of
from nnplayground.training.observe.gradient_check import gradient_check
from nnplayground.training.observe.maps import MapMaker, MapRequest
from nnplayground.training.observe.observation import Subject
from nnplayground.training.observe.report_as_json import report_as_json
from nnplayground.training.observe.reports import make_report
from nnplayground.training.run.prepare import prepare
from nnplayground.training.run.run import Run
from tests.houses import house_rows, houses


def r_squared_of(answers: list[float], targets: list[float]) -> float:
    """Return R² of one target, written out."""
    mean = sum(targets) / len(targets)
    left = sum((target - answer) ** 2 for target, answer in zip(targets, answers, strict=True))
    return 1.0 - left / sum((target - mean) ** 2 for target in targets)


def trained(project: Project, epochs: int = 60) -> Run:
    """Return a run of so many epochs."""
    run = Run(project)
    run.train_epochs(epochs)
    return run


def test_there_is_an_output_for_each_target_and_the_names_stay() -> None:
    data = prepare(houses())
    assert data.rule.outputs == 2
    assert data.samples.target_names == ("price", "rent")
    assert data.train_targets.shape == (len(data.train_rows), 2)


def test_the_scaling_is_that_of_the_training_part_alone() -> None:
    data = prepare(houses())
    values = np.array([row[2:] for row in house_rows()])[data.train_rows]
    assert data.target_scaling.shift == pytest.approx(values.mean(axis=0))
    assert data.target_scaling.scale == pytest.approx(values.std(axis=0))
    assert data.train_targets.mean(axis=0) == pytest.approx([0.0, 0.0], abs=1e-12)


def test_answers_come_back_in_the_units_of_the_data_and_nothing_else_changes() -> None:
    data = prepare(houses())
    assert data.answers(data.train_targets.T) == pytest.approx(data.samples.targets[data.train_rows].T)
    usual = prepare(Project(data=DataSpec(source=houses("price").data.source, target_scaling="none")))
    outputs = np.array([[1.0, 2.0]])
    assert usual.target_scaling == AS_THEY_ARE and usual.answers(outputs) is outputs


def test_both_targets_are_learned_and_measured_each_in_its_own_unit() -> None:
    run = trained(houses())
    report = make_report(run)
    answers = answers_of(Subject(run))(AnswersRequest()).predicted
    for part, rows in ((report.train, run.data.train_rows), (report.test, run.data.test_rows)):
        assert part is not None
        for place, (target, name) in enumerate(zip(part.by_target, ("price", "rent"), strict=True)):
            wanted = [house_rows()[row][2 + place] for row in rows]
            given = answers[rows, place].tolist()
            errors = [one - other for one, other in zip(given, wanted, strict=True)]
            assert target.name == name
            assert target.r_squared == pytest.approx(r_squared_of(given, wanted))
            assert target.r_squared > 0.9
            rmse = (sum(error**2 for error in errors) / len(errors)) ** 0.5
            assert target.root_mean_squared_error == pytest.approx(rmse)
            assert target.mean_absolute_error == pytest.approx(sum(map(abs, errors)) / len(errors))
        assert part.r_squared == pytest.approx(sum(one.r_squared for one in part.by_target) / 2.0)
        assert part.mean_absolute_error is None and part.root_mean_squared_error is None


def test_the_score_of_the_curve_is_that_of_the_report() -> None:
    run = trained(houses())
    train, test, _ = run.last_measures_by_part()
    report = make_report(run)
    assert report.test is not None
    assert train.score == pytest.approx(report.train.r_squared)
    assert test.score == pytest.approx(report.test.r_squared)


def test_the_cost_is_that_of_the_scaled_targets_and_says_so() -> None:
    run = trained(houses("price"), 5)
    errors = (run.network.outputs(run.data.train_inputs) - run.data.train_targets) ** 2
    cost = run.measures()[0].cost
    assert cost is not None and cost in (pytest.approx(errors.mean()), pytest.approx(errors.mean() / 2.0))
    assert run.data.scaled_targets == 1
    assert prepare(houses()).scaled_targets == 2
    assert prepare(houses("price", target_scaling="none")).scaled_targets == 0


@pytest.mark.parametrize("stop", [StopSpec(target_cost=5.0), StopSpec(flat_epochs=1, min_delta=1e6)])
def test_a_stop_by_the_cost_says_of_which_target_it_is(stop: StopSpec) -> None:
    project = houses("price")
    run = trained(replace(project, training=replace(project.training, stop=stop)))
    assert run.stop is not None and "cost of the scaled target" in words_of(run.stop.message)


@pytest.mark.parametrize("vary", ["weights", "all"])
def test_many_runs_at_once_are_those_that_are_trained_alone(vary: str) -> None:
    project = houses()
    project = replace(project, training=replace(project.training, stop=StopSpec(max_epochs=8)))
    many = train_many(project, [1, 2, 3], vary="all" if vary == "all" else "weights")
    for place, seed in enumerate(many.seeds):
        run = trained(seeded(project, seed, vary="all" if vary == "all" else "weights"), 8)
        curve = run.history.curve()
        assert many.curves[place].test_score == pytest.approx(curve.test_score, rel=1e-9)
        assert many.curves[place].train_cost == pytest.approx(curve.train_cost, rel=1e-9)


def test_a_race_of_several_targets_goes_to_its_end() -> None:
    race = Race(houses(), rate_lanes(houses().training, (0.01, 0.1)), epochs=3)
    race.advance(3, between=lambda: None)
    assert [lane.epoch for lane in race.standings().lanes] == [3, 3]
    assert all(lane.maps is not None and len(lane.maps.layers[-1]) == 2 for lane in race.standings().lanes)


def test_every_target_has_its_map_in_its_own_unit() -> None:
    run = trained(houses())
    parameters = run.network.parameters.copy()
    maps = MapMaker().make(run.architecture, parameters, run.data, MapRequest(resolution=20))
    shown = plane(run, side=20)
    for place in (0, 1):
        one = maps.of_target(run.data, place)
        assert len(one.layers[-1]) == 1
        assert one.layers[-1][0] == pytest.approx(shown.outputs[place], rel=1e-4)
    assert 50_000.0 < shown.outputs[0].min() < shown.outputs[0].max() < 700_000.0
    assert 900.0 < shown.outputs[1].min() < shown.outputs[1].max() < 1_900.0


def test_the_data_of_one_target_are_those_of_a_table_with_that_target_alone() -> None:
    both, alone = prepare(houses()), prepare(houses("rent"))
    one = both.of_target(1)
    assert one is both.of_target(1) and both.of_target(5) is one
    assert np.array_equal(one.samples.targets, alone.samples.targets)
    assert (one.samples.target_name, one.rule.outputs, one.target_scaling) == ("rent", 1, AS_THEY_ARE)


def test_the_gradient_of_several_outputs_passes_the_check() -> None:
    assert gradient_check(trained(houses(), 3)).passed


def test_plain_reports_list_the_targets() -> None:
    run = trained(houses(), 3)
    plain = report_as_json(make_report(run), ())
    assert [one["target"] for one in plain["test"]["by_target"]] == ["price", "rent"]
    assert plain["test"]["root_mean_squared_error"] is None
    assert report_as_json(make_report(trained(houses("price"), 3)), ())["test"]["root_mean_squared_error"] > 0.0


def test_saved_samples_have_a_column_for_each_target() -> None:
    assert column_names(prepare(houses()).samples) == ("part", "x1", "x2", "price", "rent")


def test_another_scaling_of_the_target_starts_training_over_and_says_why() -> None:
    old, new = houses(), houses(target_scaling="none")
    edit = plan(old, new, keep_weights=True)
    assert edit.consequence is Consequence.START_OVER
    assert edit.notice == Message("edit.started_over", {"cause": "target_scaling"})


def points(*values: float) -> Project:
    """Return a project of drawn points with these values."""
    drawn = tuple((place / 10.0, 0.5, value) for place, value in enumerate(values))
    return Project(data=DataSpec(source=PointsSource(task="regression", classes=(), points=drawn), test_fraction=0.0))


def test_while_points_are_drawn_auto_leaves_their_values_alone() -> None:
    assert prepare(points(0.5, 0.5, 0.51)).target_scaling == AS_THEY_ARE  # nearly equal, as the first ones are
    assert prepare(points(1.0, -1.0, 9.0)).target_scaling == AS_THEY_ARE


def test_one_more_drawn_point_does_not_move_the_scaling_of_large_values() -> None:
    values = (75_000.0, 600_000.0, 120_000.0, 410_000.0, 230_000.0, 333_000.0)
    first, second = (prepare(points(*drawn)).target_scaling for drawn in (values, (*values, 280_000.0)))
    assert first.name == "standardize" and first == second


def test_the_mean_of_r_squared_leaves_out_a_target_that_never_changes() -> None:
    targets = np.array([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]])
    assert mean_r_squared(targets.copy(), targets) == 1.0
    assert np.isnan(mean_r_squared(targets[1:], targets[1:]))
    halves = np.array([[2.0, 2.0, 2.0], [4.0, 5.0, 6.0]])
    assert mean_r_squared(halves, targets) == 0.0


def test_the_root_mean_squared_error_is_written_out() -> None:
    assert root_mean_squared_error(np.array([1.0, 5.0]), np.array([4.0, 1.0])) == pytest.approx((25.0 / 2.0) ** 0.5)


def test_one_of_several_targets_has_its_own_values_in_all_three_parts() -> None:
    project = houses()
    data = prepare(replace(project, data=replace(project.data, validation_fraction=0.2)))
    for place, name in enumerate(("price", "rent")):
        single = data.of_target(place)
        assert single.samples.target_names == (name,)
        for part in ("train", "validation", "test"):
            rows = single.rows_of(part)
            wanted = data.samples.targets[rows, place]
            assert len(rows) and single.targets_of(part).tolist() == [[value] for value in wanted]
