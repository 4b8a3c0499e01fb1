"""Holds the points that are being drawn, and asks for them to become part of the document at a calm pace.

The protocol of a stroke:

1. `begin`, `go_to`, `end` follow the pointer. Each changes the points at once, and `changed` tells the plot.
2. A wish for the document is sent (`wished`) as soon as the last one has been answered by a frame, but at most every
   `PAUSE` milliseconds, and at least every `PATIENCE` pauses. All wishes of a stroke have the same gesture number.
3. The document comes back by `show_source`. If it is not what was wished for, somebody else has changed it (undo, for
   example): the stroke ends, and the document's points count.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal

from nnplayground.project.drawing import MOST_DRAWN, empty_drawing, followed_parts, with_points
from nnplayground.project.model import PointsSource
from nnplayground.project.strokes import Spray, Stroke
from nnplayground.project.triples import Point

PAUSE = 30
PATIENCE = 8
FULL = f"There are {MOST_DRAWN:,} points, as many as can be drawn; erase some to make room."

Words = Callable[[int], str]


class Easel(QObject):
    """`wished(source, words, gesture)` asks for an edit; `changed()` tells that the points are others.

    `is_busy(busy)` tells when a stroke begins and when it has ended, `refused(sentence)` why something is not possible.
    """

    wished = Signal(object, str, int)
    changed = Signal()
    is_busy = Signal(bool)
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.source = empty_drawing()
        self.stroke: Stroke | None = None
        self.points: tuple[Point, ...] = ()
        self.parts: tuple[str, ...] = ()
        self.part = ""
        """The part that new points belong to, where the split is given; "" where it is drawn at random."""
        self._marks_before: tuple[str, ...] = ()
        self._before: tuple[Point, ...] = ()
        self._words: Words = str
        self._gestures = count(1)
        self._gesture = 0
        self._sent: PointsSource | None = None
        self._is_due = False
        self._is_answered = True
        self._waited = 0
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._pause_over)

    def show_source(self, source: PointsSource) -> None:
        """Show the document's points; others than were wished for end a stroke that is under way."""
        if source is self._sent and self.stroke is not None:
            self.source = source
            return
        is_news = source is not self.source or self.points != source.points or self.parts != source.parts
        self._drop()
        self.source, self.points, self.parts = source, source.points, source.parts
        if is_news:
            self.changed.emit()

    def answered(self, source: object) -> None:
        """Hear that a frame (or a failure, with `None`) has come for a source, so that the next wish may go."""
        if source is None or source is self._sent:
            self._is_answered = True

    def begin(self, stroke: Stroke, words: Words) -> None:
        """Begin a stroke; `words` names it for undo, given how many points it changed."""
        self.end()
        self._before, self._words = self.source.points, words
        self._marks_before = self.source.parts
        self._gesture = next(self._gestures)
        self.stroke = stroke
        self.is_busy.emit(True)
        self._follow()

    def go_to(self, place: tuple[float, float]) -> None:
        """Follow the pointer."""
        if self.stroke is not None:
            self.stroke.go_to(place)
            self._follow()

    def end(self) -> None:
        """Finish the stroke: what it did stays."""
        if self.stroke is not None:
            if self._is_due:
                self._send()
            if isinstance(self.stroke, Spray) and self.stroke.is_full:
                self.complain()
            self._drop()

    def cancel(self) -> None:
        """Take back what the stroke under way has done."""
        if self.stroke is None:
            return
        self.points, self.parts = self._before, self._marks_before
        if self.source.points is not self._before:
            self._send()
        self._drop()
        self.changed.emit()

    def ask(self, source: PointsSource, words: str) -> None:
        """Ask for another source in a step of its own."""
        self.end()
        if source != self.source:
            self._sent = source
            self.wished.emit(source, words, 0)

    def clear(self, words: str) -> None:
        """Ask for a drawing without any points in a step of its own."""
        self.ask(with_points(self.source, ()), words)

    def complain(self) -> None:
        """Say that there is no room for more points."""
        self.refused.emit(FULL)

    def _follow(self) -> None:
        """Take the points of the stroke."""
        if self.stroke is not None and self.stroke.points != self.points:
            self.points = self.stroke.points
            self.parts = followed_parts(self._marks_before, self.stroke.kept, self.part)
            self.changed.emit()
            self._is_due = True
            if not self._timer.isActive():
                self._timer.start()
                self._send()

    def _send(self) -> None:
        """Ask for the points of this moment to become those of the document."""
        self._is_due, self._is_answered, self._waited = False, False, 0
        self._sent = with_points(self.source, self.points, self.parts)
        self.wished.emit(self._sent, self._words(self._changed_count()), self._gesture)

    def _changed_count(self) -> int:
        """Return how many points the stroke has added or taken away, at least one."""
        return max(1, abs(len(self.points) - len(self._before)))

    def _pause_over(self) -> None:
        """Send what has come up in the meantime, or rest."""
        self._waited += 1
        if not self._is_due:
            self._timer.stop()
        elif self._is_answered or self._waited >= PATIENCE:
            self._send()

    def _drop(self) -> None:
        """End the stroke without another word."""
        was_busy, self.stroke = self.stroke is not None, None
        self._is_due = False
        self._timer.stop()
        if was_busy:
            self.is_busy.emit(False)
