"""Which plane is shown: at first, and as the user chooses, for data with more than two inputs."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from nnplayground.app.ui.plain_text import PlainLabel, one_line
from nnplayground.app.ui.theme import SPACE
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.data.samples import Samples
from nnplayground.training.observe.maps import PlaneKind

MOST_VISIBLE = 16
FEW = 8
"""With more inputs than these, a plane of two of them says little, and that of the components is shown first."""
COMPONENTS = "Principal components"
COMPONENTS_HELP = (
    "Principal components: the two directions in which the samples spread the most, mixed from all inputs. Each input "
    "counts in units of its own spread, pixels just as they are."
)


def first_kind(samples: Samples) -> PlaneKind:
    """Return the kind of plane that is shown at first: of pictures and of many inputs that of the components."""
    many = len(samples.input_names) > FEW or samples.image_shape is not None
    return "components" if many and len(samples.input_names) > 2 else "inputs"


def first_plane(samples: Samples) -> tuple[int, int]:
    """Return the inputs (across, up) that are chosen at first; of pictures the two pixels that vary most.

    Many pixels of a picture never change, and a plane of two such pixels would show nothing.
    """
    if samples.image_shape is None or len(samples.input_names) < 2:
        return 0, 1
    across, up = sorted(np.argsort(samples.inputs.std(axis=0), kind="stable")[-2:].tolist())
    return across, up


class PlaneChoice(QWidget):
    """Two boxes with the names of the inputs, the first also with the components, and a button for the other inputs.

    `chosen` carries the kind of plane and the indices (across, up), which always differ; `others_wanted` asks for the
    sliders of the other inputs.
    """

    chosen = Signal(str, int, int)
    others_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind: PlaneKind = "inputs"
        self._plane = (0, 1)
        across_help = f"The input that runs from left to right, or the principal components.\n{COMPONENTS_HELP}"
        self._across = _box(self, "boundary_across", "Input across", across_help)
        self._up = _box(self, "boundary_up", "Input up", "The input that runs from bottom to top.")
        self._labels = PlainLabel("Across", self), PlainLabel("Up", self)
        self.others = QToolButton(self)
        self.others.setObjectName("boundary_other_inputs")
        self.others.setAccessibleName("Other inputs")
        self.others.setToolTip(wrapped("Set the inputs that are not on the axes; the map follows while you drag."))
        self.others.setProperty("chip", True)
        self.others.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_fixed(0)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE[1])
        for label, box in zip(self._labels, (self._across, self._up), strict=True):
            label.setBuddy(box)
            self._row.addWidget(label)
            self._row.addWidget(box, 1)
        self._row.addWidget(self.others)
        self._across.activated.connect(partial(self._entry_chosen, self._across))
        self._up.activated.connect(partial(self._entry_chosen, self._up))
        self.others.clicked.connect(self.others_wanted)

    def add_control(self, control: QWidget) -> None:
        """Put a button at the end of the row."""
        self._row.addWidget(control)

    def show_inputs(self, names: tuple[str, ...], *, across: int, up: int, kind: PlaneKind = "inputs") -> None:
        """Offer these inputs, with the two of the plane chosen; hidden when there is nothing to choose."""
        self._kind, self._plane = kind, (across, up)
        _fill(self._across, names, first=COMPONENTS)
        _fill(self._up, names, first="")
        self._show_chosen()
        self.setVisible(len(names) > 2)

    def show_plane(self, kind: PlaneKind, across: int, up: int) -> None:
        """Show a plane that was chosen elsewhere; the inputs of the last plane stay chosen behind the components."""
        self._kind = kind
        if kind == "inputs":
            self._plane = (across, up)
        self._show_chosen()

    def show_fixed(self, count: int) -> None:
        """Say how many of the other inputs have been set."""
        self.others.setText(f"{count} set…" if count else "Others…")

    def _show_chosen(self) -> None:
        """Let boxes and labels say what is chosen."""
        of_inputs = self._kind == "inputs"
        across, up = self._plane
        self._across.setCurrentIndex(self._across.findData(across) if of_inputs else 0)
        self._up.setCurrentIndex(self._up.findData(up))
        self._labels[0].setText("Across" if of_inputs else "Plane")
        for part in (self._labels[1], self._up, self.others):
            part.setVisible(of_inputs)

    def _entry_chosen(self, box: QComboBox, row: int) -> None:
        """Take another input; if it was the other one of the plane, the two change places."""
        place = box.itemData(row)
        across, up = self._plane
        if place is None:
            self._choose("components", across, up)
        elif box is self._across:
            self._choose("inputs", place, across if place == up else up)
        else:
            self._choose("inputs", up if place == across else across, place)

    def _choose(self, kind: PlaneKind, across: int, up: int) -> None:
        """Show the new plane and tell of it, if it is new."""
        if (kind, across, up) == (self._kind, *self._plane):
            return
        self._kind, self._plane = kind, (across, up)
        self._show_chosen()
        self.chosen.emit(kind, across, up)


def _fill(box: QComboBox, names: tuple[str, ...], *, first: str) -> None:
    """Put names that are new into a box, with their indices as data, behind an entry `first` that has none."""
    names = tuple(map(one_line, names))
    wanted = [*((first, "") if first else ()), *names]
    if [box.itemText(row) for row in range(box.count())] == wanted:
        return
    box.clear()
    if first:
        box.addItem(first)
        box.setItemData(0, wrapped(COMPONENTS_HELP), Qt.ItemDataRole.ToolTipRole)
        box.insertSeparator(1)
    for place, name in enumerate(names):
        box.addItem(name, place)


def _box(parent: QWidget, object_name: str, name: str, tooltip: str) -> QComboBox:
    """Return an empty box that gives way when the window is narrow."""
    box = QComboBox(parent)
    box.setObjectName(object_name)
    box.setAccessibleName(name)
    box.setToolTip(wrapped(tooltip))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a choice by mouse, Space goes on to play
    box.setMaxVisibleItems(MOST_VISIBLE)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box
