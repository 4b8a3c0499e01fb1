"""The inspector in the window: closed at first, follows the selection, changes what trains, free while closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec
from nnplayground.project.parameter_index import ParameterIndex, Selection
from nnplayground.training.observe.inspections import InspectionRequest
from nnplayground.training.observe.reports import ReportRequest
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of
from tests.app.pointing import slot_position

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
PROJECT = replace(SMALL, network=NetworkSpec(layers=(DenseSpec(4), DenseSpec(2))))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot, PROJECT) as window:
        yield window


def press_button(qtbot: QtBot, window: MainWindow, name: str = "inspector") -> None:
    button = window.findChild(QToolButton, f"{name}_button")
    assert button is not None and button.isVisible()
    qtbot.mouseClick(button, LEFT)


def request(window: MainWindow) -> InspectionRequest | None:
    """Return what the window wants to have looked into."""
    return window.player.wanted(InspectionRequest)


def is_open(window: MainWindow) -> bool:
    return window.inspector_view.isVisible()


def title(window: MainWindow) -> str:
    return window.inspector_view._title.whole_text()


def test_a_button_a_key_and_the_view_menu_open_and_close_it(qtbot: QtBot, window: MainWindow) -> None:
    assert not is_open(window)
    press_button(qtbot, window)
    qtbot.waitUntil(window.inspector_view.isVisible)
    assert window.commands["inspector"].isChecked()
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_W)
    assert not is_open(window)
    assert not window.commands["inspector"].isChecked()
    window.show_inspector()
    window.show_inspector()
    assert is_open(window)


def test_selecting_does_not_open_it_but_is_followed_while_it_is_open(qtbot: QtBot, window: MainWindow) -> None:
    window.network_view.selected.emit(Selection(0, 1))
    assert not is_open(window) and request(window) is None
    press_button(qtbot, window)
    qtbot.waitUntil(lambda: title(window) == "Layer 1, neuron 2 · Tanh", timeout=PATIENCE)
    assert request(window) == InspectionRequest(0, 1)
    window.network_view.selected.emit(Selection(1))
    assert title(window) == "Layer 2 · 2 neurons · Tanh"
    press_button(qtbot, window)
    assert request(window) is None


def test_a_neuron_clicked_with_ctrl_in_the_network_is_shown_and_one_shown_here_is_marked_there(
    qtbot: QtBot, window: MainWindow
) -> None:
    press_button(qtbot, window)
    place = slot_position(window.network_view, 0, 2)
    qtbot.mouseClick(window.network_view.canvas.viewport(), LEFT, CTRL, place)
    qtbot.waitUntil(lambda: title(window) == "Layer 1, neuron 3 · Tanh", timeout=PATIENCE)
    qtbot.mouseClick(window.inspector_view.neuron.whole, LEFT)
    assert title(window) == "Layer 1 · 4 neurons · Tanh"
    assert window.network_view.canvas.picker.selection == Selection(0)


def test_who_wants_to_inspect_gets_it_open(qtbot: QtBot, window: MainWindow) -> None:
    window.network_view.inspect_asked.emit(Selection(0, 1))
    qtbot.waitUntil(window.inspector_view.isVisible)


def test_at_rest_a_look_into_what_is_selected_arrives(qtbot: QtBot, window: MainWindow) -> None:
    press_button(qtbot, window)
    window.inspector_view.selection_asked.emit(Selection(0, 1))
    words = window.inspector_view.neuron.sentences
    qtbot.waitUntil(lambda: "lies between" in words.text(), timeout=PATIENCE)
    window.inspector_view.selection_asked.emit(Selection(1, 0))
    qtbot.waitUntil(lambda: "Of its 4 inputs" in words.text(), timeout=PATIENCE)


def test_a_matrix_pasted_while_training_is_what_trains_on_and_undo_brings_the_old_one_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    training = replace(
        window.document.project.training, optimizer=replace(PROJECT.training.optimizer, learning_rate=1e-9)
    )
    window.edits.edit_training(training, "Slow", 0)
    press_button(qtbot, window)
    window.inspector_view.selection_asked.emit(Selection(1))
    before = wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(InspectionRequest) is not None).weights[1].copy()
    window.toggle_play()
    wait_for(qtbot, window, lambda snapshot: snapshot.running and snapshot.epoch > 1)
    table = window.inspector_view.layer.table
    table.setFocus()
    QApplication.clipboard().setText("1 2 3 4\n5 6 7 8")
    qtbot.keyClick(table, Qt.Key.Key_V, CTRL)
    after = wait_for(qtbot, window, lambda snapshot: abs(snapshot.weights[1][1, 3] - 8.0) < 0.01)
    assert after.running and after.epoch > 1
    assert window.document.undo_stack.undoText() == "Paste 2 × 4 weights"
    window.document.undo_stack.undo()
    wait_for(qtbot, window, lambda snapshot: bool(abs(snapshot.weights[1] - before).max() < 0.01))


def test_a_ticked_weight_stays_while_the_others_train(qtbot: QtBot, window: MainWindow) -> None:
    press_button(qtbot, window)
    window.inspector_view.selection_asked.emit(Selection(0, 1))
    place = ParameterIndex(0, 1, 0)
    value = wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(InspectionRequest) is not None).value_at(place)
    table = window.inspector_view.neuron.coming
    qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(0, 3)).center())
    assert [lock.place for lock in window.document.project.network.frozen] == [place]
    window.train_epochs(20)
    after = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 20 and not snapshot.running)
    assert after.value_at(place) == value
    window.document.undo_stack.undo()
    assert window.document.project.network.frozen == ()


def test_a_neuron_is_switched_off_and_on_without_losing_what_was_learned(qtbot: QtBot, window: MainWindow) -> None:
    press_button(qtbot, window)
    window.train_epochs(2)
    before = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
    window.inspector_view.selection_asked.emit(Selection(0, 1))
    qtbot.waitUntil(lambda: title(window).startswith("Layer 1, neuron 2"), timeout=PATIENCE)
    qtbot.mouseClick(window.inspector_view.neuron.off, LEFT)
    assert window.document.undo_stack.undoText() == "Switch off layer 1 neuron 2"
    words = window.inspector_view.neuron.sentences
    qtbot.waitUntil(lambda: words.text().startswith("Switched off"), timeout=PATIENCE)
    after = window.player.snapshot
    assert after is not None and after.parameters.tobytes() == before.parameters.tobytes()
    qtbot.mouseClick(window.inspector_view.neuron.off, LEFT)
    qtbot.waitUntil(lambda: not words.text().startswith("Switched off"), timeout=PATIENCE)


def test_nonsense_is_said_in_the_window_and_nothing_is_lost(qtbot: QtBot, window: MainWindow) -> None:
    press_button(qtbot, window)
    window.inspector_view.selection_asked.emit(Selection(1))
    before = wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(InspectionRequest) is not None)
    QApplication.clipboard().setText("what?")
    qtbot.mouseClick(window.inspector_view.layer.paste, LEFT)
    assert window.messages.isVisible() and not window.document.undo_stack.canUndo()
    assert window.player.snapshot is not None
    assert window.player.snapshot.parameters.tobytes() == before.parameters.tobytes()


def test_it_shares_its_place_with_the_measures_and_the_hidden_one_costs_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.network_view.selected.emit(Selection(0))
    press_button(qtbot, window)
    qtbot.waitUntil(lambda: request(window) is not None)
    height = window.docks["inspector"].height()
    press_button(qtbot, window, "measures")
    qtbot.waitUntil(lambda: window.measures_view.isVisible() and not is_open(window))
    assert request(window) is None and window.player.wanted(ReportRequest) is not None
    qtbot.waitUntil(lambda: window.docks["measures"].height() > height - 40)
    assert window.commands["measures"].isChecked() and not window.commands["inspector"].isChecked()
    press_button(qtbot, window)
    qtbot.waitUntil(lambda: is_open(window) and not window.measures_view.isVisible())
    assert request(window) is not None and window.player.wanted(ReportRequest) is None


def test_keys_in_its_tables_do_not_reach_the_window(qtbot: QtBot, window: MainWindow) -> None:
    press_button(qtbot, window)
    window.inspector_view.selection_asked.emit(Selection(1))
    wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(InspectionRequest) is not None)
    table = window.inspector_view.layer.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
    copied = QApplication.clipboard().text()
    qtbot.keyClick(table, Qt.Key.Key_V, CTRL)
    assert len(copied.split("\n")) == 2 and not window.document.undo_stack.canUndo()
