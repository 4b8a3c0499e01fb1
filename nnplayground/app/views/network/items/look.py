"""What all items share: the theme, the fonts, and the pens and colours that are made from them once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isnan

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem

from nnplayground.app.theme import SMALL, Theme, scaled, tabular
from nnplayground.app.views.network.layout import Box
from nnplayground.app.views.network.pictures import Colors, packed_table, weight_pens


@dataclass(frozen=True)
class Look:
    """Theme and base font of the editor; `ratio` is how many device pixels make one pixel of the layout."""

    theme: Theme
    font: QFont
    ratio: float = 1.0

    @cached_property
    def small(self) -> QFont:
        """The font of labels."""
        return tabular(scaled(self.font, SMALL))

    @cached_property
    def strong(self) -> QFont:
        """The font of counts."""
        return tabular(scaled(self.font, SMALL, bold=True))

    @cached_property
    def table(self) -> Colors:
        """The value scale, packed."""
        return packed_table(self.theme)

    @cached_property
    def pens(self) -> dict[int, QPen]:
        """The pen of every step of a weight."""
        return weight_pens(self.theme)

    @cached_property
    def marks(self) -> dict[tuple[int, float], QPixmap]:
        """The marks of biases that were painted before, by place in the value scale and radius."""
        return {}

    def value_index(self, value: float) -> int:
        """Return the place of a value in the value scale, 0 to 255; what is not a number counts as 0."""
        place = 0.0 if isnan(value) else min(max(value, -1.0), 1.0)
        return round((place + 1.0) * 127.5)

    def color(self, token: str, opacity: float = 1.0) -> QColor:
        """Return a colour of the theme by the name of its token."""
        color = QColor(getattr(self.theme, token))
        color.setAlphaF(opacity)
        return color

    def pen(self, token: str, width: float = 1.0) -> QPen:
        """Return a plain pen in a colour of the theme."""
        return QPen(self.color(token), width)


class Piece(QGraphicsPixmapItem):
    """An item that stands in one place of the scene and is drawn there in the scene's own pixels.

    It is drawn into a picture, and only when something about it has changed, instead of in `paint`: while a network
    trains, every call from Qt into Python waits for the training thread to let go of the interpreter.
    """

    def __init__(self, look: Look, bounds: QRectF, depth: float) -> None:
        super().__init__()
        self.look = look
        self.bounds = bounds
        self._is_stale = True
        self.setZValue(depth)
        self.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)

    def draw(self, painter: QPainter) -> None:
        """Draw what there is to see, in the coordinates of the scene."""
        raise NotImplementedError

    def changed(self) -> None:
        """Take note that the picture is out of date."""
        self._is_stale = True

    def renew(self) -> None:
        """Draw the picture again if it is out of date."""
        if not self._is_stale:
            return
        self._is_stale = False
        area, ratio = self.bounds.toAlignedRect(), self.look.ratio
        picture = QPixmap(max(1, round(area.width() * ratio)), max(1, round(area.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-area.topLeft())
        self.draw(painter)
        painter.end()
        self.setPixmap(picture)
        self.setOffset(area.topLeft())


def rectangle(box: Box) -> QRectF:
    """Return a box as Qt wants it."""
    return QRectF(box.x, box.y, box.width, box.height)


def crisp(box: Box) -> QRectF:
    """Return the rectangle whose one-pixel outline fills whole pixels just inside the box."""
    return rectangle(box).adjusted(0.5, 0.5, -0.5, -0.5)


def text_width(font: QFont, text: str) -> float:
    """Return how wide a text is."""
    return QFontMetricsF(font).horizontalAdvance(text)


def draw_plus(painter: QPainter, x: float, y: float, reach: float, *, upright: bool = True) -> None:
    """Draw a plus, or a minus, around the middle of a button."""
    painter.drawLine(round(x - reach), round(y), round(x + reach), round(y))
    if upright:
        painter.drawLine(round(x), round(y - reach), round(x), round(y + reach))
