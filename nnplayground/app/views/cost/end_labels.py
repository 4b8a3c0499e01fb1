"""Labels at the ends of the curves: which line is which, and where it stands."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from nnplayground.app.views.ticks import number_text

GAP = 6.0
WIDEST = "train 0.00000"


class EndLabel:
    """One text in a scene, put beside the end of a line."""

    def __init__(self, scene: Any, name: str) -> None:
        self._name = name
        self.item = QGraphicsSimpleTextItem()
        self.item.setZValue(20)
        scene.addItem(self.item)

    def set_look(self, color: str, font: QFont) -> None:
        """Set colour and font."""
        self.item.setBrush(QColor(color))
        self.item.setFont(font)

    def show_value(self, value: float) -> None:
        """Write the value; not to be called more often than one can read."""
        self.item.setText(f"{self._name} {number_text(value)}")

    def hide(self) -> None:
        """Take the label away."""
        self.item.setVisible(False)

    def height(self) -> float:
        """Return the height of a line, whatever is written."""
        return QFontMetricsF(self.item.font()).height()

    def put(self, end: QPointF, middle: float) -> None:
        """Show the label right of `end`, at the height `middle`, in pixels of the scene."""
        self.item.setVisible(True)
        self.item.setPos(end.x() + GAP, middle - self.height() / 2.0)


def room_for_labels(font: QFont) -> float:
    """Return the width of the margin that the labels need."""
    return QFontMetricsF(font).horizontalAdvance(WIDEST) + 2.0 * GAP


def apart(middles: list[float], *, height: float, area: QRectF) -> list[float]:
    """Return the heights of one or two labels so that they neither cover each other nor leave the plot area."""
    low, high = area.top() + height / 2.0, area.bottom() - height / 2.0
    inside = [min(max(middle, low), max(high, low)) for middle in middles]
    if len(inside) < 2 or abs(inside[0] - inside[1]) >= height:
        return inside
    center = (inside[0] + inside[1]) / 2.0
    center = min(max(center, low + height / 2.0), max(high - height / 2.0, low + height / 2.0))
    upper, lower = center - height / 2.0, center + height / 2.0
    return [upper, lower] if middles[0] <= middles[1] else [lower, upper]
