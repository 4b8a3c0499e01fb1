"""The decision boundary as one view: header, choice of the plane, plot, legend and read-out."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from nnplayground.app.theme import LARGE, LIGHT, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.app.views.boundary.legend import Legend
from nnplayground.app.views.boundary.map_plot import MapPlot
from nnplayground.app.views.boundary.plane_choice import PlaneChoice, first_plane
from nnplayground.app.views.boundary.words import IDLE, others_at_mean, points_note, reading
from nnplayground.app.views.empty import NO_NETWORK, empty_label
from nnplayground.app.views.plots import make_card
from nnplayground.app.views.read_outs import ElidedLabel, Pacer
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.data.samples import Samples
from nnplayground.project.model import TableSource
from nnplayground.training.maps import legal_request
from nnplayground.training.prepare import Prepared
from nnplayground.training.snapshot import MapRequest, Maps, Snapshot


class BoundaryView(QWidget):
    """Shows what the network answers on a plane of the input space, and the data on it.

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
        self._plane = (-1, -1)
        self._maps: Maps | None = None
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
        if self.isVisible():
            self._draw(snapshot)

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._data = self._maps = self._pointer = None
        self._show_test.hide()
        self._stack.setCurrentIndex(1)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        make_card(self, theme)
        self._title.setFont(scaled(self.font(), LARGE, bold=True))
        for label in (self._others, self._read_out):
            label.setFont(tabular(scaled(self.font(), SMALL)))
            label.setStyleSheet(f"color: {theme.muted};")
        self._plot.set_theme(theme)
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
        self._title = QLabel("Decision boundary", self)
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
        self._others = ElidedLabel(self)
        self._others.setObjectName("boundary_others")
        self._plot = MapPlot(self)
        self._plot.setObjectName("boundary_plot")
        self._plot.setAccessibleName("Map of the network's answers with the data points")
        self._legend = Legend(self)
        self._read_out = ElidedLabel(self)
        self._read_out.setObjectName("boundary_read_out")
        self._lay_out()
        self._show_test.toggled.connect(self._test_points_toggled)
        self._choice.chosen.connect(self._plane_chosen)
        self._plot.pointed.connect(self._pointed)
        self._plot.left_plot.connect(self._pointer_left)

    def _lay_out(self) -> None:
        """Put the parts below each other."""
        header = QHBoxLayout()
        header.addWidget(self._title)
        header.addStretch(1)
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
        layout.addWidget(self._choice)
        layout.addWidget(self._others)
        layout.addWidget(self._plot, 1)
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
        plane = (maps.across, maps.up) if maps else (self._request.across, self._request.up)
        if data is not self._data or plane != self._plane:
            self._show_data(snapshot, plane)
        if maps is None:
            self._plot.clear_maps()
        elif maps is not self._maps:
            self._plot.show_maps(maps, data)
        self._maps = maps
        if self._pointer is not None:
            self._read_out_pacer.ask()

    def _offer_inputs(self, samples: Samples) -> None:
        """Start anew with two inputs of other data."""
        self._names = samples.input_names
        across, up = first_plane(samples)
        self._set_request(legal_request(replace(self._request, across=across, up=up), samples))
        self._choice.show_inputs(self._names, across=self._request.across, up=self._request.up)

    def _show_data(self, snapshot: Snapshot, plane: tuple[int, int]) -> None:
        """Draw axes, points and legend for new data or another plane."""
        data, (across, up) = snapshot.data, plane
        self._data, self._plane, self._maps = data, plane, None
        samples = data.samples
        low, high = samples.bounds.T
        self._plot.show_plane(
            (float(low[across]), float(low[up])),
            (float(high[across]), float(high[up])),
            (samples.input_names[across], "" if up == across else samples.input_names[up]),
            to_scale=not isinstance(snapshot.project.data.source, TableSource),
        )
        drawn = self._plot.show_points(data, across=across, up=up)
        self._title.setText("Decision boundary" if samples.classes else "Output")
        self._show_test.setVisible(len(data.test_rows) > 0)
        self._legend.show_data(data, self._theme)
        self._others.set_whole_text(others_at_mean(data, across=across, up=up))
        self._others.setVisible(bool(self._others.whole_text()))
        self._note = points_note(drawn.points, drawn.drawn)
        self._show_reading()

    def _show_reading(self) -> None:
        """Write what is under the pointer, or how to read the map."""
        text = ""
        if self._pointer is not None and self._maps is not None and self._data is not None:
            text = reading(self._maps, self._data, across=self._pointer[0], up=self._pointer[1])
        self._read_out.set_whole_text(text or f"{self._note} {IDLE}".strip())

    def _set_request(self, request: MapRequest) -> None:
        """Ask for other maps."""
        if request != self._request:
            self._request = request
            self.map_request_changed.emit(request)

    def _plane_chosen(self, across: int, up: int) -> None:
        """Ask for the plane that the user chose."""
        self._set_request(replace(self._request, across=across, up=up))

    def _test_points_toggled(self, checked: bool) -> None:
        """Show or hide the test points."""
        self._plot.points.show_test(visible=checked)

    def _pointed(self, across: float, up: float) -> None:
        """Read the map under the pointer."""
        self._pointer = (across, up)
        self._plot.setCursor(Qt.CursorShape.CrossCursor)
        self._read_out_pacer.ask()

    def _pointer_left(self) -> None:
        """Go back to the hint."""
        if self._pointer is not None:
            self._pointer = None
            self._plot.unsetCursor()
            self._read_out_pacer.ask()
