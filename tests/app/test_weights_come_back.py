"""What a network had learned comes back when an undo, a redo or the same drag makes room for it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.driving import wait_for, window_of
from tests.app.pointing import slot_position

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def trained(qtbot: QtBot, window: MainWindow) -> Snapshot:
    window.train_epochs(3)
    return wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 3 and not snapshot.running)


def sizes(snapshot: Snapshot) -> tuple[int, ...]:
    return tuple(layer.units for layer in snapshot.project.network.layers if hasattr(layer, "units"))


def wait_for_sizes(qtbot: QtBot, window: MainWindow, *expected: int) -> Snapshot:
    return wait_for(qtbot, window, lambda snapshot: sizes(snapshot) == expected)


def holds(qtbot: QtBot, window: MainWindow, expected: Snapshot) -> None:
    """Wait until the network on show has exactly these weights and biases."""
    wait_for(qtbot, window, lambda snapshot: np.array_equal(snapshot.parameters, expected.parameters))


def click_slot(window: MainWindow, layer: int, row: int) -> None:
    view = window.network_view
    QTest.mouseClick(view.canvas.viewport(), LEFT, pos=slot_position(view, layer, row))


def test_undo_gives_back_the_neurons_that_a_click_took(qtbot: QtBot, window: MainWindow) -> None:
    before = trained(qtbot, window)
    click_slot(window, 0, 0)
    wait_for_sizes(qtbot, window, 1, 2)
    window.commands["undo"].trigger()
    holds(qtbot, window, before)


def test_undo_gives_back_a_layer_that_was_removed(qtbot: QtBot, window: MainWindow) -> None:
    before = trained(qtbot, window)
    window.network_view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(window.network_view.canvas, Qt.Key.Key_Delete)
    wait_for(qtbot, window, lambda snapshot: len(sizes(snapshot)) == 1)
    window.commands["undo"].trigger()
    holds(qtbot, window, before)


def test_undo_gives_back_the_weights_of_an_input(qtbot: QtBot, window: MainWindow) -> None:
    before = trained(qtbot, window)
    project = window.document.project
    window.edits.edit_data(replace(project.data, features=("x1",)), "Leave x₂ out", 0)
    wait_for(qtbot, window, lambda snapshot: snapshot.data.features == ("x1",))
    window.commands["undo"].trigger()
    holds(qtbot, window, before)


def test_redo_gives_back_what_the_larger_network_had_learned(qtbot: QtBot, window: MainWindow) -> None:
    trained(qtbot, window)
    click_slot(window, 0, 6)
    wait_for_sizes(qtbot, window, 7, 2)
    window.train_epochs(3)
    grown = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 6 and not snapshot.running)
    window.commands["undo"].trigger()
    wait_for_sizes(qtbot, window, 4, 2)
    window.commands["redo"].trigger()
    holds(qtbot, window, grown)


def test_a_drag_that_passes_over_a_small_size_costs_nothing(qtbot: QtBot, window: MainWindow) -> None:
    before = trained(qtbot, window)
    view = window.network_view
    area = view.canvas.viewport()
    QTest.mousePress(area, LEFT, pos=slot_position(view, 0, 4))
    for row in (0, 3):
        QTest.mouseMove(area, slot_position(view, 0, row))
        wait_for_sizes(qtbot, window, row + 1, 2)
    QTest.mouseRelease(area, LEFT, pos=slot_position(view, 0, 3))
    holds(qtbot, window, before)


def test_what_is_grown_anew_by_hand_begins_anew(qtbot: QtBot, window: MainWindow) -> None:
    before = trained(qtbot, window)
    click_slot(window, 0, 2)
    wait_for_sizes(qtbot, window, 3, 2)
    click_slot(window, 0, 3)
    after = wait_for_sizes(qtbot, window, 4, 2)
    assert not np.array_equal(after.parameters, before.parameters)
    assert (after.weights[1][:, 3] == 0.0).all()


def test_after_a_restart_an_undo_brings_nothing_learned_back(qtbot: QtBot, window: MainWindow) -> None:
    first = window.player.snapshot
    trained(qtbot, window)
    click_slot(window, 0, 0)
    wait_for_sizes(qtbot, window, 1, 2)
    window.commands["restart"].trigger()
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
    window.commands["undo"].trigger()
    after = wait_for_sizes(qtbot, window, 4, 2)
    assert first is not None
    assert np.array_equal(after.weights[0][1:], first.weights[0][1:])
