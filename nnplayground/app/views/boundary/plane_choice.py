"""Which two inputs span the plane: at first, and as the user chooses, for data with more than two."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from nnplayground.app.theme import SPACE
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.data.samples import Samples

MOST_VISIBLE = 16


def first_plane(samples: Samples) -> tuple[int, int]:
    """Return the inputs (across, up) that span the plane at first; of pictures the two pixels that vary most.

    Many pixels of a picture never change, and a plane of two such pixels would show nothing.
    """
    if samples.image_shape is None or len(samples.input_names) < 2:
        return 0, 1
    across, up = sorted(np.argsort(samples.inputs.std(axis=0), kind="stable")[-2:].tolist())
    return across, up


class PlaneChoice(QWidget):
    """Two boxes with the names of the inputs; `chosen` carries the indices (across, up), which always differ."""

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._plane = (0, 1)
        self._boxes = {
            "across": _box(self, "boundary_across", "Input across", "The input that runs from left to right."),
            "up": _box(self, "boundary_up", "Input up", "The input that runs from bottom to top."),
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE[1])
        for (side, box), title in zip(self._boxes.items(), ("Across", "Up"), strict=True):
            label = QLabel(title, self)
            label.setBuddy(box)
            layout.addWidget(label)
            layout.addWidget(box, 1)
            box.activated.connect(self._across_chosen if side == "across" else self._up_chosen)

    def show_inputs(self, names: tuple[str, ...], *, across: int, up: int) -> None:
        """Offer these inputs, with the two of the plane chosen; hidden when there is nothing to choose."""
        self._plane = (across, up)
        for box, place in zip(self._boxes.values(), self._plane, strict=True):
            if [box.itemText(row) for row in range(box.count())] != list(names):
                box.clear()
                box.addItems(names)
            box.setCurrentIndex(place)
        self.setVisible(len(names) > 2)

    def _across_chosen(self, place: int) -> None:
        """Take another input across; if it was the one up, the two change places."""
        across, up = self._plane
        self._choose(place, across if place == up else up)

    def _up_chosen(self, place: int) -> None:
        """Take another input up; if it was the one across, the two change places."""
        across, up = self._plane
        self._choose(up if place == across else across, place)

    def _choose(self, across: int, up: int) -> None:
        """Show the new plane and tell of it, if it is new."""
        if (across, up) == self._plane:
            return
        self._plane = (across, up)
        for box, place in zip(self._boxes.values(), self._plane, strict=True):
            box.setCurrentIndex(place)
        self.chosen.emit(across, up)


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
