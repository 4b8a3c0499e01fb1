"""What a menu offers for the neuron, edge or layer that it was opened on, above everything for its layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from nnplayground.app.features.network.place_words import FROZEN_HELP, OFF_HELP, layer_name
from nnplayground.app.features.network.structure import Structure
from nnplayground.app.features.network.values import MOST_TO_FREEZE, Values
from nnplayground.app.features.network.words import count
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.parameter_index import ParameterIndex, Selection

TOO_MANY = f"Only up to {count(MOST_TO_FREEZE, 'number')} can be frozen at once"
EDIT_HELP = "Type the number exactly, or set it to 0 or turn its sign"
INSPECT_HELP = "Show all its numbers"


@dataclass(frozen=True)
class Entry:
    """One line of the menu; without `run` it is greyed out."""

    text: str
    help: str
    run: Callable[[], None] | None


@dataclass(frozen=True)
class Tools:
    """What the entries do: inspect a selection, edit a number, switch a neuron (column, unit) off or on."""

    inspect: Callable[[Selection], None]
    edit: Callable[[ParameterIndex], None]
    switch: Callable[[int, int], None]


def add_entries(menu: QMenu, selection: Selection, structure: Structure, values: Values, tools: Tools) -> None:
    """Put the entries for the selection above all others."""
    first = menu.actions()[0] if menu.actions() else None
    menu.setToolTipsVisible(True)
    for entry in entries(selection, structure, values, tools):
        action = QAction(entry.text, menu)
        action.setToolTip(wrapped(entry.help))
        action.setEnabled(entry.run is not None)
        if entry.run is not None:
            action.triggered.connect(partial(_run, entry.run))
        if first is None:
            menu.addAction(action)
        else:
            menu.insertAction(first, action)
    if first is not None:
        menu.insertSeparator(first)


def entries(selection: Selection, structure: Structure, values: Values, tools: Tools) -> list[Entry]:
    """Return the entries for a layer, a neuron or an edge."""
    layer, unit, source = selection.layer, selection.unit, selection.source
    if unit is None:
        name = layer_name(structure, layer)
        return [_inspect(selection, name, tools), *_freeze(f"all of {name}", values.numbers_of(layer), values, layer)]
    if source is not None:
        weight = ParameterIndex(layer, unit, source)
        return [
            _inspect(selection, "weight", tools),
            _edit("weight", weight, values, tools),
            *_freeze("weight", (weight,), values, layer),
        ]
    return [
        _inspect(selection, "neuron" if layer >= 0 else "input", tools),
        *_of_neuron(selection, structure, values, tools),
    ]


def _of_neuron(selection: Selection, structure: Structure, values: Values, tools: Tools) -> list[Entry]:
    """Return the entries for a neuron; an input has neither bias nor weights."""
    layer, unit = selection.layer, selection.unit or 0
    if layer < 0:
        return []
    bias = ParameterIndex(layer, unit)
    found = [
        _edit("bias", bias, values, tools),
        *_freeze("bias", (bias,), values, layer),
        *_freeze("incoming weights", values.weights_into(layer, unit), values, layer),
    ]
    if layer < len(structure.hidden):
        text = "Switch on" if structure.is_off(layer + 1, unit) else "Switch off"
        found.append(Entry(text, OFF_HELP, partial(tools.switch, layer + 1, unit)))
    return found


def _inspect(selection: Selection, name: str, tools: Tools) -> Entry:
    return Entry(f"Inspect {name}", INSPECT_HELP, partial(tools.inspect, selection))


def _edit(name: str, place: ParameterIndex, values: Values, tools: Tools) -> Entry:
    is_known = values.value(place) is not None
    return Entry(f"Edit {name}…", EDIT_HELP, partial(tools.edit, place) if is_known else None)


def _freeze(name: str, places: tuple[ParameterIndex, ...], values: Values, layer: int) -> list[Entry]:
    """Return the entry that freezes these numbers, or lets them go when all are frozen; the inputs have none."""
    if layer < 0:
        return []
    if places and values.are_frozen(places):
        return [Entry(f"Unfreeze {name}", FROZEN_HELP, partial(values.freeze, places, frozen=False))]
    run = partial(values.freeze, places, frozen=True) if values.may_freeze(places) else None
    return [Entry(f"Freeze {name}", FROZEN_HELP if places else TOO_MANY, run)]


def _run(action: Callable[[], None], *_: object) -> None:
    action()
