"""The inspector: follows what is selected in the network and shows its numbers; it costs nothing while hidden."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from nnplayground.app.features.inspector.cells import Look
from nnplayground.app.features.inspector.edge_page import EdgePage
from nnplayground.app.features.inspector.inputs_page import InputsPage
from nnplayground.app.features.inspector.layer_page import LayerPage
from nnplayground.app.features.inspector.moment import Moment
from nnplayground.app.features.inspector.neuron_page import NeuronPage
from nnplayground.app.features.inspector.page import SIDE_BY_SIDE, Page
from nnplayground.app.features.inspector.wishes import Wishes
from nnplayground.app.features.inspector.words import EMPTY, NOTHING_YET
from nnplayground.app.text.names import INPUTS, Names
from nnplayground.app.ui.plots.empty import NO_NETWORK, empty_label
from nnplayground.app.ui.plots.frame import make_card
from nnplayground.app.ui.read_outs import ElidedLabel, Pacer
from nnplayground.app.ui.theme import HIT_AREA, LIGHT, NORMAL, SPACE, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.engine.architecture import Architecture
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import Selection
from nnplayground.training.observe.inspections import Inspection, InspectionRequest
from nnplayground.training.observe.snapshot import Snapshot

NOTHING = "Choose a layer"
CHOICE_HELP = "Which layer to look at. You can also select it, a neuron or an edge in the network."


class InspectorView(QWidget):
    """Shows the selected layer, neuron, weight or inputs.

    `values_edited(old, new, words, gesture)`, `locks_edited(locks, words, gesture)`, `selection_asked(Selection)` and
    `switch_requested(Selection)` carry wishes, `refused` a sentence about what cannot be done.
    `observation_wanted("inspector", request)` carries an `InspectionRequest`, or `None` while there is nothing to look
    into.
    """

    values_edited = Signal(object, object, str, int)
    locks_edited = Signal(object, str, int)
    selection_asked = Signal(object)
    switch_requested = Signal(object)
    refused = Signal(str)
    observation_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector_view")
        self.setAccessibleName("Inspector")
        self._project = Project()
        self._ends: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._selection: Selection | None = None
        self._snapshot: Snapshot | None = None
        self._inspection: tuple[Architecture, Inspection] | None = None  # the last one, and of what network it is
        self._names: Names | None = None
        self.wishes = Wishes(self)
        self._empty = empty_label("inspector_empty", NOTHING_YET, self)
        self.neuron, self.edge = NeuronPage(self.wishes, self), EdgePage(self.wishes, self)
        self.layer, self.inputs = LayerPage(self.wishes, self), InputsPage(self.wishes, self)
        self.pages: tuple[Page, ...] = (self.neuron, self.edge, self.layer, self.inputs)
        self._title = ElidedLabel(self)
        self._title.setObjectName("inspector_title")
        self.choice = self._make_choice()
        self._pacer = Pacer(self._draw, self)
        self._lay_out()
        self._pass_on()
        self.set_theme(LIGHT)
        self._draw()

    def show_project(self, project: Project, *, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
        """Take note of the document: its locks, and the names of inputs and outputs."""
        self._project, self._ends = project, (inputs, outputs)
        if self.isVisible():
            self._pacer.now()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show a moment, at a pace that can be read."""
        at_rest = self._snapshot is not None and not snapshot.running
        self._snapshot = snapshot
        inspection = snapshot.seen.of(InspectionRequest)
        if inspection is not None:
            self._inspection = snapshot.architecture, inspection
        if at_rest:
            self._pacer.now()
        else:
            self._pacer.ask()

    def show_selection(self, selection: Selection | None) -> None:
        """Show something else; `None` is nothing."""
        if selection != self._selection:
            self._selection = selection
            self._ask()
            if self.isVisible():
                self._pacer.now()

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._inspection = None
        self._draw()
        self._empty.setText(NO_NETWORK)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        make_card(self, theme)
        self._title.setFont(scaled(self.font(), NORMAL, bold=True))
        look = Look(theme)
        for page in self.pages:
            page.set_look(look)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for a look into the selected layer, and show what is selected now."""
        super().showEvent(event)
        self._ask()
        self._pacer.now()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for no more."""
        super().hideEvent(event)
        self.observation_wanted.emit("inspector", None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts of a page beside or below each other."""
        super().resizeEvent(event)
        for page in self.pages:
            page.stand(beside=self.width() >= SIDE_BY_SIDE)

    def _make_choice(self) -> QComboBox:
        """Return the box that chooses a layer."""
        box = QComboBox(self)
        box.setObjectName("inspector_choice")
        box.setAccessibleName("Layer to inspect")
        box.setToolTip(wrapped(CHOICE_HELP))
        box.setPlaceholderText(NOTHING)
        box.setMinimumHeight(HIT_AREA)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.activated.connect(self._choose)
        return box

    def _lay_out(self) -> None:
        """Put the head above the pages, which scroll where there is too little room."""
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE[1])
        self.head.addStrut(HIT_AREA)
        self.head.addWidget(self.choice)
        self.head.addWidget(self._title, 1)
        for page in self.pages:
            for control in page.controls:
                self.head.addWidget(control)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        for page in self.pages:
            area = QScrollArea(self)
            area.setObjectName("inspector_area")
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setWidget(page)
            self._stack.addWidget(area)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[0], SPACE[1], SPACE[1])
        column.setSpacing(SPACE[0])
        column.addLayout(self.head)
        column.addLayout(self._stack, 1)

    def _pass_on(self) -> None:
        """Tell the window of the wishes of all pages."""
        self.wishes.values_edited.connect(self.values_edited)
        self.wishes.locks_edited.connect(self.locks_edited)
        self.wishes.selection_asked.connect(self.selection_asked)
        self.wishes.switch_requested.connect(self.switch_requested)
        self.wishes.refused.connect(self.refused)

    def _choose(self, place: int) -> None:
        """Ask for another layer."""
        self.selection_asked.emit(Selection(place + INPUTS))

    def _ask(self) -> None:
        """Ask for a look into the selected layer while it can be seen."""
        selection = self._selection
        wanted = self.isVisible() and selection is not None and selection.layer >= 0 and selection.place is None
        request = InspectionRequest(selection.layer, selection.unit) if selection is not None and wanted else None
        self.observation_wanted.emit("inspector", request)

    def _moment(self) -> Moment | None:
        """Return what there is to show; `None` while nothing is selected, or what the network does not have."""
        snapshot, selection = self._snapshot, self._selection
        if snapshot is None:
            return None
        names = Names(snapshot.architecture, snapshot.project.network.layers, *self._ends)
        self._name_layers(names)
        if selection is None or not names.has(selection):
            return None
        return Moment(snapshot, self._project, self._names or names, selection, self._found(snapshot, selection))

    def _found(self, snapshot: Snapshot, selection: Selection) -> Inspection | None:
        """Return the last look into what is selected now, if it was one."""
        architecture, found = self._inspection or (None, None)
        request = InspectionRequest(selection.layer, selection.unit)
        is_of_this = found is not None and (architecture, found.request) == (snapshot.architecture, request)
        return found if is_of_this else None

    def _name_layers(self, names: Names) -> None:
        """Let the box name the layers of this network."""
        if self._names == names:
            return
        self._names = names
        self.choice.clear()
        self.choice.addItems([names.layer(layer) for layer in range(INPUTS, names.last + 1)])

    def _page(self, selection: Selection) -> Page:
        """Return the page that shows this kind of selection."""
        if selection.layer == INPUTS:
            return self.inputs
        return self.edge if selection.place else self.layer if selection.unit is None else self.neuron

    def _draw(self) -> None:
        """Show the moment."""
        moment = self._moment()
        page = None if moment is None else self._page(moment.selection)
        for one in self.pages:
            for control in one.controls:
                control.setVisible(one is page)
        self.choice.setVisible(self._snapshot is not None)
        if moment is None or page is None:
            self._title.set_whole_text("")
            self._empty.setText(EMPTY if self._snapshot is not None else NOTHING_YET)
            self.choice.setCurrentIndex(-1)
            self._stack.setCurrentIndex(0)
            return
        page.show_moment(moment)
        self._title.set_whole_text(page.title(moment))
        self.choice.setCurrentIndex(moment.layer - INPUTS)
        self._stack.setCurrentIndex(1 + self.pages.index(page))
