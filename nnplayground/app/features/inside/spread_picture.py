"""How numbers are spread now, as bars, and at the start, as an outline, on one axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF

from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats, Integers
from nnplayground.engine.statistics import Histogram


@dataclass(frozen=True, eq=False)
class Spread:
    """Numbers of one layer now, and at the start where that is known."""

    now: Histogram
    start: Histogram | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest edge that is to be seen."""
        shown = [one for one in (self.now, self.start) if one is not None and one.counts.any()] or [self.now]
        return min(float(one.edges[0]) for one in shown), max(float(one.edges[-1]) for one in shown)


def spread_picture(spread: Spread, size: QSize, theme: Theme, *, ratio: float = 1.0) -> QPixmap:
    """Return both histograms as `paint_spread` does; `ratio` is that of the screen's pixels."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        paint_spread(painter, spread, size, theme)
    finally:
        painter.end()  # a picture must not go while it is painted on
    return picture


def paint_spread(painter: QPainter, spread: Spread, size: QSize, theme: Theme) -> None:
    """Paint both histograms from the origin on, each as high as there is room, and a line at 0.

    Heights are square roots of the counts, so that rare values can be seen.
    """
    low, high = spread.ends
    bars = _bars(spread.now, low, high, size) if spread.now.counts.any() else []
    outline = (
        _outline(spread.start, low, high, size) if spread.start is not None and spread.start.counts.any() else None
    )
    zero = float(_places(np.zeros(1), low, high, size.width())[0]) if low <= 0.0 <= high else None
    painter.fillRect(QRectF(0.0, size.height() - 1.0, size.width(), 1.0), QColor(theme.border))
    if zero is not None:
        painter.fillRect(QRectF(min(round(zero), size.width() - 1), 0.0, 1.0, size.height()), QColor(theme.muted))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRects(bars)
    if outline is not None:
        painter.setPen(QColor(theme.text))
        painter.drawPolyline(outline)


def coarse(histogram: Histogram) -> tuple[Integers, Floats]:
    """Return counts and edges with neighbouring bins joined where there are too few values for so many."""
    values, joined = int(histogram.counts.sum()), 1
    while len(histogram.counts) % (2 * joined) == 0 and len(histogram.counts) // joined > max(8, values // 4):
        joined *= 2
    return histogram.counts.reshape(-1, joined).sum(axis=1), histogram.edges[::joined]


def _places(values: Floats, low: float, high: float, width: int) -> Floats:
    """Return where values lie between the ends, in pixels; half of everything, so that no distance overflows."""
    span = high / 2.0 - low / 2.0
    places: Floats = (values / 2.0 - low / 2.0) / span * width if span > 0.0 else np.zeros(len(values))
    return places


def _heights(counts: Integers, size: QSize) -> Floats:
    """Return how high each bin is drawn, at least a pixel where it holds something."""
    tall = np.sqrt(counts / max(int(counts.max()), 1)) * (size.height() - 3.0)
    heights: Floats = np.where(counts > 0, np.maximum(tall, 1.0), 0.0)
    return heights


def _bars(histogram: Histogram, low: float, high: float, size: QSize) -> list[QRectF]:
    """Return a rectangle for each bin that holds something, at least a pixel wide."""
    counts, edges = coarse(histogram)
    places = _places(edges, low, high, size.width()).round().tolist()
    bottom, heights = size.height() - 1.0, _heights(counts, size).tolist()
    return [
        QRectF(min(left, size.width() - 1.0), bottom - height, max(right - left, 1.0), height)
        for left, right, height in zip(places[:-1], places[1:], heights, strict=True)
        if height
    ]


def _outline(histogram: Histogram, low: float, high: float, size: QSize) -> QPolygonF:
    """Return the steps along the tops of the bins, from the foot to the foot."""
    counts, edges = coarse(histogram)
    places = np.minimum(_places(edges, low, high, size.width()).round(), size.width() - 1.0)
    tops = size.height() - 1.0 - _heights(counts, size)
    across = np.repeat(places, 2)
    up = np.concatenate([[size.height() - 1.0], np.repeat(tops, 2), [size.height() - 1.0]])
    return QPolygonF([QPointF(x, y) for x, y in zip(across.tolist(), up.tolist(), strict=True)])
