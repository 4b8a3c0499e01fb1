"""Figures have three digits and the status line says where training stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nnplayground.app.window.words import figure, output_names, readout_values, score_name, status_line
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, PointsSource, Project
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Snapshot
from nnplayground.training.stopping import Stop

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60)))


def snapshot(project: Project = SMALL, *, batches: int = 0) -> Snapshot:
    run = Run(project)
    run.train(batches)
    return Session(run, 1).snapshot(None, epochs_per_second=0.0)


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
        (1.5e6, "1.50e+06"),
        (5.83e-5, "5.83e−05"),
        (-0.25, "−0.250"),
    ],
)
def test_figures_have_three_digits(value: float | None, text: str) -> None:
    assert figure(value) == text


def test_the_status_line_says_where_training_stands() -> None:
    start = snapshot()
    assert status_line(start) == "Ready. Press Play, or click into the network to change it."
    listed = replace(SMALL, network=NetworkSpec(layers=(DropoutSpec(), DenseSpec())))
    assert status_line(snapshot(listed)) == "Ready. Press Play."
    assert status_line(snapshot(batches=2)) == "Paused in epoch 1, after batch 2 of 5."
    assert status_line(snapshot(batches=5)) == "Paused after epoch 1."
    assert status_line(replace(start, stop=Stop("flat", "It is flat."))) == "Stopped: It is flat."
    running = replace(start, running=True)
    assert status_line(replace(running, epochs_per_second=1234.0)) == "Training · 1,234 epochs a second"
    assert status_line(replace(running, epochs_per_second=0.2)) == "Training · 1.0 batches a second"


def test_the_score_is_named_by_the_task() -> None:
    points = PointsSource(task="regression", classes=(), points=tuple((float(x), 0.0, float(x)) for x in range(9)))
    regression = snapshot(Project(data=DataSpec(source=points, test_fraction=0.0)))
    assert score_name(regression) == "Fit (R²), train"
    assert "%" not in readout_values(regression)["score"]
    assert score_name(snapshot()) == "Accuracy, train · test"
    assert readout_values(snapshot())["score"].count("%") == 2


def test_output_neurons_are_named_by_what_they_speak_for() -> None:
    assert output_names(("a", "b"), 1, "kind") == ("b",)
    assert output_names(("a", "b"), 2, "kind") == ("a", "b")
    assert output_names((), 1, "price") == ("price",)
