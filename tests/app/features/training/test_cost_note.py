"""The training panel says what to know about an unusual pair of outputs and cost, and is silent otherwise."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from nnplayground.app.features.training.training_panel import TrainingPanel
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.run import Run
from nnplayground.training.thread.session import Session

USUAL = Project()
UNUSUAL = Project(network=NetworkSpec(output_activation="sigmoid"), training=TrainingSpec(cost="mse"))


def show(panel: TrainingPanel, project: Project) -> None:
    panel.show_project(project)
    panel.show_frame(replace(Session(Run(project), 1).snapshot(epochs_per_second=0.0)))


def test_an_unusual_pair_is_explained_until_it_is_gone(qtbot: QtBot) -> None:
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    show(panel, UNUSUAL)
    assert panel.cost_note.isVisibleTo(panel)
    assert "binary cross-entropy does not fade" in panel.cost_note.text()
    show(panel, USUAL)
    assert not panel.cost_note.isVisibleTo(panel)
