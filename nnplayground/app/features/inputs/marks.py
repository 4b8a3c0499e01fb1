"""The shapes of marks as masks for stamping, drawn once by the same code that draws the points of the map."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from nnplayground.app.ui.samples.points import CROSS
from nnplayground.arrays import Floats, read_only

CROSS_SHARE = 0.5
"""How large the cross in a ring is, as a share of the ring."""


@lru_cache(maxsize=64)
def mark_mask(symbol: str, side: int, *, ring: bool, cross: bool = False) -> Floats:
    """Return how much of each pixel `[side, side]` a mark covers, 0 to 1; a `ring` is hollow but for a `cross`."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    size = side - 2.0
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2.0, side / 2.0)
    black = QColor("black")
    pen = QPen(black, 1.2 / size) if ring else QPen(Qt.PenStyle.NoPen)
    pg.graphicsItems.ScatterPlotItem.drawSymbol(painter, symbol, size, pen, pg.mkBrush(None if ring else black))
    if cross:
        pen = QPen(Qt.PenStyle.NoPen)
        pg.graphicsItems.ScatterPlotItem.drawSymbol(painter, CROSS, CROSS_SHARE * size, pen, pg.mkBrush(black))
    painter.end()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(side, -1, 4)
    mask: Floats = pixels[:, :side, 3] / 255.0
    return read_only(mask)
