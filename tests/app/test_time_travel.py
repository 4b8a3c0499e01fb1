"""Going back in time in the real window: the scrubber is dragged, every view shows that moment, Play branches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.cost.curve_plot import CurvePlot
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.training.observe.maps import MapRequest
from tests.app.driving import PATIENCE, wait_for, window_of
from tests.app.features.cost.views import drag, track_spot

LAST = 30


@pytest.fixture(name="window")
def _window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window whose network has been trained for some epochs."""
    with window_of(qtbot) as window:
        train(qtbot, window, LAST)
        yield window


def train(qtbot: QtBot, window: MainWindow, epochs: int) -> None:
    before = window.player.snapshot.epoch if window.player.snapshot else 0
    window.train_epochs(epochs)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == before + epochs and not snapshot.running)


def go_back(qtbot: QtBot, window: MainWindow, epoch: int) -> CurvePlot:
    plot = window.cost_view.plots[0]
    qtbot.waitUntil(lambda: plot.scrubber.isVisible() and plot.scrubber.height() > 0, timeout=PATIENCE)
    drag(plot.scrubber, track_spot(plot, LAST), track_spot(plot, epoch))
    wait_for(qtbot, window, lambda snapshot: snapshot.record.is_back and abs(snapshot.epoch - epoch) <= 1)
    return plot


def test_a_drag_of_the_scrubber_takes_every_view_back(qtbot: QtBot, window: MainWindow) -> None:
    newest = window.player.snapshot
    assert newest is not None
    window.commands["measures"].trigger()
    qtbot.waitUntil(window.measures_view.isVisible, timeout=PATIENCE)
    plot = go_back(qtbot, window, 5)
    then = window.player.snapshot
    assert then is not None and then.seen.of(MapRequest) is not None and newest.seen.of(MapRequest) is not None
    assert not np.array_equal(then.parameters, newest.parameters)
    assert plot.traces[0].epochs[-1] == then.epoch
    assert window.boundary_view._snapshot is then
    assert window.network_view._snapshot is then
    assert window.commands["play"].iconText() == "Play"
    back = window.cost_view.findChild(QToolButton, "back_to_now")
    assert back is not None and back.isVisible()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    now = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == LAST and not snapshot.record.is_back)
    assert np.array_equal(now.parameters, newest.parameters)


def test_space_plays_on_from_there_and_the_old_curve_stays_pale(qtbot: QtBot, window: MainWindow) -> None:
    plot = go_back(qtbot, window, 10)
    old = window.player.snapshot
    assert old is not None
    left = old.record.branches[-1].curve.train_cost
    training = window.document.project.training
    other = replace(training, optimizer=replace(training.optimizer, learning_rate=0.3))
    window.edits.edit_training(other, "Change the learning rate", 0)
    QTest.keyClick(plot.scrubber, Qt.Key.Key_Space)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch > old.epoch and not snapshot.record.is_back)
    window.player.pause()
    new = wait_for(qtbot, window, lambda snapshot: not snapshot.running)
    assert np.array_equal(new.curve.train_cost[: old.epoch + 1], left[: old.epoch + 1])
    assert new.curve.train_cost[old.epoch + 1] != left[old.epoch + 1]
    qtbot.waitUntil(lambda: len(plot.ghosts.left) == 1, timeout=PATIENCE)
    kinds = [event.kind for event in new.record.events]
    assert kinds == ["branched", "changed"]


def test_the_settings_of_then_can_be_taken_and_undone(qtbot: QtBot, window: MainWindow) -> None:
    before = window.document.project.training
    other = replace(before, optimizer=replace(before.optimizer, learning_rate=0.3))
    window.edits.edit_training(other, "Change the learning rate", 0)
    train(qtbot, window, 5)
    go_back(qtbot, window, 5)
    use = window.cost_view.findChild(QToolButton, "use_settings_of_then")
    assert use is not None
    qtbot.waitUntil(use.isVisible, timeout=PATIENCE)
    qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    assert window.document.project.training == before
    qtbot.waitUntil(lambda: not use.isVisible(), timeout=PATIENCE)
    window.document.undo_stack.undo()
    assert window.document.project.training == other


def test_another_shape_closes_the_way_before_it(qtbot: QtBot, window: MainWindow) -> None:
    layers = window.document.project.network.layers
    window.edits.edit_layers(layers[:1], "Take a layer away", 0)
    wait_for(qtbot, window, lambda snapshot: len(snapshot.architecture.sizes) == 3)
    train(qtbot, window, 5)
    scrubber = window.cost_view.plots[0].scrubber
    words = f"Before epoch {LAST} the network had another shape"
    qtbot.waitUntil(lambda: words in scrubber.toolTip().replace("\n", " "), timeout=PATIENCE)
    QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(8, 8))
    wait_for(qtbot, window, lambda snapshot: snapshot.record.is_back and snapshot.epoch == LAST)


def test_the_choice_of_the_plot_is_remembered(qtbot: QtBot, window: MainWindow) -> None:
    score = window.cost_view.findChild(QToolButton, "show_score")
    assert score is not None
    qtbot.mouseClick(score, Qt.MouseButton.LeftButton)
    assert window.settings.shows_scores
    (plot,) = window.cost_view.plots
    assert plot.isVisible() and plot.traces[0].epochs[-1] == LAST
    window.open_document(None)
    assert window.cost_view.shows_scores
    window.settings.shows_scores = False


def test_tab_comes_from_the_scale_to_the_scrubber(qtbot: QtBot, window: MainWindow) -> None:
    window.cost_view._header.log.setFocus()
    focus = window.focusWidget()
    assert focus is window.cost_view._header.log
    QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert window.focusWidget() is window.cost_view.plots[0].scrubber
