"""The head of a hidden layer: its name, its size with buttons to change it, its activation and its dropout."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF

from nnplayground.app.features.network.items.look import Look, Piece, crisp, draw_plus, rectangle, text_width
from nnplayground.app.features.network.layout import Box, Head
from nnplayground.app.features.network.pointing import Part
from nnplayground.app.features.network.words import count
from nnplayground.app.ui.theme import RADIUS

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
CROSS = 6  # from the middle of the cross to what may stand beside it
CENTER = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip


class HeadItem(Piece):
    """The head of one layer; `hovered` is the control under the pointer."""

    def __init__(
        self, look: Look, head: Head, *, name: str, units: int, activation: str, dropout: str, off: int = 0
    ) -> None:
        width = head.remove.right - head.name.x
        bounds = QRectF(head.name.x, head.name.y, width, head.dropout.bottom - head.name.y)
        super().__init__(look, bounds.adjusted(-8, -1, 8, 1), 3)
        self._head, self._name, self._activation, self._dropout = head, name, activation, dropout
        self._units = self._preview = units
        self._off = off
        self._hovered: Part | None = None
        self._is_near = False

    def show_preview(self, units: int) -> None:
        """Show the size that a click would give the layer."""
        if units != self._preview:
            self._preview = units
            self.changed()

    def set_hovered(self, hovered: Part | None, *, is_near: bool) -> None:
        """Show the control under the pointer, and the button that removes while the pointer or focus is near."""
        if (hovered, is_near) != (self._hovered, self._is_near):
            self._hovered, self._is_near = hovered, is_near
            self.changed()

    def draw(self, painter: QPainter) -> None:
        """Paint the lines of the head."""
        self._paint_name(painter)
        self._paint_size(painter)
        self._paint_activation(painter)
        self._paint_dropout(painter)

    def _paint_name(self, painter: QPainter) -> None:
        """Paint the name, and the cross that removes."""
        painter.setFont(self.look.small)
        painter.setPen(self.look.pen("muted"))
        painter.drawText(*self._name_place(), self.name_text())
        if not self._is_near:
            return
        if self._hovered is Part.REMOVE:
            self._paint_button(painter, self._head.remove, "error")
        painter.setPen(self.look.pen("error" if self._hovered is Part.REMOVE else "muted", 1.5))
        x, y = self._head.remove.middle
        painter.drawLine(QPointF(x - 3.5, y - 3.5), QPointF(x + 3.5, y + 3.5))
        painter.drawLine(QPointF(x - 3.5, y + 3.5), QPointF(x + 3.5, y - 3.5))

    def draw_plain(self, painter: QPainter) -> None:
        """Write name, size, activation and dropout without the buttons, for a picture of its own."""
        for font, token, area, text in (
            (
                self.look.small,
                "muted",
                rectangle(self._head.name).adjusted(0, 0, self._head.remove.width, 0),
                self._name,
            ),
            (self.look.strong, "text", rectangle(self._head.count).adjusted(-7, 0, 7, 0), self._size_text()),
            (self.look.small, "muted", rectangle(self._activation_box()).adjusted(-9, 0, 9, 0), self._activation),
        ):
            painter.setFont(font)
            painter.setPen(self.look.pen(token))
            painter.drawText(area, CENTER, text)
        self._paint_dropout(painter)

    def name_text(self) -> str:
        """Return the name, or its number alone where the cross would lie over the rest."""
        room = self._head.remove.middle[0] - CROSS - self._head.name.x
        is_covered = self._is_near and text_width(self.look.small, self._name) > room
        return self._name.rpartition(" ")[2] if is_covered else self._name

    def _name_place(self) -> tuple[QRectF, int]:
        """Return where the name stands: in the middle, or at the left where the cross would be in its way."""
        name, remove = self._head.name, self._head.remove
        if text_width(self.look.small, self._name) + 2 * remove.width <= remove.right - name.x:
            return rectangle(name).adjusted(0, 0, remove.width, 0), CENTER
        return rectangle(name).adjusted(2, 0, 8, 0), LEFT

    def _paint_size(self, painter: QPainter) -> None:
        """Paint minus, size and plus in one frame."""
        head = self._head
        frame = Box(head.smaller.x, head.smaller.y, head.larger.right - head.smaller.x, head.smaller.height)
        painter.setPen(self.look.pen("border"))
        painter.setBrush(self.look.color("window"))
        painter.drawRoundedRect(crisp(frame), RADIUS, RADIUS)
        for part, box in ((Part.SMALLER, head.smaller), (Part.LARGER, head.larger)):
            if self._hovered is part:
                self._paint_button(painter, box, "accent")
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(self.look.pen("accent" if self._hovered is part else "muted", 2.0))
            draw_plus(painter, *box.middle, 4, upright=part is Part.LARGER)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.look.strong)
        painter.setPen(self.look.pen("text" if self._preview == self._units else "accent"))
        painter.drawText(rectangle(head.count).adjusted(-7, 0, 7, 0), CENTER, self._size_text())

    def _size_text(self) -> str:
        """Return the size in words where there is room, else the bare number."""
        texts = [count(self._preview, "neuron"), f"{self._preview:,}", str(self._preview)]
        if self._off and self._preview == self._units:
            on = self._units - self._off
            texts = [f"{on:,} of {self._units:,} on", f"{on}/{self._units} on", *texts]
        room = self._head.count.width + 8
        return next((text for text in texts if text_width(self.look.strong, text) <= room), texts[-1])

    def _paint_activation(self, painter: QPainter) -> None:
        """Paint the activation, with the sign of a menu where there is room."""
        box = self._activation_box()
        is_hovered = self._hovered is Part.ACTIVATION
        if is_hovered:
            self._paint_button(painter, box, "accent")
        painter.setFont(self.look.small)
        painter.setPen(self.look.pen("accent" if is_hovered else "muted"))
        metrics = QFontMetricsF(self.look.small)
        text = metrics.elidedText(self._activation, Qt.TextElideMode.ElideRight, box.width + 2)
        width = metrics.horizontalAdvance(text)
        has_sign = width + 14 <= box.width
        painter.drawText(rectangle(box).adjusted(0, 0, -10 if has_sign else 0, 0), CENTER, text)
        if has_sign:
            x, y = box.middle[0] + width / 2 + 1, box.middle[1]
            painter.setPen(self.look.pen("accent" if is_hovered else "muted", 1.25))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([QPointF(x - 3, y - 1), QPointF(x, y + 2), QPointF(x + 3, y - 1)]))

    def _activation_box(self) -> Box:
        """Return where the activation is written: a little higher when the dropout stands below it."""
        box = self._head.activation
        return Box(box.x, box.y, box.width, self._head.dropout.y - box.y) if self._dropout else box

    def _paint_dropout(self, painter: QPainter) -> None:
        """Write the share that is dropped, or as much of it as there is room for."""
        if not self._dropout:
            return
        is_hovered = self._hovered is Part.DROPOUT
        if is_hovered:
            self._paint_button(painter, self._head.dropout, "accent")
        painter.setFont(self.look.small)
        painter.setPen(self.look.pen("accent" if is_hovered else "text"))
        texts = (self._dropout, self._dropout.removeprefix("drop "))
        room = self._head.dropout.width + 8
        text = next((text for text in texts if text_width(self.look.small, text) <= room), texts[-1])
        painter.drawText(rectangle(self._head.dropout), CENTER, text)

    def _paint_button(self, painter: QPainter, box: Box, token: str) -> None:
        """Paint the ground of a button under the pointer."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color(token, 0.14))
        painter.drawRoundedRect(rectangle(box).adjusted(2, 2, -2, -2), RADIUS - 2, RADIUS - 2)
