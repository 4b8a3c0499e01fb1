"""The two outer columns: heading and the names beside the nodes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from nnplayground.app.features.network.items.look import Look, Piece, rectangle
from nnplayground.app.features.network.layout import HIT, MARGIN, NAME_GAP, Column, Layout
from nnplayground.app.features.network.words import count

CENTER = Qt.AlignmentFlag.AlignCenter
HEADING_WIDTH = 84
POLE_LINE, POLE_SIDE = 17, 8
Poles = tuple[str, str]  # what a low answer means, and what a high one


class EndItem(Piece):
    """The texts of the inputs (`column` 0) or of the outputs: a heading of up to three lines, and the names.

    `between` is how much room something else takes between the nodes and their names.
    """

    def __init__(
        self,
        look: Look,
        layout: Layout,
        column: int,
        names: tuple[str, ...],
        heading: tuple[str, ...],
        *,
        between: int = 0,
    ) -> None:
        is_first = column == 0
        edge = layout.columns[column].center + (-1 if is_first else 1) * (layout.side // 2 + NAME_GAP + between)
        self._names_area = QRectF(0, 0, edge, 0) if is_first else QRectF(edge, 0, layout.width - edge, 0)
        left = 0 if is_first else layout.columns[column].center - HEADING_WIDTH // 2
        right = layout.columns[column].center + HEADING_WIDTH // 2 if is_first else layout.width
        super().__init__(look, QRectF(left, 0, right - left, layout.bottom), 1)
        self._layout, self._column, self._names, self._heading = layout, column, names, heading
        self._poles: Poles | None = None
        self._align = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignRight if is_first else Qt.AlignmentFlag.AlignLeft
        )

    def show_heading(self, heading: tuple[str, ...]) -> None:
        """Write another heading."""
        if heading != self._heading:
            self._heading = heading
            self.changed()

    def show_poles(self, poles: Poles | None) -> None:
        """Write which classes the low and the high answer of a single output mean, or nothing of the kind."""
        if poles != self._poles:
            self._poles = poles
            self.changed()

    def explain(self, place: QPointF) -> str:
        """Return what there is to say about a point of the scene: a name that is cut short, or two classes."""
        column = self._layout.columns[self._column]
        for unit, row in zip(column.shown, column.rows, strict=True):
            if self._name_box(row).contains(place) and self._fitted(self._names[unit], row) != self._names[unit]:
                return self._names[unit]
        single = self._beside(column.rows[0]).united(rectangle(self._layout.cell(self._column, column.rows[0])))
        if self._poles is None or not single.contains(place):
            return ""
        low, high = self._poles
        return f"One output tells two classes apart: where it is high the answer is {high}, where it is low {low}."

    def draw(self, painter: QPainter) -> None:
        """Paint heading and names."""
        column = self._layout.columns[self._column]
        self._paint_heading(painter, column)
        painter.setFont(self.look.small)
        if self._poles is not None:  # they say more than the name
            self._paint_poles(painter, self._poles, column.rows[0])
            return
        painter.setPen(self.look.pen("text"))
        for unit, row in zip(column.shown, column.rows, strict=True):
            painter.drawText(self._name_box(row), self._align, self._fitted(self._names[unit], row))

    def _name_box(self, row: int) -> QRectF:
        """Return the place of a name."""
        box = self._layout.cell(self._column, row)
        area = QRectF(self._names_area.x(), box.y, self._names_area.width(), box.height)
        return area.adjusted(0 if self._column else 2, 0, -2 if self._column else 0, 0)

    def _fitted(self, name: str, row: int) -> str:
        """Return a name as far as there is room for it."""
        metrics = QFontMetricsF(self.look.small)
        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, self._name_box(row).width())

    def _beside(self, row: int) -> QRectF:
        """Return the place below a node where its two classes stand."""
        box = self._layout.cell(self._column, row)
        return QRectF(box.x, box.bottom + 6, self._layout.width - MARGIN - box.x, 2 * POLE_LINE)

    def _paint_poles(self, painter: QPainter, poles: Poles, row: int) -> None:
        """Paint the two classes in the colours that the map has for them, the high one first."""
        area, metrics = self._beside(row), QFontMetricsF(self.look.small)
        for line, (name, token) in enumerate(zip(reversed(poles), ("positive", "negative"), strict=True)):
            top = area.y() + line * POLE_LINE
            painter.setPen(self.look.pen("muted"))
            painter.setBrush(self.look.color(token))
            painter.drawRoundedRect(QRectF(area.x() + 0.5, top + 4.5, POLE_SIDE, POLE_SIDE), 2, 2)
            room = QRectF(area.x() + POLE_SIDE + 6, top, area.width() - POLE_SIDE - 6, POLE_LINE)
            text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room.width())
            painter.setPen(self.look.pen("text"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

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
