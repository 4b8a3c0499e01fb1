"""Fingers on a screen: one is a mouse, two of them zoom and pan.

What one finger means is known only when it moves or lifts: until then a second one may come, and nothing is pressed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QApplication, QWidget

from nnplayground.app.features.network.navigating import Navigator

SLACK = 8.0
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


class Touch:
    """Follows the fingers on one widget from the first that comes to the last that goes."""

    def __init__(self, widget: QWidget, navigator: Navigator) -> None:
        self._widget, self._navigator = widget, navigator
        self._start: QPointF | None = None  # where the only finger came down
        self._is_pressed = False
        self._fingers: QLineF | None = None  # from one finger to the other
        widget.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)

    def take(self, event: QTouchEvent) -> None:
        """Follow the fingers of this moment."""
        event.accept()
        places = [point.position() for point in event.points()]
        if event.type() == QEvent.Type.TouchBegin:
            self._start, self._is_pressed, self._fingers = places[0], False, None
        if self._start is None:
            return
        if len(places) > 1 and not self._is_pressed:
            self._pinch(QLineF(places[0], places[1]))
        elif self._fingers is None:
            self._point(self._start, places[0])
        if event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel):
            self._lift(self._start, places[0])

    def _pinch(self, fingers: QLineF) -> None:
        """Zoom as the fingers part, around their middle, and pan as they move together."""
        before, self._fingers = self._fingers, fingers
        if before is not None and before.length() > 0.0:
            self._navigator.pan(fingers.center() - before.center())
            self._navigator.zoom_by(fingers.length() / before.length(), fingers.center())

    def _point(self, start: QPointF, place: QPointF) -> None:
        """Press the mouse once the finger moves, and move it on."""
        if not self._is_pressed and QLineF(start, place).length() >= SLACK:
            self._is_pressed = True
            self._send(QEvent.Type.MouseButtonPress, start, LEFT)
        if self._is_pressed:
            self._send(QEvent.Type.MouseMove, place, NO_BUTTON)

    def _lift(self, start: QPointF, place: QPointF) -> None:
        """Let the mouse go; a finger that has not moved has clicked."""
        if self._fingers is None:
            if not self._is_pressed:
                self._send(QEvent.Type.MouseButtonPress, start, LEFT)
            self._send(QEvent.Type.MouseButtonRelease, place, LEFT)
        self._start = self._fingers = None

    def _send(self, kind: QEvent.Type, place: QPointF, button: Qt.MouseButton) -> None:
        """Let the widget see a mouse."""
        held = NO_BUTTON if kind is QEvent.Type.MouseButtonRelease else LEFT
        there = self._widget.mapToGlobal(place)
        event = QMouseEvent(kind, place, there, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._widget, event)
