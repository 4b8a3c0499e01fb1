"""The scatter matrix: every pair of inputs as a small plot, and each input by itself where it would meet itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from nnplayground.app.features.inputs.drawn import Cell, Drawn
from nnplayground.app.features.inputs.marks import mark_mask
from nnplayground.app.features.inputs.raster import Canvas, blank, fill_bars, stacked_counts, stamp
from nnplayground.app.ui.theme import SMALL, Theme, marker, scaled, tabular
from nnplayground.arrays import Floats, Integers
from nnplayground.data.part_names import TEST, TRAIN, VALIDATION

Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels of the picture."""

GAP = 4
INSET = 4
"""Marks keep so far from the border of their plot, in pixels."""
BINS = 16
LOW_CELL = 52
"""In lower cells there is no room for the range of an input below its name."""
SMALLEST_CELL = QSize(64, 46)


def smallest_size(count: int) -> QSize:
    """Return the least size in which a matrix of so many inputs can be read."""
    return QSize(count * (SMALLEST_CELL.width() + GAP), count * (SMALLEST_CELL.height() + GAP))


def cells(size: QSize, drawn: Drawn) -> list[Cell]:
    """Return the plots: below the diagonal, the input of the column across and that of the row up."""
    inputs = drawn.inputs
    places = [(row, column) for row in range(len(inputs)) for column in range(row)]
    return [Cell(_area(size, len(inputs), row, column), inputs[column], inputs[row]) for row, column in places]


def draw(painter: QPainter, size: QSize, drawn: Drawn, theme: Theme, font: QFont) -> None:
    """Draw the matrix; the painter's ratio of pixels is that of the screen."""
    ratio = painter.device().devicePixelRatioF()
    canvas = blank(round(size.width() * ratio), round(size.height() * ratio), _rgb(theme.panel))
    count = len(drawn.inputs)
    for place in range(count):
        _draw_counts(canvas, _pixels(_area(size, count, place, place), ratio), drawn, place, theme)
    plots = [(row, column) for row in range(count) for column in range(row)]
    if plots:
        boxes = [(_pixels(_area(size, count, row, column), ratio), row, column) for row, column in plots]
        _draw_marks(canvas, boxes, drawn, ratio)
    painter.drawImage(QRectF(0.0, 0.0, size.width(), size.height()), _image(canvas))
    _draw_frames(painter, size, count, theme)
    for place in range(count):
        _draw_name(painter, _area(size, count, place, place), drawn, place, theme, font)


def _area(size: QSize, count: int, row: int, column: int) -> QRectF:
    """Return the place of a plot; rows count from the top, as one reads them."""
    width, height = (size.width() - 1 + GAP) / count, (size.height() - 1 + GAP) / count
    return QRectF(column * width, row * height, width - GAP, height - GAP)


def _pixels(area: QRectF, ratio: float) -> Box:
    """Return the edges of a plot in pixels of the picture."""
    left, top, right, bottom = (round(edge * ratio) for edge in (area.left(), area.top(), area.right(), area.bottom()))
    return left, top, right, bottom


def _draw_counts(canvas: Canvas, box: Box, drawn: Drawn, place: int, theme: Theme) -> None:
    """Draw how often each part of the range of an input occurs, stacked by class, under its name."""
    left, top, right, bottom = box
    lower = top + (bottom - top) * 2 // 5
    values, count = drawn.places[:, place], drawn.class_count
    stacked = stacked_counts(values, drawn.classes, count=count, ends=(0.0, 1.0), bins=BINS)
    colors = [theme.muted] if count == 1 else [theme.class_color(group, count).name() for group in range(count)]
    fill_bars(
        canvas, (left + INSET, lower, right - INSET, bottom), stacked, np.array([_rgb(color) for color in colors])
    )


def _draw_marks(canvas: Canvas, boxes: list[tuple[Box, int, int]], drawn: Drawn, ratio: float) -> None:
    """Draw the samples of all plots at once: filled those that train, hollow the others, with a cross or without.

    Each plot is a box with the places of its row and its column among the inputs.
    """
    left, top, right, bottom = boxes[0][0]
    wanted = ratio * mark_side(round(min(right - left, bottom - top) / ratio), len(drawn.rows))
    side = 2 * round((wanted - 1.0) / 2.0) + 1  # odd, to have a middle
    inset, shades = round(2 * INSET * ratio) + side // 2, drawn.shades()
    across, down = [], []
    for (left, top, right, bottom), row, column in boxes:
        across.append(left + inset + drawn.places[:, column] * (right - left - 2 * inset))
        down.append(bottom - inset - drawn.places[:, row] * (bottom - top - 2 * inset))
    x, y = (np.rint(places).astype(np.int64) for places in (across, down))
    for chosen, mask in _groups(drawn, side):
        stamp(canvas, x[:, chosen].ravel(), y[:, chosen].ravel(), np.tile(shades[chosen], (len(boxes), 1)), mask)


def mark_side(room: int, count: int) -> int:
    """Return the side of marks in pixels for a plot of that size with so many of them; odd, to have a middle."""
    if room > 60:
        return 9 if room > 110 and count <= 400 else 7
    return 5


def _groups(drawn: Drawn, side: int) -> Iterator[tuple[Integers, Floats]]:
    """Yield which samples share a shape, with that shape."""
    for group in range(drawn.class_count):
        for part in (TRAIN, VALIDATION, TEST):
            chosen = np.flatnonzero((drawn.classes == group) & (drawn.parts == part))
            if len(chosen):
                yield chosen, mark_mask(marker(group), side, ring=part != TRAIN, cross=part == VALIDATION)


def _draw_frames(painter: QPainter, size: QSize, count: int, theme: Theme) -> None:
    """Draw the border of every plot."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QColor(theme.border))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for row in range(count):
        for column in range(row + 1):
            painter.drawRect(_area(size, count, row, column).toRect())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _draw_name(painter: QPainter, area: QRectF, drawn: Drawn, place: int, theme: Theme, font: QFont) -> None:
    """Write the name of an input, and its range where there is room."""
    room = area.width() - 2 * GAP
    lines = [(scaled(font, SMALL, bold=True), theme.text, drawn.names[place])]
    if area.height() >= LOW_CELL:
        lines.append((tabular(scaled(font, SMALL)), theme.muted, drawn.range_text(place)))
    base = area.top() + 2.0
    for line_font, color, text in lines:
        metrics = QFontMetricsF(line_font)
        painter.setFont(line_font)
        painter.setPen(QColor(color))
        base += metrics.ascent()
        painter.drawText(QPointF(area.left() + GAP, base), metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
        base += metrics.descent()


def _image(canvas: Canvas) -> QImage:
    """Return a picture that owns its pixels."""
    pixels = np.full((*canvas.shape[:2], 4), 255, dtype=np.uint8)
    pixels[..., :3] = np.rint(canvas)
    rows, columns = pixels.shape[:2]
    return QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBX8888).copy()


def _rgb(color: str) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255."""
    named = QColor(color)
    return named.red(), named.green(), named.blue()
