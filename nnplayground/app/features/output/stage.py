"""The three plots of the boundary view, of which one is seen: the flat map, the curve of one input, the surface."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.output.curve_page import CurvePage
from nnplayground.app.features.output.map_plot import MapPlot
from nnplayground.app.features.output.planes import point_places
from nnplayground.app.features.output.relief_plot import ReliefPlot
from nnplayground.app.features.output.words import IDLE, IDLE_CURVE, IDLE_RELIEF, axis_names
from nnplayground.app.ui.samples.point_marks import Marked
from nnplayground.app.ui.samples.points import Drawn
from nnplayground.app.ui.samples.shading import Unit
from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats
from nnplayground.project.model import TableSource
from nnplayground.training.observe.maps import MapRequest, Maps, corners
from nnplayground.training.observe.snapshot import Snapshot


class Stage(QObject):
    """Hands data, maps and marks to the plots, and shows the one that fits them.

    `pointed` and `left_plot` are those of the plots. The plots are children of the view, which lays them out.
    """

    pointed = Signal(float, float)
    left_plot = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.map = MapPlot(view)
        self.map.setObjectName("boundary_plot")
        self.map.setAccessibleName("Map of the network's answers with the data points")
        self.curve = CurvePage(view)
        self.relief = ReliefPlot(view)
        self.relief.hide()
        self.plots: tuple[MapPlot, CurvePage, ReliefPlot] = (self.map, self.curve, self.relief)
        self.wants_relief = self.is_flat = False
        self._inputs = self._classes = 0
        for plot in self.plots:
            plot.pointed.connect(self.pointed)
            plot.left_plot.connect(self.left_plot)

    @property
    def shown(self) -> MapPlot | CurvePage | ReliefPlot:
        """The plot for the data; the surface only where one number tells all, and while nothing `is_flat`."""
        if self._inputs == 1:
            return self.curve
        return self.relief if self.wants_relief and self._classes <= 2 and not self.is_flat else self.map

    @property
    def hint(self) -> str:
        """What can be done with the plot on show."""
        hints: dict[QWidget, str] = {self.map: IDLE, self.curve: IDLE_CURVE, self.relief: IDLE_RELIEF}
        return hints[self.shown]

    def set_theme(self, theme: Theme) -> None:
        """Recolour the plots; data and maps have to be shown again."""
        for plot in self.plots:
            plot.set_theme(theme)

    def turn(self) -> None:
        """Show the plot for the data and hide the others."""
        shown = self.shown
        for plot in self.plots:
            plot.setVisible(plot is shown)

    def show_data(self, snapshot: Snapshot, plane: MapRequest) -> Drawn:
        """Draw axes and samples of new data or another plane."""
        data, samples = snapshot.data, snapshot.data.samples
        self._inputs, self._classes = len(samples.input_names), len(samples.classes)
        self.turn()
        if self._inputs == 1:
            return self.curve.show_points(data)
        low, high = corners(data, plane)
        names, places = axis_names(data, plane), point_places(data, plane)
        self.map.show_plane(low, high, names, to_scale=not isinstance(snapshot.project.data.source, TableSource))
        self.relief.show_plane(low, high, names)
        self.relief.show_points(data, places)
        return self.map.show_points(data, places)

    def show_maps(self, snapshot: Snapshot, maps: Maps, *, unit: Unit | None) -> None:
        """Draw what the network, or one unit of it, answers on the plot that is seen."""
        if maps.across == maps.up:
            self.curve.show_maps(maps, snapshot.data, unit=unit)
        elif self.shown is self.relief:
            self.relief.show_maps(maps, snapshot.data, unit=unit, is_busy=snapshot.running)
        else:
            self.map.show_maps(maps, snapshot.data, unit=unit)

    def clear_maps(self) -> None:
        """Show the points alone."""
        for plot in self.plots:
            plot.clear_maps()

    def show_plane_alone(self) -> None:
        """Show the flat plane, on which somebody draws, whatever else there is."""
        self.curve.hide()
        self.relief.hide()
        self.map.show()

    def show_test(self, *, visible: bool) -> None:
        """Show or hide the points of the test part."""
        for part in (self.map.points, self.curve, self.relief):
            part.show_test(visible=visible)

    def mark(self, marked: Marked) -> None:
        """Mark these samples in all plots."""
        for part in (self.map.points, self.curve, self.relief):
            part.mark(marked)

    def show_cursor(self, *, is_reading: bool) -> None:
        """Show with the pointer whether there is something to read; that on the surface shows that it can be turned."""
        for plot in (self.map, self.curve):
            if is_reading:
                plot.setCursor(Qt.CursorShape.CrossCursor)
            else:
                plot.unsetCursor()

    def row_at(self, across: float, up: float) -> int | None:
        """Return which sample is drawn at a place of the plot on show; those of the surface stand before others."""
        plot = self.curve.plot if self.shown is self.curve else self.map
        if plot is None or self.shown is self.relief:
            return None
        return plot.points.row_at(across, up, pixel=plot.frame.pixel())

    def export_table(self) -> dict[str, Floats]:
        """Return what is on show as columns of equal length: the places on the plane and the answers there."""
        shown = self.shown
        plot = self.curve.plot if isinstance(shown, CurvePage) else shown
        return {} if plot is None else plot.export_table()
