"""What can be done to the hidden layers in the editor: a pure edit of the document with its words for undo.

An edit that would change nothing, or would break a limit of the document, gives `None`. Blocks are counted from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nnplayground.app.features.network.block_names import block_name, the
from nnplayground.app.features.network.words import activation_title, count, share
from nnplayground.project import layer_edits
from nnplayground.project.blocks import Block, UnitsBlock, blocks_of
from nnplayground.project.layer_edits import Layers, block_at, has_room, units_at
from nnplayground.project.layer_specs import BlockKind, DenseSpec, DropoutSpec
from nnplayground.project.limits import rule_of

UNITS = rule_of(DenseSpec, "units")
ACTIVATIONS: tuple[str, ...] = rule_of(DenseSpec, "activation").options
DROPOUT = rule_of(DropoutSpec, "rate")

# One by one while neurons can be counted at a glance, then by a half or a third of the size.
BY_ONE = 16
LADDER = (24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096)


@dataclass(frozen=True)
class Edit:
    """New hidden layers, and what was done in the words of the undo menu."""

    layers: Layers
    text: str


def larger(units: int) -> int:
    """Return the next larger size that a button or key asks for."""
    above = units + 1 if units < BY_ONE else next((step for step in LADDER if step > units), units)
    return min(above, int(UNITS.high))


def smaller(units: int) -> int:
    """Return the next smaller size that a button or key asks for."""
    if units <= BY_ONE:
        return max(units - 1, int(UNITS.low))
    return max((step for step in (BY_ONE, *LADDER) if step < units), default=BY_ONE)


def resize(layers: Layers, sizes: Mapping[int, int]) -> Edit | None:
    """Give layers (by their block) new sizes, kept within the limits."""
    legal = {block: min(max(units, UNITS.low), UNITS.high) for block, units in sizes.items()}
    changed = {block: units for block, units in legal.items() if units_at(layers, block).units != units}
    if not changed:
        return None
    new = layer_edits.resized(layers, changed)
    if len(changed) > 1:
        return Edit(new, "Draw the layer sizes")
    ((block, units),) = changed.items()
    return Edit(new, f"Set {_name(layers, block)} to {count(units, 'neuron')}")


def insert(layers: Layers, block: int) -> Edit | None:
    """Insert a layer before a block, or behind all of them."""
    if not has_room(layers):
        return None
    number = sum(isinstance(one, UnitsBlock) for one in blocks_of(layers)[:block]) + 1
    layer = layer_edits.new_layer(layers, block)
    return Edit(layer_edits.inserted(layers, block, layer), f"Insert layer {number}")


def insert_dropout(layers: Layers, block: int) -> Edit | None:
    """Insert a dropout before a block, or behind all of them."""
    return Edit(layer_edits.inserted(layers, block, DropoutSpec()), "Insert a dropout") if has_room(layers) else None


def remove(layers: Layers, block: int) -> Edit:
    """Take a block out."""
    return Edit(layer_edits.removed(layers, block), f"Remove {_name(layers, block)}")


def move(layers: Layers, block: int, place: int) -> Edit | None:
    """Give a block another place, counted from 0, among the others; between blocks that are alike nothing changes."""
    place = min(max(place, 0), len(blocks_of(layers)) - 1)
    new = layer_edits.moved_block(layers, block, place)
    if new == layers:
        return None
    return Edit(new, f"Move {_name(layers, block)} {_way(blocks_of(layers), block, place)}")


def activate(layers: Layers, block: int, activation: str) -> Edit | None:
    """Give a layer another activation."""
    if units_at(layers, block).activation == activation:
        return None
    text = f"Use {activation_title(activation)} in {_name(layers, block)}"
    return Edit(layer_edits.activated(layers, block, activation), text)


def drop(layers: Layers, block: int, dropout: float) -> Edit | None:
    """Drop this share of a layer's values while training, where 0 drops none, or give a lone dropout this share."""
    old = block_at(layers, block)
    is_alone = old.kind is BlockKind.DROPOUT
    if not DROPOUT.accepts(dropout) or dropout == old.dropout:
        return None
    if not (is_alone or old.dropout or has_room(layers)):
        return None
    new, name = layer_edits.dropping(layers, block, dropout), _name(layers, block)
    if is_alone:
        return Edit(new, f"Set {name} to {share(dropout)}")
    return Edit(new, f"Drop {share(dropout) if dropout else 'nothing'} of {name}")


def switch(layers: Layers, block: int, unit: int) -> Edit | None:
    """Switch a neuron of a dense layer off, or on again."""
    found = block_at(layers, block)
    if not (isinstance(found, UnitsBlock) and 0 <= unit < found.units):
        return None
    text = f"Switch {'on' if unit in found.off else 'off'} {_name(layers, block)} neuron {unit + 1}"
    return Edit(layer_edits.switched(layers, block, unit), text)


def _way(blocks: Sequence[Block], block: int, place: int) -> str:
    """Return where a block goes that is moved, in words."""
    others = [one for one in blocks if one.index != block]
    before, after = (sum(one.number is not None for one in some) for some in (blocks[:block], others[:place]))
    if before == after:
        return "past a dropout"
    if blocks[block].number is not None:
        return f"to place {after + 1}"
    return f"behind layer {after}" if after else "to the inputs"


def _name(layers: Layers, block: int) -> str:
    return the(block_name(blocks_of(layers), block))
