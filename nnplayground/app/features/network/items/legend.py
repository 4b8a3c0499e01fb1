"""What colour and width of a line mean, in the lower left corner of the view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from nnplayground.app.features.network.items.look import Look, PinnedPiece, text_width
from nnplayground.app.features.network.layout import FOOT, MARGIN
from nnplayground.app.features.network.pictures import FULL_WEIGHT, weight_pen
from nnplayground.app.ui.theme import RADIUS

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TITLE, LOW, HIGH = "Weight", "−1", "+1"
# The weights whose lines are shown, each with its number.
SAMPLES = ((0.5, "0.5"), (1.5, "1.5"), (FULL_WEIGHT, f"{FULL_WEIGHT:g}"))
SCALE_WIDTH, SAMPLE_WIDTH = 64, 14
GAP, WIDE_GAP = 6, 14
ABOUT = (
    "Each line is a weight: how strongly a value counts for the next neuron, blue for and orange against. "
    f"Its colour is full from 1 on, its width from {FULL_WEIGHT:g} on. The maps of the neurons and the "
    "dots, which are their biases, have the same colours."
)


class LegendItem(PinnedPiece):
    """The scale of colours, and lines of growing width; in a narrow view only what there is room for."""

    def __init__(self, look: Look, room: float) -> None:
        shown = next((part for part in (3, 2, 1) if _width(look, part) <= room), 0)
        super().__init__(look, QRectF(MARGIN, 0, _width(look, shown), FOOT), 9)
        self._shown = shown
        pixels = look.table.tobytes()
        self._scale = QImage(pixels, len(look.table), 1, 4 * len(look.table), QImage.Format.Format_RGB32).copy()

    @staticmethod
    def width(look: Look) -> float:
        """Return how much room it takes where there is enough."""
        return _width(look, 3)

    def covers(self, place: QPointF) -> bool:
        """Tell whether a point of the view, counted from where the legend is pinned, lies on it."""
        return bool(self._shown) and self.bounds.contains(place)

    def draw(self, painter: QPainter) -> None:
        """Paint the scale of colours, then lines that grow with the weight."""
        if not self._shown:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color("panel", 0.9))
        painter.drawRoundedRect(self.bounds.adjusted(0, 3, 0, -3), RADIUS, RADIUS)
        painter.setFont(self.look.small)
        left, middle = self.bounds.x() + 4, round(self.bounds.center().y())
        if self._shown > 1:
            left = self._text(painter, left, TITLE) + GAP
        left = self._text(painter, left, LOW) + GAP
        self._paint_scale(painter, QRectF(left, middle - 4, SCALE_WIDTH, 8))
        left = self._text(painter, left + SCALE_WIDTH + GAP, HIGH) + WIDE_GAP
        for weight, text in SAMPLES if self._shown > 2 else ():
            painter.setPen(weight_pen(self.look.theme, weight))
            painter.drawLine(round(left), middle, round(left) + SAMPLE_WIDTH, middle)
            left = self._text(painter, left + SAMPLE_WIDTH + 4, text) + GAP

    def _paint_scale(self, painter: QPainter, bar: QRectF) -> None:
        """Paint the scale with a mark at 0."""
        painter.drawImage(bar, self._scale)
        painter.setPen(self.look.pen("muted"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
        zero = int(bar.center().x())
        painter.drawLine(zero, int(bar.top()) - 2, zero, int(bar.bottom()) + 2)

    def _text(self, painter: QPainter, left: float, text: str) -> float:
        """Write a text and return where it ends."""
        width = text_width(self.look.small, text)
        painter.setPen(self.look.pen("muted"))
        painter.drawText(QRectF(left, self.bounds.y(), width + 2, self.bounds.height()), LEFT, text)
        return left + width


def _width(look: Look, shown: int) -> float:
    """Return how wide the legend is with its scale (1), its title (2) and its lines (3)."""
    if not shown:
        return 1.0
    font = look.small
    width = 8 + SCALE_WIDTH + 2 * GAP + text_width(font, LOW) + text_width(font, HIGH)
    if shown > 1:
        width += text_width(font, TITLE) + GAP
    if shown > 2:
        width += WIDE_GAP - GAP + sum(SAMPLE_WIDTH + 4 + GAP + text_width(font, text) for _, text in SAMPLES)
    return width
