"""The hand on a single weight or bias: a press, and then a click that edits it or a drag that changes it.

1. A press on an edge or on the dot of a bias takes the number, but changes nothing yet.
2. Moving mostly up or down changes it; moving mostly sideways gives the press back, for the sizes to be drawn.
3. While the pointer is down the number is asked for again and again, so that training does not pull it away.
4. Letting go without having moved is a click.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QObject, QPointF, QTimer, Signal

from nnplayground.app.features.network.pointing import Target
from nnplayground.app.features.network.selection import place_of
from nnplayground.app.features.network.value_drag import ValueDrag, wants_number
from nnplayground.app.features.network.values import Values

HOLD_MILLISECONDS = 30


class Moved(Enum):
    """What a movement of the pointer was."""

    WAITING = auto()
    CHANGING = auto()
    DRAWING = auto()


class ValueHand(QObject):
    """One press at a time; `clicked(Target)` follows a press that was no drag."""

    clicked = Signal(object)

    def __init__(self, values: Values, parent: QObject) -> None:
        super().__init__(parent)
        self._values = values
        self._target: Target | None = None
        self._drag: ValueDrag | None = None
        self._start = QPointF()
        self._gesture = 0
        self._value = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(HOLD_MILLISECONDS)
        self._timer.timeout.connect(self._hold)

    @property
    def target(self) -> Target | None:
        """The edge or dot that was pressed and not let go yet."""
        return self._target

    @property
    def start(self) -> QPointF:
        """Where it was pressed, in pixels of the screen."""
        return self._start

    @property
    def is_dragging(self) -> bool:
        """Whether a number is being changed."""
        return self._drag is not None

    def press(self, target: Target, position: QPointF, gesture: int) -> bool:
        """Take the number under the pointer; returns whether there is one."""
        place = place_of(target)
        if place is None or self._values.value(place) is None:
            return False
        self._target, self._start, self._gesture = target, position, gesture
        return True

    def move(self, position: QPointF, *, fine: bool) -> Moved:
        """Follow the pointer."""
        way = position - self._start
        if self._drag is None:
            wants = wants_number(way.x(), way.y())
            if wants is None or self._target is None:
                return Moved.WAITING
            if not wants:
                self._forget()
                return Moved.DRAWING
            self._begin()
        if self._drag is not None:
            self._change(self._drag.move(position.y(), fine=fine))
        return Moved.CHANGING

    def release(self) -> None:
        """Let the number go; without a drag that was a click."""
        target, was_drag = self._target, self.is_dragging
        if was_drag and self._timer.isActive():
            self._hold()
        self._forget()
        if target is not None and not was_drag:
            self.clicked.emit(target)

    def drop(self) -> None:
        """Let the number go as it is: it is not there any more."""
        self._forget()

    def cancel(self) -> None:
        """Give the number its old value back."""
        if self._drag is not None:
            self._change(self._drag.start)
            self._hold()
        self._forget()

    def _begin(self) -> None:
        place = place_of(self._target) if self._target is not None else None
        value = None if place is None else self._values.value(place)
        if value is not None:
            self._drag, self._value = ValueDrag(value, self._start.y()), value

    def _change(self, value: float) -> None:
        """Ask for a value at once, then no more often than the timer says."""
        self._value = value
        if not self._timer.isActive():
            self._hold()
            self._timer.start()

    def _hold(self) -> None:
        """Ask for the value that the hand means."""
        place = place_of(self._target) if self._target is not None else None
        if place is not None:
            self._values.set(place, self._value, self._gesture)

    def _forget(self) -> None:
        self._timer.stop()
        self._target = self._drag = None
