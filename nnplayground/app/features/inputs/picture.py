"""The widget of both pictures: it draws them once for the data, and lets a plane be chosen by pointing or by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QToolTip, QWidget

from nnplayground.app.features.inputs.drawn import Cell, Drawn
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.app.ui.tooltips import wrapped

AHEAD = 0.3
"""How much of a step to the side a neighbour above or below may lie away."""


@dataclass(frozen=True)
class Drawing:
    """A way to draw the inputs: where its cells are, how it is painted, and the least size in which it can be read."""

    cells: Callable[[QSize, Drawn], list[Cell]]
    draw: Callable[[QPainter, QSize, Drawn, Theme, QFont], None]
    smallest_size: Callable[[int], QSize]


class InputsPicture(QWidget):
    """Shows a drawing, in which each cell stands for the plane of two inputs (across, up).

    `plane_chosen` carries those of the cell that was clicked or entered, `pointed` those under the pointer or at the
    keys, or `None`.
    """

    plane_chosen = Signal(int, int)
    pointed = Signal(object)

    def __init__(self, drawing: Drawing, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inputs_picture")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._drawing, self._theme = drawing, LIGHT
        self._drawn: Drawn | None = None
        self._plane: tuple[int, int] | None = None
        self._current: tuple[int, int] | None = None
        self._pixmap = QPixmap()

    def show_drawing(self, drawing: Drawing) -> None:
        """Draw in another way from now on."""
        self._drawing = drawing
        self._renew()

    def show_drawn(self, drawn: Drawn, theme: Theme) -> None:
        """Draw other samples or in other colours."""
        self._drawn, self._theme = drawn, theme
        self._point(None)
        self._renew()

    def show_plane(self, plane: tuple[int, int] | None) -> None:
        """Mark the plane that the output view shows, whichever of its inputs is across."""
        if plane != self._plane:
            self._plane = plane
            self.update()

    def cell_areas(self) -> dict[tuple[int, int], QRectF]:
        """Return where the plane of each pair of inputs (across, up) is drawn."""
        return {(cell.across, cell.up): cell.area for cell in self._cells()}

    def draw(self, painter: QPainter) -> None:
        """Draw the samples without the marks on them, for a picture of its own."""
        if self._drawn is not None:
            self._drawing.draw(painter, self.size(), self._drawn, self._theme, self.font())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture of the last time, with the marks on it."""
        if self._drawn is None:
            return
        ratio = self.devicePixelRatioF()
        wanted = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._pixmap.size() != wanted:
            self._pixmap = self._painted(self._drawn, wanted, ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cell in self._cells():
            pair = cell.across, cell.up
            width = 2.5 if self._plane in (pair, pair[::-1]) else 1.5 if pair == self._current else 0.0
            if width:
                painter.setPen(QPen(QColor(self._theme.accent), width))
                painter.drawRoundedRect(cell.area.adjusted(1, 1, -1, -1), 3.0, 3.0)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the cell under the pointer."""
        cell = self._cell_at(event.position())
        self._point((cell.across, cell.up) if cell else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Mark none."""
        super().leaveEvent(event)
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark none."""
        super().focusOutEvent(event)
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the plane of the cell."""
        cell = self._cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.plane_chosen.emit(cell.across, cell.up)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from cell to cell with the arrows, choose with Enter."""
        steps = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            self._step(*steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.plane_chosen.emit(*self._current)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Name the pair under the pointer in a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), wrapped(self.pair_text(self._current)), self)
            return True
        return bool(super().event(event))

    def pair_text(self, pair: tuple[int, int] | None) -> str:
        """Return what a click on the cell of a pair does; "" for none."""
        if pair is None or self._drawn is None:
            return ""
        names = dict(zip(self._drawn.inputs, self._drawn.names, strict=True))
        return f"Click to show {names[pair[1]]} over {names[pair[0]]} in the output view"

    def _cells(self) -> list[Cell]:
        return [] if self._drawn is None else self._drawing.cells(self.size(), self._drawn)

    def _cell_at(self, place: QPointF) -> Cell | None:
        return next((cell for cell in self._cells() if cell.area.contains(place)), None)

    def _point(self, pair: tuple[int, int] | None) -> None:
        """Mark a cell, and tell of it."""
        if pair == self._current:
            return
        self._current = pair
        if pair is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.pointed.emit(pair)
        self.update()

    def _step(self, right: int, down: int) -> None:
        """Go to the nearest cell in a direction; to the first one when none is marked."""
        cells = self._cells()
        here = next((cell for cell in cells if (cell.across, cell.up) == self._current), None)
        if here is None:
            self._point((cells[0].across, cells[0].up) if cells else None)
            return
        middle = here.area.center()

        def distance(cell: Cell) -> tuple[float, float]:
            way = cell.area.center() - middle
            return way.x() * right + way.y() * down, abs(way.x() * down) + abs(way.y() * right)

        ahead = [cell for cell in cells if distance(cell)[0] > 1.0 and distance(cell)[1] <= AHEAD * distance(cell)[0]]
        if ahead:
            nearest = min(ahead, key=distance)
            self._point((nearest.across, nearest.up))

    def _painted(self, drawn: Drawn, pixels: QSize, ratio: float) -> QPixmap:
        """Return the drawing for the present size."""
        pixmap = QPixmap(pixels)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        self._drawing.draw(painter, self.size(), drawn, self._theme, self.font())
        painter.end()
        return pixmap

    def _renew(self) -> None:
        """Draw anew the next time."""
        self._pixmap = QPixmap()
        if self._drawn is not None:
            self.setMinimumSize(self._drawing.smallest_size(len(self._drawn.inputs)))
        self.update()
