"""A histogram as small as a word."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnplayground.app.ui.text_table import PADDING, Index, Role
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.engine.statistics import Histogram

MARGIN = 2


class HistogramDelegate(QStyledItemDelegate):
    """Draws the histogram of a cell, always as wide as the column is at that moment."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of another theme from the next drawing on."""
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the histogram between margins."""
        histogram = index.data(Role.UserRole)
        area = option.rect.adjusted(PADDING // 2, MARGIN, -PADDING // 2, -MARGIN)
        if isinstance(histogram, Histogram) and not area.isEmpty():
            if isinstance(painter.device(), QWidget):
                ratio = painter.device().devicePixelRatioF()
                painter.drawPixmap(area.topLeft(), histogram_picture(histogram, area.size(), self._theme, ratio=ratio))
            else:  # in a picture for another place lines stay lines
                painter.save()
                painter.translate(area.topLeft())
                paint_histogram(painter, histogram, area.size(), self._theme)
                painter.restore()


def histogram_picture(histogram: Histogram, size: QSize, theme: Theme, *, ratio: float = 1.0) -> QPixmap:
    """Return a histogram as `paint_histogram` does; `ratio` is that of the screen's pixels."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        paint_histogram(painter, histogram, size, theme)
    finally:
        painter.end()  # a picture must not go while it is painted on
    return picture


def paint_histogram(painter: QPainter, histogram: Histogram, size: QSize, theme: Theme) -> None:
    """Paint bars from the lowest to the highest value, from the origin on, and a line at 0.

    Heights are square roots: the zeros of a ReLU layer would leave nothing to be seen of its other values.
    """
    bars = [QRectF(0.0, size.height() - 1.0, size.width(), 1.0), *_bars(histogram, size)]
    zero = _zero(histogram, size.width())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRects(bars)
    if zero is not None:
        painter.fillRect(QRectF(zero, 0.0, 1.0, size.height()), QColor(theme.text))


def _bars(histogram: Histogram, size: QSize) -> list[QRectF]:
    """Return a rectangle for each bin that holds something, at least one pixel high."""
    bottom = size.height() - 1.0
    places = np.linspace(0.0, size.width(), len(histogram.counts) + 1).round().tolist()
    heights = np.sqrt(histogram.counts / max(int(histogram.counts.max()), 1)) * (bottom - 1.0)
    tall = np.maximum(heights, 1.0).tolist()
    return [
        QRectF(left, bottom - height, right - left, height)
        for left, right, height, count in zip(places[:-1], places[1:], tall, histogram.counts.tolist(), strict=True)
        if count
    ]


def _zero(histogram: Histogram, width: int) -> float | None:
    """Return where 0 lies, or `None` where it is not in the range."""
    low, high = float(histogram.edges[0]) / 2.0, float(histogram.edges[-1]) / 2.0  # their distance must not overflow
    if not low <= 0.0 <= high:
        return None
    return float(min(round(width * (-low / (high - low))), width - 1))
