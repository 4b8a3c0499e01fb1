"""Makes the items of the scene for one structure and one layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QGraphicsItem

from nnplayground.app.features.network.items.bundle import BundleItem
from nnplayground.app.features.network.items.dropout import DropoutItem
from nnplayground.app.features.network.items.ends import EndItem, heading
from nnplayground.app.features.network.items.head import HeadItem
from nnplayground.app.features.network.items.hover import HoverItem
from nnplayground.app.features.network.items.legend import LegendItem
from nnplayground.app.features.network.items.look import Look, Piece, text_width
from nnplayground.app.features.network.items.marks import InsertItem, NoteItem
from nnplayground.app.features.network.items.neuron import NeuronItem
from nnplayground.app.features.network.items.scaling import STEP_WIDTH, ScalingItem
from nnplayground.app.features.network.items.slots import SlotsItem
from nnplayground.app.features.network.layout import FOOT, MARGIN, Layout, lay_out
from nnplayground.app.features.network.structure import Structure
from nnplayground.app.features.network.words import (
    ADD_LAYER,
    HINT,
    NO_HIDDEN_LAYER,
    SHORT_HINT,
    activation_title,
    dropout_text,
    lone_dropout_text,
)
from nnplayground.project.layer_edits import has_room

# Names beside the outer columns may take this share of the width.
NAME_SHARE = 0.2
NOTE_HEIGHT = 72
CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Pieces:
    """The items by what they stand for; lists are by column, `heads` by hidden layer, `bundles` by their left column.

    `inserts` are by the block that they insert, `dropouts` the lone ones from left to right.
    """

    neurons: list[list[NeuronItem]]
    bundles: list[BundleItem]
    slots: list[SlotsItem]
    heads: list[HeadItem]
    ends: tuple[EndItem, EndItem]
    inserts: list[InsertItem]
    dropouts: list[DropoutItem]
    notes: list[NoteItem]
    legend: LegendItem
    hover: HoverItem
    scaling: ScalingItem | None

    def of_block(self, block: int, structure: Structure) -> tuple[QGraphicsItem, ...]:
        """Return the items that draw a block."""
        column = structure.column_of(block)
        if column is None:
            return tuple(item for item in self.dropouts if item.block == block)
        return (*self.neurons[column], self.slots[column], self.heads[column - 1])

    def units(self) -> Iterator[NeuronItem]:
        """Go through the nodes of all columns."""
        return chain.from_iterable(self.neurons)

    def drawn(self) -> Iterator[Piece]:
        """Go through all other items."""
        others = (self.legend, self.hover, *([self.scaling] if self.scaling else []))
        return chain(self.bundles, self.slots, self.heads, self.dropouts, self.ends, self.inserts, self.notes, others)


def place(structure: Structure, look: Look, *, width: int, height: int, rows: int | None, zoom: float = 1.0) -> Layout:
    """Lay out a structure in a view of this size, with room for the names beside its outer columns.

    With a `zoom` below 1 the picture has as much more room.
    """
    before, after = (
        round(min(max(text_width(look.small, name) for name in names), width * NAME_SHARE))
        for names in (structure.inputs, structure.outputs)
    )
    before += _between(structure)
    width, height = int(width / zoom), int(height / zoom)
    gaps = [len(gap) for gap in structure.gaps]
    return lay_out(
        structure.sizes, width=width, height=height, before=before + 2, after=after + 2, rows=rows, gaps=gaps
    )


def make_pieces(structure: Structure, layout: Layout, look: Look, *, width: int) -> Pieces:
    """Make all items for a picture of which `width` pixels can be seen at once; none knows of the others."""
    columns = range(len(layout.columns))
    things = ("input", *("neuron" for _ in structure.hidden), "output")
    can_insert = has_room(structure.layers)
    return Pieces(
        neurons=[[NeuronItem(look, layout.cell(i, row)) for row in layout.columns[i].rows] for i in columns],
        bundles=[BundleItem(look, layout.edges(i)) for i in columns[:-1]],
        slots=[SlotsItem(look, layout, i, things[i]) for i in columns],
        heads=[_head(structure, layout, look, layer) for layer in range(len(structure.hidden))],
        ends=(
            EndItem(
                look,
                layout,
                0,
                structure.inputs,
                heading(len(structure.inputs), "input"),
                between=_between(structure),
            ),
            EndItem(look, layout, columns[-1], structure.outputs, output_heading(structure, "")),
        ),
        inserts=[InsertItem(look, layout, block) for block in range(len(layout.inserts))] if can_insert else [],
        dropouts=[
            DropoutItem(look, bar, lone_dropout_text(structure.blocks[bar.block].dropout)) for bar in layout.bars
        ],
        notes=_notes(structure, layout, look, width=width),
        legend=LegendItem(look, width - 2 * MARGIN - 4),
        hover=HoverItem(look),
        scaling=ScalingItem(look, layout, structure.inputs, structure.scaling) if structure.is_scaled else None,
    )


def _between(structure: Structure) -> int:
    """Return how much room there is between the inputs and their names."""
    return STEP_WIDTH if structure.is_scaled else 0


def output_heading(structure: Structure, activation: str) -> tuple[str, ...]:
    """Return the lines above the outputs."""
    return heading(len(structure.outputs), "output", activation_title(activation))


def _head(structure: Structure, layout: Layout, look: Look, layer: int) -> HeadItem:
    """Make the head of a hidden layer."""
    spec = structure.hidden[layer]
    title = activation_title(spec.activation)
    name, dropout = f"Layer {layer + 1}", dropout_text(spec.dropout)
    head, off = layout.head(layer + 1), len(spec.off)
    return HeadItem(look, head, name=name, units=spec.units, activation=title, dropout=dropout, off=off)


def _notes(structure: Structure, layout: Layout, look: Look, *, width: int) -> list[NoteItem]:
    """Make the hint, where the whole network is seen, and the sentence for a network without hidden layers."""
    notes: list[NoteItem] = []
    room = width - 2 * MARGIN - 4 - LegendItem.width(look) - 16
    hint = next((text for text in (HINT, SHORT_HINT) if text_width(look.small, text) <= room), "")
    if structure.hidden and hint and look.zoom == 1.0 and layout.width <= width:
        area = QRectF(width - MARGIN - 4 - room, layout.height - FOOT, room, FOOT)
        notes.append(NoteItem(look, area, hint, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
    if not structure.hidden:
        left, right = (column.center for column in (layout.columns[0], layout.columns[-1]))
        room = right - left - 2 * layout.reach - 2 * MARGIN  # the ring of the keyboard may be around a column
        area = QRectF((left + right - room) / 2, (layout.top + layout.bottom) / 2, room, NOTE_HEIGHT)
        notes.append(NoteItem(look, area, f"{NO_HIDDEN_LAYER}\n{ADD_LAYER}", CENTER))
    return notes
