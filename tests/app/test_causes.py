"""The line below the cost plot that names why nothing is learned, in the real window."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.cost.cause_line import CauseLine
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.training.observe.reports import ReportRequest
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of
from tests.houses import houses

PRICES = houses("price", target_scaling="none")


def with_rate(project: Project, rate: float) -> Project:
    """Return a project with another learning rate."""
    optimizer = replace(project.training.optimizer, learning_rate=rate)
    return replace(project, training=replace(project.training, optimizer=optimizer))


RELU = NetworkSpec(layers=(DenseSpec(units=4, activation="relu"), DenseSpec(units=2, activation="relu")))
TOO_FAST = with_rate(replace(SMALL, network=RELU), 1000.0)


def train(qtbot: QtBot, window: MainWindow, epochs: int) -> None:
    """Train to the end of an epoch and wait for the paused moment."""
    window.player.run_to(epochs)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == epochs and not snapshot.running)


def line_of(window: MainWindow) -> CauseLine:
    """Return the line."""
    line = window.findChild(CauseLine, "cause_line")
    assert line is not None
    return line


def wait_for_line(qtbot: QtBot, window: MainWindow, words: str) -> CauseLine:
    """Wait until the line says these words."""
    line = line_of(window)
    text = line.findChild(QLabel, "cause_text")
    assert text is not None
    qtbot.waitUntil(lambda: line.isVisible() and words in text.text(), timeout=PATIENCE)
    return line


def press(line: CauseLine, name: str) -> None:
    """Press a button of the line."""
    button = line.findChild(QToolButton, name)
    assert button is not None and button.isVisible() and button.toolTip() and button.text() + button.accessibleName()
    button.click()


def test_prices_as_they_are_are_named_and_scaled_by_one_button(qtbot: QtBot) -> None:
    with window_of(qtbot, PRICES) as window:
        train(qtbot, window, 10)
        assert not line_of(window).isVisible()  # too early to tell
        train(qtbot, window, 40)
        line = wait_for_line(qtbot, window, "price lies between")
        press(line, "cause_remedy")
        assert not line.isVisible()
        assert window.document.project.data.target_scaling == "standardize"
        wait_for(qtbot, window, lambda snapshot: snapshot.data.target_scaling.is_used)
        train(qtbot, window, 60)
        assert not line.isVisible()
        window.document.undo_stack.undo()
        assert window.document.project == PRICES


def test_too_large_a_rate_is_named_while_it_trains_and_a_tenth_starts_again(qtbot: QtBot) -> None:
    with window_of(qtbot, TOO_FAST) as window:
        window.player.play()
        line = wait_for_line(qtbot, window, "The learning rate 1,000 is too large")
        window.player.pause()
        press(line, "cause_remedy")
        assert window.document.project.training.optimizer.learning_rate == 100.0
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
        assert not line.isVisible()


def test_a_line_that_was_closed_stays_away_until_something_is_changed(qtbot: QtBot) -> None:
    with window_of(qtbot, PRICES) as window:
        train(qtbot, window, 30)
        line = wait_for_line(qtbot, window, "price lies between")
        press(line, "cause_close")
        train(qtbot, window, 40)
        assert not line.isVisible()
        window.document.edit(with_rate(PRICES, 0.01), "Slower")
        train(qtbot, window, 80)
        wait_for_line(qtbot, window, "price lies between")


def test_a_run_that_learns_says_nothing_and_asks_for_no_reports(qtbot: QtBot) -> None:
    with window_of(qtbot, SMALL) as window:
        train(qtbot, window, 60)
        assert not line_of(window).isVisible()
        assert window.player.wanted(ReportRequest) is None


def test_the_way_back_to_the_beginning_takes_the_line_away(qtbot: QtBot) -> None:
    with window_of(qtbot, PRICES) as window:
        train(qtbot, window, 30)
        line = wait_for_line(qtbot, window, "price lies between")
        window.player.restart()
        qtbot.waitUntil(lambda: not line.isVisible(), timeout=PATIENCE)
