"""Real mouse events at places of the plane on which points are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.ui.plots.frame import PlotFrame

LEFT, RIGHT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier
Place = tuple[float, float]


class Pointer:
    """The mouse over the plane of a boundary view; places are in units of the data."""

    def __init__(self, view: BoundaryView) -> None:
        self._frame: PlotFrame = view._plot.frame
        self._viewport: QWidget = self._frame.canvas.viewport()
        self.plot = view._plot

    def position(self, place: Place) -> QPoint:
        """Return where a place is in the viewport."""
        found: QPoint = self._frame.canvas.mapFromScene(self._frame.box.mapViewToScene(QPointF(*place)))
        return found

    def place(self, place: Place) -> Place:
        """Return the place of the pixel that is nearest to a place: what the mouse can aim at."""
        found = self._frame.box.mapSceneToView(self._frame.canvas.mapToScene(self.position(place)))
        return found.x(), found.y()

    def click(self, place: Place, button: Qt.MouseButton = LEFT) -> None:
        """Press and release at a place."""
        QTest.mouseClick(self._viewport, button, NO_KEY, self.position(place))

    def press(self, place: Place) -> None:
        """Press the left button."""
        QTest.mousePress(self._viewport, LEFT, NO_KEY, self.position(place))

    def release(self, place: Place) -> None:
        """Let it go."""
        QTest.mouseRelease(self._viewport, LEFT, NO_KEY, self.position(place))

    def move(self, place: Place, *, pressed: bool = False) -> None:
        """Move to a place; `QTest.mouseMove` would lose the button that is pressed."""
        position = QPointF(self.position(place))
        button = LEFT if pressed else NONE
        where = self._viewport.mapToGlobal(position)
        QApplication.sendEvent(
            self._viewport, QMouseEvent(QEvent.Type.MouseMove, position, where, NONE, button, NO_KEY)
        )

    def drag(self, way: Iterable[Place]) -> None:
        """Press at the first place, go along the way in small steps, and release at its end."""
        places = list(way)
        self.press(places[0])
        for begin, end in pairwise(places):
            for step in range(1, 11):
                share = step / 10.0
                between = (begin[0] + share * (end[0] - begin[0]), begin[1] + share * (end[1] - begin[1]))
                self.move(between, pressed=True)
        self.release(places[-1])

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        """Press a key while the plane has the keyboard."""
        QTest.keyClick(self.plot, key, modifier)
