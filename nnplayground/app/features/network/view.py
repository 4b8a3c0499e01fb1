"""The network editor as the window knows it, and the list of layers for networks that it cannot draw."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QSize, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from nnplayground.app.features.network.canvas import Canvas
from nnplayground.app.features.network.layer_list import LayerList
from nnplayground.app.features.network.layer_words import known_architecture, layer_rows
from nnplayground.app.features.network.place_words import selection_words
from nnplayground.app.features.network.pointing import Part, Target
from nnplayground.app.features.network.structure import Structure
from nnplayground.app.features.network.weights_table import weights_table
from nnplayground.app.features.network.words import input_title
from nnplayground.app.ui.plain_text import readable
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.export.table_csv import Table
from nnplayground.project.blocks import is_stack
from nnplayground.project.layer_edits import Layers
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import Selection
from nnplayground.training.observe.snapshot import Snapshot

# Numbers beside the pointer change at most this often, so that they can be read.
TEXT_INTERVAL = 250


class NetworkView(QWidget):
    """Draws the network of a project and lets its layers be changed by hand.

    `layers_edited` carries the new hidden layers (`tuple[LayerSpec, ...]`), the words for undo, and the number of
    the gesture: edits with the same number other than 0 belong together. The view shows an edit
    when `show_project` brings it back, not before. `values_edited(old, new, text, gesture)` asks for other weights and
    biases, as pairs of a `Place` and a value, and `locks_edited(locks, text, gesture)` for others to be frozen.

    `selected` carries the new `Selection`, or `None`, and `inspect_asked` the part whose numbers are asked for.
    `unit_hovered` carries the unit under the pointer as the place of its layer in `Maps.layers` and its number there,
    or `None`.
    """

    layers_edited = Signal(object, str, int)
    editable_changed = Signal(bool)
    values_edited = Signal(object, object, str, int)
    locks_edited = Signal(object, str, int)
    selected = Signal(object)
    inspect_asked = Signal(object)
    unit_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = Canvas(LIGHT, self)
        self.canvas.setObjectName("network_canvas")
        self.canvas.setAccessibleName("Network")
        self.setObjectName("network_view")
        self.setAccessibleName("Network editor")
        self.canvas.steering.edited.connect(self._ask)
        self._connect_numbers()
        self.layer_list = LayerList(self)
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        for page in (self.canvas, self.layer_list):
            self._pages.addWidget(page)
        self._turn_to(self.canvas)
        self._project = Project()
        self._snapshot: Snapshot | None = None
        self._listed: tuple[Project, Architecture | None] | None = None
        self._since_text = QElapsedTimer()
        self._since_text.start()
        self._hovered: tuple[int, int] | None = None

    def _connect_numbers(self) -> None:
        """Pass on what is asked for weights and biases, and what is selected and pointed at."""
        values, picker = self.canvas.network.values, self.canvas.picker
        values.values_edited.connect(self.values_edited)
        values.locks_edited.connect(self.locks_edited)
        picker.selected.connect(self.selected)
        picker.selected.connect(self._describe)
        picker.inspect_asked.connect(self.inspect_asked)
        self.canvas.network.pointed.connect(self._point)

    @property
    def is_editable(self) -> bool:
        """Whether the network on show is drawn as columns, which can be changed by hand."""
        return self._pages.currentWidget() is self.canvas

    @property
    def legend_width(self) -> int:
        """How many pixels of the foot, from the left, a message had better leave free."""
        return self.canvas.network.legend_width if self.isVisible() and self.is_editable else 0

    def sizeHint(self) -> QSize:
        """Return the size at which the starter looks its best."""
        return QSize(640, 520)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which a small network is legible."""
        return QSize(320, 240)

    def show_project(self, project: Project, *, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
        """Show the structure of a project; `inputs` and `outputs` name the network's inputs and output neurons."""
        self._project = project
        layers = project.network.layers
        if not is_stack(layers):
            self._turn_to(self.layer_list)
            self._show_layers()
            return
        structure = Structure(tuple(map(input_title, inputs)), outputs, layers, project.data.scaling)
        self.canvas.show_structure(structure)
        self.canvas.network.show_locks(project.network.frozen)
        self._describe()
        self._turn_to(self.canvas)

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show weights, biases and maps; a frame of another network than the one on show is left out."""
        self._snapshot = snapshot
        if not self.is_editable:
            self._show_layers()
            return
        self.canvas.network.show_frame(snapshot)
        if self._since_text.hasExpired(TEXT_INTERVAL):
            self._since_text.restart()
            self.canvas.network.refresh_label()

    def show_selection(self, selection: Selection | None) -> None:
        """Show what is selected; this is no news to anybody."""
        self.canvas.picker.show_selection(selection)
        self._describe()

    def show_probe(self, activations: tuple[Floats, ...] | None) -> None:
        """Show what each neuron answers at the probe, inputs first, or that there is none; lists show nothing of it."""
        self.canvas.network.probe.show(activations if self.is_editable else None)

    def _describe(self, _selection: Selection | None = None) -> None:
        """Tell those who do not see the picture what is selected, and what network it is."""
        structure, selection = self.canvas.network.structure, self.canvas.picker.selection
        if structure is not None:
            words = [selection_words(structure, selection)] if selection is not None else []
            self.canvas.setAccessibleDescription(readable(" ".join([*words, structure.in_words()])))

    def _point(self, target: Target) -> None:
        """Tell which unit the pointer is on, when it is another one."""
        unit = (target.column, target.unit) if target.part in {Part.NODE, Part.BIAS} else None
        if unit != self._hovered:
            self._hovered = unit
            self.unit_hovered.emit(unit)

    def export_table(self) -> Table:
        """Return a row for each weight and bias: its layer, neuron and input, all counted from 1, and its value."""
        return {} if self._snapshot is None else weights_table(self._snapshot.architecture, self._snapshot.parameters)

    def clear(self) -> None:
        """Show the structure alone: what the last network had learned is not this one's."""
        self._snapshot = None
        if self.is_editable:
            self.canvas.network.clear_frame()
        else:
            self._show_layers()

    def _ask(self, layers: Layers, text: str, gesture: int) -> None:
        """Tell the window which layers somebody wants; a menu left open does not reach a network without columns."""
        if self.is_editable:
            self.layers_edited.emit(layers, text, gesture)

    def _turn_to(self, page: QWidget) -> None:
        """Show the editor or the list; the keyboard goes with it."""
        if page is not self.canvas:
            self.canvas.steering.end_draw()
        if self._pages.currentWidget() is not page:
            focus = QApplication.focusWidget()
            had_focus = focus is not None and self.isAncestorOf(focus)
            self._pages.setCurrentWidget(page)
            self.editable_changed.emit(page is self.canvas)
            if had_focus:
                page.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on to what is on show; at a focus proxy the Tab key would stop out of turn."""
        (self.canvas if self.is_editable else self.layer_list).setFocus(event.reason())

    def _show_layers(self) -> None:
        """List the layers, with their shapes once a frame has told them; for the next frame that is done already."""
        architecture = known_architecture(self._project, self._snapshot)
        if self._listed == (self._project, architecture):
            return
        self._listed = self._project, architecture
        rows = layer_rows(self._project, architecture)
        self.layer_list.show_rows(rows)
        self.layer_list.setAccessibleDescription(readable("; ".join(row.in_words() for row in rows) + "."))

    def set_theme(self, theme: Theme) -> None:
        """Show everything in the colours of this theme."""
        self.canvas.set_theme(theme)
        self.layer_list.set_theme(theme)
