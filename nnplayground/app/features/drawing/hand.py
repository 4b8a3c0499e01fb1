"""Mouse and keys over the plot while the drawing mode is on: which stroke begins where, and what shows it."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.drawing.aids import Aids
from nnplayground.app.features.drawing.easel import Easel
from nnplayground.app.features.drawing.tools import TOOLS, Tool
from nnplayground.app.ui.plots.frame import PlotFrame
from nnplayground.app.ui.theme import Theme
from nnplayground.project.drawing import MOST_DRAWN
from nnplayground.project.strokes import Brush, Erase, Move, PlanePoint, Spray, VisiblePlane, nearest, without

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}
STEP, LONG_STEP = 6.0, 30.0
"""How many pixels an arrow key moves the cross, alone and with Shift."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
TOOL_KEYS = {spec.key: spec.tool for spec in TOOLS}
BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier)


class Hand(QObject):
    """Draws on the plot with the tool and the value that are set; listens only while `is_on`.

    `tool_wanted(tool)` and `size_wanted(steps)` follow keys and the wheel, which only the bar can answer.
    """

    tool_wanted = Signal(object)
    size_wanted = Signal(int)

    def __init__(self, plot: QWidget, frame: PlotFrame, easel: Easel) -> None:
        super().__init__(plot)
        self.tool, self.value, self.brush = Tool.PLACE, 0.0, Brush()
        self.is_on = False
        self._plot, self._frame, self._easel = plot, frame, easel
        self._viewport: QWidget = frame.canvas.viewport()
        self.aids = Aids(frame.canvas.scene())
        self._pointer: PlanePoint | None = None
        self._cross: PlanePoint | None = None
        self._by_mouse = True  # whether the mouse has begun the stroke
        self._seeds = count(1)
        self._viewport.installEventFilter(self)
        plot.installEventFilter(self)
        frame.resized.connect(self._forget_places)

    def set_on(self, is_on: bool) -> None:
        """Begin or stop to draw; while on, the plot takes the keyboard."""
        self.is_on = is_on
        self._pointer = self._cross = None
        self.aids.hide()
        self._easel.end()
        focus = Qt.FocusPolicy.StrongFocus if is_on else Qt.FocusPolicy.NoFocus
        self._plot.setFocusPolicy(focus)
        self._show_cursor()

    def use(self, tool: Tool) -> None:
        """Take another tool; a stroke under way ends."""
        self._easel.end()
        self.tool = tool
        self._show_aids()

    def set_brush(self, brush: Brush) -> None:
        """Take another brush, and show how large it is."""
        self.brush = brush
        self._show_aids()

    def set_theme(self, theme: Theme) -> None:
        """Recolour what shows the tool."""
        self.aids.set_theme(theme)

    def plane(self) -> VisiblePlane:
        """Return the plane on show."""
        (left, right), (low, high) = self._frame.box.viewRange()
        return VisiblePlane((left, low), (right, high), self._frame.pixel())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what draws; let everything else through, above all the moves that the read-out follows."""
        if not self.is_on:
            return False
        if watched is self._plot:
            if isinstance(event, QFocusEvent):
                self._follow_focus(event)
            return isinstance(event, QKeyEvent) and self._take_key(event)
        if isinstance(event, QMouseEvent):
            return self._take_mouse(event)
        if isinstance(event, QWheelEvent):
            self.size_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            return True
        if event.type() == QEvent.Type.Leave:
            self._pointer = None
            self._show_aids()
        return event.type() == QEvent.Type.ContextMenu

    def _take_mouse(self, event: QMouseEvent) -> bool:
        kind, button = event.type(), event.button()
        place = self._place_at(event.position())
        if kind == QEvent.Type.MouseMove:
            self._move_to(place, event)
            return False
        if kind == QEvent.Type.MouseButtonRelease:
            if button == Qt.MouseButton.LeftButton:
                self._easel.end()
                self._show_aids()
            return True
        if kind not in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return False
        self._plot.setFocus(Qt.FocusReason.MouseFocusReason)
        self._cross = None
        if self._is_on_plane(event.position()):
            self._pointer = place
            if button == Qt.MouseButton.LeftButton:
                self._by_mouse = True
                self._begin(place)
            elif button == Qt.MouseButton.RightButton:
                self._take_away(place)
            self._show_aids()
        return True

    def _move_to(self, place: PlanePoint, event: QMouseEvent) -> None:
        """Go on with the stroke, or show what a press would do."""
        if self._easel.stroke is not None and not self._by_mouse:
            return  # the keyboard has taken a point up
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._easel.end()  # a release may get lost, for example to a dialog
        self._cross = None
        if self._easel.stroke is not None:
            self._pointer = self.plane().inside(place)
            self._easel.go_to(place)
        else:
            self._pointer = place if self._is_on_plane(event.position()) else None
        self._show_aids()

    def _begin(self, place: PlanePoint) -> None:
        """Begin a stroke of the tool in hand."""
        plane, points = self.plane(), self._easel.source.points
        if self.tool is Tool.PLACE:
            if len(points) >= MOST_DRAWN:
                self._easel.complain()
                return
            spray = Spray(points, place, self.value, brush=self.brush, plane=plane, seed=next(self._seeds))
            self._easel.begin(spray, _draw_words)
        elif self.tool is Tool.ERASE:
            has_classes = bool(self._easel.source.classes)
            erase = Erase(points, place, radius=self.brush.radius, plane=plane, has_classes=has_classes)
            self._easel.begin(erase, _erase_words)
        else:
            index = nearest(points, place, plane)
            if index is not None:
                self._easel.begin(Move(points, index, place, plane=plane), _move_words)

    def _take_away(self, place: PlanePoint) -> None:
        """Take the nearest point away, where one is in reach."""
        if self._easel.stroke is not None:
            return
        source = self._easel.source
        index = nearest(source.points, place, self.plane())
        if index is not None:
            self._easel.ask(without(source, index), _erase_words(1))

    def _take_key(self, event: QKeyEvent) -> bool:
        """Obey the keys of the plane; claimed early, so that none of them is a shortcut of the window here."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        busy = self._easel.stroke is not None
        known = key in ARROWS or key in ENTER or key in DELETE or key in TOOL_KEYS
        if not (known or (key == Qt.Key.Key_Escape and (busy or self._cross))) or modifiers not in PLAIN:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if key in TOOL_KEYS:
            self.tool_wanted.emit(TOOL_KEYS[key])
        elif key in ARROWS:
            long = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self._move_cross(ARROWS[key], LONG_STEP if long else STEP)
        elif key == Qt.Key.Key_Escape:
            self._give_up()
        elif (place := self._cross or self._pointer) is not None:
            self._act_at(place, erase=key in DELETE)
        self._show_aids()
        return True

    def _forget_places(self) -> None:
        """Show nothing where the pointer was before the plot became larger or smaller."""
        self._pointer = self._cross = None
        self._show_aids()

    def _follow_focus(self, event: QFocusEvent) -> None:
        """Show the cross when the Tab key brings the keyboard here, and put it away when it goes."""
        if event.gotFocus() and event.reason() in BY_TAB:
            self._move_cross((0, 0), STEP)
        elif event.lostFocus():
            self._cross = None
        self._show_aids()

    def _give_up(self) -> None:
        """Take back the stroke under way, or put the cross away."""
        if self._easel.stroke is None:
            self._cross = None
        self._easel.cancel()

    def _move_cross(self, direction: tuple[int, int], step: float) -> None:
        """Move the cross, which begins where the pointer is, or in the middle."""
        plane = self.plane()
        middle = ((plane.low[0] + plane.high[0]) / 2.0, (plane.low[1] + plane.high[1]) / 2.0)
        across, up = self._cross or self._pointer or middle
        moved = (across + direction[0] * step * plane.pixel[0], up + direction[1] * step * plane.pixel[1])
        self._cross = plane.inside(moved)
        self._easel.go_to(self._cross)

    def _act_at(self, place: PlanePoint, *, erase: bool) -> None:
        """Do with the keyboard what a click does; a point that is moved is put down by a second one."""
        if erase:
            self._take_away(place)
        elif self._easel.stroke is not None:
            self._easel.end()
        else:
            self._by_mouse = False
            self._begin(place)
            if self.tool is not Tool.MOVE:
                self._easel.end()

    def _place_at(self, position: QPointF) -> PlanePoint:
        """Return the place under a position of the viewport, in units of the data."""
        place = self._frame.box.mapSceneToView(self._frame.canvas.mapToScene(position.toPoint()))
        return place.x(), place.y()

    def _is_on_plane(self, position: QPointF) -> bool:
        area = self._frame.box.sceneBoundingRect()
        return bool(area.contains(QPointF(self._frame.canvas.mapToScene(position.toPoint()))))

    def _in_scene(self, place: PlanePoint) -> QPointF:
        return QPointF(self._frame.box.mapViewToScene(QPointF(*place)))

    def _show_aids(self) -> None:
        """Show circle, ring, cross and cursor for the place at hand."""
        place = self._cross or self._pointer
        if not self.is_on or place is None:
            self.aids.hide()
            self._show_cursor()
            return
        middle = self._in_scene(place)
        self.aids.show_cross(middle if self._cross else None)
        self.aids.show_circle(None if self.tool is Tool.MOVE else middle, self.brush.radius)
        self.aids.show_ring(self._caught(place) if self.tool is Tool.MOVE else None)
        self._show_cursor()

    def _caught(self, place: PlanePoint) -> QPointF | None:
        """Return where the point is that is being moved, or that a press would take."""
        stroke = self._easel.stroke
        if isinstance(stroke, Move):
            return self._in_scene(stroke.place)
        index = nearest(self._easel.points, place, self.plane())
        return None if index is None else self._in_scene(self._easel.points[index][:2])

    def _show_cursor(self) -> None:
        """Show with the pointer what it would do."""
        if not self.is_on:
            self._viewport.unsetCursor()
            return
        shape = Qt.CursorShape.CrossCursor
        if self.tool is Tool.MOVE:
            shape = Qt.CursorShape.ClosedHandCursor if self._easel.stroke else Qt.CursorShape.ArrowCursor
            if self._easel.stroke is None and self.aids.ring_is_shown:
                shape = Qt.CursorShape.OpenHandCursor
        if self._viewport.cursor().shape() != shape:
            self._viewport.setCursor(shape)


def _draw_words(points: int) -> str:
    return "Draw a point" if points == 1 else f"Draw {points:,} points"


def _erase_words(points: int) -> str:
    return "Erase a point" if points == 1 else f"Erase {points:,} points"


def _move_words(_points: int) -> str:
    return "Move a point"
