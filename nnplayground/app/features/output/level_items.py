"""The lines of equal height on a plot, and the numbers that stand on them."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem

from nnplayground.app.features.output.isolines import Level, Number, numbers_on
from nnplayground.app.ui.plots.contour import level_lines
from nnplayground.app.ui.plots.frame import hairlines, thin_pen
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import Maps

LINES, NUMBERS = 4, 15
"""The lines lie below boundary and points, the numbers above the points."""
HALO = 3.0


class LevelItems(QObject):
    """Draws the levels of a field on a view box; the lines follow each frame, the numbers four times a second."""

    def __init__(self, box: Any, parent: QObject) -> None:
        super().__init__(parent)
        self._box, self._theme, self._font = box, LIGHT, QFont()
        self._lines: list[Floats] = []
        self._levels: tuple[Level, ...] = ()
        self._maps: Maps | None = None
        self._pixel = (1.0, 1.0)
        self._numbers: tuple[Number, ...] = ()
        self._texts: list[QGraphicsPixmapItem] = []
        self._path = QGraphicsPathItem()
        self._path.setZValue(LINES)
        box.addItem(self._path, ignoreBounds=True)
        self._pacer = Pacer(self._show_numbers, self)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers on show."""
        return self._numbers

    def set_theme(self, theme: Theme, font: QFont) -> None:
        """Recolour lines and numbers."""
        self._theme, self._font = theme, font
        self._path.setPen(thin_pen(theme.muted))
        self._show_numbers()

    def show_field(self, field: Floats | None, levels: tuple[Level, ...], maps: Maps | None) -> None:
        """Draw the levels of a field of places on the scale, or nothing."""
        if field is None or maps is None or not levels:
            if self._levels:
                self._lines, self._levels, self._maps = [], (), None
                self.draw(self._pixel)
                self._show_numbers()
            return
        is_new = levels != self._levels
        places = np.array([level.place for level in levels])
        self._lines = level_lines(field, places, low=maps.low, high=maps.high)
        self._levels, self._maps = levels, maps
        self.draw(self._pixel)
        if is_new:
            self._numbers = ()
            self._pacer.now()
        else:
            self._pacer.ask()

    def draw(self, pixel: tuple[float, float]) -> None:
        """Draw the lines at the present size of a pixel."""
        self._pixel = pixel
        pieces = np.concatenate(self._lines) if self._lines else np.empty((0, 2))
        path = hairlines(*pieces.T, connect="pairs", pixel=pixel, single=True) if len(pieces) else QPainterPath()
        self._path.setPath(path)

    def _show_numbers(self) -> None:
        """Write the numbers anew."""
        maps = self._maps
        self._numbers = () if maps is None else numbers_on(self._lines, self._levels, maps, self._numbers)
        for item in self._texts:
            self._box.removeItem(item)
        self._texts = [self._written(number) for number in self._numbers]

    def _written(self, number: Number) -> QGraphicsPixmapItem:
        """Return a number as a picture that keeps its size on the screen."""
        picture = text_picture(number.text, self._font, self._theme)
        item = QGraphicsPixmapItem(picture)
        size = picture.deviceIndependentSize()
        item.setOffset(-size.width() / 2.0, -size.height() / 2.0)
        item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        item.setPos(QPointF(number.across, number.up))
        item.setZValue(NUMBERS)
        self._box.addItem(item, ignoreBounds=True)
        return item


def text_picture(text: str, font: QFont, theme: Theme, *, ratio: float = 2.0) -> QPixmap:
    """Return a text in the colour of texts with a rim in that of the ground, which is read on every map."""
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text) + 2.0 * HALO, metrics.height() + 2.0
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.addText(HALO, 1.0 + metrics.ascent(), font, text)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rim = QPen(QColor(theme.panel), HALO)
    rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, rim)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    painter.drawText(QRectF(HALO, 1.0, width, metrics.height()), Qt.AlignmentFlag.AlignLeft, text)
    painter.end()
    return picture
