"""A map of values as a picture in the shared colours: orange for -1 and below, blue for 1 and above."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPainterPath, QPen, QPixmap

from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats

RATIO = 2  # pixels of the picture for each of the window, so that it is sharp on a fine screen


def value_picture(values: Floats, theme: Theme) -> QImage:
    """Return a picture of `values` `[rows, columns]`, the first row at the bottom; clear where a value is NaN."""
    known = ~np.isnan(values)
    index = (np.clip(np.where(known, values, 0.0), -1.0, 1.0) * 127.5 + 127.5).round().astype(np.intp)
    pixels = theme.value_table()[index]
    pixels[~known, 3] = 0
    rows, columns = values.shape
    upright = np.ascontiguousarray(pixels[::-1])
    return QImage(upright.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()


def value_pixmap(values: Floats, theme: Theme, side: int) -> QPixmap:
    """Return the picture in a frame, a square of `side` pixels of the window."""
    pixmap = QPixmap(side * RATIO, side * RATIO)
    pixmap.setDevicePixelRatio(RATIO)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QPainterPath()
    frame.addRoundedRect(QRectF(0.5, 0.5, side - 1.0, side - 1.0), 2.0, 2.0)
    painter.setClipPath(frame)
    painter.drawImage(QRectF(0, 0, side, side), value_picture(values, theme))
    painter.setClipping(False)
    painter.setPen(QPen(QColor(theme.muted), 1.0))
    painter.drawPath(frame)
    painter.end()
    return pixmap


def value_icon(values: Floats, theme: Theme, side: int) -> QIcon:
    """Return the picture as an icon."""
    return QIcon(value_pixmap(values, theme, side))
