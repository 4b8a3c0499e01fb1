"""Line icons drawn for this program: one SVG each, on a grid of 24 units, taking the colour they are asked for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nnplayground import resources

SIZES = (16, 20, 24, 40, 48)
FADED = 0.4


def icon(name: str, color: str) -> QIcon:
    """Return the icon `resources/icons/<name>.svg` in a colour `#RRGGBB`, fainter where it is disabled.

    Raises `InputError` when there is no icon of that name.
    """
    drawing = _drawing(name, color)
    result = QIcon()
    for size in SIZES:
        picture = _picture(drawing, size)
        result.addPixmap(picture, QIcon.Mode.Normal)
        result.addPixmap(_faded(picture), QIcon.Mode.Disabled)
    return result


def icon_picture(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture of `size` device-independent pixels, sharp on a screen of this pixel ratio."""
    picture = _picture(_drawing(name, color), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture


def _drawing(name: str, color: str) -> QSvgRenderer:
    """Return the SVG with its own colour put in."""
    text = resources.read_bytes(f"icons/{name}.svg").replace(b"currentColor", color.encode())
    return QSvgRenderer(QByteArray(text))


def _picture(drawing: QSvgRenderer, size: int) -> QPixmap:
    """Return the drawing on a clear square of `size` pixels."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def _faded(picture: QPixmap) -> QPixmap:
    """Return a picture in fainter colours; to draw it from the SVG once more takes ten times as long."""
    result = QPixmap(picture.size())
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setOpacity(FADED)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return result
