"""The two outer columns: heading and the names beside the nodes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from nnplayground.app.views.network.items.look import Look, Piece
from nnplayground.app.views.network.layout import HIT, MARGIN, NAME_GAP, Column, Layout
from nnplayground.app.views.network.words import count

CENTER = Qt.AlignmentFlag.AlignCenter
HEADING_WIDTH = 84


class EndItem(Piece):
    """The texts of the inputs (`column` 0) or of the outputs: a heading of up to three lines, and the names."""

    def __init__(
        self, look: Look, layout: Layout, column: int, names: tuple[str, ...], heading: tuple[str, ...]
    ) -> None:
        is_first = column == 0
        edge = layout.columns[column].center + (-1 if is_first else 1) * (layout.side // 2 + NAME_GAP)
        self._names_area = QRectF(0, 0, edge, 0) if is_first else QRectF(edge, 0, layout.width - edge, 0)
        left = 0 if is_first else layout.columns[column].center - HEADING_WIDTH // 2
        right = layout.columns[column].center + HEADING_WIDTH // 2 if is_first else layout.width
        super().__init__(look, QRectF(left, 0, right - left, layout.bottom), 1)
        self._layout, self._column, self._names, self._heading = layout, column, names, heading
        self._align = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignRight if is_first else Qt.AlignmentFlag.AlignLeft
        )

    def show_heading(self, heading: tuple[str, ...]) -> None:
        """Write another heading."""
        if heading != self._heading:
            self._heading = heading
            self.changed()

    def draw(self, painter: QPainter) -> None:
        """Paint heading and names."""
        column = self._layout.columns[self._column]
        self._paint_heading(painter, column)
        painter.setFont(self.look.small)
        painter.setPen(self.look.pen("text"))
        metrics = QFontMetricsF(self.look.small)
        for unit, row in zip(column.shown, column.rows, strict=True):
            box = self._layout.cell(self._column, row)
            area = QRectF(self._names_area.x(), box.y, self._names_area.width(), box.height)
            area.adjust(0 if self._column else 2, 0, -2 if self._column else 0, 0)
            name = metrics.elidedText(self._names[unit], Qt.TextElideMode.ElideMiddle, area.width())
            painter.drawText(area, self._align, name)

    def _paint_heading(self, painter: QPainter, column: Column) -> None:
        """Paint the lines above the column, level with those of the hidden layers."""
        left = column.center - HEADING_WIDTH // 2
        for line, text in enumerate(self._heading):
            painter.setFont(self.look.strong if line == 1 else self.look.small)
            painter.setPen(self.look.pen("text" if line == 1 else "muted"))
            painter.drawText(QRectF(left, MARGIN + line * HIT, HEADING_WIDTH, HIT), CENTER, text)


def heading(number: int, thing: str, activation: str = "") -> tuple[str, ...]:
    """Return the lines above an outer column: level with the names, the sizes and the activations of the layers."""
    return ("", count(number, thing), activation)
