"""Labels at the ends of the curves: which line is which, and where it stands."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsSimpleTextItem

GAP = 6.0
WIDEST, WIDEST_PENALTY, WIDEST_VALIDATION = "train 0.00000", "penalty 0.0000", "validation 0.0000"


class EndLabel:
    """One text in a scene, put beside the end of a line."""

    def __init__(self, scene: Any) -> None:
        self.height = 1.0  # of a line, whatever is written
        self.item = QGraphicsSimpleTextItem()
        self.item.setZValue(20)
        scene.addItem(self.item)

    def set_look(self, color: str, font: QFont) -> None:
        """Set colour and font."""
        self.item.setBrush(QColor(color))
        self.item.setFont(font)
        self.height = QFontMetricsF(font).height()

    def show_text(self, text: str) -> None:
        """Write what the line is called and where it stands; not to be called more often than one can read."""
        self.item.setText(text)

    def hide(self) -> None:
        """Take the label away."""
        self.item.setVisible(False)

    def put(self, end: float, middle: float) -> None:
        """Show the label right of `end`, at the height `middle`, in pixels of the scene."""
        self.item.setVisible(True)
        self.item.setPos(end + GAP, middle - self.height / 2.0)


def room_for_labels(font: QFont, *, penalty: bool = False, validation: bool = False) -> float:
    """Return the width of the margin that the labels need, among them perhaps those of a penalty and of validation."""
    widest = WIDEST_VALIDATION if validation else WIDEST_PENALTY if penalty else WIDEST
    return QFontMetricsF(font).horizontalAdvance(widest) + 2.0 * GAP


def apart(middles: list[float], *, height: float, area: QRectF) -> list[float]:
    """Return the heights of labels so that none covers another or leaves the plot area, each near to where it was.

    Less a label's height for each one above it, the heights have only to be in order: neighbours that are not take
    their mean (pool adjacent violators, Ayer and others 1955).
    """
    order = sorted(range(len(middles)), key=middles.__getitem__)
    pools: list[tuple[float, int]] = []
    for rank, place in enumerate(order):
        pools.append((middles[place] - rank * height, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (lower, some), (upper, more) = pools.pop(), pools.pop()
            pools.append(((lower * some + upper * more) / (some + more), some + more))
    low = area.top() + height / 2.0
    high = max(area.bottom() - height / 2.0 - (len(middles) - 1) * height, low)
    starts = [min(max(start, low), high) for start, count in pools for _ in range(count)]
    result = dict(zip(order, (start + rank * height for rank, start in enumerate(starts)), strict=True))
    return [result[place] for place in range(len(middles))]
