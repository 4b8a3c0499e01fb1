"""Pinning runs in the window: the next one is drawn beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplayground.app.features.compare.pinning import FULL
from nnplayground.app.features.compare.runs_page import RunsPage
from nnplayground.app.features.compare.view import CompareView
from nnplayground.app.features.cost.curve_plot import CurvePlot
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import COMPARE
from nnplayground.arrays import Floats
from nnplayground.project.model import Project
from nnplayground.project.training_spec import OptimizerSpec
from nnplayground.training.observe.pinning import MOST_PINNED
from tests.app.driving import wait_for, window_of


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def train(qtbot: QtBot, window: MainWindow, epochs: int) -> None:
    window.player.step(epochs=epochs)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch >= epochs and not snapshot.running)


def table_of(window: MainWindow) -> dict[str, Floats]:
    """Return what the cost plot would write to a file."""
    plot = window.cost_view.findChild(CurvePlot, "cost_plot")
    assert plot is not None
    return plot.export_table()


def faster(project: Project) -> Project:
    return replace(project, training=replace(project.training, optimizer=OptimizerSpec(learning_rate=0.3)))


def test_a_key_pins_the_run_and_its_curve_is_drawn_beside_the_next(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window, 12)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (run,) = window.pinning.runs
    assert (run.name, run.snapshot.epoch) == ("Run 1", 12)
    assert "Run 1 is pinned" in window.messages.text
    window.player.restart()
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
    table = table_of(window)
    (column,) = [values for name, values in table.items() if "Run 1" in name and "train" in name]
    assert column[:13].tolist() == run.snapshot.curve.train_cost.tolist()


def test_the_dock_shows_what_was_pinned_before_it_was_opened(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window, 3)
    window.pinning.pin()
    window.details.show(COMPARE)
    view = window.details.view(COMPARE)
    assert isinstance(view, CompareView)
    page = view.page("runs")
    assert isinstance(page, RunsPage)
    qtbot.waitUntil(lambda: page.export_table()["Epoch"].tolist() == [3.0, 3.0])


def test_the_settings_of_a_run_come_back_and_undo_takes_them_away(qtbot: QtBot, window: MainWindow) -> None:
    start = window.document.project
    train(qtbot, window, 2)
    window.pinning.pin()
    window.document.edit(faster(start), "Faster")
    changed = window.document.project
    window.pinning.do(1, "use")
    assert window.document.project == start
    window.document.undo_stack.undo()
    assert window.document.project == changed


def test_a_run_can_be_taken_up_from_its_weights(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window, 8)
    window.pinning.pin()
    (run,) = window.pinning.runs
    train(qtbot, window, 20)
    window.pinning.do(1, "start")
    found = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 0)
    assert found.parameters.tobytes() == run.snapshot.parameters.tobytes()
    assert window.document.undo_stack.undoText() == "Start from the weights of Run 1"


def test_letting_go_and_hiding_take_the_curve_away(qtbot: QtBot, window: MainWindow) -> None:
    train(qtbot, window, 2)
    window.pinning.pin()
    window.pinning.show_curve(1, False)
    assert not any("Run 1" in name for name in table_of(window))
    window.pinning.show_curve(1, True)
    assert any("Run 1" in name for name in table_of(window))
    window.pinning.do(1, "remove")
    assert window.pinning.runs == ()
    assert not any("Run 1" in name for name in table_of(window))


def test_a_name_can_be_chosen_and_an_empty_one_changes_nothing(qtbot: QtBot, window: MainWindow) -> None:
    window.pinning.pin()
    window.pinning.rename(1, "Small steps")
    window.pinning.rename(1, "")
    assert window.pinning.runs[0].name == "Small steps"


def test_one_more_than_there_is_room_for_is_refused_with_a_sentence(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(MOST_PINNED + 1):
        window.pinning.pin()
    assert len(window.pinning.runs) == MOST_PINNED
    assert window.messages.text == FULL


def test_another_document_begins_with_an_empty_table(qtbot: QtBot, window: MainWindow) -> None:
    window.pinning.pin()
    window.document.replace(Project(name="other"), None)
    assert window.pinning.runs == ()
