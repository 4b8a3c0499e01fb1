"""Small things on and around the network: insert buttons, focus ring, notes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnplayground.app.features.network.items.look import Look, Piece, crisp, draw_plus, rectangle
from nnplayground.app.features.network.layout import Box, Layout
from nnplayground.app.ui.theme import RADIUS


class InsertItem(Piece):
    """The plus between two blocks; under the pointer it shows where the new layer will stand."""

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
    """The ring around the column or bar that the keyboard acts on."""

    def __init__(self, look: Look, frame: Box) -> None:
        self._box = Box(frame.x - 2, frame.y - 4, frame.width + 4, frame.height + 4)
        super().__init__(look, rectangle(self._box), -1)

    def draw(self, painter: QPainter) -> None:
        """Paint the ring."""
        painter.setPen(self.look.pen("accent", 2.0))
        painter.setBrush(self.look.color("accent", 0.04))
        painter.drawRoundedRect(rectangle(self._box).adjusted(1, 1, -1, -1), RADIUS, RADIUS)


class NoteItem(Piece):
    """A quiet sentence somewhere in the picture."""

    def __init__(self, look: Look, area: QRectF, text: str, align: Qt.AlignmentFlag) -> None:
        super().__init__(look, area, 1)
        self._text, self._align = text, align

    def say(self, text: str) -> None:
        """Write another sentence."""
        if text != self._text:
            self._text = text
            self.changed()

    def draw(self, painter: QPainter) -> None:
        """Write the sentence."""
        painter.setFont(self.look.small)
        painter.setPen(self.look.pen("muted"))
        painter.drawText(self.bounds, self._align | Qt.TextFlag.TextWordWrap, self._text)
