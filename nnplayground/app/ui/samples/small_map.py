"""What a network answers as a picture without axes, to stand beside others of its kind."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from nnplayground.app.ui.plots.contour import zero_line
from nnplayground.app.ui.samples.shading import Picture, class_picture, to_unit, value_picture, value_range
from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.prepare import Prepared

RATIO = 2
LINE = 1.5
MARGIN = 0.08


def small_map(maps: Maps, data: Prepared, theme: Theme, *, side: int, target: int = 0) -> QPixmap:
    """Return the answers on a plane, `side` pixels on each side, with the boundary of two classes.

    Data with one input are drawn as the curve of the answer. Of several targets one is shown.
    """
    maps, data = maps.of_target(data, target), data.of_target(target)
    picture = QPixmap(side * RATIO, side * RATIO)
    picture.fill(QColor(theme.panel))
    painter = QPainter(picture)  # nothing below may fail: a picture must not go while it is painted on
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    area = QRectF(0.0, 0.0, side * RATIO, side * RATIO)
    if maps.across == maps.up:
        _draw_curve(painter, area, maps, data, theme)
    else:
        painter.drawImage(area, upright(map_picture(maps, data, theme)))
        _draw_boundary(painter, area, maps, data, theme)
    painter.setPen(QPen(QColor(theme.border), RATIO))
    painter.drawRect(area)
    painter.end()
    picture.setDevicePixelRatio(RATIO)
    return picture


def map_picture(maps: Maps, data: Prepared, theme: Theme) -> Picture:
    """Return the colours `[rows, columns, 4]` of what a network answers, as the output view has them."""
    outputs, rule = maps.layers[-1].astype(np.float64), data.rule
    with np.errstate(all="ignore"):
        if not rule.classes:
            return value_picture(to_unit(outputs[0], value_range(data.samples.targets)), theme)
        if len(rule.classes) == 2:
            return value_picture(rule.leaning(outputs), theme)
        return class_picture(outputs, rule, theme)


def upright(picture: Picture) -> QImage:
    """Return colours whose first row is the lowest as an image, with memory of its own."""
    turned = np.ascontiguousarray(picture[::-1])
    rows, columns = turned.shape[:2]
    return QImage(turned.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBX8888).copy()


def _draw_boundary(painter: QPainter, area: QRectF, maps: Maps, data: Prepared, theme: Theme) -> None:
    """Draw where the network is undecided between two classes."""
    if len(data.rule.classes) != 2:
        return
    with np.errstate(all="ignore"):
        field = np.nan_to_num(data.rule.leaning(maps.layers[-1].astype(np.float64)))
    pieces = zero_line(field, low=(0.0, 0.0), high=(area.width(), area.height()))
    path = QPainterPath()
    for (left, low), (right, high) in zip(pieces[::2].tolist(), pieces[1::2].tolist(), strict=True):
        path.moveTo(left, area.height() - low)
        path.lineTo(right, area.height() - high)
    painter.setPen(QPen(QColor(theme.text), LINE))
    painter.drawPath(path)


def _draw_curve(painter: QPainter, area: QRectF, maps: Maps, data: Prepared, theme: Theme) -> None:
    """Draw the answer along the only input; what is no number leaves a gap."""
    heights = _curve_heights(maps, data)
    across = np.linspace(area.left(), area.right(), len(heights))
    down = area.bottom() - (MARGIN + (1.0 - 2.0 * MARGIN) * np.clip(heights, -1.0, 2.0)) * area.height()
    pen = QPen(QColor(theme.accent), 2.0 * RATIO)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(
        QPolygonF([QPointF(x, y) for x, y in zip(across.tolist(), down.tolist(), strict=True) if np.isfinite(y)])
    )


def _curve_heights(maps: Maps, data: Prepared) -> Floats:
    """Return the answers along the input as shares of the height, 0 to 1 between the targets or the two classes."""
    outputs, rule = maps.layers[-1][:, 0].astype(np.float64), data.rule
    with np.errstate(all="ignore"):
        if rule.classes:
            return (rule.leaning(outputs) + 1.0) / 2.0 if len(rule.classes) == 2 else rule.confidence(outputs)
        return (to_unit(outputs[0], value_range(data.samples.targets)) + 1.0) / 2.0
