"""The inside of the layers in the window: closed at first, opened by a key or from the measures, and at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.inside.view import InsideView
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import INSIDE, MEASURES
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.training.observe.reports import ReportRequest
from tests.app.driving import PATIENCE, wait_for, window_of


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def opened(qtbot: QtBot, window: MainWindow) -> InsideView:
    window.details.show(INSIDE)
    view = window.details.view(INSIDE)
    qtbot.waitUntil(lambda: view._shown is not None, timeout=PATIENCE)
    return view


def train(qtbot: QtBot, window: MainWindow, epochs: int) -> None:
    goal = epochs + (window.player.snapshot.epoch if window.player.snapshot else 0)
    window.train_epochs(epochs)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == goal and not snapshot.running)


def test_a_key_opens_and_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_H)
    view = window.details.view(INSIDE)
    qtbot.waitUntil(view.isVisible)
    assert window.player.wanted(ReportRequest) is not None
    qtbot.keyClick(window, Qt.Key.Key_H)
    assert not view.isVisible() and window.player.wanted(ReportRequest) is None


def test_the_measures_lead_to_it_and_either_keeps_its_reports(qtbot: QtBot, window: MainWindow) -> None:
    window.details.show(MEASURES)
    button = window.measures_view.findChild(QToolButton, "measures_more")
    assert button is not None
    qtbot.waitUntil(lambda: window.measures_view._shown is not None and button.isVisible(), timeout=PATIENCE)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    view = window.details.view(INSIDE)
    qtbot.waitUntil(lambda: view._shown is not None and view.isVisible(), timeout=PATIENCE)
    window.docks["inside"].setFloating(True)
    window.details.show(MEASURES)
    qtbot.waitUntil(window.measures_view.isVisible)
    window.details.toggle(MEASURES)
    assert view.isVisible() and window.player.wanted(ReportRequest) is not None


def test_it_follows_the_training_and_compares_with_the_start(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    train(qtbot, window, 30)
    snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(ReportRequest) is not None)
    qtbot.waitUntil(lambda: view._shown is snapshot.seen.of(ReportRequest), timeout=PATIENCE)
    assert view._shown is not None and view._shown.start is not None
    now, start = (layers[0].statistics.weight_norm for layers in (view._shown.layers, view._shown.start))
    assert now != start
    assert len(view.gradients.plot.export_table()["epoch"]) == 31


def test_back_in_time_it_shows_that_moment(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    train(qtbot, window, 20)
    window.player.travel(5)
    snapshot = wait_for(
        qtbot, window, lambda snapshot: snapshot.epoch == 5 and snapshot.seen.of(ReportRequest) is not None
    )
    qtbot.waitUntil(lambda: view._shown is snapshot.seen.of(ReportRequest), timeout=PATIENCE)
    assert view.gradients.plot._moment.isVisible()
    window.player.travel(0)
    snapshot = wait_for(
        qtbot, window, lambda snapshot: snapshot.epoch == 0 and snapshot.seen.of(ReportRequest) is not None
    )
    qtbot.waitUntil(lambda: view._shown is snapshot.seen.of(ReportRequest), timeout=PATIENCE)
    assert view._shown is not None and view._shown.start is not None
    norms = [layers[0].statistics.weight_norm for layers in (view._shown.layers, view._shown.start)]
    assert norms[0] == norms[1]


def test_a_layer_that_is_added_begins_a_new_start(qtbot: QtBot, window: MainWindow) -> None:
    view = opened(qtbot, window)
    train(qtbot, window, 10)
    project = window.document.project
    layers = (*project.network.layers, DenseSpec(units=3))
    window.document.edit(replace(project, network=replace(project.network, layers=layers)), "Add a layer")
    qtbot.waitUntil(lambda: view.layers.model.rowCount() == len(layers) + 1, timeout=PATIENCE)
    assert view._shown is not None and view._shown.start_epoch == 10
    assert "epoch 10" in view.layers._legend.text()


def test_a_cell_of_the_confusion_matrix_marks_its_samples_in_the_output(qtbot: QtBot, window: MainWindow) -> None:
    window.details.show(MEASURES)
    measures, boundary = window.measures_view, window.boundary_view
    qtbot.waitUntil(lambda: measures._shown is not None, timeout=PATIENCE)
    told: list[str] = []
    measures.samples_selected.connect(lambda _rows, words: told.append(words))
    matrix = measures.confusion.matrix
    place = matrix.visualRect(matrix.model().index(0, 0)).center()
    qtbot.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "test samples of class" in told[-1]
    boundary.selection_closed.emit()
    assert matrix.choice is None and told[-1] == ""
