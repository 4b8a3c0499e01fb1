"""What can be done to the hidden layers, as pure functions: layers in, new layers and the words for undo out.

An edit that would change nothing, or would break a limit of the document, gives `None`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from nnplayground.app.views.network.layout import WHOLE
from nnplayground.app.views.network.words import activation_title, count, share
from nnplayground.project.columns import Column, layers_of
from nnplayground.project.limits import rule_of
from nnplayground.project.model import MAX_LAYERS

Layers = tuple[Column, ...]

UNITS = rule_of(Column, "units")
ACTIVATIONS: tuple[str, ...] = rule_of(Column, "activation").options
DROPOUT = rule_of(Column, "dropout")

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
    """Give layers (by index) new sizes, kept within the limits."""
    legal = {layer: min(max(units, UNITS.low), UNITS.high) for layer, units in sizes.items()}
    changed = [layer for layer, units in legal.items() if layers[layer].units != units]
    if not changed:
        return None
    new = tuple(replace(old, units=legal.get(layer, old.units)) for layer, old in enumerate(layers))
    if len(changed) > 1:
        return Edit(new, "Draw the layer sizes")
    return Edit(new, f"Set layer {changed[0] + 1} to {count(new[changed[0]].units, 'neuron')}")


def has_room(layers: Layers) -> bool:
    """Tell whether the document can take one more layer; in the document a dropout is a layer too."""
    return len(layers_of(layers)) < MAX_LAYERS


def inserted(layers: Layers, place: int) -> Column:
    """Return the layer that an insertion at this place makes: like its neighbour, small enough to be seen whole.

    It drops nothing: dropout is a cure that somebody chose for one layer.
    """
    if not layers:
        return Column()
    neighbour = layers[max(place - 1, 0)]
    return replace(neighbour, units=min(neighbour.units, WHOLE), dropout=0.0, off=())


def insert(layers: Layers, place: int) -> Edit | None:
    """Insert a layer so that it becomes number `place`, counted from 0."""
    if not has_room(layers):
        return None
    return Edit((*layers[:place], inserted(layers, place), *layers[place:]), f"Insert layer {place + 1}")


def remove(layers: Layers, layer: int) -> Edit:
    """Take a layer out."""
    return Edit((*layers[:layer], *layers[layer + 1 :]), f"Remove layer {layer + 1}")


def move(layers: Layers, layer: int, place: int) -> Edit | None:
    """Give a layer another place, counted from 0, among the others; between layers that are alike nothing changes."""
    others = (*layers[:layer], *layers[layer + 1 :])
    place = min(max(place, 0), len(others))
    new = (*others[:place], layers[layer], *others[place:])
    return None if new == layers else Edit(new, f"Move layer {layer + 1} to place {place + 1}")


def activate(layers: Layers, layer: int, activation: str) -> Edit | None:
    """Give a layer another activation."""
    if layers[layer].activation == activation:
        return None
    changed = replace(layers[layer], activation=activation)
    text = f"Use {activation_title(activation)} in layer {layer + 1}"
    return Edit((*layers[:layer], changed, *layers[layer + 1 :]), text)


def drop(layers: Layers, layer: int, dropout: float) -> Edit | None:
    """Drop this share of a layer's values while training; 0 drops none."""
    old = layers[layer]
    if not DROPOUT.accepts(dropout) or dropout == old.dropout or (not old.dropout and not has_room(layers)):
        return None
    text = f"Drop {share(dropout)} of layer {layer + 1}" if dropout else f"Drop nothing of layer {layer + 1}"
    return Edit((*layers[:layer], replace(old, dropout=dropout), *layers[layer + 1 :]), text)


def switch(layers: Layers, layer: int, unit: int) -> Edit | None:
    """Switch a neuron off, or on again."""
    old = layers[layer]
    if not 0 <= unit < old.units:
        return None
    is_off = unit in old.off
    off = tuple(sorted(set(old.off) ^ {unit}))
    text = f"Switch {'on' if is_off else 'off'} layer {layer + 1} neuron {unit + 1}"
    return Edit((*layers[:layer], replace(old, off=off), *layers[layer + 1 :]), text)
