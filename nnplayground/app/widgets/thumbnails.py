"""What stands on a card: a few points of the plane in the colours of their classes, or a few small pictures."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from nnplayground.app.theme import Theme
from nnplayground.arrays import Floats, Integers

PICTURE = QSize(48, 34)
DOT = 1.6
ROOM = 3
ROWS = 2


class Thumbnail(Protocol):
    """Draws itself on `PICTURE`, in the colours of a theme."""

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw it; the painter has no pen and smooths edges."""
        ...


class PointsThumbnail:
    """Points `[samples, 2]` with their classes `[samples]`."""

    def __init__(self, points: Floats, classes: Integers) -> None:
        low, high = points.min(axis=0), points.max(axis=0)
        self._places = (points - low) / np.where(high > low, high - low, 1.0)
        self._classes = classes

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw a dot for each point."""
        count = int(self._classes.max()) + 1
        for (x, y), index in zip(self._places.tolist(), self._classes.tolist(), strict=True):
            painter.setBrush(QColor(theme.class_color(int(index), count)))
            painter.drawEllipse(self._spot(x, y), DOT, DOT)

    @staticmethod
    def _spot(x: float, y: float) -> QPointF:
        """Return where a place in the unit square, y upwards, is drawn."""
        return QPointF(
            ROOM + x * (PICTURE.width() - 2 * ROOM), PICTURE.height() - ROOM - y * (PICTURE.height() - 2 * ROOM)
        )


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
