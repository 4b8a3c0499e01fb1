"""The label beside the pointer: what is here, and what a click would do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from nnplayground.app.features.network.items.look import Look, PinnedPiece, text_width
from nnplayground.app.ui.theme import RADIUS

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
LINE = 18
PADDING = 8
AWAY = 16


class HoverItem(PinnedPiece):
    """A label of a few lines: what is here, with more about it below in a quieter colour, and what a click would do."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, QRectF(), 10)
        self.texts: tuple[str, str] = ("", "")
        self.area = QRectF()
        self.setVisible(False)

    def tell(self, what: str, click: str, pointer: QPointF, visible: QRectF, *, zoom: float = 1.0) -> None:
        """Write the label near the pointer, inside the visible part of the scene; without words it goes away.

        `area` is what it then covers of the scene, which is seen `zoom` times as large.
        """
        lines = [text for text in (*what.split("\n"), click) if text]
        self.setVisible(bool(lines))
        if not lines:
            return
        width = max(text_width(self.look.small, text) for text in lines) + 2 * PADDING
        height, away = (LINE * len(lines) + PADDING) / zoom, AWAY / zoom
        wide = width / zoom
        x = pointer.x() + away if pointer.x() + away + wide <= visible.right() else pointer.x() - away - wide
        y = pointer.y() + away if pointer.y() + away + height <= visible.bottom() else pointer.y() - away - height
        x = max(min(x, visible.right() - wide - 2 / zoom), visible.left() + 2 / zoom)
        self.area = QRectF(x, max(y, visible.top() + 2 / zoom), wide, height)
        self.setPos(round(x * zoom) / zoom, round(self.area.y() * zoom) / zoom)
        bounds = QRectF(0, 0, round(width), LINE * len(lines) + PADDING)
        if (what, click) != self.texts or bounds != self.bounds:
            self.texts, self.bounds = (what, click), bounds
            self.changed()

    def draw(self, painter: QPainter) -> None:
        """Paint the label."""
        painter.setPen(self.look.pen("muted"))
        painter.setBrush(self.look.color("panel"))
        painter.drawRoundedRect(self.bounds.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setFont(self.look.small)
        top = self.bounds.y() + PADDING / 2
        what, *more = self.texts[0].split("\n")
        for text, token in ((what, "text"), *((line, "muted") for line in more), (self.texts[1], "accent")):
            if text:
                painter.setPen(self.look.pen(token))
                painter.drawText(QRectF(self.bounds.x() + PADDING, top, self.bounds.width(), LINE), LEFT, text)
                top += LINE
