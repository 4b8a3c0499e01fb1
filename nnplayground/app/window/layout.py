"""Where things are: the network in the middle, panels left, plots right, as docks that can be moved and hidden."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QFrame, QLabel, QMainWindow, QScrollArea, QToolButton, QWidget

from nnplayground.app.theme import NORMAL, SPACE, scaled

LEFT_WIDTH = 240
RIGHT_SHARE = 0.425  # of what the left column leaves
COST_SHARE = 0.25
DATA_SHARE = 0.58  # the panel above then need not scroll while the one below has room to spare
DETAILS = ("measures",)  # closed at first: the network and its output need the room
DETAILS_HEIGHT, DETAILS_SHARE = 172, 0.24  # pixels at least, share of a high window
GRIP_HEIGHT = 10
MOVE_HELP = "Drag to move this panel; the View menu hides and shows it."


def make_dock(window: QMainWindow, name: str, title: str, content: QWidget, *, has_header: bool = False) -> QDockWidget:
    """Return a dock with a slim title, or only a grip when the content has a header of its own."""
    dock = QDockWidget(title, window)
    dock.setObjectName(f"{name}_dock")
    dock.setTitleBarWidget(_grip(dock) if has_header else _title(window, dock, title))
    dock.setWidget(content)
    return dock


def _title(window: QMainWindow, dock: QDockWidget, title: str) -> QLabel:
    label = QLabel(title, dock)
    label.setFont(scaled(window.font(), NORMAL, bold=True))
    label.setContentsMargins(SPACE[2], SPACE[1], SPACE[1], SPACE[0])
    label.setToolTip(MOVE_HELP)
    return label


def _grip(dock: QDockWidget) -> QLabel:
    label = QLabel("• • •", dock)
    label.setProperty("muted", True)
    label.setFont(scaled(dock.font(), 0.6))
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setFixedHeight(GRIP_HEIGHT)
    label.setCursor(Qt.CursorShape.SizeAllCursor)
    label.setToolTip(MOVE_HELP)
    return label


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
    """Let the Tab key go through the parts in this order, and inside each from top left to bottom right."""
    stops: list[QWidget] = []
    for part in parts:
        controls = [child for child in part.findChildren(QWidget) if _takes_tab(child, part)]
        stops += sorted(controls, key=lambda child: child.mapTo(part, QPoint(0, 0)).toTuple()[::-1])
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _takes_tab(child: QWidget, part: QWidget) -> bool:
    """Tell whether the Tab key stops at a child; the pop-ups of lists are windows of their own."""
    return bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus) and child.window() is part.window()


def arrange(window: QMainWindow, docks: dict[str, QDockWidget]) -> None:
    """Put all docks where they are at first, in sizes that leave the two heroes most of the window."""
    left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    below = Qt.DockWidgetArea.BottomDockWidgetArea
    window.setCorner(Qt.Corner.BottomLeftCorner, left)
    window.setCorner(Qt.Corner.BottomRightCorner, below)
    areas = {"data": left, "training": left, "output": right, "cost": right, "measures": below}
    for name, area in areas.items():
        window.addDockWidget(area, docks[name])
        docks[name].setFloating(False)
        docks[name].setVisible(name not in DETAILS)
    window.splitDockWidget(docks["data"], docks["training"], Qt.Orientation.Vertical)
    window.splitDockWidget(docks["output"], docks["cost"], Qt.Orientation.Vertical)
    details = max(DETAILS_HEIGHT, int(window.height() * DETAILS_SHARE))
    window.resizeDocks([docks["measures"]], [details], Qt.Orientation.Vertical)
    wide = int((window.width() - LEFT_WIDTH) * RIGHT_SHARE)
    window.resizeDocks([docks["data"], docks["output"]], [LEFT_WIDTH, wide], Qt.Orientation.Horizontal)
    data = int(window.height() * DATA_SHARE)
    left_docks = [docks["data"], docks["training"]]
    window.resizeDocks(left_docks, [data, window.height() - data], Qt.Orientation.Vertical)
    cost = int(window.height() * COST_SHARE)
    window.resizeDocks([docks["output"], docks["cost"]], [window.height() - cost, cost], Qt.Orientation.Vertical)
    _settle(window)


def dock_button(action: QAction, dock: QDockWidget, parent: QWidget) -> QToolButton:
    """Return a button that shows whether a dock is open; `action` opens and closes it."""
    action.setCheckable(True)
    dock.visibilityChanged.connect(action.setChecked)
    button = QToolButton(parent)
    button.setObjectName(f"{action.objectName()}_button")
    button.setProperty("slim", True)
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def show_or_hide(window: QMainWindow, docks: dict[str, QDockWidget], name: str) -> None:
    """Hide a dock below that can be seen; otherwise show it, in front of those that share its place."""
    dock, above = docks[name], [docks["output"], docks["cost"]]
    cost = docks["cost"].height()
    dock.setVisible(not dock.widget().isVisible())
    dock.raise_()
    _settle(window)
    if all(one.isVisible() and not one.isFloating() for one in above):
        # Qt would share the room that comes or goes between output and cost; the output is to have it.
        both = sum(one.height() for one in above)
        window.resizeDocks(above, [both - cost, cost], Qt.Orientation.Vertical)


def _settle(window: QMainWindow) -> None:
    """Lay out now what is due for layout, so that the sizes of docks are right."""
    layout = window.layout()
    if layout is not None:
        layout.activate()
