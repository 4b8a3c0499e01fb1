"""The signs of frozen weights and biases; pictures that are made once, as they stand still while a network trains."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem

from nnplayground.app.features.network.items.look import Look
from nnplayground.app.ui.icons import icon_picture

SIDE, ICON = 16, 12
EDGE_DEPTH, BIAS_DEPTH = 0.6, 2.6
# With more frozen weights than this between two columns each gets a dot, for which there is room.
MOST_LOCKS = 24
DOT = 2.25


def lock_item(look: Look, x: float, y: float, *, depth: float) -> QGraphicsItem:
    """Return a small lock with its middle at this point."""
    item = QGraphicsPixmapItem(_lock(look.theme.text, look.theme.panel, look.theme.muted, look.ratio))
    item.setOffset(-SIDE / 2, -SIDE / 2)
    item.setPos(x, y)
    item.setZValue(depth)
    return item


def lock_items(look: Look, points: list[tuple[float, float]]) -> list[QGraphicsItem]:
    """Return the signs of frozen edges at these points: locks, or dots where there are many."""
    if len(points) <= MOST_LOCKS:
        return [lock_item(look, *point, depth=EDGE_DEPTH) for point in points]
    path = QPainterPath()
    for point in points:
        path.addEllipse(QPointF(*point), DOT, DOT)
    dots = QGraphicsPathItem(path)
    dots.setPen(look.pen("panel", 0.75))
    dots.setBrush(look.color("text"))
    dots.setZValue(EDGE_DEPTH)
    return [dots]


@lru_cache(maxsize=8)
def _lock(line: str, ground: str, border: str, ratio: float) -> QPixmap:
    """Return a lock on a round ground, so that it can be seen on every edge and map."""
    picture = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(border), 1.0))
    painter.setBrush(QColor(ground))
    painter.drawEllipse(QRectF(0.5, 0.5, SIDE - 1, SIDE - 1))
    inset = (SIDE - ICON) / 2
    painter.drawPixmap(QRectF(inset, inset - 0.5, ICON, ICON), icon_picture("lock", line, ICON, ratio), QRectF())
    painter.end()
    return picture
