"""The plot for data with one input: the network's answer as a line over the points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QVBoxLayout, QWidget

from nnplayground.app.features.output.curves import (
    answer_heights,
    drawable,
    height_name,
    height_range,
    height_ticks,
    point_places,
    unit_range,
)
from nnplayground.app.features.output.map_plot import FEWEST_TICKS, MOST_TICKS, PIXELS_PER_TICK, RIGHT, TOP
from nnplayground.app.ui.plots.frame import PlotFrame, hairlines, thin_pen
from nnplayground.app.ui.plots.ticks import linear_ticks
from nnplayground.app.ui.samples.points import Drawn, PointLayer
from nnplayground.app.ui.samples.shading import Unit
from nnplayground.app.ui.samples.tables import map_table
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.prepare import Prepared

LINE = 20
"""Lines lie above the points."""


class CurvePlot(QWidget):
    """Draws lines and points; `pointed` and `left_plot` tell of the pointer, in units of the data."""

    pointed = Signal(float, float)
    left_plot = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("boundary_curve")
        self.setAccessibleName("Curve of the network's answers with the data points")
        self._theme = LIGHT
        self._data: Prepared | None = None
        self._maps: Maps | None = None
        self._unit: Unit | None = None
        self._heights = (-1.0, 1.0)
        # The lines as they were last drawn: places across, heights and colours.
        self._across: Floats = np.empty(0)
        self._lines: Floats = np.empty((0, 0))
        self._items: list[QGraphicsPathItem] = []
        self.frame = PlotFrame(self)
        self.frame.show_grid()
        box: Any = self.frame.box
        self.points = PointLayer(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.frame.resized.connect(self._fit)
        self.frame.pointed.connect(self.pointed)
        self.frame.left_plot.connect(self.left_plot)

    def set_theme(self, theme: Theme) -> None:
        """Recolour the frame; lines and points are recoloured when they are shown again."""
        self._theme = theme
        self.frame.set_theme(theme)
        self.frame.box.setBorder(theme.border)
        self._data = None

    def show_points(self, data: Prepared) -> Drawn:
        """Draw axes and samples; not to be called for every frame."""
        self._data, self._maps = data, None
        drawn = self.points.show_places(data, point_places(data), theme=self._theme)
        self.points.show_all(visible=self._unit is None)
        self._heights = height_range(data)
        self._fit()
        return drawn

    def show_maps(self, maps: Maps, data: Prepared, *, unit: Unit | None = None) -> None:
        """Draw what the network answers along the input, or what one of its units does; rows of maps are all equal."""
        self._maps = maps
        if unit is None:
            lines = answer_heights(maps.layers[-1][:, 0], data.rule)
            heights = height_range(data)
        else:
            lines = maps.layers[unit[0]][unit[1] : unit[1] + 1, 0]
            heights = unit_range(lines)
        # The points have the heights of targets, which mean nothing for the answers of a single neuron.
        if (unit is None) != (self._unit is None):
            self.points.show_all(visible=unit is None)
        colors = [self._theme.text]
        if len(lines) > 1:
            colors = [self._theme.class_color(place, len(lines)).name() for place in range(len(lines))]
        width = (maps.high[0] - maps.low[0]) / lines.shape[1]
        self._across = maps.low[0] + (np.arange(lines.shape[1]) + 0.5) * width
        self._lines = lines.astype(np.float64)
        if (heights, unit) != (self._heights, self._unit):
            self._heights, self._unit = heights, unit
            self._fit()
        self._draw_lines(colors)

    def export_table(self) -> dict[str, Floats]:
        """Return the curve as columns of equal length: the input at each place and what is answered there."""
        if self._data is None or self._maps is None:
            return {}
        return map_table(self._maps, self._data, unit=self._unit)

    def clear_maps(self) -> None:
        """Show the points alone."""
        self._maps = None
        self._lines = np.empty((0, 0))
        self._draw_lines([])

    def _draw_lines(self, colors: Sequence[str]) -> None:
        """Draw the lines at the present size of a pixel."""
        while len(self._items) < len(self._lines):
            item = QGraphicsPathItem()
            item.setZValue(LINE)
            self.frame.box.addItem(item, ignoreBounds=True)
            self._items.append(item)
        pixel, heights = self.frame.pixel(), drawable(self._lines, *self._heights)
        for place, item in enumerate(self._items):
            if place >= len(heights):
                item.setPath(QPainterPath())
                continue
            item.setPath(hairlines(self._across, heights[place], connect="finite", pixel=pixel))
            if place < len(colors):
                item.setPen(thin_pen(colors[place]))

    def _fit(self) -> None:
        """Lay the axes out for the present size."""
        if self._data is None:
            return
        low, high = self._data.samples.bounds[0].tolist()
        self._set_axes(self._data, low, high)
        self.frame.set_margins(0.0, TOP, RIGHT, 0.0)
        self.frame.set_range((low, high), self._heights)
        self.frame.settle()
        area = self.frame.box.rect()
        self.points.fit_marks(side=min(area.width(), area.height()))
        self._draw_lines([])

    def _set_axes(self, data: Prepared, low: float, high: float) -> None:
        """Name both axes and mark few ticks."""
        most = [max(FEWEST_TICKS, min(MOST_TICKS, side // PIXELS_PER_TICK)) for side in (self.width(), self.height())]
        self.frame.set_axis("bottom", data.samples.input_names[0], linear_ticks(low, high, most=most[0]))
        if self._unit is None:
            self.frame.set_axis("left", height_name(data), height_ticks(data, most=most[1]))
        else:
            end = self._heights[1]
            self.frame.set_axis("left", "Answer of this neuron", linear_ticks(-end, end, most=most[1]))
