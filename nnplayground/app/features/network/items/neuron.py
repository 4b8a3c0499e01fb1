"""A neuron, input or output: a rounded square with its map of the plane and a mark for its bias.

Nothing here is painted by Python code. While a network trains, every call from Qt into Python has to wait for the
training thread to let go of the interpreter; fifty of them in a frame cost more than all the painting.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
)

from nnplayground.app.features.network.items.look import Look
from nnplayground.app.features.network.layout import Box
from nnplayground.app.features.network.pictures import Frame

FADED = 0.3
OFF = 0.55
DEPTH = 2.0


class NeuronItem(QGraphicsPixmapItem):
    """One unit of a column; grey and without a mark until the first frame."""

    def __init__(self, look: Look, box: Box) -> None:
        super().__init__()
        self.look, self.box = look, box
        self.picture: QImage | None = None
        self.bias: float | None = None
        self.setZValue(DEPTH)
        self.setPos(box.x, box.y)
        self.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)
        self._is_faded = self._is_off = False
        self._radius = dot_radius(box.width)
        self._mark = self._make_mark()
        self._ground = self._make_ground()
        self._ring = self._make_ring()
        self._slash = self._make_slash()
        self.show_picture(None)

    def show_picture(self, picture: QImage | None) -> None:
        """Show another map from now on, or a neutral square."""
        self.picture = picture
        pixmap = QPixmap.fromImage(picture or self._neutral())
        pixmap.setDevicePixelRatio(self.look.ratio)
        self.setPixmap(pixmap)

    def show_bias(self, bias: float | None) -> None:
        """Show another bias from now on."""
        if bias == self.bias:
            return
        self.bias = bias
        self._mark.setVisible(bias is not None)
        if bias is not None:
            self._mark.setPixmap(mark_of(self.look, bias, self._radius))

    def set_hovered(self, *, hovered: bool) -> None:
        """Show that the pointer is on it."""
        self._ring.setVisible(hovered)

    def set_dot_hovered(self, *, hovered: bool) -> None:
        """Show that the pointer is on the dot of its bias."""
        self._mark.setScale(1.25 if hovered else 1.0)

    def set_faded(self, *, faded: bool) -> None:
        """Show that a click would take it away."""
        if faded != self._is_faded:
            self._is_faded = faded
            self._show_state()

    def set_off(self, *, off: bool) -> None:
        """Show that it is switched off: paler, and struck through."""
        if off != self._is_off:
            self._is_off = off
            self._slash.setVisible(off)
            self._show_state()

    def _show_state(self) -> None:
        """Be as opaque as its state says, on a ground of its own where that is not quite."""
        self._ground.setVisible(self._is_faded or self._is_off)
        self.setOpacity(FADED if self._is_faded else OFF if self._is_off else 1.0)

    def _neutral(self) -> QImage:
        theme = self.look.theme
        return outline(self.box.width, self.look.ratio, theme.muted, theme.zero)

    def _make_mark(self) -> QGraphicsPixmapItem:
        """The mark of the bias, at the lower left corner."""
        mark = QGraphicsPixmapItem(self)
        reach = mark_reach(self._radius)
        mark.setPos(1.5 - reach, self.box.height - 1.5 - reach)
        mark.setTransformOriginPoint(reach, reach)
        mark.setVisible(False)
        return mark

    def _make_ground(self) -> QGraphicsRectItem:
        """What lies under a faded neuron, so that no edge shines through."""
        ground = QGraphicsRectItem(QRectF(0, 0, self.box.width, self.box.height), self)
        ground.setPen(QPen(Qt.PenStyle.NoPen))
        ground.setBrush(self.look.color("panel"))
        ground.setFlag(QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent)
        ground.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresParentOpacity)
        ground.setVisible(False)
        return ground

    def _make_slash(self) -> QGraphicsLineItem:
        """The stroke across a neuron that is switched off."""
        side = self.box.width
        stroke = QGraphicsLineItem(QLineF(4, 4, side - 4, side - 4), self)
        pen = self.look.pen("text", 2.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        stroke.setPen(pen)
        stroke.setVisible(False)
        return stroke

    def _make_ring(self) -> QGraphicsPathItem:
        """What the pointer puts around it."""
        path, radius = QPainterPath(), corner_radius(self.box.width)
        path.addRoundedRect(QRectF(0.5, 0.5, self.box.width - 1, self.box.height - 1), radius, radius)
        ring = QGraphicsPathItem(path, self)
        ring.setPen(self.look.pen("accent", 2.0))
        ring.setVisible(False)
        return ring


def dot_radius(side: float) -> float:
    """Return how large the dot of a bias is on a neuron of this size."""
    return max(4.5, side * 0.135)


def corner_radius(side: float) -> float:
    """Return how round the corners are."""
    return min(6.0, side / 6)


def mark_reach(radius: float) -> float:
    """Return how far a mark of this radius reaches from its middle, ring included."""
    return float(round(radius + 3.0))


@lru_cache(maxsize=64)
def outline(side: int, ratio: float, line: str | None, filling: str | None) -> QImage:
    """Return the rounded square of a unit on nothing, with or without its line and its filling."""
    picture = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.setPen(QPen(QColor(line), 1.0) if line else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(QColor(filling) if filling else QBrush(Qt.BrushStyle.NoBrush))
    painter.drawRoundedRect(QRectF(0.5, 0.5, side - 1, side - 1), corner_radius(side), corner_radius(side))
    painter.end()
    return picture


@lru_cache(maxsize=64)
def _frame(side: int, ratio: float, line: str) -> Frame:
    return Frame.of(outline(side, ratio, line, None), outline(side, ratio, None, line))


def frame_of(look: Look, box: Box) -> Frame:
    """Return the frame into which the maps of units as large as this box are put."""
    return _frame(box.width, look.ratio, look.theme.muted)


def mark_of(look: Look, bias: float, radius: float) -> QPixmap:
    """Return the mark of a bias; each is painted only once."""
    key = look.value_index(bias), radius
    if key not in look.marks:
        look.marks[key] = _paint_mark(look, QColor.fromRgb(int(look.table[key[0]])), radius)
    return look.marks[key]


def _paint_mark(look: Look, color: QColor, radius: float) -> QPixmap:
    """Return a dot in this colour, set off from map and edges by a ring."""
    reach = mark_reach(radius)
    pixmap = QPixmap(round(2 * reach * look.ratio), round(2 * reach * look.ratio))
    pixmap.setDevicePixelRatio(look.ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.pen("panel", 1.5))
    painter.setBrush(look.color("panel"))
    painter.drawEllipse(QPointF(reach, reach), radius + 1, radius + 1)
    painter.setPen(look.pen("muted"))
    painter.setBrush(color)
    painter.drawEllipse(QPointF(reach, reach), radius, radius)
    painter.end()
    return pixmap
