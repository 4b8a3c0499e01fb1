"""The empty slots of a hidden layer, what a click would make of them, and the sign of a condensed column."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnplayground.app.features.network.items.look import Look, Piece, crisp, rectangle, text_width
from nnplayground.app.features.network.layout import Layout
from nnplayground.app.features.network.words import count


class SlotsItem(Piece):
    """The slots of one column; paints only those that hold no neuron."""

    def __init__(self, look: Look, layout: Layout, column: int, thing: str) -> None:
        box = layout.slots(column)
        room = max(0.0, layout.pitch / 2 - layout.reach)
        super().__init__(look, rectangle(box).adjusted(-room, 0, room, 0), 1)
        self._layout, self._place, self._thing = layout, column, thing
        self._column = layout.columns[column]
        self._preview = self._column.units

    def show_preview(self, units: int) -> None:
        """Show ghosts of the neurons that a click would add."""
        if units != self._preview:
            self._preview = units
            self.changed()

    def draw(self, painter: QPainter) -> None:
        """Paint faint squares, ghosts, or the sign of a condensed column."""
        if self._column.marker is not None:
            self._paint_marker(painter, self._column.marker)
        elif self._layout.is_hidden(self._place):
            for row in range(self._column.units, self._layout.rows):
                self._paint_slot(painter, row)

    def _paint_slot(self, painter: QPainter, row: int) -> None:
        """Paint an empty slot: a faint small square, or the ghost of a neuron."""
        box = self._layout.cell(self._place, row)
        radius = min(6.0, box.width / 6)
        if row < self._preview:
            painter.setPen(QPen(self.look.color("accent"), 1.0, Qt.PenStyle.DashLine))
            painter.setBrush(self.look.color("accent", 0.12))
            painter.drawRoundedRect(crisp(box), radius, radius)
            return
        inset = round(box.width * 0.22)
        painter.setPen(self.look.pen("border"))
        painter.setBrush(self.look.color("window"))
        painter.drawRoundedRect(crisp(box).adjusted(inset, inset, -inset, -inset), radius * 0.6, radius * 0.6)

    def _paint_marker(self, painter: QPainter, row: int) -> None:
        """Paint how many units there are where some of them are left out."""
        cell = rectangle(self._layout.cell(self._place, row))
        bounds = self.bounds
        room = QRectF(bounds.x() + 2, cell.y(), bounds.width() - 4, cell.height())
        text = f"⋮ {count(self._column.units, self._thing)}"
        if text_width(self.look.strong, text) > room.width() - 8:
            text = f"⋮ {self._column.units:,}"
        width = text_width(self.look.strong, text) + 12
        pill = QRectF(round(room.center().x() - width / 2), round(room.center().y() - 9), round(width), 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color("panel", 0.9))
        painter.drawRoundedRect(pill, 6, 6)
        painter.setPen(self.look.pen("text" if self._preview == self._column.units else "muted"))
        painter.setFont(self.look.strong)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
