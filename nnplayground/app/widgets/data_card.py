"""A card that shows what a data set looks like and chooses it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from nnplayground.app.theme import SMALL, Theme, scaled
from nnplayground.app.titles import Title
from nnplayground.arrays import Floats, Integers

PICTURE = QSize(52, 34)
RATIO = 2.0
DOT = 1.6


class DataCard(QToolButton):
    """A checkable button with a thumbnail of points `[samples, 2]` and their classes."""

    def __init__(
        self, key: str, title: Title, points: Floats, classes: Integers, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        self.setObjectName(f"data_{key}")
        self.setText(title.name)
        self.setAccessibleName(title.name)
        self.setToolTip(title.help)
        self.setCheckable(True)
        self.setProperty("card", True)
        self.setFont(scaled(self.font(), SMALL))
        self.setIconSize(PICTURE)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        low, high = points.min(axis=0), points.max(axis=0)
        self._places = (points - low) / np.where(high > low, high - low, 1.0)
        self._classes = classes

    def set_theme(self, theme: Theme) -> None:
        """Draw the thumbnail in the colours of a theme."""
        pixmap = QPixmap(PICTURE * RATIO)
        pixmap.setDevicePixelRatio(RATIO)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        count = int(self._classes.max()) + 1
        for (x, y), index in zip(self._places.tolist(), self._classes.tolist(), strict=True):
            painter.setBrush(QColor(theme.class_color(int(index), count)))
            painter.drawEllipse(self._spot(x, y), DOT, DOT)
        painter.end()
        self.setIcon(QIcon(pixmap))

    @staticmethod
    def _spot(x: float, y: float) -> QPointF:
        """Return where a place in the unit square, y upwards, is drawn."""
        return QPointF(3 + x * (PICTURE.width() - 6), PICTURE.height() - 3 - y * (PICTURE.height() - 6))
