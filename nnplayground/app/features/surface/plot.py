"""The plot of a cost surface: the map with its contours, and the path of the training on it, between two axes."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainterPath, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsPixmapItem, QVBoxLayout, QWidget

from nnplayground.app.features.surface.contours import Contour, contours_of, label_places, outer_ends
from nnplayground.app.features.surface.path_marks import PathMarks
from nnplayground.app.features.surface.shading import CostScale, cost_picture, scale_of
from nnplayground.app.features.surface.tags import Tag
from nnplayground.app.ui.contrast import mixed
from nnplayground.app.ui.plots.frame import PlotFrame, hairlines, thin_pen
from nnplayground.app.ui.plots.ticks import linear_ticks
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.training.observe.surface import Surface

TOP, RIGHT = 8.0, 14.0
PIXELS_PER_TICK = (80, 44)
AXIS = 56
"""About how many pixels an axis and the margin beside it take."""
WIDEST_SHAPE = 3.0
"""A map is at most so many times as wide as high; wider ones would hide how steep it is in one of the directions."""
MOST_AVOIDED = 60
"""So many points of the path are kept free of numbers."""
INK = 0.55
"""How much of the colour of texts the contours have; the rest is that of the ground."""


class SurfacePlot(QWidget):
    """Draws a cost surface; `pointed` and `left_plot` tell of the pointer, in coordinates of the slice."""

    pointed = Signal(float, float)
    left_plot = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface_plot")
        self._theme = LIGHT
        self._surface: Surface | None = None
        self._names = ("", "")
        self._log, self._relief = True, False
        self._contours: list[Contour] = []
        self.scale = CostScale(0.0, 1.0, log=False)
        self.frame = PlotFrame(self)
        box: Any = self.frame.box
        self._picture, self._lines = QGraphicsPixmapItem(), QGraphicsPathItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._lines.setZValue(3)
        for item in (self._picture, self._lines):
            box.addItem(item, ignoreBounds=True)
        self.marks = PathMarks(box)
        self._labels: list[Tag] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.frame.set_margins(0.0, TOP, RIGHT, 0.0)
        self.frame.resized.connect(self._fit)
        self.frame.pointed.connect(self.pointed)
        self.frame.left_plot.connect(self.left_plot)

    @property
    def label_texts(self) -> list[str]:
        """The numbers that stand on contours."""
        return [label.text for label in self._labels if label.text]

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.frame.set_theme(theme)
        self.frame.box.setBorder(theme.border)
        self._lines.setPen(thin_pen(mixed(QColor(theme.costs[-1]), QColor(theme.text), INK).name()))
        self.marks.set_theme(theme, self.frame.small_font())
        for label in self._labels:
            label.set_look(theme.text, theme.panel, self.frame.small_font())
        self._paint()
        self._fit()

    def show_surface(self, surface: Surface, names: tuple[str, str]) -> None:
        """Draw a map whose axes are called by these names."""
        self._surface, self._names = surface, names
        self.marks.show_surface(surface)
        self._paint()
        self._fit()

    def show_look(self, *, log: bool, relief: bool) -> None:
        """Choose between a logarithmic and a linear scale of colours, and whether heights are lit from the side."""
        self._log, self._relief = log, relief
        self._paint()
        self._fit()

    def show_now(self, place: tuple[float, float]) -> None:
        """Show where the network is now."""
        self.marks.show_now(place, self.frame.pixel(), self._size())

    def hide_now(self) -> None:
        """Show no present network, as it has no place on this map."""
        self.marks.hide_now()

    def cost_at(self, across: float, up: float) -> tuple[float, float, float] | None:
        """Return the coordinates and the cost of the computed point that is nearest to a place on the map."""
        surface = self._surface
        if surface is None:
            return None
        column, row = int(np.abs(surface.across - across).argmin()), int(np.abs(surface.up - up).argmin())
        return float(surface.across[column]), float(surface.up[row]), float(surface.costs[row, column])

    def moment_at(self, across: float, up: float, *, reach: float) -> int | None:
        """Return the moment of the path that is nearest to a place, if it is not more than `reach` pixels away."""
        if self._surface is None or not len(self._surface.path):
            return None
        away = (self._surface.path.coordinates - (across, up)) / self.frame.pixel()
        distances = np.hypot(*away.T)
        nearest = int(distances.argmin())
        return nearest if distances[nearest] <= reach else None

    def export_table(self) -> dict[str, Floats]:
        """Return the points of the map as columns of equal length: the two coordinates, named by the axes, and cost."""
        if self._surface is None:
            return {}
        across, up = np.meshgrid(self._surface.across, self._surface.up)
        return {"x": across.ravel(), "y": up.ravel(), "cost": self._surface.costs.ravel()}

    def _paint(self) -> None:
        """Choose the scale, and make the picture and the contours."""
        surface = self._surface
        if surface is None:
            return
        self.scale = scale_of(surface.costs, log=self._log)
        self._contours = contours_of(surface, self.scale)
        picture = cost_picture(surface.costs, self.scale, self._theme, relief=self._relief)
        rows, columns = picture.shape[:2]
        image = QImage(picture.data, columns, rows, 4 * columns, QImage.Format.Format_RGBX8888)
        # Without the copy the pixmap may share its memory with the array, and paint it when it is long gone.
        self._picture.setPixmap(QPixmap.fromImage(image.copy()))
        low, high = outer_ends(surface)
        corner = QTransform.fromTranslate(*low)
        corner.scale((high[0] - low[0]) / columns, (high[1] - low[1]) / rows)
        self._picture.setTransform(corner)

    def _fit(self) -> None:
        """Lay the axes out for the present size, and draw what is so many pixels wide."""
        surface = self._surface
        if surface is None:
            return
        spare = max(0.0, self.width() - AXIS - WIDEST_SHAPE * (self.height() - AXIS)) / 2.0
        self.frame.set_margins(spare, TOP, RIGHT + spare, 0.0)
        sides = ("bottom", surface.across, self.width() - round(2.0 * spare)), ("left", surface.up, self.height())
        for (side, places, length), name, space in zip(sides, self._names, PIXELS_PER_TICK, strict=True):
            ticks = linear_ticks(float(places[0]), float(places[-1]), most=max(3, length // space))
            self.frame.set_axis(side, name, ticks)
        ends = [(float(places[0]), float(places[-1])) for _, places, _ in sides]
        self.frame.set_range(ends[0], ends[1])
        self.frame.settle()
        pixel = self.frame.pixel()
        lines = QPainterPath()
        for contour in self._contours:
            lines.addPath(hairlines(*contour.line.T, connect="pairs", pixel=pixel, single=True))
        self._lines.setPath(lines)
        self.marks.draw(pixel, self._size())
        self._write_labels(surface)
        if self.marks.now.place is not None:
            self.show_now(self.marks.now.place)

    def _write_labels(self, surface: Surface) -> None:
        """Write the costs of the contours where there is room."""
        low = np.array([surface.across[0], surface.up[0]])
        high = np.array([surface.across[-1], surface.up[-1]])
        path = surface.path.coordinates
        path = path[:: max(1, len(path) // MOST_AVOIDED)]
        places = label_places(self._contours, (low, high), self._size(), marks=self.marks.taken(), path=path)
        while len(self._labels) < len(places):
            label = Tag(self.frame.box, z=5)
            label.set_look(self._theme.text, self._theme.panel, self.frame.small_font())
            self._labels.append(label)
        for label in self._labels[len(places) :]:
            label.hide()
        for label, (number, across, up) in zip(self._labels, places, strict=False):
            label.put(self._contours[number].text, (across, up))

    def _size(self) -> tuple[float, float]:
        """Return the width and height of the map in pixels."""
        area = self.frame.box.rect()
        return max(area.width(), 1.0), max(area.height(), 1.0)
