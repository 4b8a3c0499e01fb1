"""Lights up what is under the pointer, and shows in all items what a click there would do."""

from __future__ import annotations

from nnplayground.app.features.network import hovering
from nnplayground.app.features.network.layout import Layout
from nnplayground.app.features.network.pieces import Pieces
from nnplayground.app.features.network.pointing import BETWEEN, Part, Target
from nnplayground.app.features.network.structure import Structure


def light_up(pieces: Pieces, layout: Layout, structure: Structure, *, target: Target, focused: int | None) -> None:
    """Show the pointer on `target`; `focused` is the column that the keyboard acts on."""
    wanted = hovering.preview(target, structure, layout)
    for column in range(len(layout.columns)):
        is_here = target.column == column and target.part not in BETWEEN
        units = wanted if is_here and wanted is not None else structure.sizes[column]
        _light_neurons(pieces, layout, column, target=target, units=units)
        pieces.slots[column].show_preview(units)
        if layout.is_hidden(column):
            head = pieces.heads[column - 1]
            head.show_preview(units)
            head.set_hovered(target.part if is_here else None, is_near=is_here or focused == column)
    for place, insert in enumerate(pieces.inserts):
        insert.set_hovered(hovered=target == Target(Part.INSERT, block=place))
    for dropout in pieces.dropouts:
        dropout.set_hovered(hovered=target.part is Part.LONE_DROPOUT and target.block == dropout.block)
    for place, bundle in enumerate(pieces.bundles):
        bundle.mark(_edge(layout, target) if target.part is Part.EDGE and target.column == place else None)


def _light_neurons(pieces: Pieces, layout: Layout, column: int, *, target: Target, units: int) -> None:
    """Fade the neurons that a click would take away, and frame the one under the pointer."""
    is_removed = target.part is Part.REMOVE and target.column == column
    shown = layout.columns[column]
    for neuron, row, unit in zip(pieces.neurons[column], shown.rows, shown.shown, strict=True):
        neuron.set_faded(faded=is_removed or unit >= units)
        neuron.set_hovered(hovered=target == Target(Part.NODE, column, row, unit))
        neuron.set_dot_hovered(hovered=target == Target(Part.BIAS, column, row, unit))


def _edge(layout: Layout, target: Target) -> tuple[int, int]:
    """Return the place of an edge among those drawn, as (out, in)."""
    source, goal = layout.columns[target.column], layout.columns[target.column + 1]
    return goal.shown.index(target.row), source.shown.index(target.unit)
