"""How a number looks in a cell: its digits, the colour of its ground, a bar, a lock."""

from __future__ import annotations

from functools import cached_property
from math import isfinite

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from nnplayground.app.ui.contrast import mixed, readable
from nnplayground.app.ui.fields.steps import shown_number
from nnplayground.app.ui.icons import icon_picture
from nnplayground.app.ui.theme import Theme

FULL = 2.5
"""The weight at which a bar has its full length; the edges of the network have their full width there."""

BAR_WIDTH, BAR_HEIGHT = 48, 10
STEPS = 24
STRONGEST = 0.6
LOCK_SIZE = 12


class Look:
    """The colours of one theme, and the pictures that are made from them once."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._bars: dict[int, QPixmap] = {}
        self._grounds: dict[int, tuple[QColor, QColor]] = {}

    def bar(self, value: float) -> QPixmap:
        """Return a bar from the middle to the left (negative) or right (positive), in the colour of the value."""
        place = min(max(value / FULL, -1.0), 1.0) if isfinite(value) else 0.0
        step = round(place * STEPS)
        if step not in self._bars:
            self._bars[step] = _bar(step, self.theme)
        return self._bars[step]

    def ground(self, value: float) -> tuple[QColor, QColor]:
        """Return the ground of a cell by its value, and an ink that can be read on it."""
        place = min(max(value, -1.0), 1.0) if isfinite(value) else 0.0
        step = round(place * STEPS)
        if step not in self._grounds:
            full = QColor(self.theme.positive if step > 0 else self.theme.negative)
            ground = mixed(QColor(self.theme.panel), full, STRONGEST * abs(step) / STEPS)
            self._grounds[step] = ground, readable(QColor(self.theme.text), ground)
        return self._grounds[step]

    @cached_property
    def lock(self) -> QPixmap:
        """The sign of a number that is frozen."""
        return icon_picture("lock", self.theme.text, LOCK_SIZE, 2.0)


def exact(value: float) -> str:
    """Return a number in full precision: the shortest text that reads back as the same bits."""
    return shown_number(value).replace("-", "\u2212")


def _bar(step: int, theme: Theme) -> QPixmap:
    """Return the picture of one step."""
    ratio = 2.0
    picture = QPixmap(int(BAR_WIDTH * ratio), int(BAR_HEIGHT * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    middle, length = BAR_WIDTH / 2.0, BAR_WIDTH / 2.0 * abs(step) / STEPS
    color = theme.value_color(FULL * step / STEPS)
    painter = QPainter(picture)
    painter.fillRect(QRectF(middle if step > 0 else middle - length, 1.0, length, BAR_HEIGHT - 2.0), color)
    painter.fillRect(QRectF(middle - 0.5, 0.0, 1.0, BAR_HEIGHT), QColor(theme.muted))
    painter.end()
    return picture
