"""The place of the curve in the boundary view: empty until data with one input come, as plots take long to make."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplayground.app.features.output.curve_plot import CurvePlot
from nnplayground.app.ui.samples.point_marks import UNMARKED, Marked
from nnplayground.app.ui.samples.points import Drawn
from nnplayground.app.ui.samples.shading import Unit
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.prepare import Prepared


class CurvePage(QWidget):
    """Makes a `CurvePlot` when it is first needed; `made` tells of it, `pointed` and `left_plot` are its own."""

    pointed = Signal(float, float)
    left_plot = Signal()
    made = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("boundary_curve_page")
        self._theme = LIGHT
        self._shows_test = True
        self._marked = UNMARKED
        self.plot: CurvePlot | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Recolour the plot; it has to be shown its data again."""
        self._theme = theme
        if self.plot is not None:
            self.plot.set_theme(theme)

    def show_points(self, data: Prepared) -> Drawn:
        """Draw axes and samples."""
        if self.plot is None:
            self.plot = CurvePlot(self)
            self.plot.set_theme(self._theme)
            self.plot.pointed.connect(self.pointed)
            self.plot.left_plot.connect(self.left_plot)
            self.plot.points.show_test(visible=self._shows_test)
            self._column.addWidget(self.plot)
            self.made.emit()
            self.plot.points.mark(self._marked)
            self.plot.show()  # Qt would wait for the next turn of its events
        return self.plot.show_points(data)

    def show_maps(self, maps: Maps, data: Prepared, *, unit: Unit | None = None) -> None:
        """Draw what the network, or one unit of it, answers along the input."""
        if self.plot is not None:
            self.plot.show_maps(maps, data, unit=unit)

    def show_test(self, *, visible: bool) -> None:
        """Show or hide the points of the test part, from now on."""
        self._shows_test = visible
        if self.plot is not None:
            self.plot.points.show_test(visible=visible)

    def mark(self, marked: Marked) -> None:
        """Mark other rows of the samples, from now on."""
        self._marked = marked
        if self.plot is not None:
            self.plot.points.mark(marked)

    def clear_maps(self) -> None:
        """Show the points alone."""
        if self.plot is not None:
            self.plot.clear_maps()
