"""Parallel coordinates: an upright axis for each input, and every sample as a line across them (Inselberg 1985)."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from nnplayground.app.features.inputs.drawn import Cell, Drawn
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.theme import SMALL, Theme, scaled, tabular
from nnplayground.arrays import Floats, Integers
from nnplayground.explain.figures import number_text

TOGETHER = 12
"""So many lines are drawn as one path: few calls into Qt, and still the colours of the classes lie in turn."""
SIDE, HEAD, FOOT = 44.0, 36.0, 20.0
"""Pixels beside the outer axes, above all for their names and upper ends, and below them for the lower ends."""
STRONG, FAINT = 0.85, 0.18


def smallest_size(count: int) -> QSize:
    """Return the least size in which so many axes can be read."""
    return QSize(max(2, count) * 60, 120)


def cells(size: QSize, drawn: Drawn) -> list[Cell]:
    """Return the gaps between the axes: each stands for the plane of the two inputs beside it."""
    places = axis_places(size, len(drawn.inputs))
    pairs = zip(places, places[1:], drawn.inputs, drawn.inputs[1:], strict=False)
    top, height = HEAD, size.height() - HEAD - FOOT
    return [Cell(QRectF(left, top, right - left, height), one, two) for left, right, one, two in pairs]


def axis_places(size: QSize, count: int) -> list[float]:
    """Return where the axes stand between left and right."""
    if count == 1:
        return [size.width() / 2.0]
    step = (size.width() - 2 * SIDE) / (count - 1)
    return [SIDE + place * step for place in range(count)]


def line_strength(count: int) -> float:
    """Return how opaque each of so many lines is, so that the crowded places can be told from the others."""
    return min(STRONG, max(FAINT, 8.0 / sqrt(max(count, 1))))


def draw(painter: QPainter, size: QSize, drawn: Drawn, theme: Theme, font: QFont) -> None:
    """Draw axes and lines."""
    small = tabular(scaled(font, SMALL))
    line = QFontMetricsF(small).height()
    top, bottom = HEAD, size.height() - FOOT
    across = np.array(axis_places(size, len(drawn.inputs)))
    painter.fillRect(QRectF(0.0, 0.0, size.width(), size.height()), QColor(theme.panel))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_lines(painter, across, bottom - drawn.places * (bottom - top), drawn)
    step = float(across[1] - across[0]) if len(across) > 1 else float(size.width())
    for place, x in enumerate(across.tolist()):
        painter.setPen(QPen(QColor(theme.muted), 1.5))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        low, high = (number_text(end) for end in drawn.ends[place])
        room = step - 8.0 if 0 < place < len(across) - 1 else min(step, 2 * SIDE) - 8.0
        _write(painter, x, 0.0, drawn.names[place], scaled(font, SMALL, bold=True), theme.text, room=room)
        _write(painter, x, top - line - 2.0, high, small, theme.muted, room=room)
        _write(painter, x, bottom + 2.0, low, small, theme.muted, room=room)


def _draw_lines(painter: QPainter, across: Floats, heights: Floats, drawn: Drawn) -> None:
    """Draw the lines `heights` `[samples, inputs]`, a few of the same colour at a time."""
    strength = line_strength(len(heights))
    for chosen in _bundles(drawn):
        color = QColor(drawn.colors[int(chosen[0])])
        color.setAlphaF(strength)
        pen = QPen(color)
        pen.setWidthF(1.0)
        pen.setCosmetic(True)  # Qt draws lines of one pixel of the screen many times as fast as any others
        painter.setPen(pen)
        painter.drawPath(_path(across, heights[chosen]))


def _bundles(drawn: Drawn) -> list[Integers]:
    """Return which samples are drawn together: of one colour, and the colours in turn."""
    colors = np.array([color.rgba() for color in drawn.colors], dtype=np.int64)
    turns: list[tuple[int, Integers]] = []
    for color in np.unique(colors):
        rows = np.flatnonzero(colors == color).astype(np.int64)
        turns += [(turn, rows[start : start + TOGETHER]) for turn, start in enumerate(range(0, len(rows), TOGETHER))]
    return [rows for _, rows in sorted(turns, key=lambda entry: entry[0])]


def _path(across: Floats, heights: Floats) -> QPainterPath:
    """Return one path with all lines."""
    count, axes = heights.shape
    connect = np.ones((count, axes), dtype=np.int32)
    connect[:, -1] = 0
    path: QPainterPath = pg.arrayToQPath(np.tile(across, count), heights.ravel(), connect=connect.ravel())
    return path


def _write(painter: QPainter, middle: float, top: float, text: str, font: QFont, color: str, *, room: float) -> None:
    """Write a text around the middle, cut to the room."""
    metrics = QFontMetricsF(font)
    fitting = metrics.elidedText(one_line(text), Qt.TextElideMode.ElideRight, room)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QPointF(middle - metrics.horizontalAdvance(fitting) / 2.0, top + metrics.ascent()), fitting)
