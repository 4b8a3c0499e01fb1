"""The card that says why training has stopped: what it offers, when it goes, and that it is in nobody's way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.project.training_spec import OptimizerSpec, StopSpec
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of

LEFT = Qt.MouseButton.LeftButton
RELU = NetworkSpec(layers=(DenseSpec(activation="relu"),), output_activation="identity")
DIVERGING = replace(SMALL, network=RELU, training=replace(SMALL.training, optimizer=OptimizerSpec(learning_rate=1e6)))
FIVE = replace(SMALL, training=replace(SMALL.training, stop=StopSpec(max_epochs=5)))


def child(window: QWidget, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert isinstance(found, QWidget), name
    return found


def at_rest(qtbot: QtBot, window: MainWindow, epoch: int) -> Snapshot:
    return wait_for(qtbot, window, lambda snapshot: snapshot.epoch == epoch and not snapshot.running)


def stopped(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(window.stop_card.isVisible, timeout=PATIENCE)


def press(qtbot: QtBot, window: MainWindow, name: str) -> None:
    button = child(window.stop_card, f"stop_{name}")
    assert button.isVisible(), name
    qtbot.mouseClick(button, LEFT)


def offers(window: MainWindow) -> list[str]:
    return [name for name, button in window.stop_card.buttons.items() if button.isVisible()]


def worsening() -> Project:
    """Return a project whose best epoch is not its last."""
    optimizer = OptimizerSpec(name="adam", learning_rate=1.0)
    return replace(SMALL, training=replace(SMALL.training, optimizer=optimizer, stop=StopSpec(max_epochs=12)))


def test_it_says_why_with_numbers_and_takes_no_keyboard(qtbot: QtBot) -> None:
    with window_of(qtbot, FIVE) as window:
        focus = window.focusWidget()
        stopped(qtbot, window)
        assert window.stop_card.title.text() == "Stopped: all epochs are done"
        assert window.stop_card.sentence.text() == "5 epochs are done, as asked for."
        assert window.stop_card.facts.text().startswith("Epoch 5 · train cost ")
        assert window.focusWidget() is focus
        assert not window.messages.isVisible()


@pytest.mark.parametrize("by_key", [True, False], ids=["space", "button"])
def test_it_goes_on_and_the_rule_is_not_asked_again(qtbot: QtBot, by_key: bool) -> None:
    with window_of(qtbot, FIVE) as window:
        stopped(qtbot, window)
        if by_key:
            qtbot.keyClick(window, Qt.Key.Key_Space)
        else:
            press(qtbot, window, "go_on")
        assert not window.stop_card.isVisible()
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch > 7 and snapshot.running)
        assert not window.stop_card.isVisible()


def test_it_covers_nothing_in_a_small_window(qtbot: QtBot) -> None:
    with window_of(qtbot, FIVE) as window:
        window.resize(1280, 720)
        stopped(qtbot, window)
        card, others = window.stop_card.geometry(), (window.network_bar, window.network_view)
        assert card.height() > 60
        qtbot.waitUntil(lambda: not any(card.intersects(other.geometry()) for other in others))
        window.messages.show_message("It stands above the card.", "error")
        assert not window.messages.geometry().intersects(window.stop_card.geometry())


def test_the_best_epoch_can_be_restored_where_it_is_another_moment(qtbot: QtBot) -> None:
    with window_of(qtbot, worsening()) as window:
        stopped(qtbot, window)
        snapshot = at_rest(qtbot, window, 12)
        costs = snapshot.curve.test_cost
        best = int(np.argmin(costs))
        assert 0 < best < 12
        assert offers(window) == ["go_on", "restore"]
        press(qtbot, window, "restore")
        back = at_rest(qtbot, window, best)
        assert back.record.is_back
        qtbot.waitUntil(lambda: not window.stop_card.isVisible(), timeout=PATIENCE)
        window.player.travel(None)
        at_rest(qtbot, window, 12)
        qtbot.waitUntil(window.stop_card.isVisible, timeout=PATIENCE)


def test_after_a_divergence_it_restarts_with_a_tenth_of_the_rate(qtbot: QtBot) -> None:
    with window_of(qtbot, DIVERGING) as window:
        first = wait_for(qtbot, window, lambda snapshot: True)
        stopped(qtbot, window)
        assert window.stop_card.title.text() == "Stopped: training diverged"
        assert offers(window)[:2] == ["restart", "slower"]
        press(qtbot, window, "slower")
        assert not window.stop_card.isVisible()
        again = wait_for(qtbot, window, lambda snapshot: snapshot.steps == 0 and snapshot.stop is None)
        assert again.parameters.tobytes() == first.parameters.tobytes()
        assert again.project.training.optimizer.learning_rate == pytest.approx(1e5)
        window.commands["undo"].trigger()
        assert window.document.project == DIVERGING


def test_first_weights_beyond_all_bounds_are_drawn_anew(qtbot: QtBot) -> None:
    layers = (DenseSpec(units=64, activation="relu"),) * 60
    initializer = replace(SMALL.network.initializer, name="normal", std=100.0)
    network = NetworkSpec(layers=layers, output_activation="identity", initializer=initializer)
    with window_of(qtbot, replace(SMALL, network=network)) as window:
        qtbot.waitUntil(window.stop_card.isVisible, timeout=PATIENCE)
        assert window.stop_card.title.text() == "Training cannot begin"
        assert offers(window) == ["new_weights"]


@pytest.mark.parametrize("name", ["noise_number", "l2"])
def test_it_goes_with_an_edit_and_does_not_come_back_by_itself(qtbot: QtBot, name: str) -> None:
    with window_of(qtbot, FIVE) as window:
        stopped(qtbot, window)
        qtbot.keyClick(child(window, name), Qt.Key.Key_Up)
        assert not window.stop_card.isVisible()
        wait_for(qtbot, window, lambda snapshot: snapshot.project == window.document.project)
        with qtbot.waitSignal(window.player.frame, timeout=PATIENCE):
            window.player.show_again(wanted=True)
        assert not window.stop_card.isVisible()


def test_space_presses_a_button_of_a_dock_that_is_made_later(qtbot: QtBot) -> None:
    with window_of(qtbot, FIVE) as window:
        window.commands["compare"].trigger()
        button = child(window, "compare_pin")
        qtbot.waitUntil(button.isVisible)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert len(window.pinning.runs) == 1
        assert not window.player.plays


def test_it_can_be_closed_and_used_with_the_keyboard_alone(qtbot: QtBot) -> None:
    with window_of(qtbot, FIVE) as window:
        stopped(qtbot, window)
        button = child(window, "stop_go_on")
        button.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(button, Qt.Key.Key_Space)
        wait_for(qtbot, window, lambda snapshot: snapshot.running)
        assert window.focusWidget() is not button
        qtbot.keyClick(window, Qt.Key.Key_Space)
        wait_for(qtbot, window, lambda snapshot: not snapshot.running)


def test_the_cross_closes_it(qtbot: QtBot) -> None:
    with window_of(qtbot, FIVE) as window:
        stopped(qtbot, window)
        qtbot.mouseClick(child(window, "close_stop_card"), LEFT)
        assert not window.stop_card.isVisible()


def test_it_is_told_over_the_large_output_as_well(qtbot: QtBot) -> None:
    with window_of(qtbot, FIVE) as window:
        window.commands["large_output"].trigger()
        stopped(qtbot, window)
        assert window.stop_card.parentWidget() is window.docks["output"].widget()
        window.commands["large_output"].trigger()
        assert window.stop_card.parentWidget() is window.centralWidget()
        assert window.stop_card.isVisible()


def test_another_document_is_not_opened_under_it(qtbot: QtBot) -> None:
    with window_of(qtbot, FIVE) as window:
        stopped(qtbot, window)
        window.files.new()
        assert not window.stop_card.isVisible()
