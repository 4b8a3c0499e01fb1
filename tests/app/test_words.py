"""Figures have three digits and the status line says where training stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nnplayground.app.shell.words import figure, output_names, readout_names, readout_values, score_name, status_line
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec, FlattenSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, PointsSource, Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.run.stopping import Stop
from nnplayground.training.thread.session import Session
from nnplayground.training.time_travel.history_record import HistoryRecord

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60)))


def snapshot(project: Project = SMALL, *, batches: int = 0) -> Snapshot:
    run = Run(project)
    run.train(batches)
    return Session(run, 1).snapshot(epochs_per_second=0.0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, "0"),
        (0.099331, "0.0993"),
        (0.5, "0.500"),
        (12.345, "12.3"),
        (1234.5, "1,234"),
        (987654.0, "987,654"),
        (1.5e6, "1.50e6"),
        (5.83e-5, "5.83e−5"),
        (-0.25, "−0.250"),
        (4.687e100, "4.69e100"),
    ],
)
def test_figures_have_three_digits(value: float | None, text: str) -> None:
    assert figure(value) == text


def test_the_status_line_says_where_training_stands() -> None:
    start = snapshot()
    assert status_line(start) == "Ready. Press Play, or click into the network to change it."
    dropping = replace(SMALL, network=NetworkSpec(layers=(DropoutSpec(), DenseSpec())))
    assert status_line(snapshot(dropping)) == status_line(start)
    listed = replace(SMALL, network=NetworkSpec(layers=(FlattenSpec(), DenseSpec())))
    assert status_line(replace(start, project=listed)) == "Ready. Press Play."
    assert status_line(snapshot(batches=2)) == "Paused in epoch 1, after batch 2 of 5."
    assert status_line(snapshot(batches=5)) == "Paused after epoch 1."
    assert status_line(replace(start, stop=Stop("max_epochs", {"epochs": 5}))) == (
        "Stopped: 5 epochs are done, as asked for."
    )
    running = replace(start, running=True)
    assert status_line(replace(running, epochs_per_second=1234.0)) == "Training · 1,234 epochs a second"
    slow = replace(running, epochs_per_second=0.2)
    assert status_line(replace(slow, batch=3)) == "Training · epoch 1, batch 3 of 5 · 1.0 batches a second"
    assert status_line(replace(slow, epoch=2)) == "Training · epoch 2, batch 5 of 5 · 1.0 batches a second"
    assert status_line(replace(running, epochs_per_second=1234.0), target=500) == (
        "Training to epoch 500 · 1,234 epochs a second"
    )


def test_the_status_line_says_that_an_epoch_was_asked_for() -> None:
    done = snapshot(batches=10)
    assert status_line(done, target=2) == "Paused after epoch 2, as asked for."
    assert status_line(done, target=9) == "Paused after epoch 2."


def test_the_status_line_names_the_sample_that_was_trained_alone() -> None:
    run = Run(SMALL)
    row = run.train_sample()
    assert row is not None
    alone = replace(Session(run, 1).snapshot(epochs_per_second=0.0), sample=row)
    one, other = run.data.samples.inputs[row]
    name = ("orange", "blue")[int(run.data.samples.targets[row])]
    words = f"Trained on sample {row + 1} alone: {name}, x1 {one:#.3g}, x2 {other:#.3g}."
    assert status_line(alone) == words.replace("-", "−")


def test_the_status_line_says_that_one_has_gone_back() -> None:
    there = replace(snapshot(batches=5), record=HistoryRecord(is_back=True, last_epoch=1_200))
    assert status_line(there) == "Back at epoch 1 of 1,200. Play goes on from here."


def test_the_score_is_named_by_the_task() -> None:
    points = PointsSource(task="regression", classes=(), points=tuple((float(x), 0.0, float(x)) for x in range(9)))
    regression = snapshot(Project(data=DataSpec(source=points, test_fraction=0.0)))
    assert score_name(regression) == "Fit (R²), train"
    assert "%" not in readout_values(regression)["score"]
    assert score_name(snapshot()) == "Accuracy, train · test"
    assert readout_values(snapshot())["score"].count("%") == 2


@pytest.mark.parametrize(
    ("score", "text"), [(0.98765, "0.988"), (-0.5, "−0.500"), (-12.345, "−12.3"), (-234.5, "−234"), (-3.3e89, "−3e89")]
)
def test_a_fit_without_a_lower_bound_stays_short(score: float, text: str) -> None:
    points = PointsSource(task="regression", classes=(), points=tuple((float(x), 0.0, float(x)) for x in range(9)))
    moment = snapshot(Project(data=DataSpec(source=points, test_fraction=0.0)))
    assert readout_values(replace(moment, train=replace(moment.train, score=score)))["score"] == text


def test_output_neurons_are_named_by_what_they_speak_for() -> None:
    assert output_names(("a", "b"), 1, ("kind",)) == ("b",)
    assert output_names(("a", "b"), 2, ("kind",)) == ("a", "b")
    assert output_names((), 1, ("price",)) == ("price",)
    assert output_names((), 2, ("price", "rent")) == ("price", "rent")


def test_the_read_outs_tell_of_a_validation_part_where_there_is_one() -> None:
    project = Project(data=replace(SMALL.data, validation_fraction=0.2))
    with_it, without = snapshot(project), snapshot()
    assert readout_values(with_it)["validation"] == figure(with_it.validation.cost) != "–"
    assert readout_values(without)["validation"] == "–"
    assert readout_names(with_it)["score"].name == "Accuracy, train · valid. · test"
    assert readout_names(without)["score"].name == "Accuracy, train · test"
    assert readout_values(with_it)["score"].count(" · ") == 2
