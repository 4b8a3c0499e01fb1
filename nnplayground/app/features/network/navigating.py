"""Looks at the network from nearer or farther: wheel, pinch, keys and the middle button in, zoom and scrolling out.

Like in a drawing program the wheel zooms around the pointer, and so does a pinch. Two fingers on a touchpad, the wheel
together with Shift, and the middle button pan, as far as the picture is larger than the view.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QGraphicsView

from nnplayground.app.features.network import zoom
from nnplayground.app.features.network.scene import NetworkScene

# So long after the last step of a zoom everything is drawn again, as sharp as the screen is.
REST_MILLISECONDS = 120
CLOSE_UP = 2.0
Modifier = Qt.KeyboardModifier


class Navigator(QObject):
    """Holds the zoom of a view. `changed` follows every other zoom, `rested` when it stays where it is.

    Once the network has been fitted into the view it stays so, whatever becomes of either, until somebody zooms again.
    """

    changed = Signal()
    rested = Signal()

    def __init__(self, view: QGraphicsView, scene: NetworkScene) -> None:
        super().__init__(view)
        self._view, self._scene = view, scene
        self._zoom = self._wished = 1.0  # what is shown, and what it is without the catch at 100 %
        self._fits = False
        self._hand: QPointF | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self.rested)

    @property
    def zoom(self) -> float:
        """How many times as large as at 100 % the network is shown."""
        return self._zoom

    @property
    def least(self) -> float:
        """The zoom at which the whole network is seen."""
        room = self._view.maximumViewportSize()
        return self._scene.fitting(room.width(), room.height())

    @property
    def is_whole(self) -> bool:
        """Whether the network is shown at 100 % and seen whole."""
        return self._zoom == 1.0 and self.least == 1.0

    def zoom_in(self) -> None:
        """Show the network one step larger, around the middle of the view."""
        self.zoom_to(zoom.larger(self._zoom))

    def zoom_out(self) -> None:
        """Show the network one step smaller, down to where the whole of it is seen."""
        self.zoom_to(zoom.smaller(self._zoom, self.least))

    def zoom_normal(self) -> None:
        """Show the network at 100 %."""
        self.zoom_to(1.0)

    def fit(self) -> None:
        """Show the whole network, and go on showing it."""
        self.zoom_to(self.least)
        self._fits = True

    def zoom_to(self, wished: float, anchor: QPointF | None = None) -> None:
        """Zoom around a point of the viewport, by default its middle; the limits are kept."""
        anchor = QPointF(self._view.viewport().rect().center()) if anchor is None else anchor
        self._fits = False
        self._wished = min(max(wished, self.least), zoom.LARGEST)
        self._show(zoom.limited(wished, self.least), anchor)

    def follow(self) -> None:
        """Take note that the network or the view is another one: there may be less or more to see."""
        wished = self.least if self._fits else zoom.limited(self._wished, self.least)
        self._show(wished, QPointF(0.0, 0.0))

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom or pan, as the wheel, the touchpad and the keys held meanwhile say."""
        event.accept()
        turn, modifiers = event.angleDelta(), event.modifiers()
        if modifiers & (Modifier.ControlModifier | Modifier.MetaModifier):
            self.zoom_to(zoom.turned(self._wished, turn.y() or turn.x()), event.position())
        elif modifiers & Modifier.ShiftModifier:
            self.pan(QPointF(turn.y() or turn.x(), 0.0) / 2.0)
        elif _is_touchpad(event):
            self.pan(QPointF(event.pixelDelta() if not event.pixelDelta().isNull() else turn / 2))
        elif turn.x():
            self.pan(QPointF(turn) / 2.0)
        else:
            self.zoom_to(zoom.turned(self._wished, turn.y()), event.position())

    def zoom_by(self, growth: float, anchor: QPointF) -> None:
        """Zoom around a point of the viewport, in steps as small as somebody's fingers take them."""
        self.zoom_to(self._wished * growth, anchor)

    def take(self, event: QNativeGestureEvent) -> bool:
        """Follow a gesture that the system has recognized on a touchpad; returns whether it means something here."""
        if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1.0 + event.value(), event.position())
        elif event.gestureType() is Qt.NativeGestureType.SmartZoomNativeGesture:
            self.zoom_to(CLOSE_UP if self._zoom <= 1.0 else 1.0, event.position())
        else:
            return False
        return True

    def pan(self, way: QPointF) -> None:
        """Move the picture by this way, in pixels of the view, as far as there is more of it."""
        for bar, length in ((self._view.horizontalScrollBar(), way.x()), (self._view.verticalScrollBar(), way.y())):
            bar.setValue(bar.value() - round(length))

    @property
    def is_panning(self) -> bool:
        """Whether the middle button holds the picture."""
        return self._hand is not None

    def hold(self, position: QPointF | None) -> None:
        """Take the picture into the hand at a point of the viewport, or let it go."""
        self._hand = position
        shape = Qt.CursorShape.ArrowCursor if position is None else Qt.CursorShape.ClosedHandCursor
        self._view.viewport().setCursor(shape)

    def drag(self, position: QPointF) -> None:
        """Move the picture with the hand."""
        if self._hand is not None:
            self.pan(position - self._hand)
            self._hand = position

    def _show(self, wanted: float, anchor: QPointF) -> None:
        """Show the network at this zoom; the point of the scene that is at `anchor` stays there."""
        if wanted == self._zoom:
            return
        bars = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        growth = wanted / self._zoom
        places = [(anchor.x() + bars[0].value()) * growth, (anchor.y() + bars[1].value()) * growth]
        self._zoom = wanted
        self._view.setTransform(QTransform.fromScale(wanted, wanted))
        self.changed.emit()
        for bar, place, offset in zip(bars, places, (anchor.x(), anchor.y()), strict=True):
            bar.setValue(round(place - offset))
        self._rest.start()


def _is_touchpad(event: QWheelEvent) -> bool:
    """Tell whether fingers scroll, not a wheel: a wheel has no beginning and no end."""
    is_pad = event.device() is not None and event.device().type() is QInputDevice.DeviceType.TouchPad
    return is_pad or event.phase() is not Qt.ScrollPhase.NoScrollPhase
