"""The decision boundary as one view: header, choice of the plane, plot, legend and read-out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from nnplayground.app.features.drawing.mode import DrawingMode
from nnplayground.app.features.output.header import Header
from nnplayground.app.features.output.marking import Marking
from nnplayground.app.features.output.note import NoteLabel
from nnplayground.app.features.output.other_inputs_control import OtherInputsControl
from nnplayground.app.features.output.plane_choice import PlaneChoice, first_kind, first_plane
from nnplayground.app.features.output.planes import axes_of, plane_of
from nnplayground.app.features.output.probe import Probe
from nnplayground.app.features.output.selection_note import SelectionNote
from nnplayground.app.features.output.stage import Stage
from nnplayground.app.features.output.words import (
    plane_note,
    points_note,
    reading,
    unit_title,
    view_title,
    with_sample,
)
from nnplayground.app.ui.plots.empty import NO_NETWORK, empty_label
from nnplayground.app.ui.plots.frame import make_card
from nnplayground.app.ui.read_outs import ElidedLabel, Pacer
from nnplayground.app.ui.samples.legend import Legend
from nnplayground.app.ui.samples.point_marks import Marked
from nnplayground.app.ui.samples.shading import Unit
from nnplayground.app.ui.samples.tables import map_table, points_table
from nnplayground.app.ui.theme import LIGHT, SMALL, SPACE, Theme, scaled, tabular
from nnplayground.arrays import Floats, Integers
from nnplayground.data.samples import Samples
from nnplayground.training.observe.answers import Answers, AnswersRequest
from nnplayground.training.observe.maps import MapRequest, Maps, PlaneKind, legal_request
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import Prepared

MAPS_READER, ANSWERS_READER = "output maps", "output answers"


class BoundaryView(QWidget):
    """Shows what the network answers on a plane of the input space, or along the only input, and the data on it.

    `observation_wanted(reader, request)` asks for the maps of the plane that the user has chosen, and while the view is
    seen for the answers to all samples; the view draws whatever plane comes. `probed` carries what every neuron answers
    at the probe, or `None`, and `probe_shown(is_there)` tells that it was dropped or removed.
    `relief_changed(wanted)` tells that somebody wants the map as a surface, or flat. `selection_closed` tells that
    the user closes the note on the samples that were set off against the others. `target_chosen(place)` tells which of
    several targets is shown.
    """

    observation_wanted = Signal(str, object)
    probed = Signal(object)
    probe_shown = Signal(bool)
    relief_changed = Signal(bool)
    selection_closed = Signal()
    target_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("boundary_view")
        self.setAccessibleName("Decision boundary")
        self._theme = LIGHT
        self._request = MapRequest(adapts=True)
        self._snapshot: Snapshot | None = None
        self._target = 0  # which of several is shown
        self._one: tuple[Snapshot, int, Snapshot] | None = None  # a moment and a target, and what is shown of both
        # What is on the screen: the data and the plane of the points, and the maps.
        self._data: Prepared | None = None
        self._names: tuple[str, ...] = ()
        self._plane: MapRequest | None = None
        self._maps: Maps | None = None
        self._raw_maps: Maps | None = None  # those of the moment, of which the maps on the screen were made
        self._answers: Answers | None = None  # to all samples, for all targets
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
            self._show_maps(self._snapshot)
            self._show_reading()

    @property
    def target(self) -> int:
        """The place of the target that is shown among several."""
        return self._target

    def show_target(self, place: int) -> None:
        """Show the answers for another one of several targets."""
        if place == self._target:
            return
        self._target = place
        self.target_chosen.emit(place)
        self._data, self._raw_maps = None, None
        if self._snapshot is not None and self.isVisible():
            self._draw(self._snapshot)

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
        self._header.add_control(control)

    def highlight_samples(self, rows: Integers | None, words: str) -> None:
        """Set these rows of the samples off against all others, and say in `words` what they are, or end that."""
        self._marking.select(rows)
        self._selection.say("" if rows is None else words)

    def toggle_probe(self) -> None:
        """Drop a probe where the pointer is, or in the middle of the plane, or take it away."""
        self.probe.toggle(self._pointer)

    @property
    def wants_relief(self) -> bool:
        """Whether the map is shown as a surface where that is possible."""
        return self._header.relief.isChecked()

    @wants_relief.setter
    def wants_relief(self, wanted: bool) -> None:
        self._header.relief.setChecked(wanted)

    def export_table(self) -> dict[str, Floats]:
        """Return what is shown as columns of equal length: the places on the plane and the answers there."""
        table, snapshot = self.stage.export_table(), self._snapshot
        maps = None if snapshot is None else snapshot.seen.of(MapRequest)
        if not table or snapshot is None or maps is None or self._shown_unit() is not None:
            return table
        return map_table(maps, snapshot.data)  # of all targets

    def export_points(self) -> dict[str, Floats]:
        """Return the samples as columns of equal length: inputs, targets, part and what the network answers."""
        if self._data is None or self._snapshot is None:
            return {}
        return points_table(self._snapshot.data, self._answers)

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._data = self._maps = self._raw_maps = self._pointer = self._one = self._answers = None
        self._header.offer_nothing()
        self.probe.forget()
        self.highlight_samples(None, "")
        self._marking.forget()
        self.drawing.show_failure()
        if self.drawing.has_plane:
            self._keep_plane()
        self._stack.setCurrentIndex(0 if self.drawing.has_plane else 1)

    def _keep_plane(self) -> None:
        """Leave nothing but the plane on which points are drawn; the next data are shown as new ones."""
        self._names = ()
        self._choice.hide()
        self._others.hide()
        self.stage.show_plane_alone()
        self._legend.show_nothing()
        self._show_reading()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        make_card(self, theme)
        self._header.refresh_font()
        for label in (self._others, self._read_out):
            label.setFont(tabular(scaled(self.font(), SMALL)))
            label.setStyleSheet(f"color: {theme.muted};")
        for part in (self.stage, self._sliders, self.drawing, self.probe, self._selection):
            part.set_theme(theme)
        self._data, self._raw_maps = None, None
        if self._snapshot is not None and self.isVisible():
            self._draw(self._snapshot)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while hidden."""
        super().showEvent(event)
        self.observation_wanted.emit(ANSWERS_READER, AnswersRequest())
        if self._snapshot is not None:
            self._draw(self._snapshot)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing while nobody looks."""
        super().hideEvent(event)
        self.observation_wanted.emit(ANSWERS_READER, None)
        self.probe.hide()

    def _build(self) -> None:
        """Make the parts and lay them out."""
        self._header = Header(self)
        self._title = self._header.title
        self._content, self._empty = QWidget(self), empty_label("boundary_empty", NO_NETWORK, self)
        self._choice = PlaneChoice(self)
        self._choice.hide()
        self._sliders = OtherInputsControl(self, self._choice)
        self._others = NoteLabel(self)
        self._others.setObjectName("boundary_others")
        self.stage = Stage(self)
        self._plot, self._curve, relief = self.stage.plots
        self.drawing = DrawingMode(self._plot, self)
        self.probe = Probe(self._plot, self._curve, relief)
        self._marking = Marking(self._show_marks)
        self._selection = SelectionNote(self, self.stage.plots)
        self._legend = Legend(self)
        self._read_out = ElidedLabel(self)
        self._read_out.setObjectName("boundary_read_out")
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        """Listen to the parts."""
        self._header.test_toggled.connect(self._test_points_toggled)
        for ring in (self._marking.ring_wrong, self._legend.show_rings):
            self._header.wrong_toggled.connect(ring)
        self._header.relief_toggled.connect(self._relief_toggled)
        self._header.target_chosen.connect(self.show_target)
        self.drawing.toggled.connect(self._drawing_toggled)
        self.probe.answered.connect(self.probed)
        self.probe.shown.connect(self.probe_shown)
        self._selection.closed.connect(partial(self.highlight_samples, None, ""))
        self._selection.closed.connect(self.selection_closed)
        self._choice.chosen.connect(self._plane_chosen)
        self._sliders.others_wanted.connect(self._others_chosen)
        self.stage.pointed.connect(self._pointed)
        self.stage.left_plot.connect(self._pointer_left)

    def _lay_out(self) -> None:
        """Put the parts below each other."""
        frame = QVBoxLayout(self)
        frame.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        frame.setSpacing(SPACE[0])
        frame.addWidget(self._header)
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
        for plot in self.stage.plots:
            layout.addWidget(plot, 1)
        layout.addWidget(self._legend)
        layout.addWidget(self._read_out)
        layout.addStretch(0)

    def _one_target(self, whole: Snapshot) -> Snapshot:
        """Return the moment as whatever shows a single target sees it; the same for the same moment."""
        if self._one is None or self._one[0] is not whole or self._one[1] != self._target:
            self._one = whole, self._target, whole.of_target(self._target)
        return self._one[2]

    def _show_maps(self, whole: Snapshot) -> None:
        """Draw what the network answers for the target on show, or what one unit of it does."""
        unit = self._shown_unit()
        snapshot = self._one_target(whole) if unit is None else whole
        self._maps = snapshot.seen.of(MapRequest)
        if self._maps is not None:
            self.stage.show_maps(snapshot, self._maps, unit=unit)

    def _draw(self, whole: Snapshot) -> None:
        """Draw what differs from what is on the screen."""
        self._stack.setCurrentIndex(0)
        if self._target >= len(whole.data.samples.target_names):
            self.show_target(0)  # which draws
            return
        snapshot = self._one_target(whole)
        data = snapshot.data
        if data.samples.input_names != self._names:
            self._offer_inputs(data.samples)
        maps, raw_maps = snapshot.seen.of(MapRequest), whole.seen.of(MapRequest)
        plane = plane_of(maps) if maps else legal_request(self._request, data.samples)
        if data is not self._data or self._plane is None or axes_of(plane) != axes_of(self._plane):
            self._show_data(whole, snapshot, plane)
        elif plane.others != self._plane.others:
            self._show_others(data, plane)
        if maps is None:
            self.stage.clear_maps()
        elif raw_maps is not self._raw_maps:
            self._show_maps(whole)
        self._raw_maps = raw_maps
        self._answers = whole.seen.of(AnswersRequest) or self._answers
        self.probe.follow(whole, plane, target=self._target)
        if self._marking.follow(snapshot) or self._pointer is not None:
            self._read_out_pacer.ask()

    def _offer_inputs(self, samples: Samples) -> None:
        """Start anew with a plane of other data."""
        self._names = samples.input_names
        across, up = first_plane(samples)
        wanted = MapRequest(across, up, self._request.resolution, first_kind(samples), adapts=True)
        self._set_request(legal_request(wanted, samples))
        self._choice.show_inputs(self._names, across=across, up=up, kind=self._request.kind)

    def _show_data(self, whole: Snapshot, snapshot: Snapshot, plane: MapRequest) -> None:
        """Draw axes, points and legend for new data or another plane."""
        data = snapshot.data
        self._data, self._maps, self._raw_maps, self._answers = data, None, None, None
        self._header.offer(data)
        self._header.offer_targets(whole.data.samples.target_names, self._target)
        drawn = self.stage.show_data(snapshot, plane)
        self._show_titles(whole)
        self._show_others(data, plane)
        self._note = points_note(drawn.points, drawn.drawn)
        self._show_reading()

    def _turn_over(self) -> None:
        """Show the map of now in the plot that fits by now."""
        if self._data is None:
            return
        self.stage.turn()
        if self._snapshot is not None and self._maps is not None:
            self._show_maps(self._snapshot)
        self._show_reading()

    def _shown_unit(self) -> Unit | None:
        """Return the unit that is shown instead of the network, if the network of this moment has its map."""
        snapshot, unit = self._snapshot, self._unit
        maps = None if snapshot is None else snapshot.seen.of(MapRequest)
        if unit is None or snapshot is None or maps is None or len(snapshot.architecture.input_shape) > 1:
            return None
        layers = maps.layers
        return unit if 0 <= unit[0] < len(layers) and 0 <= unit[1] < len(layers[unit[0]]) else None

    def _show_titles(self, whole: Snapshot) -> None:
        """Say what is shown, the whole network or one unit, and what its colours mean."""
        unit, maps = self._shown_unit(), whole.seen.of(MapRequest)
        if unit is not None and maps is not None:
            self._title.set_whole_text(unit_title(whole.data, unit, layers=len(maps.layers)))
            self._legend.show_unit(self._theme)
        else:
            self._title.set_whole_text(view_title(whole.data))
            self._legend.show_data(self._one_target(whole).data, self._theme)

    def _show_others(self, data: Prepared, plane: MapRequest) -> None:
        """Say where the inputs outside the plane stand."""
        self._plane = plane
        self._others.set_whole_text(plane_note(data, plane))
        self._others.setVisible(bool(self._others.whole_text()))
        self._sliders.show_request(data, self._request)

    def _show_reading(self) -> None:
        """Write what is under the pointer, or how many answers are wrong and how to read the map."""
        text = short = ""
        if self._pointer is not None and self._maps is not None and self._data is not None:
            across, up = self._pointer
            if self._maps.across == self._maps.up:
                up = across  # the height of a curve is its answer, not a second input
            text = reading(self._maps, self._data, across=across, up=up, unit=self._shown_unit())
            row = self.stage.row_at(*self._pointer)
            if row is not None:
                at, answers = (across, up), self._marking.answers
                text, short = with_sample(text, self._data, row, answers, maps=self._maps, at=at)
        self._read_out.set_whole_text(text or self._idle_words(), short)

    def _idle_words(self) -> str:
        """Return what there is to say while the pointer is elsewhere; nothing of a plane without a map."""
        if self._data is None:
            return ""
        wrong = self._marking.words()
        return " ".join(filter(None, [self._note, wrong and f"{wrong}.", self.stage.hint]))

    def _set_request(self, request: MapRequest) -> None:
        """Ask for other maps."""
        if request != self._request:
            self._request = request
            self._sliders.show_request(self._data, request)
            self.observation_wanted.emit(MAPS_READER, request)

    def _plane_chosen(self, kind: PlaneKind, across: int, up: int) -> None:
        """Ask for the plane that the user chose."""
        self._set_request(replace(self._request, kind=kind, across=across, up=up))

    def _others_chosen(self, others: tuple[tuple[int, float], ...]) -> None:
        """Ask for a map with other values of the inputs outside the plane."""
        self._set_request(replace(self._request, others=others))

    def _test_points_toggled(self, checked: bool) -> None:
        """Show or hide the test points."""
        self.stage.show_test(visible=checked)
        self.drawing.show_test(visible=checked)

    def _relief_toggled(self, checked: bool) -> None:
        """Show the map as a surface, or flat."""
        self.stage.wants_relief = checked
        self._turn_over()
        self.relief_changed.emit(checked)

    def _drawing_toggled(self, is_on: bool) -> None:
        """Leave the plane to somebody who draws; a surface lies flat meanwhile."""
        self.probe.set_on(is_on=not is_on)
        self.stage.is_flat = is_on
        self._turn_over()

    def _show_marks(self, marked: Marked) -> None:
        """Mark these samples; the words on a selection go with it."""
        self.stage.mark(marked)
        if marked.selected is None:
            self._selection.say("")

    def _pointed(self, across: float, up: float) -> None:
        """Read the map under the pointer."""
        self._pointer = (across, up)
        self.stage.show_cursor(is_reading=True)
        self._read_out_pacer.ask()

    def _pointer_left(self) -> None:
        """Go back to the hint."""
        if self._pointer is not None:
            self._pointer = None
            self.stage.show_cursor(is_reading=False)
            self._read_out_pacer.ask()
