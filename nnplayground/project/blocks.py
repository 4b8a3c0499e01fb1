"""The hidden layers as the blocks that the editor draws, and the numbers by which the whole program calls them.

A dropout directly behind a dense layer is a property of it. Every other dropout is a block of its own: on the inputs,
behind pictures, behind another dropout, and at rate 0, where it would be no property to be seen. Blocks only say how
layers are shown; the layers themselves are what the document holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nnplayground.engine.layers import counts_of
from nnplayground.project.layer_specs import BlockKind, DenseSpec, LayerSpec, dense_of

LayerNumbers = tuple[int | None, ...]


@dataclass(frozen=True)
class Block:
    """Layers that are shown as one thing.

    `index` is its place among the blocks and `places` are those of its layers in the document, both counted from 0.
    `number` is what people call it, counted from 1 without the dropouts; a dropout has none. `weights` is the layer of
    its weights as a `ParameterIndex` counts them, `None` without weights.
    """

    index: int
    places: range
    layer: LayerSpec
    number: int | None = None
    weights: int | None = None
    dropout: float = 0.0
    """The share of its values that the dropout belonging to it drops, 0 without one; of a lone dropout, its own."""

    @property
    def kind(self) -> BlockKind:
        """How it is drawn."""
        return self.layer.block


@dataclass(frozen=True)
class UnitsBlock(Block):
    """A dense layer with the dropout that belongs to it."""

    layer: DenseSpec

    @property
    def units(self) -> int:
        """How many neurons it has."""
        return self.layer.units

    @property
    def activation(self) -> str:
        """The name of its activation."""
        return self.layer.activation

    @property
    def off(self) -> tuple[int, ...]:
        """The neurons that are switched off."""
        return self.layer.off


@dataclass(frozen=True)
class Stack:
    """Hidden layers that can be drawn as columns of neurons, with the dropouts that stand alone between them.

    `gaps[i]` are the dropouts that a sample passes on its way from column `i` to the next one; column 0 are the inputs
    and the last one the outputs, so there is one gap more than `columns`.
    """

    blocks: tuple[Block, ...]
    columns: tuple[UnitsBlock, ...]
    gaps: tuple[tuple[Block, ...], ...]


def blocks_of(layers: Sequence[LayerSpec]) -> tuple[Block, ...]:
    """Return the blocks of these hidden layers, in their order; together they hold every layer once."""
    blocks: list[Block] = []
    numbers, place = layer_numbers(layers), 0
    while place < len(layers):
        layer, follower = layers[place], layers[place + 1] if place + 1 < len(layers) else None
        dense = dense_of(layer)
        owned = follower.dropped if dense is not None and follower is not None else None
        places = range(place, place + (2 if owned else 1))
        weights = len([one for one in layers[:place] if one.has_weights]) if layer.has_weights else None
        if dense is not None:
            block: Block = UnitsBlock(len(blocks), places, dense, numbers[place], weights, owned or 0.0)
        else:
            block = Block(len(blocks), places, layer, numbers[place], weights, layer.dropped or 0.0)
        blocks.append(block)
        place = places.stop
    return tuple(blocks)


def stack_of(layers: Sequence[LayerSpec]) -> Stack | None:
    """Return the layers as columns of neurons with dropouts between them; `None` where there are other kinds."""
    blocks = blocks_of(layers)
    columns: list[UnitsBlock] = []
    gaps: list[tuple[Block, ...]] = [()]
    for block in blocks:
        if isinstance(block, UnitsBlock):
            columns.append(block)
            gaps.append(())
        elif block.kind is BlockKind.DROPOUT:
            gaps[-1] = (*gaps[-1], block)
        else:
            return None
    return Stack(blocks, tuple(columns), tuple(gaps))


def is_stack(layers: Sequence[LayerSpec]) -> bool:
    """Tell whether layers can be drawn as columns of neurons."""
    return all(layer.block in (BlockKind.UNITS, BlockKind.DROPOUT) for layer in layers)


def layer_numbers(layers: Sequence[LayerSpec]) -> LayerNumbers:
    """Return the number of each hidden layer by its place, and of the output as the last one.

    Layers are counted from 1. A dropout is not counted: it has the number of the dense layer that it belongs to, and
    none where it stands alone. The output is counted only behind layers that look at pictures, which are shown as a
    list of all layers.
    """
    counts = counts_of(layers)
    numbers: list[int | None] = []
    for place, layer in enumerate(layers):
        is_owned = place > 0 and bool(layer.dropped) and layers[place - 1].block is BlockKind.UNITS
        numbers.append(counts[place] if layer.is_counted or is_owned else None)
    return (*numbers, None if is_stack(layers) else counts[-1] + 1)
