"""Where things are: the network in the middle, panels left, plots right, as docks that can be moved and hidden."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QScrollArea, QToolButton, QWidget

from nnplayground.app.shell.parts import BELOW, OVER
from nnplayground.app.ui.theme import HIT_AREA

Stop = TypeVar("Stop")
SAME_ROW = 8  # pixels between the middles of controls that stand beside each other
LEFT_WIDTH = 240
RIGHT_SHARE = 0.425  # of what the left column leaves
COST_SHARE = 0.29
DATA_SHARE = 0.6  # the panel above then need not scroll while the one below has room to spare
DETAILS_HEIGHT, DETAILS_SHARE = 172, 0.24  # pixels at least, share of a high window
REST_HEIGHT = 760  # what the details leave to everything else when they ask for more
OWN_HEIGHT = "own_height"  # what a dock below had when it was hidden
NOT_PLACED, LEAST_PLACED = 1, 400  # pixels: a dock without a place is made so narrow, and stays below the other
PLACED = "placed"
INSIDE = (8, 40, -8, -8)  # how far a floating dock stays inside the edges of the place that it covers
OUTPUT_HEIGHT = 420  # below this the output shrinks only after the cost has


def scrolling(content: QWidget) -> QScrollArea:
    """Return the content in a frame that scrolls where the screen is too small for it."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumWidth(max(0, content.minimumSizeHint().width()))
    return area


def order_tabs(parts: list[QWidget]) -> None:
    """Let the Tab key go through the parts in this order, and inside each from top left to bottom right.

    Those that float are windows of their own, and so have a round of their own.
    """
    for window in dict.fromkeys(part.window() for part in parts):
        _order_round([part for part in parts if part.window() is window])


def _order_round(parts: list[QWidget]) -> None:
    stops: list[QWidget] = []
    for part in parts:
        controls = [child for child in part.findChildren(QWidget) if _takes_tab(child, part)]
        middles = {child: child.mapTo(part, child.rect().center()).toTuple() for child in controls}
        stops += in_reading_order(middles)
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def in_reading_order(middles: Mapping[Stop, tuple[int, int]]) -> list[Stop]:
    """Return things by rows, and in a row from left to right; what is in one row need not stand at quite one height."""
    rows: list[list[Stop]] = []
    for stop in sorted(middles, key=lambda stop: middles[stop][1]):
        if not rows or middles[stop][1] - middles[rows[-1][0]][1] > SAME_ROW:
            rows.append([])
        rows[-1].append(stop)
    return [stop for row in rows for stop in sorted(row, key=lambda stop: middles[stop][0])]


def _takes_tab(child: QWidget, part: QWidget) -> bool:
    """Tell whether the Tab key stops at a child; the pop-ups of lists are windows of their own."""
    return bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus) and child.window() is part.window()


def arrange(window: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
    """Put all docks where they are at first, in sizes that leave the two heroes most of the window."""
    left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    below = Qt.DockWidgetArea.BottomDockWidgetArea
    window.setCorner(Qt.Corner.BottomLeftCorner, left)
    window.setCorner(Qt.Corner.BottomRightCorner, below)
    areas = {"data": left, "training": left, "output": right, "cost": right} | dict.fromkeys((*BELOW, *OVER), below)
    for name, area in areas.items():
        window.addDockWidget(area, docks[name])
        docks[name].setFloating(False)
        docks[name].setVisible(area != below)  # the network and its output need the room
    for name in OVER:  # a picture that needs more room than any place beside the others has
        docks[name].setFloating(True)
        docks[name].resize(NOT_PLACED, NOT_PLACED)
        docks[name].setProperty(PLACED, False)
    window.splitDockWidget(docks["data"], docks["training"], Qt.Orientation.Vertical)
    window.splitDockWidget(docks["output"], docks["cost"], Qt.Orientation.Vertical)
    for name in BELOW[1:]:
        window.tabifyDockWidget(docks[BELOW[0]], docks[name])
    window.resizeDocks([docks[BELOW[0]]], [_details_height(window)], Qt.Orientation.Vertical)
    wide = int((window.width() - LEFT_WIDTH) * RIGHT_SHARE)
    window.resizeDocks([docks["data"], docks["output"]], [LEFT_WIDTH, wide], Qt.Orientation.Horizontal)
    data = int(window.height() * DATA_SHARE)
    left_docks = [docks["data"], docks["training"]]
    window.resizeDocks(left_docks, [data, window.height() - data], Qt.Orientation.Vertical)
    cost = int(window.height() * COST_SHARE)
    window.resizeDocks([docks["output"], docks["cost"]], [window.height() - cost, cost], Qt.Orientation.Vertical)
    _settle(window)


def tick_while_open(action: QAction, dock: QDockWidget) -> None:
    """Let the action that opens and closes a dock show whether it is open."""
    action.setCheckable(True)
    action.setIconVisibleInMenu(False)  # the tick stands in its place
    dock.visibilityChanged.connect(action.setChecked)


def dock_button(action: QAction, dock: QDockWidget, parent: QWidget, *, word: bool = True) -> QToolButton:
    """Return a button that shows whether a dock is open, with or without its word; `action` opens and closes it."""
    tick_while_open(action, dock)
    button = QToolButton(parent)
    button.setObjectName(f"{action.objectName()}_button")
    button.setProperty("slim", True)
    button.setDefaultAction(action)
    style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if word else Qt.ToolButtonStyle.ToolButtonIconOnly
    button.setToolButtonStyle(style)
    button.setMinimumSize(HIT_AREA, HIT_AREA)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def header_button(action: QAction, parent: QWidget) -> QToolButton:
    """Return a button with the icon of an action, for the header of a view."""
    button = QToolButton(parent)
    button.setObjectName(f"{action.objectName()}_button")
    button.setAccessibleName(action.iconText())
    button.setProperty("slim", True)
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setMinimumSize(HIT_AREA, HIT_AREA)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def show_or_hide(
    window: QMainWindow, docks: Mapping[str, QDockWidget], name: str, *, wanted: int, least: int = 0
) -> None:
    """Hide a dock below that can be seen; otherwise show it, in front of those that share its place.

    Where there is room, its content gets at least the height that is `wanted`, and in a low window `least`.
    """
    dock, above = docks[name], [docks["output"], docks["cost"]]
    opens, cost = not dock.widget().isVisible(), docks["cost"].height()
    whole, beside = dock.height(), _beside(window, docks, dock)
    before = max((other.height() for other in beside), default=0)
    dock.setVisible(opens)
    dock.raise_()
    _settle(window)
    room = min(wanted + dock.titleBarWidget().height(), window.height() - REST_HEIGHT)
    height = max(before or dock.property(OWN_HEIGHT) or max(_details_height(window), least), room)
    if not opens:
        dock.setProperty(OWN_HEIGHT, whole)
    if opens and not dock.isFloating() and height > dock.height():
        window.resizeDocks([dock], [height], Qt.Orientation.Vertical)
        _settle(window)
    if all(one.isVisible() and not one.isFloating() for one in above):
        _share(window, above, opens=opens, cost=cost, shares_place=bool(beside))


def _details_height(window: QMainWindow) -> int:
    """Return the height of the details that somebody opens for the first time."""
    return max(DETAILS_HEIGHT, int(window.height() * DETAILS_SHARE))


def _beside(window: QMainWindow, docks: Mapping[str, QDockWidget], dock: QDockWidget) -> list[QDockWidget]:
    """Return the docks on show in the area of one, whose height it takes over; Qt would shrink them for it."""
    below = [docks[name] for name in (*BELOW, *OVER) if docks[name] is not dock and docks[name].isVisible()]
    area = window.dockWidgetArea(dock)
    return [other for other in below if not other.isFloating() and window.dockWidgetArea(other) == area]


def show_or_hide_over(place: QWidget, dock: QDockWidget) -> None:
    """Hide a dock that can be seen; otherwise show it, for the first time floating over a part of the window."""
    if dock.widget().isVisible():
        dock.hide()
        return
    # One that was placed in an earlier session comes back as large as it was.
    if dock.isFloating() and not dock.property(PLACED) and dock.width() < LEAST_PLACED:
        dock.setProperty(PLACED, True)
        dock.setGeometry(QRect(place.mapToGlobal(QPoint(0, 0)), place.size()).adjusted(*INSIDE))
    dock.show()
    dock.raise_()


def _share(window: QMainWindow, above: list[QDockWidget], *, opens: bool, cost: int, shares_place: bool) -> None:
    """Share the height that output and cost have left; Qt by itself would take the same part from both.

    The cost had the height `cost`, and gives way before the output gets small; what it gave it gets back when the last
    of the docks below is closed, those that share one place.
    """
    dock, both = above[1], sum(one.height() for one in above)
    if opens and not shares_place:
        dock.setProperty("whole_height", cost)
    if opens:
        cost = max(dock.minimumSizeHint().height(), min(cost, both - OUTPUT_HEIGHT))
    elif not shares_place:
        cost = dock.property("whole_height") or cost
    cost = min(max(cost, 1), max(both - 1, 1))  # of a window that is hardly there Qt refuses to take nothing
    window.resizeDocks(above, [max(both - cost, 1), cost], Qt.Orientation.Vertical)


def _settle(window: QMainWindow) -> None:
    """Lay out now what is due for layout, so that the sizes of docks are right."""
    layout = window.layout()
    if layout is not None:
        layout.activate()
