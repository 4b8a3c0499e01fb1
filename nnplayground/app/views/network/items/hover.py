"""The label beside the pointer: what is here, and what a click would do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from nnplayground.app.theme import RADIUS
from nnplayground.app.views.network.items.look import Look, Piece, text_width

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
LINE = 18
PADDING = 8
AWAY = 16


class HoverItem(Piece):
    """A label of one or two lines; the second, in the accent colour, tells what a click would do."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, QRectF(), 10)
        self.texts: tuple[str, str] = ("", "")
        self.setVisible(False)

    def tell(self, what: str, click: str, pointer: QPointF, visible: QRectF) -> None:
        """Write the label near the pointer, inside the visible part of the scene; without words it goes away."""
        lines = [text for text in (what, click) if text]
        self.setVisible(bool(lines))
        if not lines:
            return
        width = max(text_width(self.look.small, text) for text in lines) + 2 * PADDING
        height = LINE * len(lines) + PADDING
        x = pointer.x() + AWAY if pointer.x() + AWAY + width <= visible.right() else pointer.x() - AWAY - width
        y = pointer.y() + AWAY if pointer.y() + AWAY + height <= visible.bottom() else pointer.y() - AWAY - height
        x = min(max(x, visible.left() + 2), visible.right() - width - 2)
        self.texts = (what, click)
        self.bounds = QRectF(round(x), round(max(y, visible.top() + 2)), round(width), round(height))
        self.changed()

    def draw(self, painter: QPainter) -> None:
        """Paint the label."""
        painter.setPen(self.look.pen("muted"))
        painter.setBrush(self.look.color("panel"))
        painter.drawRoundedRect(self.bounds.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setFont(self.look.small)
        top = self.bounds.y() + PADDING / 2
        for text, token in zip(self.texts, ("text", "accent"), strict=True):
            if text:
                painter.setPen(self.look.pen(token))
                painter.drawText(QRectF(self.bounds.x() + PADDING, top, self.bounds.width(), LINE), LEFT, text)
                top += LINE
