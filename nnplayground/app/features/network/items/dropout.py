"""A dropout that stands alone: a slim bar between two columns, which the edges pass."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnplayground.app.features.network.items.look import Look, Piece, crisp, rectangle, text_width
from nnplayground.app.features.network.layout import Bar
from nnplayground.app.ui.theme import RADIUS

DEPTH = 1.5  # over the edges, below the neurons
AWAY = 6.0  # between the ends of the text and those of its ground


class DropoutItem(Piece):
    """Says how much is dropped here; the text is written upwards."""

    def __init__(self, look: Look, bar: Bar, text: str) -> None:
        super().__init__(look, rectangle(bar.box).adjusted(-2, -2, 2, 2), DEPTH)
        self.block = bar.block
        self.text = text
        self._box = bar.box
        self._is_hovered = self._is_selected = False

    def set_hovered(self, *, hovered: bool) -> None:
        """Show that the pointer is on it."""
        if hovered != self._is_hovered:
            self._is_hovered = hovered
            self.changed()

    def set_selected(self, *, selected: bool) -> None:
        """Set it off, or not any more."""
        if selected != self._is_selected:
            self._is_selected = selected
            self.changed()

    def draw(self, painter: QPainter) -> None:
        """Paint the bar, through which the edges can be seen, and the text on a ground of its own."""
        look, is_lit = self.look, self._is_hovered or self._is_selected
        color = look.color("accent") if is_lit else look.color("muted", 0.7)
        outline = QPen(color, 2.0 if self._is_selected else 1.0)
        outline.setStyle(Qt.PenStyle.SolidLine if self._is_selected else Qt.PenStyle.DashLine)
        painter.setPen(outline)
        painter.setBrush(look.color("accent", 0.14) if self._is_hovered else look.color("panel", 0.6))
        painter.drawRoundedRect(crisp(self._box), RADIUS, RADIUS)
        length = text_width(look.small, self.text) + 2 * AWAY
        painter.translate(*self._box.middle)
        painter.rotate(-90.0)
        ground = QRectF(-length / 2, -self._box.width / 2 + 2, length, self._box.width - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("panel"))
        painter.drawRect(ground)
        painter.setFont(look.small)
        painter.setPen(look.pen("accent" if is_lit else "text"))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self.text)
