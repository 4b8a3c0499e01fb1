"""A picture of a plot: what it is called, and below that what it shows; as pixels or as vectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from nnplayground.app.ui.pictures.widgets import paint_widget, whole_size
from nnplayground.app.ui.theme import LARGE, SMALL, SPACE, Theme, scaled

FINE = 3.0
"""How many pixels of a picture make one of the screen, so that it is sharp in print."""
MOST_PIXELS = 60_000_000
DOTS_PER_INCH, INCH = 96.0, 0.0254  # metres
MARGIN, GAP = SPACE[2], SPACE[1]
FAMILY = re.compile(r'font-family="([^"]*)"')


class Part(Protocol):
    """Something that can be painted from its upper left corner on."""

    def size(self) -> QSize:
        """Return how large it is, in pixels of the screen."""
        ...

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint it in the colours of a theme."""
        ...


@dataclass(frozen=True, eq=False)
class WidgetPart:
    """A widget without its controls."""

    widget: QWidget

    def size(self) -> QSize:
        """Return its size, with all rows of tables."""
        return whole_size(self.widget)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint it."""
        paint_widget(painter, self.widget, theme)


@dataclass(frozen=True, eq=False)
class Picture:
    """A title with a quieter note, above rows of parts that stand beside each other."""

    title: str
    note: str
    rows: Sequence[Sequence[Part]]
    font: QFont
    theme: Theme

    def size(self) -> QSize:
        """Return how large it is, in pixels of the screen."""
        widths, heights = zip(*map(_row_size, self.rows), strict=True)
        title = QFontMetricsF(scaled(self.font, LARGE, bold=True)).horizontalAdvance(self.title)
        note = QFontMetricsF(scaled(self.font, SMALL)).horizontalAdvance(self.note)
        width = max(*widths, round(title + 2 * GAP + note))
        return QSize(width + 2 * MARGIN, sum(heights) + GAP * len(heights) + self._head() + 2 * MARGIN)

    def paint(self, painter: QPainter) -> None:
        """Paint everything on the ground of the theme."""
        size = self.size()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor(self.theme.panel))
        self._write(painter)
        top = MARGIN + self._head() + GAP
        for row in self.rows:
            left = MARGIN
            for part in row:
                painter.save()
                painter.translate(left, top)
                part.paint(painter, self.theme)
                painter.restore()
                left += part.size().width() + GAP
            top += _row_size(row)[1] + GAP

    def _head(self) -> int:
        return round(QFontMetricsF(scaled(self.font, LARGE, bold=True)).height())

    def _write(self, painter: QPainter) -> None:
        """Write title and note on one line."""
        large, small = scaled(self.font, LARGE, bold=True), scaled(self.font, SMALL)
        metrics = QFontMetricsF(large)
        base = MARGIN + metrics.ascent()
        painter.setFont(large)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QPointF(MARGIN, base), self.title)
        painter.setFont(small)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(QPointF(MARGIN + metrics.horizontalAdvance(self.title) + 2 * GAP, base), self.note)
        painter.setFont(self.font)


def _row_size(row: Sequence[Part]) -> tuple[int, int]:
    sizes = [part.size() for part in row]
    return sum(size.width() for size in sizes) + GAP * (len(sizes) - 1), max(size.height() for size in sizes)


def as_image(picture: Picture, *, scale: float = FINE) -> QImage:
    """Return a picture as pixels, so many for each one of the screen, and fewer where it would be too large."""
    size = picture.size()
    scale = min(scale, sqrt(MOST_PIXELS / (size.width() * size.height())))
    image = QImage((QSize(size) * scale).expandedTo(QSize(1, 1)), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor(picture.theme.panel))
    painter = QPainter(image)
    try:
        picture.paint(painter)
    finally:
        painter.end()  # an image must not go while it is painted on
    image.setDevicePixelRatio(1.0)
    for set_dots in (image.setDotsPerMeterX, image.setDotsPerMeterY):
        set_dots(round(scale * DOTS_PER_INCH / INCH))
    image.setText("Title", picture.title)
    return image


def as_svg(picture: Picture) -> bytes:
    """Return a picture as an SVG document: lines and texts as such, maps as pictures in it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(round(DOTS_PER_INCH))
    generator.setSize(picture.size())
    generator.setViewBox(QRectF(0, 0, picture.size().width(), picture.size().height()))
    generator.setTitle(picture.title)
    generator.setDescription("Drawn by NN Playground")
    painter = QPainter(generator)
    try:
        picture.paint(painter)
    finally:
        painter.end()
    buffer.close()
    # What the system calls its font means nothing elsewhere; this says what to take instead.
    text = bytes(buffer.data().data()).decode("utf-8")
    return FAMILY.sub(r'font-family="\1, sans-serif"', text).encode("utf-8")


def png_bytes(image: QImage) -> bytes:
    """Return an image as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(buffer.data().data())
