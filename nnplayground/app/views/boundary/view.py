"""The decision boundary as one view: header, choice of the plane, plot, legend and read-out."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from nnplayground.app.theme import LARGE, LIGHT, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.views.boundary.curve_page import CurvePage
from nnplayground.app.views.boundary.legend import Legend
from nnplayground.app.views.boundary.map_plot import MapPlot
from nnplayground.app.views.boundary.note import NoteLabel
from nnplayground.app.views.boundary.other_inputs_control import OtherInputsControl
from nnplayground.app.views.boundary.plane_choice import PlaneChoice, first_kind, first_plane
from nnplayground.app.views.boundary.planes import axes_of, plane_of, point_places
from nnplayground.app.views.boundary.words import (
    IDLE,
    IDLE_CURVE,
    Unit,
    axis_names,
    plane_note,
    points_note,
    reading,
    unit_title,
    view_title,
)
from nnplayground.app.views.drawing.mode import DrawingMode
from nnplayground.app.views.empty import NO_NETWORK, empty_label
from nnplayground.app.views.plots import make_card
from nnplayground.app.views.read_outs import ElidedLabel, Pacer
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.data.samples import Samples
from nnplayground.project.model import TableSource
from nnplayground.training.maps import corners, legal_request
from nnplayground.training.prepare import Prepared
from nnplayground.training.snapshot import MapRequest, Maps, PlaneKind, Snapshot


class BoundaryView(QWidget):
    """Shows what the network answers on a plane of the input space, or along the only input, and the data on it.

    `map_request_changed` carries the `MapRequest` that the user asks for; the view draws whatever plane comes.
    """

    map_request_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("boundary_view")
        self.setAccessibleName("Decision boundary")
        self._theme = LIGHT
        self._request = MapRequest()
        self._snapshot: Snapshot | None = None
        # What is on the screen: the data and the plane of the points, and the maps.
        self._data: Prepared | None = None
        self._names: tuple[str, ...] = ()
        self._plane: MapRequest | None = None
        self._maps: Maps | None = None
        self._unit: Unit | None = None  # the neuron that is shown instead of the whole network
        self._pointer: tuple[float, float] | None = None
        self._note = ""
        self._build()
        self._read_out_pacer = Pacer(self._show_reading, self)
        self.set_theme(LIGHT)

    @property
    def map_request(self) -> MapRequest:
        """The plane and resolution that this view wants maps of."""
        return self._request

    def show_frame(self, snapshot: Snapshot) -> None:
        """Draw a snapshot; while hidden, only keep it."""
        self._snapshot = snapshot
        self.drawing.show_frame(snapshot)
        if self.isVisible():
            self._draw(snapshot)

    def show_unit(self, unit: Unit | None) -> None:
        """Show the map of one unit large, (its layer among those of the maps, its place), or the network again.

        Where the network has no maps of its units, as with pictures, nothing changes.
        """
        if unit == self._unit:
            return
        self._unit = unit
        if self._snapshot is not None and self._data is not None and self.isVisible():
            self._show_titles(self._snapshot)
            if self._snapshot.maps is not None:
                self._show_maps(self._snapshot.maps, self._data)
            self._show_reading()

    def choose_plane(self, across: int, up: int) -> None:
        """Show the plane of two inputs that was chosen elsewhere."""
        if across != up and max(across, up) < len(self._names):
            self._choice.show_plane("inputs", across, up)
            self._plane_chosen("inputs", across, up)

    def add_control(self, control: QWidget) -> None:
        """Put a button of somebody else beside the choice of the plane, which data of more inputs have."""
        self._choice.add_control(control)

    def add_header_control(self, control: QWidget) -> None:
        """Put a button of somebody else at the right end of the header."""
        self._header.addWidget(control)

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._data = self._maps = self._pointer = None
        self._show_test.hide()
        self.drawing.show_failure()
        if self.drawing.has_plane:
            self._keep_plane()
        self._stack.setCurrentIndex(0 if self.drawing.has_plane else 1)

    def _keep_plane(self) -> None:
        """Leave nothing but the plane on which points are drawn; the next data are shown as new ones."""
        self._names = ()
        for part in (self._choice, self._others, self._curve):
            part.hide()
        self._plot.show()
        self._legend.show_nothing()
        self._show_reading()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        make_card(self, theme)
        self._title.setFont(scaled(self.font(), LARGE, bold=True))
        for label in (self._others, self._read_out):
            label.setFont(tabular(scaled(self.font(), SMALL)))
            label.setStyleSheet(f"color: {theme.muted};")
        for plot in (self._plot, self._curve):
            plot.set_theme(theme)
        self._sliders.set_theme(theme)
        self.drawing.set_theme(theme)
        self._data, self._maps = None, None
        if self._snapshot is not None and self.isVisible():
            self._draw(self._snapshot)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self._draw(self._snapshot)

    def _build(self) -> None:
        """Make the parts and lay them out."""
        self._title = ElidedLabel(self)
        self._title.setObjectName("boundary_title")
        self._title.set_whole_text("Decision boundary")
        self._show_test = QCheckBox("Test points", self)
        self._show_test.setObjectName("boundary_test_points")
        self._show_test.setAccessibleName("Show the test points")
        self._show_test.setToolTip(
            wrapped("Show the points kept for the test, as rings. The network never trains on them.")
        )
        self._show_test.setChecked(True)
        self._content, self._empty = QWidget(self), empty_label("boundary_empty", NO_NETWORK, self)
        self._choice = PlaneChoice(self)
        self._choice.hide()
        self._sliders = OtherInputsControl(self, self._choice)
        self._others = NoteLabel(self)
        self._others.setObjectName("boundary_others")
        self._plot = MapPlot(self)
        self._plot.setObjectName("boundary_plot")
        self._plot.setAccessibleName("Map of the network's answers with the data points")
        self.drawing = DrawingMode(self._plot, self)
        self._curve = CurvePage(self)
        self._legend = Legend(self)
        self._read_out = ElidedLabel(self)
        self._read_out.setObjectName("boundary_read_out")
        self._lay_out()
        self._show_test.toggled.connect(self._test_points_toggled)
        self._choice.chosen.connect(self._plane_chosen)
        self._sliders.others_wanted.connect(self._others_chosen)
        self._plot.pointed.connect(self._pointed)
        self._curve.pointed.connect(self._pointed)
        self._plot.left_plot.connect(self._pointer_left)
        self._curve.left_plot.connect(self._pointer_left)

    def _lay_out(self) -> None:
        """Put the parts below each other."""
        header = self._header = QHBoxLayout()
        header.addWidget(self._title, 1)
        header.addWidget(self._show_test)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        frame.setSpacing(SPACE[0])
        frame.addLayout(header)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._content)
        self._stack.addWidget(self._empty)
        frame.addLayout(self._stack, 1)
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE[0])
        layout.addWidget(self.drawing.bar)
        layout.addWidget(self._choice)
        layout.addWidget(self._others)
        layout.addWidget(self._plot, 1)
        layout.addWidget(self._curve, 1)
        layout.addWidget(self._legend)
        layout.addWidget(self._read_out)
        layout.addStretch(0)

    def _draw(self, snapshot: Snapshot) -> None:
        """Draw what differs from what is on the screen."""
        self._stack.setCurrentIndex(0)
        data = snapshot.data
        if data.samples.input_names != self._names:
            self._offer_inputs(data.samples)
        maps = snapshot.maps
        plane = plane_of(maps) if maps else legal_request(self._request, data.samples)
        if data is not self._data or self._plane is None or axes_of(plane) != axes_of(self._plane):
            self._show_data(snapshot, plane)
        elif plane.others != self._plane.others:
            self._show_others(data, plane)
        if maps is None:
            self._plot.clear_maps()
            self._curve.clear_maps()
        elif maps is not self._maps:
            self._show_maps(maps, data)
        self._maps = maps
        if self._pointer is not None:
            self._read_out_pacer.ask()

    def _offer_inputs(self, samples: Samples) -> None:
        """Start anew with a plane of other data."""
        self._names = samples.input_names
        across, up = first_plane(samples)
        wanted = MapRequest(across, up, self._request.resolution, first_kind(samples))
        self._set_request(legal_request(wanted, samples))
        self._choice.show_inputs(self._names, across=across, up=up, kind=self._request.kind)

    def _show_data(self, snapshot: Snapshot, plane: MapRequest) -> None:
        """Draw axes, points and legend for new data or another plane."""
        data = snapshot.data
        self._data, self._maps = data, None
        samples = data.samples
        is_curve = len(samples.input_names) == 1
        self._curve.setVisible(is_curve)
        self._plot.setVisible(not is_curve)
        if is_curve:
            drawn = self._curve.show_points(data)
        else:
            to_scale = not isinstance(snapshot.project.data.source, TableSource)
            self._plot.show_plane(*corners(data, plane), axis_names(data, plane), to_scale=to_scale)
            drawn = self._plot.show_points(data, point_places(data, plane))
        self._show_test.setVisible(len(data.test_rows) > 0)
        self._show_titles(snapshot)
        self._show_others(data, plane)
        self._note = points_note(drawn.points, drawn.drawn)
        self._show_reading()

    def _show_maps(self, maps: Maps, data: Prepared) -> None:
        """Draw what the network answers, or the unit that is shown instead."""
        plot = self._curve if maps.across == maps.up else self._plot
        plot.show_maps(maps, data, unit=self._shown_unit())

    def _shown_unit(self) -> Unit | None:
        """Return the unit that is shown instead of the network, if the network of this moment has its map."""
        snapshot, unit = self._snapshot, self._unit
        if unit is None or snapshot is None or snapshot.maps is None or len(snapshot.architecture.input_shape) > 1:
            return None
        layers = snapshot.maps.layers
        return unit if 0 <= unit[0] < len(layers) and 0 <= unit[1] < len(layers[unit[0]]) else None

    def _show_titles(self, snapshot: Snapshot) -> None:
        """Say what is shown, the whole network or one unit, and what its colours mean."""
        unit, maps = self._shown_unit(), snapshot.maps
        if unit is not None and maps is not None:
            self._title.set_whole_text(unit_title(snapshot.data, unit, layers=len(maps.layers)))
            self._legend.show_unit(self._theme)
        else:
            self._title.set_whole_text(view_title(snapshot.data))
            self._legend.show_data(snapshot.data, self._theme)

    def _show_others(self, data: Prepared, plane: MapRequest) -> None:
        """Say where the inputs outside the plane stand."""
        self._plane = plane
        self._others.set_whole_text(plane_note(data, plane))
        self._others.setVisible(bool(self._others.whole_text()))
        self._sliders.show_request(data, self._request)

    def _show_reading(self) -> None:
        """Write what is under the pointer, or how to read the map."""
        text = ""
        if self._pointer is not None and self._maps is not None and self._data is not None:
            across, up = self._pointer
            if self._maps.across == self._maps.up:
                up = across  # the height of a curve is its answer, not a second input
            text = reading(self._maps, self._data, across=across, up=up, unit=self._shown_unit())
        self._read_out.set_whole_text(text or f"{self._note} {IDLE_CURVE if len(self._names) == 1 else IDLE}".strip())

    def _set_request(self, request: MapRequest) -> None:
        """Ask for other maps."""
        if request != self._request:
            self._request = request
            self._sliders.show_request(self._data, request)
            self.map_request_changed.emit(request)

    def _plane_chosen(self, kind: PlaneKind, across: int, up: int) -> None:
        """Ask for the plane that the user chose."""
        self._set_request(replace(self._request, kind=kind, across=across, up=up))

    def _others_chosen(self, others: tuple[tuple[int, float], ...]) -> None:
        """Ask for a map with other values of the inputs outside the plane."""
        self._set_request(replace(self._request, others=others))

    def _test_points_toggled(self, checked: bool) -> None:
        """Show or hide the test points."""
        self._plot.points.show_test(visible=checked)
        self._curve.show_test(visible=checked)
        self.drawing.show_test(visible=checked)

    def _pointed(self, across: float, up: float) -> None:
        """Read the map under the pointer."""
        self._pointer = (across, up)
        for plot in (self._plot, self._curve):
            plot.setCursor(Qt.CursorShape.CrossCursor)
        self._read_out_pacer.ask()

    def _pointer_left(self) -> None:
        """Go back to the hint."""
        if self._pointer is not None:
            self._pointer = None
            for plot in (self._plot, self._curve):
                plot.unsetCursor()
            self._read_out_pacer.ask()
