"""What shows where a tool would act: the circle of the brush, the ring around a point, the cross of the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPathItem, QGraphicsScene

from nnplayground.app.ui.theme import Theme

ABOVE_ALL = 100
RING = 8.0
ARM, GAP = 9.0, 3.0


class Aids:
    """Items in pixels of the scene, all hidden at first and never in the way of the pointer."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._ground, self._circle = QGraphicsEllipseItem(), QGraphicsEllipseItem()
        self._ring, self._cross = QGraphicsEllipseItem(QRectF(-RING, -RING, 2 * RING, 2 * RING)), QGraphicsPathItem()
        self._cross_ground = QGraphicsPathItem()
        for cross in (self._cross_ground, self._cross):
            cross.setPath(_cross())
        for item in (self._ground, self._circle, self._ring, self._cross_ground, self._cross):
            item.setZValue(ABOVE_ALL)
            item.hide()
            scene.addItem(item)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything: a dark line on a light one, or the other way round, is seen on every map."""
        for item, color, width in (
            (self._ground, theme.panel, 3.0),
            (self._circle, theme.text, 1.0),
            (self._ring, theme.text, 2.0),
            (self._cross_ground, theme.panel, 4.0),
            (self._cross, theme.text, 1.6),
        ):
            pen = QPen(QColor(color))
            pen.setWidthF(width)
            item.setPen(pen)

    def show_circle(self, middle: QPointF | None, radius: float = 0.0) -> None:
        """Show how far the brush or the eraser reaches, or hide the circle."""
        for item in (self._ground, self._circle):
            item.setVisible(middle is not None)
            if middle is not None:
                item.setRect(QRectF(-radius, -radius, 2.0 * radius, 2.0 * radius))
                item.setPos(middle)

    def show_ring(self, middle: QPointF | None) -> None:
        """Mark the point that a press would take, or none."""
        self._ring.setVisible(middle is not None)
        if middle is not None:
            self._ring.setPos(middle)

    def show_cross(self, middle: QPointF | None) -> None:
        """Show where the keyboard would act, or hide the cross."""
        for item in (self._cross_ground, self._cross):
            item.setVisible(middle is not None)
            if middle is not None:
                item.setPos(middle)

    def hide(self) -> None:
        """Show nothing."""
        self.show_circle(None)
        self.show_ring(None)
        self.show_cross(None)

    @property
    def ring_is_shown(self) -> bool:
        """Whether a press would take a point."""
        return self._ring.isVisible()


def _cross() -> QPainterPath:
    """Return a cross that leaves its middle free."""
    path = QPainterPath()
    for across, up in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        path.moveTo(across * GAP, up * GAP)
        path.lineTo(across * ARM, up * ARM)
    return path
