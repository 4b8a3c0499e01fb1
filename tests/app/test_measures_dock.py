"""The measures in the window: closed at first, one click away, and free of charge while closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.ui.theme import LIGHT
from nnplayground.project.model import DataSpec, ImagesSource, Project, TableSource
from nnplayground.training.observe.reports import Report, Reporter, ReportRequest
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of
from tests.observed import seen_in

WEIGHT = Project(
    data=DataSpec(source=TableSource(path="penguins.csv", targets=("body_mass_g",)), scaling="standardize")
)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def press_button(qtbot: QtBot, window: MainWindow) -> None:
    button = window.findChild(QToolButton, "measures_button")
    assert button is not None and button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shown_cost(window: MainWindow) -> str:
    return str(window.measures_view.figures.table.model().index(1, 0).data())


def test_a_button_beside_the_cost_opens_and_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.measures_view.isVisible()
    press_button(qtbot, window)
    qtbot.waitUntil(window.measures_view.isVisible)
    assert window.commands["measures"].isChecked()
    press_button(qtbot, window)
    assert not window.measures_view.isVisible()
    assert not window.commands["measures"].isChecked()


def test_opened_at_rest_it_shows_the_figures_of_this_moment(qtbot: QtBot, window: MainWindow) -> None:
    window.train_epochs(2)
    snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
    press_button(qtbot, window)
    qtbot.waitUntil(lambda: window.measures_view._shown is not None, timeout=PATIENCE)
    assert window.measures_view._shown is not None
    assert window.measures_view._shown.train.cost == snapshot.train.cost


def test_figures_follow_the_training_and_end_at_its_end(qtbot: QtBot, window: MainWindow) -> None:
    press_button(qtbot, window)
    qtbot.waitUntil(lambda: window.measures_view._shown is not None, timeout=PATIENCE)
    before = shown_cost(window)
    window.train_epochs(200)
    last = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 200 and not snapshot.running)
    qtbot.waitUntil(lambda: window.measures_view._shown is last.seen.of(ReportRequest), timeout=PATIENCE)
    assert shown_cost(window) != before
    assert seen_in(last, ReportRequest).train.cost == last.train.cost


def test_closed_it_costs_nothing(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Reporter] = []

    def count(reporter: Reporter) -> Report:
        made.append(reporter)
        return real(reporter)

    real = Reporter.report
    with monkeypatch.context() as patch:
        patch.setattr(Reporter, "report", count)
        window.train_epochs(20)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 20 and not snapshot.running)
        assert made == []
        press_button(qtbot, window)
        qtbot.waitUntil(lambda: bool(made), timeout=PATIENCE)
        press_button(qtbot, window)
        snapshot = wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(ReportRequest) is None)
        assert snapshot.seen.of(ReportRequest) is None


def test_numbers_as_target_leave_no_empty_frame(qtbot: QtBot, window: MainWindow) -> None:
    press_button(qtbot, window)
    qtbot.waitUntil(window.measures_view.confusion.isVisible, timeout=PATIENCE)
    window.document.replace(WEIGHT, None)
    qtbot.waitUntil(lambda: not window.measures_view.confusion.isVisible(), timeout=PATIENCE)
    window.document.replace(SMALL, None)
    qtbot.waitUntil(window.measures_view.confusion.isVisible, timeout=PATIENCE)


def test_the_layout_is_reset_with_the_measures_closed(qtbot: QtBot, window: MainWindow) -> None:
    press_button(qtbot, window)
    window.docks["measures"].setFloating(True)
    window.commands["reset_layout"].trigger()
    assert not window.measures_view.isVisible()
    assert not window.docks["measures"].isFloating()


def test_opening_and_closing_it_leaves_the_output_as_it_was(qtbot: QtBot, window: MainWindow) -> None:
    window.reset_layout()
    before = window.boundary_view.height(), window.cost_view.height()
    for _ in range(3):
        press_button(qtbot, window)
        qtbot.waitUntil(lambda: window.boundary_view.height() < before[0])
        press_button(qtbot, window)
        qtbot.waitUntil(lambda: (window.boundary_view.height(), window.cost_view.height()) == before)


def test_what_the_cost_gave_comes_back_when_the_last_of_several_details_is_closed(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1280, 720)
    window.reset_layout()
    before = window.cost_view.height()
    for name in ("measures", "inspector", "inspector"):
        window.commands[name].trigger()
        qtbot.waitUntil(lambda: window.cost_view.height() < before)
    window.commands["measures"].trigger()
    qtbot.waitUntil(lambda: window.cost_view.height() == before)


def test_in_a_small_window_the_cost_gives_way_before_the_output(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 720)
    window.reset_layout()
    output, cost = window.docks["output"], window.docks["cost"]
    window.resizeDocks([output, cost], [392, 240], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: cost.height() == 240)
    press_button(qtbot, window)
    qtbot.waitUntil(lambda: cost.height() == cost.minimumSizeHint().height())
    assert output.height() >= 300
    press_button(qtbot, window)
    qtbot.waitUntil(lambda: cost.height() == 240)


def test_where_there_is_room_all_classes_can_be_seen(qtbot: QtBot) -> None:
    with window_of(qtbot, Project(data=DataSpec(source=ImagesSource()))) as window:
        window.resize(1920, 1080)
        window.reset_layout()
        press_button(qtbot, window)
        matrix = window.measures_view.confusion.matrix
        qtbot.waitUntil(lambda: window.measures_view._shown is not None, timeout=PATIENCE)
        qtbot.waitUntil(lambda: matrix.verticalScrollBar().maximum() == 0)


def test_afloat_it_has_a_name_a_button_to_close_it_and_an_edge(qtbot: QtBot, window: MainWindow) -> None:
    press_button(qtbot, window)
    dock = window.docks["measures"]
    title = dock.titleBarWidget()
    close = title.findChild(QToolButton, "close_dock")
    assert isinstance(close, QToolButton)
    assert not close.isVisible()
    dock.setFloating(True)
    assert "Measures" in [label.text() for label in title.findChildren(QLabel) if label.isVisible()]
    edge = dock.grab().toImage()
    assert edge.pixelColor(0, edge.height() // 2) == QColor(LIGHT.muted)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not dock.isVisible()
    press_button(qtbot, window)
    dock.setFloating(False)
    assert not close.isVisible()


def test_the_view_menu_ticks_it_while_it_is_open(qtbot: QtBot, window: MainWindow) -> None:
    action = window.commands["measures"]
    assert action.isCheckable() and not action.isIconVisibleInMenu()


def test_it_opens_also_where_the_output_floats_or_is_hidden(qtbot: QtBot, window: MainWindow) -> None:
    window.docks["output"].setFloating(True)
    press_button(qtbot, window)
    qtbot.waitUntil(window.measures_view.isVisible)
    window.docks["output"].hide()
    press_button(qtbot, window)
    qtbot.waitUntil(lambda: not window.measures_view.isVisible())


def test_the_view_menu_has_it_once(window: MainWindow) -> None:
    menus = [menu for menu in window.menuBar().findChildren(QMenu) if menu.title() == "&View"]
    found = [action for menu in menus for action in menu.actions() if "Measures" in action.text()]
    assert found == [window.commands["measures"]]


def test_changing_a_penalty_at_rest_changes_the_figure(qtbot: QtBot, window: MainWindow) -> None:
    press_button(qtbot, window)
    qtbot.waitUntil(lambda: window.measures_view._shown is not None, timeout=PATIENCE)
    project = window.document.project
    window.document.edit(replace(project, training=replace(project.training, l2=0.5)), "L2")
    figures = window.measures_view.figures.table.model()
    qtbot.waitUntil(lambda: figures.index(2, 0).data() != "0", timeout=PATIENCE)
