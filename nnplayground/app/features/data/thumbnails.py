"""What stands on a card: a few points of the plane in the colours of their classes or values, or small pictures."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats, Integers

PICTURE = QSize(48, 34)
DOT = 1.6
VALUE_DOT = 2.6  # larger, as most values are pale
ROOM = 3
ROWS = 2
TILE = 9.0
TILE_GAP = 4.0


class Thumbnail(Protocol):
    """Draws itself on `PICTURE`, in the colours of a theme."""

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw it; the painter has no pen and smooths edges."""
        ...


class PointsThumbnail:
    """Points `[samples, 2]` with their classes `[samples]`."""

    def __init__(self, points: Floats, classes: Integers) -> None:
        self._places = _in_unit_square(points)
        self._classes = classes

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw a dot for each point."""
        count = int(self._classes.max()) + 1
        for (x, y), index in zip(self._places.tolist(), self._classes.tolist(), strict=True):
            _draw_dot(painter, x, y, theme.class_color(int(index), count), DOT)


class ValuesThumbnail:
    """Points `[samples, 2]` with their values `[samples]`, of which -1 and 1 have the ends of the value scale."""

    def __init__(self, points: Floats, values: Floats) -> None:
        self._places = _in_unit_square(points)
        self._values = values

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw a dot for each point."""
        for (x, y), value in zip(self._places.tolist(), self._values.tolist(), strict=True):
            _draw_dot(painter, x, y, theme.value_color(value), VALUE_DOT)


class CurveThumbnail:
    """Points with one input `[samples]` and their values `[samples]`: a line that goes up and down."""

    def __init__(self, inputs: Floats, values: Floats) -> None:
        self._places = _in_unit_square(np.column_stack((inputs, values)))
        self._values = values

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw a dot for each point, as high as its value and in its colour."""
        for (x, y), value in zip(self._places.tolist(), self._values.tolist(), strict=True):
            _draw_dot(painter, x, y, theme.value_color(value), DOT)


class TilesThumbnail:
    """Four small tiles: there are more cards behind this one."""

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw their outlines as strong as the line icons of other cards."""
        painter.setPen(QPen(QColor(theme.muted), 1.75))
        painter.setBrush(QBrush())
        step = TILE + TILE_GAP
        left, top = ((side - step - TILE) / 2.0 for side in (PICTURE.width(), PICTURE.height()))
        for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
            painter.drawRoundedRect(QRectF(left + column * step, top + row * step, TILE, TILE), 1.5, 1.5)


def _in_unit_square(points: Floats) -> Floats:
    """Return points `[samples, 2]` moved and stretched so that they run from 0 to 1 both ways."""
    low, high = points.min(axis=0), points.max(axis=0)
    places: Floats = (points - low) / np.where(high > low, high - low, 1.0)
    return places


def _draw_dot(painter: QPainter, x: float, y: float, color: QColor, size: float) -> None:
    """Draw a dot of radius `size` at a place in the unit square, y upwards."""
    across = ROOM + x * (PICTURE.width() - 2 * ROOM)
    down = PICTURE.height() - ROOM - y * (PICTURE.height() - 2 * ROOM)
    painter.setBrush(color)
    painter.drawEllipse(QPointF(across, down), size, size)


class PicturesThumbnail:
    """Grey pictures `[pictures, height, width]`, 0 for paper and 1 for ink, in two rows."""

    def __init__(self, ink: Floats) -> None:
        self._ink = ink

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw them in the colour of text, which tells ink from paper in both themes."""
        columns = -(-len(self._ink) // ROWS)
        side = PICTURE.height() // ROWS - 1
        left = (PICTURE.width() - columns * side) // 2
        for place, ink in enumerate(self._ink):
            row, column = divmod(place, columns)
            painter.drawImage(QRectF(left + column * side, 1 + row * side, side, side), _inked(ink, theme.text))


def _inked(ink: Floats, color: str) -> QImage:
    """Return a picture `[height, width]` in one colour, as strong as its ink."""
    text = QColor(color)
    pixels = np.empty((*ink.shape, 4), np.uint8)
    pixels[:] = (text.red(), text.green(), text.blue(), 0)
    pixels[..., 3] = np.clip(ink * 255.0, 0.0, 255.0).round()
    height, width = ink.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
