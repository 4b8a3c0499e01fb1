"""A block on its way to another place: its picture, which follows the pointer, and a line where it would stand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsPixmapItem, QGraphicsScene

from nnplayground.app.features.network.items.look import Look
from nnplayground.app.features.network.layout import MARGIN, Box, Layout
from nnplayground.app.ui.theme import RADIUS

LEFT_BEHIND = 0.3
SEEN_THROUGH = 0.85
DEPTH = 8


class LiftItem(QGraphicsPixmapItem):
    """The picture of a column or bar as it is shown at this moment, in a frame."""

    def __init__(self, scene: QGraphicsScene, look: Look, layout: Layout, block: Box) -> None:
        super().__init__()
        area = QRectF(block.x - 2, block.y - 4, block.width + 4, block.height + 8)
        self.setPixmap(_picture(scene, look, area))
        self.setOffset(area.topLeft())
        self.setOpacity(SEEN_THROUGH)
        self.setZValue(DEPTH)
        self.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)
        self.gap = QGraphicsLineItem()
        pen = look.pen("accent", 3.0)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self.gap.setPen(pen)
        self.gap.setZValue(DEPTH + 1)
        self._heights = float(MARGIN), float(layout.bottom)
        for item in (self, self.gap):
            scene.addItem(item)

    def show_way(self, way: float, gap: float | None) -> None:
        """Show the block so far from its place, and the line in a gap or in none."""
        self.setPos(way, 0.0)
        self.gap.setVisible(gap is not None)
        if gap is not None:
            self.gap.setLine(gap, self._heights[0], gap, self._heights[1])


def _picture(scene: QGraphicsScene, look: Look, area: QRectF) -> QPixmap:
    """Return this part of the scene in a frame."""
    picture = QPixmap(round(area.width() * look.ratio), round(area.height() * look.ratio))
    picture.setDevicePixelRatio(look.ratio)
    picture.fill(look.color("panel"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(0, 0, area.width(), area.height())
    scene.render(painter, frame, area)
    painter.setPen(look.pen("accent", 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    painter.end()
    return picture
