"""Weights changed, frozen and switched off by hand in the real window, while a network trains and while it rests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.weights import MOST_NUMBERS, NOT_YET, parameters_of, reason_against
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.parameter_index import ParameterIndex, Selection
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of
from tests.observed import seen_in

# The off-screen platform has no keyboard that a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
EDGE = ParameterIndex(1, 0, 2)
# A rate of nearly nothing: training goes on, and no number moves as far as can be seen.
STILL = replace(SMALL, training=TrainingSpec(optimizer=OptimizerSpec("sgd", learning_rate=1e-300)))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def point_on(window: MainWindow, place: ParameterIndex) -> QPoint:
    """Return a point on the edge of a weight, near the neuron that it comes from."""
    canvas = window.network_view.canvas
    layout = canvas.network.layout
    assert layout is not None
    x1, y1, x2, y2 = layout.edges(place.layer)[place.unit, place.source]
    return canvas.mapFromScene(x1 + 0.15 * (x2 - x1), y1 + 0.15 * (y2 - y1))


def set_weight(qtbot: QtBot, window: MainWindow, text: str, *, freeze: bool = False) -> None:
    """Click the edge, type a number and press Enter."""
    canvas = window.network_view.canvas
    qtbot.mouseClick(canvas.viewport(), LEFT, pos=point_on(window, EDGE))
    editor = canvas.picker.editor
    assert editor.place == EDGE
    qtbot.keyClicks(editor.field, text)
    if freeze:
        qtbot.mouseClick(editor.lock, LEFT)
    qtbot.keyClick(editor.field, Key.Key_Return)


def weight_of(snapshot: Snapshot) -> float:
    value = snapshot.value_at(EDGE)
    assert value is not None
    return value


def test_a_number_typed_while_training_is_the_number_of_the_run(qtbot: QtBot) -> None:
    with window_of(qtbot, STILL) as window:
        first = weight_of(wait_for(qtbot, window, lambda snapshot: True))
        window.toggle_play()
        wait_for(qtbot, window, lambda snapshot: snapshot.running and snapshot.epoch > 0)
        set_weight(qtbot, window, "-1.25")
        wait_for(qtbot, window, lambda snapshot: weight_of(snapshot) == -1.25)
        assert window.messages.text == ""
        assert window.document.undo_stack.undoText() == "Set weight layer 1 neuron 3 → layer 2 neuron 1 to −1.25"
        window.commands["undo"].trigger()
        snapshot = wait_for(qtbot, window, lambda snapshot: weight_of(snapshot) == first)
        assert snapshot.running


def test_a_frozen_weight_stays_bit_for_bit_while_all_others_learn(qtbot: QtBot, window: MainWindow) -> None:
    first = wait_for(qtbot, window, lambda snapshot: True)
    set_weight(qtbot, window, "0.3", freeze=True)
    wait_for(qtbot, window, lambda snapshot: weight_of(snapshot) == 0.3)
    window.train_epochs(50)
    snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 50)
    assert weight_of(snapshot) == 0.3
    assert np.count_nonzero(snapshot.parameters != first.parameters) > len(first.parameters) // 2
    assert [lock.place for lock in snapshot.project.network.frozen] == [EDGE]
    window.commands["undo"].trigger()
    assert window.document.project.network.frozen == ()


def test_a_neuron_switched_off_and_on_while_training_loses_nothing(qtbot: QtBot) -> None:
    with window_of(qtbot, STILL) as window:
        window.toggle_play()
        before = wait_for(qtbot, window, lambda snapshot: snapshot.running and snapshot.epoch > 0)
        canvas = window.network_view.canvas
        window.network_view.show_selection(Selection(0, 2))
        qtbot.keyClick(canvas, Key.Key_O)
        off = wait_for(qtbot, window, lambda snapshot: snapshot.generation > before.generation and snapshot.running)
        assert np.allclose(off.parameters, before.parameters, rtol=0, atol=1e-200)
        assert off.project.network.layers[0] == DenseSpec(4, off=(2,))
        assert not seen_in(off, MapRequest).layers[1][2].any()
        qtbot.keyClick(canvas, Key.Key_O)
        on = wait_for(qtbot, window, lambda snapshot: snapshot.generation > off.generation and snapshot.running)
        assert np.allclose(on.parameters, before.parameters, rtol=0, atol=1e-200)
        assert seen_in(on, MapRequest).layers[1][2].any()
        assert window.messages.text == ""


def test_a_drag_while_training_holds_the_weight_and_is_undone_as_one(qtbot: QtBot, window: MainWindow) -> None:
    window.toggle_play()
    wait_for(qtbot, window, lambda snapshot: snapshot.running and snapshot.epoch > 0)
    canvas, start = window.network_view.canvas, point_on(window, EDGE)
    qtbot.mousePress(canvas.viewport(), LEFT, pos=start)
    for way in range(5, 205, 20):
        qtbot.mouseMove(canvas.viewport(), start - QPoint(0, way))
    held = canvas.picker.hand._value
    wait_for(qtbot, window, lambda snapshot: abs(weight_of(snapshot) - held) < 0.2)
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=start - QPoint(0, 185))
    assert window.document.undo_stack.count() == 1


def test_a_drag_that_is_taken_back_leaves_no_step(qtbot: QtBot, window: MainWindow) -> None:
    first = weight_of(wait_for(qtbot, window, lambda snapshot: True))
    canvas, start = window.network_view.canvas, point_on(window, EDGE)
    qtbot.mousePress(canvas.viewport(), LEFT, pos=start)
    qtbot.mouseMove(canvas.viewport(), start - QPoint(0, 50))
    wait_for(qtbot, window, lambda snapshot: weight_of(snapshot) != first)
    qtbot.keyClick(canvas, Key.Key_Escape)
    wait_for(qtbot, window, lambda snapshot: weight_of(snapshot) == first)
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=start - QPoint(0, 50))
    assert window.document.undo_stack.count() == 0


def test_letters_typed_into_the_editor_are_no_shortcuts(qtbot: QtBot, window: MainWindow) -> None:
    canvas = window.network_view.canvas
    before = window.document.project
    qtbot.mouseClick(canvas.viewport(), LEFT, pos=point_on(window, EDGE))
    qtbot.keyClicks(canvas.picker.editor.field, "nrbgm lo")
    assert window.document.project == before
    assert canvas.picker.editor.isVisible()
    assert not window.player.plays


def test_hovering_a_neuron_shows_its_map_large(qtbot: QtBot, window: MainWindow) -> None:
    canvas = window.network_view.canvas
    layout = canvas.network.layout
    assert layout is not None
    heard: list[object] = []
    window.network_view.unit_hovered.connect(heard.append)
    qtbot.mouseMove(canvas.viewport(), QPoint(2, 2))
    qtbot.mouseMove(canvas.viewport(), canvas.mapFromScene(*layout.cell(1, 2).middle))
    assert heard == [(1, 2)]
    assert window.boundary_view._unit == (1, 2)


class TestStartFromTheseWeights:
    def test_restart_returns_to_them_and_undo_to_the_old_start(self, qtbot: QtBot, window: MainWindow) -> None:
        first = wait_for(qtbot, window, lambda snapshot: True)
        window.train_epochs(3)
        trained = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 3)
        window.commands["start_from"].trigger()
        start = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
        assert start.parameters.tobytes() == trained.parameters.tobytes()
        assert "starts over from these weights" in window.messages.text
        window.train_epochs(1)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 1)
        window.commands["restart"].trigger()
        again = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
        assert again.parameters.tobytes() == trained.parameters.tobytes()
        window.commands["undo"].trigger()
        back = wait_for(qtbot, window, lambda snapshot: snapshot.generation > again.generation)
        assert back.parameters.tobytes() == first.parameters.tobytes()

    def test_what_no_project_can_hold_is_refused_with_a_reason(self, qtbot: QtBot, window: MainWindow) -> None:
        snapshot = wait_for(qtbot, window, lambda snapshot: True)
        assert reason_against(snapshot) == ""
        broken = replace(snapshot, parameters=np.full_like(snapshot.parameters, np.nan))
        assert "no numbers any more" in reason_against(broken)
        window.player.snapshot = broken
        before = window.document.project
        window.commands["start_from"].trigger()
        assert window.document.project == before
        qtbot.waitUntil(lambda: "no numbers any more" in window.messages.text, timeout=PATIENCE)

    def test_the_parameters_are_rows_of_the_same_numbers(self, qtbot: QtBot, window: MainWindow) -> None:
        snapshot = wait_for(qtbot, window, lambda snapshot: True)
        parameters = parameters_of(snapshot)
        for mine, weights in zip(parameters.weights, snapshot.weights, strict=True):
            assert np.array(mine).tobytes() == np.ascontiguousarray(weights).tobytes()
        assert snapshot.architecture.parameter_count < MOST_NUMBERS


def test_weights_of_a_network_that_has_just_gone_are_not_taken_for_those_of_the_next(
    qtbot: QtBot, window: MainWindow
) -> None:
    stack = window.document.undo_stack
    window.edits.edit_layers((DenseSpec(7),), "Seven neurons", 0)  # its first frame is still on its way
    window.commands["start_from"].trigger()
    assert stack.undoText() == "Seven neurons"
    assert window.messages.text == NOT_YET
    wait_for(qtbot, window, lambda snapshot: snapshot.architecture.sizes[1] == 7)
    window.commands["start_from"].trigger()
    assert stack.undoText() == "Start from these weights"
