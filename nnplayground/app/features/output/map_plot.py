"""The plot itself: the map, the boundary line and the points, between two axes."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPainterPath, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsPixmapItem, QVBoxLayout, QWidget

from nnplayground.app.features.output.isolines import round_levels
from nnplayground.app.features.output.level_items import LevelItems
from nnplayground.app.ui.plots.contour import zero_line
from nnplayground.app.ui.plots.frame import LABEL_MARGIN, PlotFrame, hairlines, thin_pen
from nnplayground.app.ui.plots.ticks import linear_ticks
from nnplayground.app.ui.samples.points import Drawn, PointLayer
from nnplayground.app.ui.samples.shading import (
    Picture,
    Unit,
    class_picture,
    margins,
    scale_field,
    value_picture,
)
from nnplayground.app.ui.samples.tables import map_table
from nnplayground.app.ui.theme import LIGHT, Theme, scaled
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.prepare import Prepared

TOP, RIGHT = 6.0, 14.0
PIXELS_PER_TICK, FEWEST_TICKS, MOST_TICKS = 60, 3, 6
AXIS = 48
"""About how many pixels an axis takes for its numbers and its name."""
MOST_LINES = 8
"""Boundary lines are drawn for so many classes; with more, the pale rims between the classes have to do."""
TALLEST = 16_777_215
"""Qt's word for any height."""
FLATTEST, STEEPEST = 1.0 / 3.0, 3.0


class MapPlot(QWidget):
    """Draws maps and points; `pointed` and `left_plot` tell of the pointer, in units of the data."""

    pointed = Signal(float, float)
    left_plot = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._low, self._high = (-6.0, -6.0), (6.0, 6.0)
        self._names = ("", "")
        self._to_scale = True
        self._is_held = False
        self._waiting: tuple[tuple[float, float], tuple[float, float], tuple[str, str], bool] | None = None
        self._pieces: Floats = np.empty((0, 2))
        self._shown: tuple[Maps, Prepared, Unit | None] | None = None
        self.frame = PlotFrame(self)
        box: Any = self.frame.box
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._line = QGraphicsPathItem()
        self._line.setZValue(5)
        for item in (self._picture, self._line):
            box.addItem(item, ignoreBounds=True)
        self.levels = LevelItems(box, self)
        self.points = PointLayer(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.frame.resized.connect(self._fit)
        self.frame.pointed.connect(self.pointed)
        self.frame.left_plot.connect(self.left_plot)

    def set_theme(self, theme: Theme) -> None:
        """Recolour frame and line; map and points are recoloured when they are shown again."""
        self._theme = theme
        self.frame.set_theme(theme)
        self.frame.box.setBorder(theme.border)
        self._line.setPen(thin_pen(theme.text))
        self.levels.set_theme(theme, scaled(self.frame.small_font(), 1.0, bold=True))
        self._fit()

    def show_plane(
        self, low: tuple[float, float], high: tuple[float, float], names: tuple[str, str], *, to_scale: bool
    ) -> None:
        """Set the axes: their ends, their names (an empty one has no scale), and whether units are equally long."""
        plane = low, high, names, to_scale
        if self._is_held:
            self._waiting = plane
        elif plane != (self._low, self._high, self._names, self._to_scale) or not self.isVisible():
            self._low, self._high, self._names, self._to_scale = plane
            self._fit()

    def hold_plane(self, is_held: bool) -> None:
        """Keep the plane as it is while somebody draws on it; one that comes meanwhile is shown afterwards."""
        self._is_held = is_held
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not is_held:
            self.show_plane(*waiting[:3], to_scale=waiting[3])

    def show_points(self, data: Prepared, places: Floats) -> Drawn:
        """Draw the samples at `places` `[samples, 2]`; not to be called for every frame."""
        drawn = self.points.show_places(data, places, theme=self._theme)
        self._fit_marks()
        return drawn

    def show_maps(self, maps: Maps, data: Prepared, *, unit: Unit | None = None) -> None:
        """Draw what the network, or one `unit` of it, answers on the plane.

        Answers that are no numbers are drawn as zero. Those of a unit have the colours that they have in the editor.
        """
        outputs, rule = maps.layers[-1], data.rule
        self._shown = maps, data, unit
        field = scale_field(maps, data, unit=unit)
        with np.errstate(all="ignore"):
            if field is None:
                fields = list(margins(outputs)) if len(outputs) <= MOST_LINES else []
                picture = class_picture(outputs, rule, self._theme)
            else:
                fields = [field] if unit is not None or rule.classes else []
                picture = value_picture(field, self._theme)
        self._show_picture(picture, maps)
        self._show_lines(fields, maps)
        self.levels.show_field(field, () if unit is not None else round_levels(data), maps)

    def clear_maps(self) -> None:
        """Show the points alone."""
        if self._picture.pixmap().isNull():
            return
        self._picture.setPixmap(QPixmap())
        self._shown = None
        self.levels.show_field(None, (), None)
        self._pieces = np.empty((0, 2))
        self._line.setPath(QPainterPath())
        self.frame.canvas.viewport().update()  # Qt paints only where items are by now, and these are nowhere

    def _show_picture(self, picture: Picture, maps: Maps) -> None:
        """Put the colours between the corners; row 0 is at the bottom, as on the axis."""
        rows, columns = picture.shape[:2]
        image = QImage(picture.data, columns, rows, 4 * columns, QImage.Format.Format_RGBX8888)
        # Without the copy the pixmap may share its memory with the array, and paint it when it is long gone.
        self._picture.setPixmap(QPixmap.fromImage(image.copy()))
        corner = QTransform.fromTranslate(*maps.low)
        corner.scale((maps.high[0] - maps.low[0]) / columns, (maps.high[1] - maps.low[1]) / rows)
        self._picture.setTransform(corner)

    def _show_lines(self, fields: list[Floats], maps: Maps) -> None:
        """Draw the lines along which the fields are zero."""
        lines = [zero_line(field, low=maps.low, high=maps.high) for field in fields]
        self._pieces = np.concatenate(lines) if lines else np.empty((0, 2))
        self._draw_line()

    def _draw_line(self) -> None:
        """Draw the boundary at the present size of a pixel."""
        across, up = self._pieces.T
        self._line.setPath(hairlines(across, up, connect="pairs", pixel=self.frame.pixel()))

    def export_table(self) -> dict[str, Floats]:
        """Return the map as columns of equal length: both places of each cell and what is answered there."""
        return {} if self._shown is None else map_table(*self._shown[:2], unit=self._shown[2])

    def _fit(self) -> None:
        """Lay the axes out for the present size: a plane to scale keeps its proportions, in the middle."""
        self._set_axes()
        self.frame.settle()
        left, bottom = self.frame.axes["left"].width(), self.frame.axes["bottom"].height()
        width = self.width() - left - RIGHT - LABEL_MARGIN
        around = bottom + TOP + LABEL_MARGIN
        # The legend follows the map at once. This may make the plot lower here and now: ask for its height after it.
        # While hidden, widgets are not as wide as they will be.
        limited = self.isVisible() and self._shape() > 0.0
        self.setMaximumHeight(round(self._shape() * width + around) if limited else TALLEST)
        height = self.height() - around
        spare_width, spare_height = self._spare(width, height)
        self.frame.set_margins(spare_width / 2.0, TOP, RIGHT + spare_width / 2.0, spare_height)
        self.frame.set_range((self._low[0], self._high[0]), (self._low[1], self._high[1]))
        self.frame.settle()
        self._draw_line()
        self.levels.draw(self.frame.pixel())
        self._fit_marks()

    def _fit_marks(self) -> None:
        """Choose the size of the points for the plot area."""
        area = self.frame.box.rect()
        self.points.fit_marks(side=min(area.width(), area.height()))

    def _set_axes(self) -> None:
        """Name both axes and mark few ticks."""
        width, height = self.width() - AXIS - RIGHT, self.height() - AXIS - TOP
        spare_width, spare_height = self._spare(width, height)
        sizes = {"bottom": width - spare_width, "left": height - spare_height}
        for place, side in enumerate(("bottom", "left")):
            most = max(FEWEST_TICKS, min(MOST_TICKS, int(sizes[side] / PIXELS_PER_TICK)))
            ticks = linear_ticks(self._low[place], self._high[place], most=most) if self._names[place] else []
            self.frame.set_axis(side, self._names[place], ticks)

    def _spare(self, width: float, height: float) -> tuple[float, float]:
        """Return the width and height that a plane to scale leaves over."""
        shape = self._shape()
        if not shape:
            return 0.0, 0.0
        side = min(width, height / shape)
        return max(width - side, 0.0), max(height - shape * side, 0.0)

    def _shape(self) -> float:
        """Return the height of a plane to scale for a width of 1, or 0 when it fills whatever room there is."""
        shape = (self._high[1] - self._low[1]) / (self._high[0] - self._low[0])
        return shape if self._to_scale and FLATTEST <= shape <= STEEPEST else 0.0
