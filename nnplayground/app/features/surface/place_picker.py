"""Chooses one weight or bias in three steps: the layer, the neuron, and from where the weight comes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from nnplayground.app.text.names import Names
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SPACE
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.parameter_index import ParameterIndex

BIAS = "bias"
STEPS = (
    ("layer", "Layer", "The layer in which the weight or bias is."),
    ("unit", "Neuron", "The neuron to which the weight leads, or whose bias it is."),
    ("source", "From", "The input or neuron from which the weight comes; the first entry is the bias."),
)


class _Box(QComboBox):
    """A list that leaves the wheel alone."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel that turns over it must not change it by accident."""
        event.ignore()


class PlacePicker(QWidget):
    """Shows a place by three lists; `chosen(ParameterIndex)` follows only what the user did."""

    chosen = Signal(object)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"surface_{name}")
        self._names: Names | None = None
        self.place = ParameterIndex(0, 0, None)
        label = PlainLabel(title, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[0])
        row.addWidget(label)
        self.boxes = [_box(self, f"surface_{name}_{step}", f"{title}: {word}", about) for step, word, about in STEPS]
        label.setBuddy(self.boxes[0])
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance("Across") + SPACE[0])
        for box, read in zip(self.boxes, (self._layer_chosen, self._unit_chosen, self._source_chosen), strict=True):
            row.addWidget(box, 1)
            box.activated.connect(partial(read))

    def show_place(self, names: Names, place: ParameterIndex) -> None:
        """Offer what a network has, with one of its weights or biases chosen; this is no news to anybody."""
        if names == self._names and place == self.place:
            return
        self._names, self.place = names, place
        out, below = names.architecture.shapes[place.layer]
        layer, unit, source = self.boxes
        _fill(layer, [names.layer(number) for number in range(names.last + 1)], place.layer)
        _fill(unit, [_capital(names.short(place.layer, number)) for number in range(out)], place.unit)
        sources = [names.short_source(place.layer, number) for number in range(below)]
        _fill(source, [BIAS, *(f"from {name}" for name in sources)], 0 if place.source is None else place.source + 1)

    def _layer_chosen(self, layer: int) -> None:
        self._choose(ParameterIndex(layer, 0, 0))

    def _unit_chosen(self, unit: int) -> None:
        self._choose(ParameterIndex(self.place.layer, unit, self.place.source))

    def _source_chosen(self, row: int) -> None:
        self._choose(ParameterIndex(self.place.layer, self.place.unit, row - 1 if row else None))

    def _choose(self, place: ParameterIndex) -> None:
        """Show another place and tell of it."""
        if self._names is not None and place != self.place:
            self.show_place(self._names, place)
            self.chosen.emit(place)


def first_places(names: Names) -> tuple[ParameterIndex, ParameterIndex]:
    """Return the two numbers that are chosen at first: the first neuron's first two weights, or its weight and bias."""
    _, below = names.architecture.shapes[0]
    return ParameterIndex(0, 0, 0), ParameterIndex(0, 0, 1 if below > 1 else None)


def fits(names: Names, place: ParameterIndex) -> bool:
    """Tell whether a network has this weight or bias."""
    return names.architecture.place(place.layer, place.unit, place.source) is not None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fill(box: QComboBox, texts: Sequence[str], row: int) -> None:
    """Offer these texts, with one of them chosen."""
    if [box.itemText(place) for place in range(box.count())] != list(texts):
        box.clear()
        box.addItems(list(texts))
    box.setCurrentIndex(row)


def _box(parent: QWidget, object_name: str, name: str, about: str) -> QComboBox:
    """Return an empty list that gives way when the window is narrow."""
    box = _Box(parent)
    box.setObjectName(object_name)
    box.setAccessibleName(name)
    box.setToolTip(wrapped(about))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a choice by mouse, Space goes on to play
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box
