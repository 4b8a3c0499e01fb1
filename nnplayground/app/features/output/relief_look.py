"""What a surface is painted with besides itself: the colours in all degrees of light, and the names of its edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from nnplayground.app.features.output.relief import HIGHEST, SHADES, Colors, Sight
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.samples.shading import Unit, value_range
from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats
from nnplayground.explain.figures import number_text
from nnplayground.training.run.prepare import Prepared

LEVELS = 64
DARKEST, BRIGHTEST = 0.62, 1.06
TICK, GAP = 4.0, 3.0
INNER = 0.74
"""Where the ends of an axis are written, from its middle outwards; at the very corner both would meet."""

Ends = tuple[tuple[float, float], tuple[float, float]]


def color_table(theme: Theme) -> Colors:
    """Return the colours `[LEVELS, SHADES]` of the value scale in all degrees of light, as `0xffRRGGBB`."""
    rows = theme.value_table()[np.linspace(0, 255, LEVELS).round().astype(int), :3].astype(np.float64)
    light: Any = np.linspace(DARKEST, BRIGHTEST, SHADES)[np.newaxis, :, np.newaxis]
    red, green, blue = np.clip(rows[:, np.newaxis] * light, 0.0, 255.0).astype(np.uint32).transpose(2, 0, 1)
    table: Colors = np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue
    return table.astype(np.uint32)


def packed(color: str) -> int:
    """Return a colour `#RRGGBB` as `0xffRRGGBB`."""
    return 0xFF000000 | int(color[1:], 16)


def paint_names(painter: QPainter, sight: Sight, names: tuple[str, str], ends: Ends, theme: Theme) -> None:
    """Write the names of the inputs along the two edges in front, and their ends near the corners.

    `ends` are the lower left and the upper right corner of the plane.
    """
    for place, line in enumerate(_front_edges(sight)):
        middle = line.mean(axis=0)
        _write(painter, names[place], middle, sight, QColor(theme.text))
        for corner, end in zip(ends, line, strict=True):
            text = number_text(float(corner[place]))
            _write(painter, text, middle + INNER * (end - middle), sight, QColor(theme.muted))


def paint_heights(painter: QPainter, sight: Sight, names: Sequence[tuple[float, str]], theme: Theme) -> None:
    """Draw an upright axis at the corner of the block that stands farthest left, with `names` at their heights."""
    corners = np.array([[across, up] for across in (-1.0, 1.0) for up in (-1.0, 1.0)])
    left, _ = sight.points(corners[:, 0], corners[:, 1], np.zeros(4))
    across, up = corners[int(np.argmin(left))]
    heights = np.array([-HIGHEST, HIGHEST, *(height for height, _ in names)])
    x, y = sight.points(np.full(len(heights), across), np.full(len(heights), up), heights)
    foot = float(x[0])
    metrics = QFontMetricsF(painter.font())
    painter.setPen(QColor(theme.muted))
    painter.drawLine(QPointF(foot, float(y[0])), QPointF(foot, float(y[1])))
    for (_, text), level in zip(names, y[2:].tolist(), strict=True):
        painter.drawLine(QPointF(foot - TICK, level), QPointF(foot, level))
        width, height = metrics.horizontalAdvance(text) + 1.0, metrics.height()
        area = QRectF(max(foot - TICK - GAP - width, 0.0), level - height / 2.0, width, height)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def height_names(data: Prepared, unit: Unit | None) -> list[tuple[float, str]]:
    """Return what some heights of a surface mean: two classes, numbers, or the answers of one unit from −1 to +1."""
    if unit is not None:
        return [(-1.0, "−1"), (0.0, "0"), (1.0, "+1")]
    if data.rule.classes:
        low_class, high_class = map(one_line, data.rule.classes[:2])
        return [(-1.0, low_class), (0.0, "50 : 50"), (1.0, high_class)]
    low, high = value_range(data.samples.targets)
    return [(height, number_text((low + high + height * (high - low)) / 2.0)) for height in (-1.0, 0.0, 1.0)]


def _front_edges(sight: Sight) -> tuple[Floats, Floats]:
    """Return the edges in front along the input across and along the input up, each from its low end to its high."""
    turn, side, _, _ = sight.camera.directions
    up, across = (-1.0 if turn > 0.0 else 1.0), (1.0 if side > 0.0 else -1.0)
    return np.array([[-1.0, up], [1.0, up]]), np.array([[across, -1.0], [across, 1.0]])


def _write(painter: QPainter, text: str, place: Floats, sight: Sight, color: QColor) -> None:
    """Write a text below a place on the lower rim of the block, and a little away from its middle."""
    left, top = sight.points(place[:1], place[1:], np.array([-HIGHEST]))
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(text), metrics.height()
    away = (float(left[0]) - sight.width / 2.0) / sight.scale
    middle = float(left[0]) + away * width / 2.0
    painter.setPen(color)
    area = QRectF(middle - width / 2.0, float(top[0]) + 3.0, width + 1.0, height)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
