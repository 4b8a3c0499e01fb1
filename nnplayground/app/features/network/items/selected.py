"""What sets off the neuron or the edge that is selected; built-in items, as these need no Python code to be painted."""

from __future__ import annotations

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsLineItem, QGraphicsPathItem

from nnplayground.app.features.network.items.look import Look, rectangle
from nnplayground.app.features.network.items.neuron import corner_radius
from nnplayground.app.features.network.layout import Box

AWAY, WIDTH = 3.0, 2.0
EDGE_DEPTH, NEURON_DEPTH = 0.5, 1.9
GAP, BORDER = 3.0, 6.0


def neuron_mark(look: Look, box: Box) -> QGraphicsItem:
    """Return a ring around a neuron, a little away from it."""
    path, radius = QPainterPath(), corner_radius(box.width) + AWAY
    path.addRoundedRect(rectangle(box).adjusted(-AWAY, -AWAY, AWAY, AWAY), radius, radius)
    ring = QGraphicsPathItem(path)
    ring.setPen(look.pen("accent", WIDTH))
    ring.setBrush(look.color("panel"))
    ring.setZValue(NEURON_DEPTH)
    return ring


class EdgeMark:
    """The selected edge on top of all others: in the colour of its weight, between two lines in the accent colour."""

    def __init__(self, look: Look, x1: float, y1: float, x2: float, y2: float) -> None:
        line = QLineF(x1, y1, x2, y2)
        self._look = look
        self._pen: QPen | None = None
        self.item = QGraphicsLineItem(line)
        self.item.setZValue(EDGE_DEPTH)
        self._gap = QGraphicsLineItem(line, self.item)
        self._core = QGraphicsLineItem(line, self.item)
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Draw the edge with this step of colour and width."""
        pen = self._look.pens[step]
        if pen is self._pen:
            return
        self._pen = pen
        self._core.setPen(pen)
        for item, token, more in ((self.item, "accent", BORDER), (self._gap, "panel", GAP)):
            border = self._look.pen(token, pen.widthF() + more)
            border.setCapStyle(Qt.PenCapStyle.FlatCap)
            item.setPen(border)
