"""Steps, running to an epoch, speed, seeds, and the card that says why training has stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.training.run_to import RunToPopup
from nnplayground.app.features.training.speed import PACES, START_PACE
from nnplayground.app.settings import Settings
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.model import Parameters
from nnplayground.project.training_spec import StopSpec
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of

LEFT = Qt.MouseButton.LeftButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
FIVE = replace(SMALL, training=replace(SMALL.training, stop=StopSpec(max_epochs=5)))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def child(window: QWidget, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert isinstance(found, QWidget), name
    return found


def at_rest(qtbot: QtBot, window: MainWindow, epoch: int) -> Snapshot:
    return wait_for(qtbot, window, lambda snapshot: snapshot.epoch == epoch and not snapshot.running)


class TestSteps:
    def test_one_sample_is_trained_alone_and_named(self, qtbot: QtBot, window: MainWindow) -> None:
        qtbot.keyClick(window, Qt.Key.Key_B, SHIFT)
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.sample is not None)
        assert snapshot.steps == 1 and snapshot.sample is not None
        assert snapshot.sample in snapshot.data.train_rows
        words = f"Trained on sample {snapshot.sample + 1} alone: "
        qtbot.waitUntil(lambda: window.status.text().startswith(words), timeout=PATIENCE)

    def test_the_step_button_does_an_epoch_until_another_step_is_chosen(self, qtbot: QtBot, window: MainWindow) -> None:
        button = child(window, "step_button")
        qtbot.mouseClick(button, LEFT, pos=QPoint(20, button.height() // 2))
        at_rest(qtbot, window, 1)
        menu = child(window, "step_menu")
        assert isinstance(menu, QMenu) and isinstance(button, QToolButton)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(window.commands["step_batch"]).center())
        wait_for(qtbot, window, lambda snapshot: snapshot.batch == 1)
        assert button.text() == "1 batch"
        qtbot.mouseClick(button, LEFT, pos=QPoint(20, button.height() // 2))
        wait_for(qtbot, window, lambda snapshot: snapshot.batch == 2)

    def test_the_arrow_down_opens_the_menu_of_the_steps(self, qtbot: QtBot, window: MainWindow) -> None:
        menu = child(window, "step_menu")
        assert isinstance(menu, QMenu)
        opened: list[bool] = []

        def see() -> None:
            opened.append(True)
            menu.close()

        menu.aboutToShow.connect(see, Qt.ConnectionType.QueuedConnection)
        qtbot.keyClick(child(window, "step_button"), Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE)


def asked(qtbot: QtBot, window: MainWindow) -> RunToPopup:
    qtbot.keyClick(window, Qt.Key.Key_E, SHIFT)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, RunToPopup)
    return popup


def type_epoch(qtbot: QtBot, popup: RunToPopup, text: str) -> None:
    popup.field.selectAll()
    qtbot.keyClicks(popup.field, text)


class TestRunToEpoch:
    def test_it_runs_to_the_end_of_that_epoch_and_says_so(self, qtbot: QtBot, window: MainWindow) -> None:
        popup = asked(qtbot, window)
        type_epoch(qtbot, popup, "30")
        qtbot.keyClick(popup.field, Qt.Key.Key_Return)
        snapshot = at_rest(qtbot, window, 30)
        assert snapshot.batch == 0
        run = Run(SMALL)
        run.train_epochs(30)
        assert snapshot.parameters.tobytes() == run.network.parameters.tobytes()
        qtbot.waitUntil(lambda: window.status.text() == "Paused after epoch 30, as asked for.", timeout=PATIENCE)

    def test_while_it_runs_it_says_where_to_and_space_pauses_it(self, qtbot: QtBot, window: MainWindow) -> None:
        window.control.run_to(10_000_000)
        qtbot.waitUntil(lambda: "Training to epoch 10,000,000" in window.status.text(), timeout=PATIENCE)
        qtbot.keyClick(window, Qt.Key.Key_Space)
        wait_for(qtbot, window, lambda snapshot: not snapshot.running)
        assert window.player.target is None

    def test_it_stops_sooner_by_a_rule(self, qtbot: QtBot) -> None:
        with window_of(qtbot, FIVE) as window:
            window.control.run_to(50)
            at_rest(qtbot, window, 5)
            qtbot.waitUntil(window.stop_card.isVisible, timeout=PATIENCE)

    def test_for_an_epoch_that_is_over_it_offers_to_go_back_there(self, qtbot: QtBot, window: MainWindow) -> None:
        window.train_epochs(12)
        at_rest(qtbot, window, 12)
        popup = asked(qtbot, window)
        assert popup.field.text() == "100"
        type_epoch(qtbot, popup, "4")
        assert popup.words.text().startswith("Epoch 4 is over: training stands at epoch 12.")
        qtbot.mouseClick(popup.button, LEFT)
        back = at_rest(qtbot, window, 4)
        assert back.record.is_back and back.record.last_epoch == 12
        qtbot.waitUntil(lambda: window.status.text().startswith("Back at epoch 4 of 12."), timeout=PATIENCE)

    def test_an_epoch_that_passes_meanwhile_is_told(self, qtbot: QtBot, window: MainWindow) -> None:
        window.train_epochs(3)
        at_rest(qtbot, window, 3)
        window.control.run_to(2)
        assert window.messages.text == "Epoch 2 is over already: training stands at epoch 3."


class TestSpeed:
    def test_keys_choose_faster_and_slower_as_far_as_there_is_one(self, qtbot: QtBot, window: MainWindow) -> None:
        names = list(PACES)
        assert window.toolbar.speed.currentText() == START_PACE
        for _ in range(3):
            qtbot.keyClick(window, Qt.Key.Key_Period, CONTROL)
        assert window.toolbar.speed.currentText() == names[-1]
        for _ in range(10):
            qtbot.keyClick(window, Qt.Key.Key_Comma, CONTROL)
        assert window.toolbar.speed.currentText() == names[0]
        assert Settings().pace == names[0]

    def test_it_is_remembered(self, qtbot: QtBot) -> None:
        Settings().pace = "Flat out"
        with window_of(qtbot) as window:
            assert window.toolbar.speed.currentText() == "Flat out"
            window.toggle_play()
            wait_for(qtbot, window, lambda snapshot: snapshot.epochs_per_second > 60.0)

    def test_slow_motion_shows_the_flow_and_tells_the_batch(self, qtbot: QtBot) -> None:
        Settings().pace = "10 batches / s"
        Settings().show_flow = True
        with window_of(qtbot) as window:
            window.toggle_play()
            flow = window.network_view.canvas.network.flow
            qtbot.waitUntil(lambda: flow._item is not None and flow._item.isVisible(), timeout=PATIENCE)
            qtbot.waitUntil(lambda: "epoch 1, batch " in window.status.text(), timeout=PATIENCE)
            assert "of 8" in window.status.text()

    def test_the_flow_runs_on_between_two_slow_batches(self, qtbot: QtBot) -> None:
        Settings().pace = "1 batch / s"
        with window_of(qtbot) as window:
            window.toggle_play()
            wait_for(qtbot, window, lambda snapshot: snapshot.running)
            seen: list[int] = []
            window.player.frame.connect(lambda snapshot: seen.append(snapshot.steps))
            qtbot.waitUntil(lambda: len(seen) > 10, timeout=PATIENCE)
            assert max(seen) - min(seen) < len(seen)


class TestSeeds:
    def test_restart_returns_to_exactly_the_same_weights(self, qtbot: QtBot, window: MainWindow) -> None:
        first = wait_for(qtbot, window, lambda snapshot: True)
        window.train_epochs(3)
        at_rest(qtbot, window, 3)
        qtbot.mouseClick(child(window, "restart_button"), LEFT)
        again = at_rest(qtbot, window, 0)
        assert again.parameters.tobytes() == first.parameters.tobytes()
        assert again.parameters.tobytes() == Run(SMALL).network.parameters.tobytes()

    def test_new_weights_take_the_next_seed_which_is_shown(self, qtbot: QtBot, window: MainWindow) -> None:
        assert window.toolbar.seed.field.text() == "1"
        qtbot.mouseClick(child(window, "new_weights_button"), LEFT)
        assert window.toolbar.seed.field.text() == "2"
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
        assert window.toolbar.seed.field.text() == "1"

    def test_a_typed_seed_draws_its_weights_and_can_be_undone(self, qtbot: QtBot, window: MainWindow) -> None:
        field = window.toolbar.seed.field
        field.selectAll()
        qtbot.keyClicks(field, "7")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert window.document.undo_stack.undoText() == "Seed 7"
        wanted = Run(replace(SMALL, seed=7)).network.parameters
        wait_for(qtbot, window, lambda snapshot: np.array_equal(snapshot.parameters, wanted))
        assert window.document.project.data == SMALL.data and window.document.project.seed == SMALL.seed
        window.commands["undo"].trigger()
        assert field.text() == "1"

    def test_arrow_keys_go_through_the_seeds(self, qtbot: QtBot, window: MainWindow) -> None:
        field = window.toolbar.seed.field
        for key, text in ((Qt.Key.Key_Up, "2"), (Qt.Key.Key_Up, "3"), (Qt.Key.Key_Down, "2")):
            qtbot.keyClick(field, key)
            assert field.text() == text
        assert window.document.project.network.initializer.seed == 2

    def test_it_is_copied(self, qtbot: QtBot, window: MainWindow) -> None:
        window.edits.seed_weights(123_456)
        qtbot.mouseClick(child(window, "copy_seed"), LEFT)
        assert QGuiApplication.clipboard().text() == "123456"
        assert "123456" in window.messages.text

    def test_an_emptied_field_follows_the_seed_of_the_data_again(self, qtbot: QtBot, window: MainWindow) -> None:
        window.edits.seed_weights(9)
        field = window.toolbar.seed.field
        field.selectAll()
        qtbot.keyClick(field, Qt.Key.Key_Delete)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert window.document.project.network.initializer.seed is None
        assert field.text() == "1"

    def test_weights_of_the_document_have_no_seed_until_one_is_typed(self, qtbot: QtBot) -> None:
        weights = (((0.1, 0.2),) * 4, ((0.1,) * 4,) * 2, ((0.1, 0.2),))
        start = Parameters(weights=weights, biases=((0.0,) * 4, (0.0,) * 2, (0.0,)))
        with window_of(qtbot, replace(SMALL, parameters=start)) as window:
            field = window.toolbar.seed.field
            assert (field.text(), field.placeholderText()) == ("", "given")
            assert not window.toolbar.seed.copy.isEnabled()
            qtbot.keyClicks(field, "3")
            qtbot.keyClick(field, Qt.Key.Key_Return)
            assert window.document.project.parameters is None

    def test_another_data_seed_changes_the_data_and_leaves_the_weights(self, qtbot: QtBot, window: MainWindow) -> None:
        first = wait_for(qtbot, window, lambda snapshot: True)
        more = window.data_panel.finer
        more.set_open(True)
        more.seed.selectAll()
        qtbot.keyClicks(more.seed, "5")
        qtbot.keyClick(more.seed, Qt.Key.Key_Return)
        after = wait_for(qtbot, window, lambda snapshot: snapshot.project.seed == 5)
        assert not np.array_equal(after.data.samples.inputs, first.data.samples.inputs)
        assert after.parameters.tobytes() == first.parameters.tobytes()
        assert window.toolbar.seed.field.text() == "1"
        assert window.document.undo_stack.undoText() == "Data seed 5"

    def test_how_the_first_biases_are_drawn_is_shown_by_its_action(self, qtbot: QtBot, window: MainWindow) -> None:
        bar = window.network_bar
        window.commands["first_biases"].trigger()
        assert bar.bias_initializer.isVisible()
        bar.bias_initializer.activated.emit(1)
        after = wait_for(qtbot, window, lambda snapshot: bool(snapshot.biases[0].any()))
        assert after.weights[0].tobytes() == Run(SMALL).architecture.weights(Run(SMALL).network.parameters)[0].tobytes()
        window.commands["first_biases"].trigger()
        assert bar.bias_initializer.isVisible()  # as it is no longer what it is at first
        window.commands["undo"].trigger()
        assert not bar.bias_initializer.isVisible()


class TestRoom:
    @pytest.mark.parametrize("factor", [1.0, 1.15, 1.3, 1.5])
    def test_the_toolbar_stays_one_row_with_large_letters(self, qtbot: QtBot, factor: float) -> None:
        font = QApplication.font()
        larger = QApplication.font()
        larger.setPointSizeF(font.pointSizeF() * factor)
        QApplication.setFont(larger)
        try:
            with window_of(qtbot) as window:
                window.resize(1280, 720)
                qtbot.waitUntil(lambda: window.toolbar.width() == 1280)
                assert window.toolbar.sizeHint().width() <= 1280
                names = ("play_button", "step_button", "restart_button", "weights_seed", "speed", "export_button")
                assert all(child(window, name).isVisible() for name in names)
                assert window.toolbar.readouts.geometry().height() <= window.toolbar.height()
        finally:
            QApplication.setFont(font)
