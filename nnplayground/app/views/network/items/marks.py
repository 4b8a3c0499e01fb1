"""Small things on and around the network: insert buttons, focus ring, legend, notes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from nnplayground.app.theme import RADIUS
from nnplayground.app.views.network.items.look import Look, Piece, crisp, draw_plus, rectangle, text_width
from nnplayground.app.views.network.layout import Box, Layout
from nnplayground.app.views.network.pictures import weight_pen

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
SCALE_WIDTH = 72
WEDGE_WIDTH = 44
WIDTH_TEXT = "thicker: larger weight"


class InsertItem(Piece):
    """The plus between two columns; under the pointer it shows where the new layer will stand."""

    def __init__(self, look: Look, layout: Layout, place: int) -> None:
        self._box = layout.inserts[place]
        self._line = QRectF(self._box.middle[0], self._box.bottom, 0, layout.bottom - self._box.bottom)
        super().__init__(look, rectangle(self._box).united(self._line.adjusted(-1, 0, 1, 0)), 3)
        self._hovered = False

    def set_hovered(self, *, hovered: bool) -> None:
        """Show that the pointer is on it."""
        if hovered != self._hovered:
            self._hovered = hovered
            self.changed()

    def draw(self, painter: QPainter) -> None:
        """Paint a ring with a plus, and the line of the new layer."""
        painter.setPen(self.look.pen("accent" if self._hovered else "border"))
        painter.setBrush(self.look.color("accent", 0.14) if self._hovered else self.look.color("panel"))
        painter.drawEllipse(crisp(self._box).adjusted(3, 3, -3, -3))
        if self._hovered:
            painter.setPen(QPen(self.look.color("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(self._line.topLeft(), self._line.bottomLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(self.look.pen("accent" if self._hovered else "muted", 2.0))
        draw_plus(painter, *self._box.middle, 4)


class RingItem(Piece):
    """The ring around the layer that the keyboard acts on."""

    def __init__(self, look: Look, layout: Layout, column: int) -> None:
        slots, head = layout.slots(column), layout.head(column)
        left = min(head.name.x, slots.x) - 2
        right = max(head.remove.right, slots.right) + 2
        self._box = Box(left, head.name.y - 4, right - left, slots.bottom + 4 - head.name.y)
        super().__init__(look, rectangle(self._box), -1)

    def draw(self, painter: QPainter) -> None:
        """Paint the ring."""
        painter.setPen(self.look.pen("accent", 2.0))
        painter.setBrush(self.look.color("accent", 0.04))
        painter.drawRoundedRect(rectangle(self._box).adjusted(1, 1, -1, -1), RADIUS, RADIUS)


class LegendItem(Piece):
    """What colour and width mean, in the lower left corner."""

    def __init__(self, look: Look, area: QRectF) -> None:
        super().__init__(look, area, 1)
        pixels = look.table.tobytes()
        self._scale = QImage(pixels, len(look.table), 1, 4 * len(look.table), QImage.Format.Format_RGB32).copy()

    @staticmethod
    def width(look: Look) -> float:
        """Return how much room it needs."""
        texts = ("−1", "+1", WIDTH_TEXT)
        return SCALE_WIDTH + WEDGE_WIDTH + 36 + sum(text_width(look.small, text) for text in texts)

    def draw(self, painter: QPainter) -> None:
        """Paint the scale of colours, then lines that grow with the weight."""
        painter.setFont(self.look.small)
        left, middle = self.bounds.x(), self.bounds.center().y()
        left = self._text(painter, left, "−1") + 6
        bar = QRectF(left, round(middle) - 4, SCALE_WIDTH, 8)
        painter.drawImage(bar, self._scale)
        painter.setPen(self.look.pen("muted"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
        zero = round(bar.center().x()) + 0.5
        painter.drawLine(int(zero), int(bar.top()) - 2, int(zero), int(bar.bottom()) + 2)
        left = self._text(painter, bar.right() + 6, "+1") + 16
        self._paint_widths(painter, left, middle)
        self._text(painter, left + WEDGE_WIDTH + 4, WIDTH_TEXT)

    def _paint_widths(self, painter: QPainter, left: float, middle: float) -> None:
        """Paint short lines of growing width."""
        for place, weight in enumerate((0.4, 1.2, 2.5)):
            start = left + place * WEDGE_WIDTH / 3
            painter.setPen(weight_pen(self.look.theme, weight))
            painter.drawLine(round(start), round(middle), round(start + WEDGE_WIDTH / 3 - 3), round(middle))

    def _text(self, painter: QPainter, left: float, text: str) -> float:
        """Write a text and return where it ends."""
        width = text_width(self.look.small, text)
        painter.setPen(self.look.pen("muted"))
        painter.drawText(QRectF(left, self.bounds.y(), width + 2, self.bounds.height()), LEFT, text)
        return left + width


class NoteItem(Piece):
    """A quiet sentence somewhere in the picture."""

    def __init__(self, look: Look, area: QRectF, text: str, align: Qt.AlignmentFlag) -> None:
        super().__init__(look, area, 1)
        self._text, self._align = text, align

    def draw(self, painter: QPainter) -> None:
        """Write the sentence."""
        painter.setFont(self.look.small)
        painter.setPen(self.look.pen("muted"))
        painter.drawText(self.bounds, self._align | Qt.TextFlag.TextWordWrap, self._text)
