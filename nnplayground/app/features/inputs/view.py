"""The inputs among themselves as one view: which pairs of them tell the classes apart, before any network learns."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnplayground.app.features.inputs import matrix, parallel
from nnplayground.app.features.inputs.drawn import drawn_from
from nnplayground.app.features.inputs.picture import Drawing, InputsPicture
from nnplayground.app.features.inputs.selection import selection_note
from nnplayground.app.ui.plots.empty import NO_NETWORK, empty_label
from nnplayground.app.ui.plots.frame import make_card
from nnplayground.app.ui.read_outs import ElidedLabel, Pacer
from nnplayground.app.ui.samples.legend import Legend
from nnplayground.app.ui.samples.tables import points_table
from nnplayground.app.ui.theme import LIGHT, SMALL, SPACE, Theme, scaled
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import MapRequest, Maps
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import Prepared

MATRIX = Drawing(matrix.cells, matrix.draw, matrix.smallest_size)
PARALLEL = Drawing(parallel.cells, parallel.draw, parallel.smallest_size)
KINDS = (
    ("matrix", "Scatter matrix", "Every pair of inputs as a small plot, and how often each value of an input occurs."),
    ("parallel", "Parallel coordinates", "Every sample as a line across all inputs, each on an axis of its own."),
)
ONE_INPUT = "These data have a single input, so there are no pairs to compare. The output view shows all of it."
IDLE = {
    MATRIX: "Click a plot to show its plane in the output view.",
    PARALLEL: "Click between two axes to show their plane in the output view.",
}


class InputsView(QWidget):
    """Shows the inputs of the data. `plane_chosen` carries the inputs (across, up) that the output view should show."""

    plane_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inputs_view")
        self.setAccessibleName("Inputs")
        self._theme = LIGHT
        self._snapshot: Snapshot | None = None
        self._data: Prepared | None = None
        self._target = 0
        self._note = ""
        self._drawing = MATRIX
        self._build()
        self._pacer = Pacer(self._draw, self)
        self.set_theme(LIGHT)

    def show_frame(self, snapshot: Snapshot) -> None:
        """Draw the data of a snapshot if they are new, at a pace that never holds up the training."""
        self._snapshot = snapshot
        maps = snapshot.seen.of(MapRequest)
        if maps is not None:
            self.picture.show_plane(_plane_of(maps))
        if self.isVisible() and snapshot.data is not self._data:
            self._pacer.ask()

    def show_target(self, place: int) -> None:
        """Colour the samples by another one of several targets."""
        if place != self._target:
            self._target, self._data = place, None
            self._pacer.ask()

    def clear(self) -> None:
        """Say that there is no network any more."""
        self._snapshot = self._data = None
        self._empty.setText(NO_NETWORK)
        self._stack.setCurrentIndex(1)

    def export_table(self) -> dict[str, Floats]:
        """Return the samples as columns of equal length: inputs, target, part (0 trains, 1 tests, 2 validates)."""
        return {} if self._data is None else points_table(self._data)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        make_card(self, theme)
        self._read_out.setFont(scaled(self.font(), SMALL))
        self._read_out.setStyleSheet(f"color: {theme.muted};")
        self._area.setStyleSheet(f"QScrollArea, QWidget#inputs_picture {{ background: {theme.panel}; }}")
        self._data = None
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while hidden."""
        super().showEvent(event)
        self._draw()

    def _build(self) -> None:
        """Make the parts and lay them out."""
        header = QHBoxLayout()
        self._kinds = QButtonGroup(self)
        for place, (name, title, help_text) in enumerate(KINDS):
            button = _kind_button(name, title, help_text, self)
            self._kinds.addButton(button, place)
            header.addWidget(button)
        header.addStretch(1)
        self._kinds.button(0).setChecked(True)
        self.picture = InputsPicture(self._drawing, self)
        self.picture.setAccessibleName("Scatter matrix of the inputs")
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.picture)
        self._legend, self._read_out = Legend(self), ElidedLabel(self)
        self._legend.setObjectName("inputs_legend")
        self._read_out.setObjectName("inputs_read_out")
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        column.addWidget(self._area, 1)
        column.addWidget(self._legend)
        column.addWidget(self._read_out)
        self._empty = empty_label("inputs_empty", ONE_INPUT, self)
        self._stack = QStackedLayout()
        self._stack.addWidget(content)
        self._stack.addWidget(self._empty)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
        frame.setSpacing(SPACE[1])
        frame.addLayout(header)
        frame.addLayout(self._stack, 1)
        self._kinds.idClicked.connect(self._kind_chosen)
        self.picture.plane_chosen.connect(self.plane_chosen)
        self.picture.pointed.connect(self._show_pointed)

    def _draw(self) -> None:
        """Draw the data of the last snapshot, if they are not on the screen."""
        snapshot = self._snapshot
        if snapshot is None or not self.isVisible() or snapshot.data is self._data:
            return
        self._data = data = snapshot.data
        self._empty.setText(ONE_INPUT)
        self._stack.setCurrentIndex(0 if len(data.samples.input_names) > 1 else 1)
        one = data.of_target(self._target)
        drawn = drawn_from(one, self._theme)
        self.picture.show_drawn(drawn, self._theme)
        self._legend.show_data(one, self._theme)
        self._note = selection_note(data.samples, drawn.inputs, drawn.rows)
        self._show_pointed(None)

    def _kind_chosen(self, place: int) -> None:
        """Draw in the other way."""
        self.picture.setAccessibleName(f"{KINDS[place][1]} of the inputs")
        self._drawing = (MATRIX, PARALLEL)[place]
        self.picture.show_drawing(self._drawing)
        self._show_pointed(None)

    def _show_pointed(self, pair: tuple[int, int] | None) -> None:
        """Say what a click does, or what is not drawn."""
        self._read_out.set_whole_text(self.picture.pair_text(pair) or f"{self._note} {IDLE[self._drawing]}".strip())


def _plane_of(maps: Maps) -> tuple[int, int] | None:
    """Return the two inputs that the output view shows, or `None` where it shows all of them mixed."""
    return (maps.across, maps.up) if maps.kind == "inputs" else None


def _kind_button(name: str, title: str, help_text: str, parent: QWidget) -> QToolButton:
    """Return the button that chooses a kind of picture."""
    button = QToolButton(parent)
    button.setObjectName(f"inputs_{name}")
    button.setText(title)
    button.setAccessibleName(title)
    button.setToolTip(wrapped(help_text))
    button.setCheckable(True)
    button.setProperty("chip", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
