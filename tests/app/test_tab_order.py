"""The Tab key: it comes by every control that is on show, in the order in which the window is read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.layout import in_reading_order
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.model import DataSpec, ImagesSource, Project
from tests.app.driving import SMALL, window_of

PICTURES = Project(data=DataSpec(source=ImagesSource(name="digits")))
MOST_STOPS = 200
LANDMARKS = [
    "play_button", "speed", "export_button", "data_circle", "test_fraction_number", "learning_rate",
    "hidden_activation", "keep_weights", "network_canvas", "boundary_show", "draw_button", "inspector_button",
    "cost_log_scale",
]  # fmt: skip


def stops(window: MainWindow) -> list[str]:
    """Press Tab from the first control on until it comes back to that one, and return the names on the way."""
    first = window.findChild(QWidget, "play_button")
    assert isinstance(first, QWidget)
    first.setFocus()
    names, focus = ["play_button"], QApplication.focusWidget()
    assert focus is first
    for _ in range(MOST_STOPS):
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is first:
            return names
        names.append(focus.objectName())
    raise AssertionError(f"Tab never came back to the first control: {names}")


@pytest.mark.parametrize("project", [SMALL, PICTURES], ids=["points", "pictures"])
def test_tab_comes_by_everything_in_the_order_of_reading(qtbot: QtBot, project: Project) -> None:
    with window_of(qtbot, project) as window:
        names = stops(window)
        assert [name for name in names if name in LANDMARKS] == LANDMARKS
        assert len(names) == len(set(names))


def test_tab_begins_at_the_first_control_of_a_new_window(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        QTest.keyClick(window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None and focus.objectName() == "play_button"


def test_controls_of_a_row_are_read_from_the_left_though_they_stand_at_other_heights() -> None:
    middles = {"below": (0, 40), "right": (90, 10), "left": (10, 13), "middle": (50, 7)}
    assert in_reading_order(middles) == ["left", "middle", "right", "below"]
