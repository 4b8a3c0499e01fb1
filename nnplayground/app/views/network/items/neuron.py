"""A neuron, input or output: a rounded square with its map of the plane and a mark for its bias."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QImage, QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nnplayground.app.views.network.items.look import Look, Piece, crisp, rectangle
from nnplayground.app.views.network.layout import Box

FADED = 0.3


class NeuronItem(Piece):
    """One unit of a column; grey and without a mark until the first frame."""

    def __init__(self, look: Look, box: Box) -> None:
        self._mark = max(4.5, box.width * 0.135)
        super().__init__(look, rectangle(box).adjusted(-self._mark - 2, -2, 2, self._mark + 2), 2)
        self.box = box
        self.picture: QImage | None = None
        self.bias: float | None = None
        self._hovered = False

    def show_picture(self, picture: QImage | None) -> None:
        """Paint another map from now on."""
        self.picture = picture
        self.update()

    def show_bias(self, bias: float | None) -> None:
        """Paint another bias from now on."""
        if bias != self.bias:
            self.bias = bias
            self.update()

    def set_hovered(self, *, hovered: bool) -> None:
        """Show that the pointer is on it."""
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def set_faded(self, *, faded: bool) -> None:
        """Show that a click would take it away."""
        self.setOpacity(FADED if faded else 1.0)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint map, outline and bias."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._filling())
        painter.setPen(self.look.pen("accent", 2.0) if self._hovered else self.look.pen("muted"))
        radius = min(6.0, self.box.width / 6)
        painter.drawRoundedRect(crisp(self.box), radius, radius)
        if self.bias is not None:
            self._paint_bias(painter, self.bias)

    def _filling(self) -> QBrush:
        """Return the map as a brush, or a neutral one."""
        if self.picture is None:
            return QBrush(self.look.color("zero"))
        brush = QBrush(self.picture)
        scale = self.box.width / self.picture.width()
        brush.setTransform(QTransform.fromTranslate(self.box.x, self.box.y).scale(scale, scale))
        return brush

    def _paint_bias(self, painter: QPainter, bias: float) -> None:
        """Paint the mark at the lower left corner, set off from map and edges by a ring."""
        corner = QPointF(self.box.x + 1.5, self.box.bottom - 1.5)
        painter.setPen(self.look.pen("panel", 1.5))
        painter.setBrush(self.look.color("panel"))
        painter.drawEllipse(corner, self._mark + 1, self._mark + 1)
        painter.setPen(self.look.pen("muted"))
        painter.setBrush(self.look.value_color(bias))
        painter.drawEllipse(corner, self._mark, self._mark)
