"""What all items share: the theme, the fonts, and the pens and colours that are made from them once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, isnan

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPixmapItem

from nnplayground.app.features.network.layout import Box
from nnplayground.app.features.network.pictures import Colors, packed_table, weight_pens
from nnplayground.app.ui.theme import SMALL, Theme, scaled, tabular


@dataclass(frozen=True)
class Look:
    """Theme and base font of the editor; `ratio` is how many device pixels make one pixel of the layout.

    That counts in the `zoom` for which everything is drawn. What is not zoomed is drawn with `own_ratio`.
    """

    theme: Theme
    font: QFont
    ratio: float = 1.0
    zoom: float = 1.0

    @property
    def own_ratio(self) -> float:
        """How many device pixels make one pixel of the view."""
        return self.ratio / self.zoom

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
        self._drawn = QRectF()
        self._is_stale = True
        self.setZValue(depth)
        self.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)

    def draw(self, painter: QPainter) -> None:
        """Draw what there is to see, in the coordinates of the scene."""
        raise NotImplementedError

    def changed(self) -> None:
        """Take note that the picture is out of date."""
        self._is_stale = True

    def renew(self, seen: QRectF | None = None) -> None:
        """Draw the picture again if it is out of date; `seen` is the part of the scene that matters, by default all.

        What lies outside is drawn when it comes into sight: the pictures of a network that is shown four times as
        large would otherwise take sixteen times as long.
        """
        area = self.bounds if seen is None else self.bounds.intersected(seen)
        if area.isEmpty() or (not self._is_stale and self._drawn.contains(area)):
            return
        self._is_stale, self._drawn = False, area
        self._draw_into(area.toAlignedRect(), self.pixel_ratio)

    @property
    def pixel_ratio(self) -> float:
        """How many device pixels make one pixel of what is drawn."""
        return self.look.ratio

    def _draw_into(self, area: QRect, ratio: float) -> None:
        """Draw this part of the scene into a picture that fits its pixels."""
        picture = QPixmap(max(1, ceil(area.width() * ratio)), max(1, ceil(area.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-area.topLeft())
        self.draw(painter)
        painter.end()
        self.setPixmap(picture)
        self.setOffset(area.topLeft())


class PinnedPiece(Piece):
    """A piece that keeps its size and its place in the view, however the network is zoomed and scrolled.

    It is drawn around a point of its own: (0, 0) is where `pin` puts it.
    """

    def __init__(self, look: Look, bounds: QRectF, depth: float) -> None:
        super().__init__(look, bounds, depth)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)

    @property
    def pixel_ratio(self) -> float:
        """How many device pixels make one pixel of the view."""
        return self.look.own_ratio

    def renew(self, seen: QRectF | None = None) -> None:
        """Draw the whole picture again if it is out of date."""
        super().renew()


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
