"""Short dashes that run along some lines: one path with a dashed pen, so that Qt alone paints them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from nnplayground.app.features.network.items.look import Look

WIDTH = 1.5
DASH, GAP = 5.0, 17.0
STEP = 1.2
OPACITY = 0.75
DEPTH = 0.5


class FlowItem(QGraphicsPathItem):
    """Dashes on lines (x1, y1, x2, y2), which run from their first points to their second ones."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._pen = QPen(look.color("panel"), WIDTH)
        self._pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._pen.setDashPattern([DASH / WIDTH, GAP / WIDTH])
        self._way = 0.0
        self.setOpacity(OPACITY)
        self.setZValue(DEPTH)
        self.setPen(self._pen)

    @property
    def way(self) -> float:
        """How far the dashes have run, in pixels, up to where they look the same again."""
        return self._way

    def show_lines(self, lines: Sequence[Sequence[float]]) -> None:
        """Run along these lines from now on."""
        path = QPainterPath()
        for x1, y1, x2, y2 in lines:
            path.moveTo(x1, y1)
            path.lineTo(x2, y2)
        self.setPath(path)

    def advance_dashes(self) -> None:
        """Run on by one frame."""
        self._way = (self._way + STEP) % (DASH + GAP)
        self._pen.setDashOffset(-self._way / WIDTH)
        self.setPen(self._pen)
