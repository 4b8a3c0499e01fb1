"""Paints what a plot or the network editor shows, item by item, so that lines and texts stay such in any picture.

Items are put to their places before they are painted: on the screen, lines are a pixel wide whatever the scale of the
axes is, and a picture in which they were left to that scale would have other lines in every program that opens it.
"""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
)

from nnplayground.app.ui.plots.frame import as_one_line
from nnplayground.app.ui.plots.screen_only import is_only_on_screen

Flag = QGraphicsItem.GraphicsItemFlag
WIDE = 2.0
"""How wide a line is that plots draw as three thin ones."""
SYMBOLS: dict[str, QPainterPath] = pg.graphicsItems.ScatterPlotItem.Symbols


@runtime_checkable
class DrawsItself(Protocol):
    """What the screen shows as a picture that was painted before, and can be painted anew at any size."""

    def draw(self, painter: QPainter) -> None:
        """Draw it in its own coordinates."""
        ...


@runtime_checkable
class DrawsPlain(Protocol):
    """What has buttons on the screen, and can be painted without them."""

    def draw_plain(self, painter: QPainter) -> None:
        """Draw it in its own coordinates."""
        ...


def paint_view(painter: QPainter, view: QGraphicsView) -> None:
    """Paint what a view shows, its upper left corner at the origin of the painter."""
    area = QRectF(view.viewport().rect())
    painter.save()
    painter.translate(QPointF(view.viewport().pos()))
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    paint_scene(painter, view.scene(), view.viewportTransform(), area)
    painter.restore()


def paint_scene(
    painter: QPainter,
    scene: QGraphicsScene,
    view: QTransform,
    area: QRectF,
) -> None:
    """Paint the items of a scene that lie in an `area` of the painter, to which `view` leads from the scene."""
    inverse, possible = view.inverted()
    if not possible:
        return
    modes = Qt.ItemSelectionMode.IntersectsItemBoundingRect, Qt.SortOrder.AscendingOrder
    for item in scene.items(inverse.mapRect(area), *modes, view):
        if item.isVisible() and item.effectiveOpacity() > 0.0 and not is_only_on_screen(item):
            _paint_item(painter, item, view)


def _paint_item(painter: QPainter, item: QGraphicsItem, view: QTransform) -> None:
    """Paint one item where it belongs, cut to the shapes of those around it that cut their children."""
    if item.flags() & Flag.ItemHasNoContents:
        return
    painter.save()
    above: Any = item.parentItem()  # None above the outermost, whatever its type says
    while above is not None:
        if above.flags() & Flag.ItemClipsChildrenToShape:
            outline = above.deviceTransform(view).map(above.shape())
            painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        above = above.parentItem()
    painter.setOpacity(painter.opacity() * item.effectiveOpacity())
    place = item.deviceTransform(view)
    if isinstance(item, pg.ScatterPlotItem):
        _paint_dots(painter, item, place)
    elif (outline_of := _outline(item)) is not None:
        _paint_path(painter, place.map(outline_of[0]), outline_of[1], outline_of[2])
    else:
        painter.setTransform(place * painter.transform())
        _paint_itself(painter, item)
    painter.restore()


def _paint_itself(painter: QPainter, item: QGraphicsItem) -> None:
    """Let an item paint itself, without its buttons where it can."""
    if isinstance(item, DrawsPlain):
        item.draw_plain(painter)
        return
    if isinstance(item, DrawsItself):
        item.draw(painter)
        return
    if isinstance(item, QGraphicsPathItem) and item.path().isEmpty():
        return  # an SVG must not have a path without points
    option = QStyleOptionGraphicsItem()
    option.exposedRect = item.boundingRect()
    item.paint(painter, option, None)


def _outline(item: QGraphicsItem) -> tuple[QPainterPath, QPen, QBrush] | None:
    """Return path, pen and brush of an item whose line is as wide as it is, wherever the axes put it."""
    path = QPainterPath()
    if isinstance(item, QGraphicsPathItem):
        path = item.path()
    elif isinstance(item, QGraphicsRectItem):
        path.addRect(item.rect())
    elif isinstance(item, QGraphicsLineItem):
        path.moveTo(item.line().p1())
        path.lineTo(item.line().p2())
    else:
        return None
    pen = item.pen()
    if not (pen.isCosmetic() or pen.style() == Qt.PenStyle.NoPen):
        return None
    return path, pen, QBrush() if isinstance(item, QGraphicsLineItem) else item.brush()


def _paint_path(painter: QPainter, path: QPainterPath, pen: QPen, brush: QBrush) -> None:
    """Paint a path that has been put to its place."""
    if path.isEmpty():
        return
    plain = QPen(pen)
    plain.setCosmetic(False)
    width = pen.widthF() or 1.0
    line = as_one_line(path) if pen.style() != Qt.PenStyle.NoPen else None
    if line is not None:
        path, width = line, WIDE
        plain.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if pen.style() == Qt.PenStyle.CustomDashLine:
            plain.setDashPattern([length / WIDE for length in pen.dashPattern()])  # they count in widths of the line
    plain.setWidthF(width)
    painter.setPen(plain)
    painter.setBrush(brush)
    painter.drawPath(path)


def _paint_dots(painter: QPainter, item: Any, place: QTransform) -> None:
    """Paint the marks of a scatter item, which have a size on the screen."""
    for spot in item.points():
        if spot.isVisible():
            center, size, pen = place.map(spot.pos()), spot.size(), QPen(spot.pen())
            symbol = spot.symbol()
            shape = symbol if isinstance(symbol, QPainterPath) else SYMBOLS[symbol]
            shape = QTransform.fromTranslate(center.x(), center.y()).scale(size, size).map(shape)
            pen.setCosmetic(False)
            painter.setPen(pen)
            painter.setBrush(spot.brush())
            painter.drawPath(shape)
