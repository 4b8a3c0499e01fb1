"""Where things are: the network in the middle, panels left, plots right, as docks that can be moved and hidden."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QLabel, QMainWindow, QScrollArea, QWidget

from nnplayground.app.theme import SMALL, SPACE, scaled

LEFT_WIDTH = 256
RIGHT_SHARE = 0.44  # of what the left column leaves
COST_SHARE = 0.34


def make_dock(window: QMainWindow, name: str, title: str, content: QWidget) -> QDockWidget:
    """Return a dock with a slim title."""
    dock = QDockWidget(title, window)
    dock.setObjectName(f"{name}_dock")
    label = QLabel(title, dock)
    label.setProperty("dock_title", True)
    label.setFont(scaled(window.font(), SMALL, bold=True))
    label.setContentsMargins(SPACE[2], SPACE[1], SPACE[1], SPACE[0])
    dock.setTitleBarWidget(label)
    dock.setWidget(content)
    return dock


def scrolling(content: QWidget) -> QScrollArea:
    """Return the content in a frame that scrolls where the screen is too small for it."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setMinimumWidth(content.minimumSizeHint().width())
    return area


def arrange(window: QMainWindow, docks: dict[str, QDockWidget]) -> None:
    """Put all docks where they are at first, in sizes that leave the two heroes most of the window."""
    left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    for name, area in (("data", left), ("training", left), ("output", right), ("cost", right)):
        window.addDockWidget(area, docks[name])
        docks[name].setFloating(False)
        docks[name].show()
    window.splitDockWidget(docks["data"], docks["training"], Qt.Orientation.Vertical)
    window.splitDockWidget(docks["output"], docks["cost"], Qt.Orientation.Vertical)
    wide = int((window.width() - LEFT_WIDTH) * RIGHT_SHARE)
    window.resizeDocks([docks["data"], docks["output"]], [LEFT_WIDTH, wide], Qt.Orientation.Horizontal)
    cost = int(window.height() * COST_SHARE)
    window.resizeDocks([docks["output"], docks["cost"]], [window.height() - cost, cost], Qt.Orientation.Vertical)
