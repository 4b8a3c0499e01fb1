"""Going back and forth in time below a plot: the handle stands at the moment on show, and it can be taken elsewhere.

What it looks like is drawn in the scene of the plot (`track.py`); this widget lies over it, draws nothing, and takes
the mouse and the keyboard.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

from nnplayground.app.features.cost.gestures import wheel_factor
from nnplayground.app.features.cost.places import Places
from nnplayground.app.features.cost.track import RADIUS, Track
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.theme import HIT_AREA, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.training.time_travel.history_record import NO_RECORD, HistoryRecord

HELP = (
    "Drag to go back in time, or click: all views show that moment, and Play goes on from there.\n"
    "Keys: arrows, Page, Home and End go through time; + and − zoom, Shift and an arrow moves, 0 shows everything."
)
CLOSED = (
    "Before epoch {:,} the network had another shape, or other data, to which undo leads back; "
    "or it was opened as it was trained.\n"
)
ABOVE = 2
"""How far into the plot one can take hold of the handle, in pixels."""
PAGE = 0.1
KEY_ZOOM, KEY_PAN = 1.5, 0.1
KEYS = Qt.Key


class Scrubber(QAbstractSlider):
    """Emits `wanted(epoch)` for where one wants to go, `None` for the newest moment, and what zooms the plots.

    `pointed` carries the epoch under the pointer.
    """

    wanted = Signal(object)
    pointed = Signal(int)
    left_track = Signal()
    zoomed = Signal(float)  # at the middle
    zoomed_at = Signal(float, float)
    panned = Signal(float)  # by such a part of the width
    all_wanted = Signal()

    def __init__(self, scene: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._track = Track(scene)
        self._places = Places()
        self._record: HistoryRecord = NO_RECORD
        self._epoch = 0
        self._closed = -1  # before which epoch the way is closed, as the tooltip says
        self._drawn: tuple[object, ...] = ()  # what the ticks and the track show
        self._pacer = Pacer(self._show_moments, self)

    def set_theme(self, theme: Theme) -> None:
        """Recolour the track."""
        self._track.set_theme(theme)

    def show_moment(self, epoch: int, record: HistoryRecord, places: Places) -> None:
        """Put everything where it is: the handle at once, the kept moments no more often than one can look."""
        moved = places != self._places
        self._epoch, self._record, self._places = epoch, record, places
        if moved:
            self._lie_below()
        first = record.checkpoints[0].epoch if record.checkpoints else epoch
        drawn = (first, record.last_epoch)
        if moved or drawn != self._drawn:
            self._drawn = drawn
            self._track.show_way(first, record.last_epoch, places)
        self._track.show_handle(epoch, places)
        if moved:
            self._pacer.now()
        else:
            self._pacer.ask()

    def forget(self) -> None:
        """There is nothing to go back to."""
        self._record, self._drawn = NO_RECORD, ()
        self._track.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw nothing: the track is in the scene below."""

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """Ask for no painting where Qt would, as there is nothing to paint.

        The canvas below would be painted with it, and only that part of it. When something in its scene has just moved,
        Qt then takes it for painted where it is now, and what is left of it where it was stays on the screen.
        """

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle, or let it jump to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._track.hold(held=True)
            self.setSliderDown(True)
            self._drag(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take the handle along, or only tell what is under the pointer."""
        self.pointed.emit(self._epoch_at(event.position()))
        if self.isSliderDown():
            self._drag(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)
        self._track.hold(held=self.hasFocus())

    def leaveEvent(self, event: Any) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.left_track.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom, as everywhere over the plot."""
        self.zoomed_at.emit(wheel_factor(event), self._places.epoch(self.x() + event.position().x()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the kept moments, or zoom and move the plots."""
        if not (self._zoom_by(event) or self._travel_by(event)):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys work here."""
        super().focusInEvent(event)
        self._track.hold(held=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys work elsewhere."""
        super().focusOutEvent(event)
        self._track.hold(held=False)

    def _zoom_by(self, event: QKeyEvent) -> bool:
        key, shifted = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (KEYS.Key_Plus, KEYS.Key_Equal, KEYS.Key_Minus):
            self.zoomed.emit(1.0 / KEY_ZOOM if key == KEYS.Key_Minus else KEY_ZOOM)
        elif shifted and key in (KEYS.Key_Left, KEYS.Key_Right):
            self.panned.emit(-KEY_PAN if key == KEYS.Key_Left else KEY_PAN)
        elif key == KEYS.Key_0:
            self.all_wanted.emit()
        else:
            return False
        return True

    def _travel_by(self, event: QKeyEvent) -> bool:
        epochs = [one.epoch for one in self._record.checkpoints]
        page = max(1, round(PAGE * self._record.last_epoch))
        targets = {
            KEYS.Key_Left: max((one for one in epochs if one < self._epoch), default=None),
            KEYS.Key_Right: min((one for one in epochs if one > self._epoch), default=self._record.last_epoch),
            KEYS.Key_PageUp: self._epoch + page,
            KEYS.Key_PageDown: self._epoch - page,
            KEYS.Key_Home: min(epochs, default=None),
            KEYS.Key_End: self._record.last_epoch,
        }
        for key, target in targets.items():
            if event.key() == key:
                if target is not None:
                    self._want(target)
                return True
        return False

    def _drag(self, place: QPointF) -> None:
        """Want what is under the pointer; the handle is there at once, the moment comes when it comes."""
        epoch = min(self._epoch_at(place), self._record.last_epoch)
        moment = self._record.nearest(epoch)
        if moment is not None and epoch < self._record.last_epoch:
            self._track.show_handle(moment.epoch, self._places)
        self._want(epoch)

    def _want(self, epoch: int) -> None:
        if self._record.checkpoints:
            self.wanted.emit(None if epoch >= self._record.last_epoch else max(epoch, 0))

    def _epoch_at(self, place: QPointF) -> int:
        return max(0, round(self._places.epoch(self.x() + place.x())))

    def _lie_below(self) -> None:
        """Lie along the axis of the plot, as wide as that and a handle."""
        places, reach = self._places, round(RADIUS)
        width = round(places.right - places.left) + 2 * reach
        self.setGeometry(QRect(round(places.left) - reach, round(places.bottom) - ABOVE, width, HIT_AREA))

    def _show_moments(self) -> None:
        """Draw the kept moments, and tell those who cannot see where the handle is."""
        epochs = [one.epoch for one in self._record.checkpoints]
        self._track.show_moments(epochs, self._places)
        self.setMaximum(max(self._record.last_epoch, 0))
        self.setValue(self._epoch)
        first = epochs[0] if epochs else 0
        if first != self._closed:
            self._closed = first
            self.setToolTip(wrapped((CLOSED.format(first) if first else "") + HELP))
