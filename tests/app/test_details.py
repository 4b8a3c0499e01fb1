"""The details of the window: docks from the start, what they show only when somebody wants to see it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.settings import Settings
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import DETAILS, INSPECTOR, MEASURES, Detail
from nnplayground.app.ui.plots.empty import NO_NETWORK
from nnplayground.app.ui.theme import DARK
from nnplayground.project.model import DataSpec, Project, TableSource
from nnplayground.project.parameter_index import Selection
from nnplayground.training.observe.inspections import InspectionRequest
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of

NAMES = [detail.name for detail in DETAILS]
MISSING = Project(data=DataSpec(source=TableSource(path="missing.csv", targets=("species",))))
WHERE_FROM = """
import json, sys
from nnplayground.app.main import application
from nnplayground.app.settings import Settings
from nnplayground.app.ui.theme import LIGHT
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import DETAILS
from nnplayground.project.model import Project

app = application()
window = MainWindow(Project(), LIGHT, Settings(remembers=False))
window.files.asks_before_discarding = False
window.show()
while window.player.snapshot is None:
    app.processEvents()
loaded = set(sys.modules)
at_start = len(window.views)
early = [detail.name for detail in DETAILS if type(window.details.view(detail)).__module__ in loaded]
window.close()
print(json.dumps([at_start, early]))
"""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        yield window


def test_a_new_window_has_neither_made_nor_imported_what_its_details_show() -> None:
    outcome = subprocess.run([sys.executable, "-c", WHERE_FROM], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    assert json.loads(outcome.stdout) == [3, []]


@pytest.mark.parametrize("detail", DETAILS, ids=NAMES)
def test_the_action_of_its_name_makes_it_and_shows_it(qtbot: QtBot, window: MainWindow, detail: Detail[Any]) -> None:
    assert not window.details.views
    window.commands[detail.name].trigger()
    qtbot.waitUntil(lambda: bool(window.details.views), timeout=PATIENCE)
    view = window.details.view(detail)
    assert window.details.views == (view,)
    assert view.isVisible() and window.docks[detail.name].widget() is view
    assert window.commands[detail.name].isChecked()
    window.commands[detail.name].trigger()
    assert not view.isVisible()
    window.commands[detail.name].trigger()
    assert window.details.view(detail) is view


@pytest.mark.parametrize("detail", DETAILS, ids=NAMES)
def test_its_dock_opened_by_any_other_way_makes_it_too(qtbot: QtBot, window: MainWindow, detail: Detail[Any]) -> None:
    window.docks[detail.name].toggleViewAction().trigger()
    qtbot.waitUntil(lambda: bool(window.details.views), timeout=PATIENCE)
    assert window.details.view(detail).isVisible()


def test_a_saved_layout_makes_what_it_shows_and_nothing_behind_another_tab(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1600, 1040)
    window.commands["measures"].trigger()
    window.commands["inspector"].trigger()
    qtbot.waitUntil(lambda: window.docks["inspector"].height() > 240, timeout=PATIENCE)
    layout, height = window.saveState(), window.docks["inspector"].height()
    with window_of(qtbot) as other:
        other.resize(1600, 1040)
        assert other.restoreState(layout)
        qtbot.waitUntil(lambda: bool(other.details.views), timeout=PATIENCE)
        assert other.details.views == (other.inspector_view,)
        assert other.inspector_view.isVisible()
        assert other.docks["inspector"].height() == height
        assert not other.measures_view.isVisible()
        other.docks["measures"].raise_()
        qtbot.waitUntil(other.measures_view.isVisible, timeout=PATIENCE)


def test_a_layout_restored_before_the_window_is_shown_is_filled(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["measures"].trigger()
    layout = window.saveState()
    other = MainWindow(SMALL, DARK, Settings(remembers=False))
    other.files.asks_before_discarding = False
    try:
        other.restoreState(layout)
        assert not other.details.views
        other.show()
        qtbot.waitUntil(lambda: bool(other.details.views), timeout=PATIENCE)
        assert other.details.views == (other.measures_view,)
    finally:
        other.close()
        other.deleteLater()


def test_one_made_late_shows_the_present_moment_in_the_present_colours(qtbot: QtBot, window: MainWindow) -> None:
    window.choose_theme("dark")
    window.train_epochs(5)
    wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 5 and not snapshot.running)
    window.commands["measures"].trigger()
    qtbot.waitUntil(lambda: window.measures_view._shown is not None, timeout=PATIENCE)
    picture = window.measures_view.grab().toImage()
    assert picture.pixelColor(3, picture.height() // 2).name() == DARK.panel.lower()


def test_one_made_late_knows_what_was_selected_and_what_its_layer_is_called(qtbot: QtBot, window: MainWindow) -> None:
    window.network_view.selected.emit(Selection(0, 1))
    window.commands["inspector"].trigger()
    qtbot.waitUntil(window.inspector_view.neuron.isVisible, timeout=PATIENCE)
    assert window.player.wanted(InspectionRequest) == InspectionRequest(0, 1)


def test_one_made_while_there_is_no_network_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.document.replace(MISSING, None)
    qtbot.waitUntil(lambda: bool(window.failure), timeout=PATIENCE)
    window.docks["measures"].show()
    qtbot.waitUntil(lambda: bool(window.details.views), timeout=PATIENCE)
    hint = window.measures_view.findChild(QLabel, "measures_empty")
    assert hint is not None and hint.text() == NO_NETWORK


def test_one_asked_for_while_its_dock_is_behind_another_stays_hidden(qtbot: QtBot, window: MainWindow) -> None:
    window.docks["measures"].show()
    window.docks["inspector"].show()
    window.docks["inspector"].raise_()
    qtbot.waitUntil(lambda: bool(window.details.views) and window.inspector_view.isVisible(), timeout=PATIENCE)
    assert not window.details.view(MEASURES).isVisible()
    window.commands["measures"].trigger()
    qtbot.waitUntil(lambda: window.measures_view.isVisible() and not window.inspector_view.isVisible())


def test_an_edit_of_the_names_reaches_only_those_that_exist(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["inspector"].trigger()
    window.network_view.selected.emit(Selection(-1))
    project = window.document.project
    window.document.edit(replace(project, data=replace(project.data, features=("x1", "x1^2", "x2"))), "Features")
    wait_for(qtbot, window, lambda snapshot: len(snapshot.project.data.features) == 3)
    qtbot.waitUntil(lambda: len(window.details.view(INSPECTOR)._ends[0]) == 3, timeout=PATIENCE)
    assert window.details.views == (window.inspector_view,)


def test_tab_comes_by_the_controls_of_a_detail_after_those_of_the_cost(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["inspector"].trigger()
    choice, last = window.inspector_view.choice, window.findChild(QWidget, "replay_button")
    assert last is not None
    qtbot.waitUntil(lambda: window.inspector_view.isVisible() and choice.isEnabled(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: _after(last) is choice, timeout=PATIENCE)


def _after(control: QWidget) -> QWidget | None:
    """Return where Tab leads from a control."""
    control.setFocus()
    QTest.keyClick(control, Qt.Key.Key_Tab)
    return QApplication.focusWidget()


def test_a_floating_detail_leaves_the_round_of_the_tab_key_alone(qtbot: QtBot, window: MainWindow) -> None:
    window.docks["measures"].setFloating(True)
    window.commands["measures"].trigger()
    qtbot.waitUntil(window.measures_view.isVisible, timeout=PATIENCE)
    window.order_tabs()  # a control of another window in the round is a warning of Qt, and so a failure
    assert window.measures_view.window() is not window
