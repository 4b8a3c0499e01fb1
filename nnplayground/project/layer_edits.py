"""What can be done to the hidden layers: a tuple of layers in, a new one out.

Each changes what it says and nothing else: a dropout that stands alone stays where it is while its neighbours change.
Blocks are counted from 0 as `blocks_of` gives them. What is not legal raises `InputError`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from nnplayground.errors import FieldError, InputError
from nnplayground.project.blocks import Block, UnitsBlock, blocks_of
from nnplayground.project.layer_specs import BlockKind, DenseSpec, DropoutSpec, LayerSpec
from nnplayground.project.model import MAX_LAYERS

Layers = tuple[LayerSpec, ...]

MOST_NEW_UNITS = 12
"""The most neurons that a new layer takes over from its neighbour: so many can be seen one by one."""


def resized(layers: Layers, sizes: Mapping[int, int]) -> Layers:
    """Return the layers with other numbers of neurons, by the block; what was off and has gone is left out."""
    for block, units in sizes.items():
        found = units_at(layers, block)
        with _within(found.places.start):
            layers = _replaced(layers, found, found.layer.with_units(units))
    return layers


def new_layer(layers: Layers, block: int) -> DenseSpec:
    """Return what is put in between before a block: a layer like the one before it, small enough to be seen whole.

    All its neurons are on, and it drops nothing: dropout is a cure that was chosen for one layer.
    """
    columns = [one for one in blocks_of(layers) if isinstance(one, UnitsBlock)]
    if not columns:
        return DenseSpec()
    neighbour = next((one for one in reversed(columns) if one.index < block), columns[0])
    return DenseSpec(min(neighbour.units, MOST_NEW_UNITS), neighbour.activation)


def has_room(layers: Layers) -> bool:
    """Tell whether the document can take one more layer; a dropout is one, too."""
    return len(layers) < MAX_LAYERS


def inserted(layers: Layers, block: int, layer: LayerSpec) -> Layers:
    """Return the layers with one more, which stands before a block, or behind all of them."""
    blocks = blocks_of(layers)
    _check_place("block", block, len(blocks))
    place = blocks[block].places.start if block < len(blocks) else len(layers)
    return _with_room((*layers[:place], layer, *layers[place:]))


def removed(layers: Layers, block: int) -> Layers:
    """Return the layers without a block: without a layer and the dropout that belongs to it, or a lone dropout."""
    places = block_at(layers, block).places
    return (*layers[: places.start], *layers[places.stop :])


def moved_block(layers: Layers, block: int, place: int) -> Layers:
    """Return the layers with a block at another place, counted from 0, among the others."""
    found, others = block_at(layers, block), removed(layers, block)
    rest = [one for one in blocks_of(layers) if one.index != block]
    _check_place("place", place, len(rest))
    carried = layers[found.places.start : found.places.stop]
    before = [layer for one in rest[:place] for layer in layers[one.places.start : one.places.stop]]
    return (*before, *carried, *others[len(before) :])


def activated(layers: Layers, block: int, activation: str) -> Layers:
    """Return the layers with another activation in one of them."""
    found = block_at(layers, block)
    if found.weights is None:
        raise FieldError("block", block, "that of a layer with an activation")
    with _within(found.places.start):
        return _replaced(layers, found, found.layer.with_activation(activation))


def dropping(layers: Layers, block: int, rate: float) -> Layers:
    """Return the layers with another share that is dropped: of a layer's values, or by a lone dropout.

    Of a layer 0 takes the dropout away. A lone dropout stays, whatever its share, until it is removed.
    """
    found = block_at(layers, block)
    if found.kind is BlockKind.DROPOUT:
        return _replaced(layers, found, _dropout(found.places.start, rate))
    if found.kind is not BlockKind.UNITS:
        raise FieldError("block", block, "that of a dense layer or a dropout")
    place = found.places.start + 1
    new = (_dropout(place, rate),) if rate else ()
    return _with_room((*layers[:place], *new, *layers[found.places.stop :]))


def switched(layers: Layers, block: int, unit: int) -> Layers:
    """Return the layers with a neuron switched off that was on, or on that was off."""
    found = units_at(layers, block)
    if not 0 <= unit < found.units:
        raise FieldError("unit", unit, f"a neuron of the layer, 0 to {found.units - 1}")
    return _replaced(layers, found, found.layer.switched(unit))


def block_at(layers: Layers, block: int) -> Block:
    """Return a block by its place; raises `FieldError` where there is none."""
    blocks = blocks_of(layers)
    if not 0 <= block < len(blocks):
        legal = f"one of the {len(blocks)} of the network, counted from 0" if blocks else "left out: there is no layer"
        raise FieldError("block", block, legal)
    return blocks[block]


def units_at(layers: Layers, block: int) -> UnitsBlock:
    """Return a block of neurons by its place; raises `FieldError` where it is none."""
    found = block_at(layers, block)
    if not isinstance(found, UnitsBlock):
        raise FieldError("block", block, "that of a dense layer")
    return found


def _replaced(layers: Layers, block: Block, layer: LayerSpec) -> Layers:
    """Return the layers with another one in place of the first one of a block."""
    place = block.places.start
    return (*layers[:place], layer, *layers[place + 1 :])


def _dropout(place: int, rate: float) -> DropoutSpec:
    with _within(place):
        return DropoutSpec(rate)


@contextmanager
def _within(place: int) -> Iterator[None]:
    """Tell what is wrong in a layer with its place in the document."""
    try:
        yield
    except FieldError as error:
        raise error.within(f"network.layers[{place}]") from None


def _with_room(layers: Layers) -> Layers:
    if len(layers) > MAX_LAYERS:
        raise InputError(
            f"A network has up to {MAX_LAYERS} hidden layers, dropouts included; there is no room for more."
        )
    return layers


def _check_place(name: str, place: int, last: int) -> None:
    if not 0 <= place <= last:
        raise FieldError(name, place, f"a place from 0 to {last}")
