"""Marks and short texts in a map, of the same size however the map is stretched."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QFont, QPainterPath, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsRectItem, QGraphicsSimpleTextItem

IGNORES = QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations
PADDING = 2.0
VEIL = 190
"""How much of what is under a text its ground hides, of 255."""


class Tag:
    """A short text on a ground of its own, put so many pixels from a place of the data."""

    def __init__(self, box: Any, *, z: float) -> None:
        self._ground = QGraphicsRectItem()
        self._ground.setFlag(IGNORES)
        self._ground.setZValue(z)
        self._ground.setPen(QPen(QColor(0, 0, 0, 0)))
        self._text = QGraphicsSimpleTextItem(self._ground)
        box.addItem(self._ground, ignoreBounds=True)
        self._ground.hide()

    @property
    def text(self) -> str:
        """What is written, while it is shown."""
        return self._text.text() if self._ground.isVisible() else ""

    def set_look(self, color: str, ground: str, font: QFont) -> None:
        """Set colours and font."""
        veil = QColor(ground)
        veil.setAlpha(VEIL)
        self._ground.setBrush(QBrush(veil))
        self._text.setBrush(QColor(color))
        self._text.setFont(font)

    def put(self, text: str, place: tuple[float, float], shift: tuple[float, float] = (0.0, 0.0)) -> None:
        """Write a text with its middle at a place, moved by so many pixels right and down."""
        if text != self._text.text() or not self._ground.isVisible():
            self._text.setText(text)
            self._ground.setRect(self._text.boundingRect().adjusted(-PADDING, 0.0, PADDING, 0.0))
        size = self._text.boundingRect()
        self._ground.setTransform(
            QTransform.fromTranslate(shift[0] - size.width() / 2.0, shift[1] - size.height() / 2.0)
        )
        self._ground.setPos(*place)
        self._ground.show()

    def hide(self) -> None:
        """Take the text away."""
        self._ground.hide()


class Mark:
    """A small shape at a place of the data."""

    def __init__(self, box: Any, shape: QPainterPath, *, z: float) -> None:
        self._item = QGraphicsPathItem(shape)
        self._item.setFlag(IGNORES)
        self._item.setZValue(z)
        box.addItem(self._item, ignoreBounds=True)
        self._item.hide()

    @property
    def place(self) -> tuple[float, float] | None:
        """Where it is, while it is shown."""
        return (self._item.x(), self._item.y()) if self._item.isVisible() else None

    def set_look(self, fill: str, edge: str) -> None:
        """Set colours."""
        self._item.setBrush(QBrush(QColor(fill)))
        self._item.setPen(QPen(QColor(edge), 1.5))

    def put(self, place: tuple[float, float]) -> None:
        """Show it at a place."""
        self._item.setPos(*place)
        self._item.show()

    def hide(self) -> None:
        """Take it away."""
        self._item.hide()


def disc(radius: float) -> QPainterPath:
    """Return a disc around the origin."""
    path = QPainterPath()
    path.addEllipse(QRectF(-radius, -radius, 2.0 * radius, 2.0 * radius))
    return path


def diamond(radius: float) -> QPainterPath:
    """Return a square on its corner around the origin."""
    corners = [QPointF(0, -radius), QPointF(radius, 0), QPointF(0, radius), QPointF(-radius, 0), QPointF(0, -radius)]
    path = QPainterPath()
    path.addPolygon(QPolygonF(corners))
    return path


def cross(radius: float, half_width: float) -> QPainterPath:
    """Return an upright cross around the origin."""
    path = QPainterPath()
    path.addRect(QRectF(-radius, -half_width, 2.0 * radius, 2.0 * half_width))
    other = QPainterPath()
    other.addRect(QRectF(-half_width, -radius, 2.0 * half_width, 2.0 * radius))
    return path.united(other)
