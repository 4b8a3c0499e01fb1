"""What the mouse does over a plot: the wheel zooms at the pointer, a drag moves, a double click shows everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from nnplayground.app.features.cost.places import Places
from nnplayground.app.ui.tooltips import wrapped

NOTCH = 120.0
"""What Qt counts for a notch of a wheel; touchpads give less at a time, and more often."""
PER_NOTCH = 1.25


def wheel_factor(event: QWheelEvent) -> float:
    """Return how many times narrower the window becomes by a turn of the wheel."""
    return float(PER_NOTCH ** (event.angleDelta().y() / NOTCH))


class PlotHand(QObject):
    """Watches the viewport of a plot; `zoomed(factor, epoch)`, `panned(epochs)` and `all_wanted()` are what it tells.

    `sign_text(across, down)` gives what is written in the tooltip at a place.
    """

    zoomed = Signal(float, float)
    panned = Signal(float)
    all_wanted = Signal()

    def __init__(
        self, canvas: Any, places: Callable[[], Places], sign_text: Callable[[float, float], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._viewport = canvas.viewport()
        self._places, self._sign_text = places, sign_text
        self._from: QPointF | None = None  # where the pointer was last, while it drags
        self._can_pan = False
        self._viewport.installEventFilter(self)

    def allow_pan(self, *, possible: bool) -> None:
        """Show by the pointer whether there is anything to drag."""
        if possible != self._can_pan:
            self._can_pan = possible
            self._show_cursor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for the plot; a move goes on to whoever reads the place under the pointer."""
        if isinstance(event, QWheelEvent):
            self._wheel(event)
            return True
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._sign_text(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), wrapped(text), self._viewport)
            return True
        return False

    def _wheel(self, event: QWheelEvent) -> None:
        places, sideways = self._places(), event.angleDelta().x()
        if abs(sideways) > abs(event.angleDelta().y()):
            self.panned.emit(-sideways / NOTCH / 10.0 * (places.last - places.first))
        elif event.angleDelta().y():
            across = min(max(event.position().x(), places.left), places.right)
            self.zoomed.emit(wheel_factor(event), places.epoch(across))

    def _mouse(self, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            self._drag(event.position())
            return False
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if kind == QEvent.Type.MouseButtonDblClick:
            self.all_wanted.emit()
        self._from = event.position() if kind == QEvent.Type.MouseButtonPress and self._can_pan else None
        self._show_cursor()
        return True

    def _drag(self, place: QPointF) -> None:
        if self._from is not None:
            places, before, self._from = self._places(), self._from, place
            self.panned.emit(places.epoch(before.x()) - places.epoch(place.x()))

    def _show_cursor(self) -> None:
        shapes = Qt.CursorShape
        drags = self._from is not None
        self._viewport.setCursor(
            shapes.ClosedHandCursor if drags else shapes.OpenHandCursor if self._can_pan else shapes.ArrowCursor
        )
