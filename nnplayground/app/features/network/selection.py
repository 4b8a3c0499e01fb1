"""What is selected in the network, and where the arrow keys move it: pure functions over columns and places.

A layer counts as in `ParameterIndex`: -1 are the inputs, 0 is the first layer behind them, the last one is the
output. The column that stands for it is the next number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nnplayground.app.features.network.pointing import Part, Target
from nnplayground.project.parameter_index import ParameterIndex, Selection

Shown = Sequence[Sequence[int]]
"""The units that each column has a place for, in order."""


def selection_at(target: Target) -> Selection | None:
    """Return what a click selects there: a neuron, an edge, a layer, or nothing."""
    if target.part in {Part.NODE, Part.BIAS}:
        return Selection(target.column - 1, target.unit)
    if target.part is Part.EDGE:
        return Selection(target.column, target.row, target.unit)
    return Selection(target.column - 1) if target.part is Part.NAME else None


def place_of(target: Target) -> ParameterIndex | None:
    """Return the weight of an edge or the bias of a dot; `None` for everything else."""
    if target.part is Part.EDGE:
        return ParameterIndex(target.column, target.row, target.unit)
    return ParameterIndex(target.column - 1, target.unit) if target.part is Part.BIAS else None


def number_of(selection: Selection | None) -> ParameterIndex | None:
    """Return the number that Enter edits: the weight of an edge, the bias of a neuron."""
    if selection is None or selection.unit is None or selection.layer < 0:
        return None
    return ParameterIndex(selection.layer, selection.unit, selection.source)


def selection_of(place: ParameterIndex) -> Selection:
    """Return the selection of an edge, or of the neuron whose bias it is."""
    return Selection(place.layer, place.unit, place.source)


def is_there(selection: Selection, sizes: Sequence[int]) -> bool:
    """Tell whether a network with columns of these sizes has it."""
    column = selection.layer + 1
    if not 0 <= column < len(sizes):
        return False
    if selection.unit is not None and not 0 <= selection.unit < sizes[column]:
        return False
    return selection.source is None or (column > 0 and 0 <= selection.source < sizes[column - 1])


def sideways(selection: Selection, step: int, shown: Shown) -> Selection:
    """Return what Left (`step` -1) or Right (+1) selects from a neuron or an edge.

    A neuron goes to its neighbour of the same height, an edge to the neuron at its end.
    """
    unit = selection.unit or 0
    if selection.source is not None:
        return Selection(selection.layer - 1, selection.source) if step < 0 else Selection(selection.layer, unit)
    layer = min(max(selection.layer + step, -1), len(shown) - 2)
    height = _nearest(shown[selection.layer + 1], unit)
    units = shown[layer + 1]
    return Selection(layer, units[min(height, len(units) - 1)])


def up_or_down(selection: Selection | None, layer: int, step: int, shown: Shown) -> Selection:
    """Return what Up (`step` -1) or Down (+1) selects in the chosen layer.

    From the layer as a whole it goes down to the first neuron, and from there up again; an edge goes to the next one
    that leads to the same neuron.
    """
    if selection is None or selection.layer != layer or selection.unit is None:
        return Selection(layer, shown[layer + 1][0]) if step > 0 else Selection(layer)
    if selection.source is not None:
        return replace(selection, source=_next(shown[layer], selection.source, step))
    units = shown[layer + 1]
    if step < 0 and _nearest(units, selection.unit) == 0:
        return Selection(layer)
    return Selection(layer, _next(units, selection.unit, step))


def along_edge(selection: Selection | None, step: int, shown: Shown) -> Selection | None:
    """Return the first edge that leads to the selected neuron (`step` -1) or from it (+1), or `None` without one."""
    if selection is None or selection.unit is None or selection.source is not None:
        return None
    column = selection.layer + 1
    if step < 0:
        return Selection(selection.layer, selection.unit, shown[column - 1][0]) if column > 0 else None
    return Selection(column, shown[column + 1][0], selection.unit) if column + 1 < len(shown) else None


def _nearest(units: Sequence[int], unit: int) -> int:
    """Return the place of the unit among those shown, or of the one that stands nearest."""
    return min(range(len(units)), key=lambda place: abs(units[place] - unit))


def _next(units: Sequence[int], unit: int, step: int) -> int:
    return units[min(max(_nearest(units, unit) + step, 0), len(units) - 1)]
