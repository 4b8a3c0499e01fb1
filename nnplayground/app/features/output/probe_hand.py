"""The probe on one plot: its mark, the words beside it, and the mouse and the keys that move it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QWidget

from nnplayground.app.features.output.tag import Tag
from nnplayground.app.ui.plots.frame import PlotFrame
from nnplayground.app.ui.theme import LIGHT, Theme

ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1)}
REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape)
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier)
STEP, LONG_STEP = 4.0, 24.0
"""How many pixels an arrow key moves the probe, alone and with Shift."""
REACH = 14.0
"""How near to the probe, in pixels, a press takes it up."""
RADIUS, ARM = 6.5, 11.0
GROUND_DEPTH = 30
REMOVE_HELP = "Remove the probe. So do Delete and Escape while the plot has the keyboard."


class ProbeHand(QObject):
    """Shows the probe at a place of the plot and listens to what moves it; while not `is_on` it leaves the plot alone.

    `moved(across, up)` asks for the probe to be there, also where there was none, `removed` for it to go.
    """

    moved = Signal(float, float)
    removed = Signal()

    def __init__(self, plot: QWidget, frame: PlotFrame) -> None:
        super().__init__(plot)
        self.is_on = True
        self._plot, self._frame = plot, frame
        self._viewport: QWidget = frame.canvas.viewport()
        self._place: tuple[float, float] | None = None
        self._is_held = False
        self._ground, self._mark = QGraphicsPathItem(mark_path()), QGraphicsPathItem(mark_path())
        for depth, item in enumerate((self._ground, self._mark)):
            item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
            item.setZValue(GROUND_DEPTH + depth)
            item.hide()
            frame.box.addItem(item, ignoreBounds=True)
        self.tag = Tag("boundary_probe_tag", plot, tooltip=REMOVE_HELP)
        self.tag.closed.connect(self.removed)
        self._viewport.installEventFilter(self)
        plot.installEventFilter(self)
        frame.resized.connect(self.lay_out)
        self.set_theme(LIGHT)

    @property
    def place(self) -> tuple[float, float] | None:
        """Where the probe is on the plot."""
        return self._place

    def set_theme(self, theme: Theme) -> None:
        """Recolour mark and words."""
        for item, color, width in ((self._ground, theme.panel, 5.0), (self._mark, theme.accent, 2.0)):
            pen = QPen(QColor(color), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            item.setPen(pen)
        self.tag.set_theme(theme)

    def set_on(self, *, is_on: bool) -> None:
        """Listen and show the probe, or neither."""
        self.is_on = is_on
        self._is_held = False
        self.show_place(self._place)

    def show_place(self, place: tuple[float, float] | None) -> None:
        """Show the probe there, or nowhere."""
        self._place = place
        is_shown = place is not None and self.is_on
        if place is not None:
            for item in (self._ground, self._mark):
                item.setPos(*place)
        for item in (self._ground, self._mark):
            item.setVisible(is_shown)
        if is_shown != self.tag.isVisibleTo(self._plot):
            self.tag.setVisible(is_shown)
        if self.is_on:
            focus = Qt.FocusPolicy.StrongFocus if is_shown else Qt.FocusPolicy.NoFocus
            self._plot.setFocusPolicy(focus)
        self.lay_out()

    def take_keyboard(self) -> None:
        """Let the arrow keys move the probe, where the plot can be seen."""
        if self._plot.isVisible() and self._place is not None:
            self._plot.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def say(self, text: str, *, tooltip: str = "") -> None:
        """Write what the network answers beside the probe."""
        self.tag.say(text, tooltip=tooltip)
        self.lay_out()

    def lay_out(self) -> None:
        """Keep the words beside the probe."""
        if self._place is not None and self.tag.isVisibleTo(self._plot):
            self.tag.lie_beside(self._on_plot(self._place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what concerns the probe and let everything else through."""
        if not self.is_on:
            return False
        if watched is self._plot:
            if isinstance(event, QFocusEvent):
                self._mark.setScale(1.25 if event.gotFocus() else 1.0)
            return isinstance(event, QKeyEvent) and self._take_key(event)
        return isinstance(event, QMouseEvent) and self._take_mouse(event)

    def _take_mouse(self, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            self._move_to(event)
            return False
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if kind == QEvent.Type.MouseButtonRelease:
            was_held, self._is_held = self._is_held, False
            self._show_cursor(event.position())
            return was_held
        if kind == QEvent.Type.MouseButtonPress and self._is_near(event.position()):
            self._is_held = True
            self._plot.setFocus(Qt.FocusReason.MouseFocusReason)
            self._show_cursor(event.position())
            return True
        if kind == QEvent.Type.MouseButtonDblClick and self._is_inside(event.position()):
            self.moved.emit(*self._place_at(event.position()))
            self._plot.setFocus(Qt.FocusReason.MouseFocusReason)
            return True
        return False

    def _move_to(self, event: QMouseEvent) -> None:
        """Take the probe along while it is held, or show that a press would take it."""
        if self._is_held and not event.buttons() & Qt.MouseButton.LeftButton:
            self._is_held = False  # a release may get lost, for example to a dialog
        if self._is_held:
            self.moved.emit(*self._inside(self._place_at(event.position())))
        self._show_cursor(event.position())

    def _take_key(self, event: QKeyEvent) -> bool:
        """Obey the keys of the probe; claimed early, so that none of them is a shortcut of the window here."""
        key = Qt.Key(event.key())
        if self._place is None or event.modifiers() not in PLAIN or not (key in ARROWS or key in REMOVE):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if key in REMOVE:
            self.removed.emit()
            return True
        step = LONG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        pixel, way = self._frame.pixel(), ARROWS[key]
        across, up = (value + step * side * size for value, side, size in zip(self._place, way, pixel, strict=True))
        self.moved.emit(*self._inside((across, up)))
        return True

    def _show_cursor(self, position: QPointF) -> None:
        if self._is_held:
            self._viewport.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._is_near(position):
            self._viewport.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self._viewport.unsetCursor()

    def _place_at(self, position: QPointF) -> tuple[float, float]:
        place = self._frame.box.mapSceneToView(self._frame.canvas.mapToScene(position.toPoint()))
        return place.x(), place.y()

    def _inside(self, place: tuple[float, float]) -> tuple[float, float]:
        """Return the nearest place of the plane."""
        across, up = (
            min(max(value, low), high) for value, (low, high) in zip(place, self._frame.box.viewRange(), strict=True)
        )
        return across, up

    def _is_inside(self, position: QPointF) -> bool:
        area: QRectF = self._frame.box.sceneBoundingRect()
        return area.contains(QPointF(self._frame.canvas.mapToScene(position.toPoint())))

    def _is_near(self, position: QPointF) -> bool:
        if self._place is None:
            return False
        way = QPointF(self._in_viewport(self._place)) - position
        return way.x() ** 2 + way.y() ** 2 <= REACH**2

    def _in_viewport(self, place: tuple[float, float]) -> QPoint:
        inside: QPoint = self._frame.canvas.mapFromScene(self._frame.box.mapViewToScene(QPointF(*place)))
        return inside

    def _on_plot(self, place: tuple[float, float]) -> QPoint:
        return self._viewport.mapTo(self._plot, self._in_viewport(place))


def mark_path() -> QPainterPath:
    """Return a ring with four short arms around a place, in pixels."""
    path = QPainterPath()
    path.addEllipse(QPointF(0.0, 0.0), RADIUS, RADIUS)
    for across, up in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        path.moveTo(across * RADIUS, up * RADIUS)
        path.lineTo(across * ARM, up * ARM)
    return path
