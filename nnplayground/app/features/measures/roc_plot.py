"""The ROC curves of the parts: what each threshold would find, and what it would take wrongly for it."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np
from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QColor, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsPathItem, QSizePolicy, QVBoxLayout, QWidget

from nnplayground.app.ui.plots.frame import PlotFrame, hairlines, thin_pen
from nnplayground.app.ui.plots.ticks import Ticks
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.engine.metrics import RocCurve

SHARES: Ticks = [(0.0, "0"), (0.5, "0.5"), (1.0, "1")]
RANGE = (-0.02, 1.02)
MARGINS = (0.0, 4.0, 8.0, 0.0)
DASHES = (None, (6.0, 2.0, 1.0, 2.0), (4.0, 3.0))
"""How the lines are drawn: train, validation, test."""
NAMED_HEIGHT = 120
SIDES = (150, 240)  # the least and the largest width that is asked for
MOST_WIDTH = 1.4  # of the height: a ROC curve is a square picture
RADIUS = 4.0  # of a mark, in pixels

Place = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Line:
    """One curve, and the shares of false and true positives at the threshold by which classes are told apart now."""

    curve: RocCurve
    present: Place


def place_at(curve: RocCurve, threshold: float) -> Place:
    """Return the shares of false and true positives at a threshold."""
    last = int(np.count_nonzero(curve.thresholds >= threshold)) - 1
    return float(curve.false_positives[last]), float(curve.true_positives[last])


class RocPlot(QWidget):
    """Draws a curve for each part, the train curve solid; `pointed` carries the threshold under the pointer."""

    pointed = Signal(float)
    left_plot = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._lines: tuple[Line | None, ...] = (None,) * len(DASHES)
        self._threshold: float | None = None
        self.frame = PlotFrame(self)
        self.frame.show_grid()
        self.frame.setMinimumSize(100, 60)
        self._diagonal = QGraphicsLineItem(0.0, 0.0, 1.0, 1.0)
        self._curves = [QGraphicsPathItem() for _ in self._lines]
        self._marks = [QGraphicsPathItem() for _ in self._lines]
        for height, item in enumerate((self._diagonal, *self._curves[::-1], *self._marks[::-1])):
            item.setZValue(height)
            self.frame.box.addItem(item, ignoreBounds=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.frame.resized.connect(self._draw)
        self.frame.pointed.connect(self._pointed)
        self.frame.left_plot.connect(self._pointer_left)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.frame.set_theme(theme)
        self._diagonal.setPen(thin_pen(theme.muted, dashes=(1.0, 3.0)))
        for curve, mark, color, dashes in zip(
            self._curves, self._marks, (theme.accent, theme.text, theme.muted), DASHES, strict=True
        ):
            curve.setPen(thin_pen(color, dashes=dashes))
            mark.setPen(thin_pen(color))
            mark.setBrush(QColor(color))
        self._draw()

    def show_lines(self, lines: tuple[Line | None, ...]) -> None:
        """Draw the curves of train, validation and test; one that is not defined is left out."""
        self._lines = lines
        self._draw()

    def sizeHint(self) -> QSize:
        """Ask for a little more than a square with its texts."""
        return QSize(190, 130)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay about a square."""
        super().resizeEvent(event)
        self.setMinimumWidth(min(max(self.height(), SIDES[0]), SIDES[1]))
        self.setMaximumWidth(max(SIDES[0], round(MOST_WIDTH * self.height())))

    def _draw(self) -> None:
        """Draw curves and marks at the present size."""
        is_named = self.height() >= NAMED_HEIGHT
        self.frame.set_margins(*MARGINS)
        self.frame.set_axis("bottom", "false positives" if is_named else "", SHARES)
        self.frame.set_axis("left", "true positives" if is_named else "", SHARES)
        self.frame.set_range(RANGE, RANGE)
        self.frame.settle()
        pixel = self.frame.pixel()
        for line, curve, mark in zip(self._lines, self._curves, self._marks, strict=True):
            curve.setPath(_curve(line, pixel) if line else QPainterPath())
            mark.setPath(self._mark(line, pixel) if line else QPainterPath())

    def _mark(self, line: Line, pixel: Place) -> QPainterPath:
        """Return a dot at the present threshold, and a small one at that under the pointer."""
        path = QPainterPath()
        path.addEllipse(_point(line.present), RADIUS * pixel[0], RADIUS * pixel[1])
        if self._threshold is not None:
            there = _point(place_at(line.curve, self._threshold))
            path.addEllipse(there, 0.75 * RADIUS * pixel[0], 0.75 * RADIUS * pixel[1])
        return path

    def _pointed(self, across: float, up: float) -> None:
        """Read the nearest point of a curve."""
        pixel = self.frame.pixel()
        found = [_nearest(line.curve, (across, up), pixel) for line in self._lines if line]
        if found:
            _, self._threshold = min(found)
            self._draw()
            self.pointed.emit(self._threshold)

    def _pointer_left(self) -> None:
        if self._threshold is not None:
            self._threshold = None
            self._draw()
            self.left_plot.emit()


def _curve(line: Line, pixel: Place) -> QPainterPath:
    found = line.curve
    return hairlines(found.false_positives, found.true_positives, connect="all", pixel=pixel)


def _point(place: Place) -> QPointF:
    return QPointF(*place)


def _nearest(curve: RocCurve, place: Place, pixel: Place) -> Place:
    """Return how far off the nearest point of a curve lies, in pixels, and its threshold."""
    across = (curve.false_positives - place[0]) / pixel[0]
    up = (curve.true_positives - place[1]) / pixel[1]
    nearest = int(np.argmin(np.hypot(across, up)))
    return hypot(across[nearest], up[nearest]), float(curve.thresholds[nearest])
