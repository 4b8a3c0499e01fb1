"""What network is on show: names of inputs and outputs, and the hidden layers between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from nnplayground.app.titles import SCALINGS
from nnplayground.app.views.network.edits import Layers
from nnplayground.app.views.network.words import NO_HIDDEN_LAYER, activation_title, count, dropout_text
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.moving import moved_places
from nnplayground.project.columns import Column


@dataclass(frozen=True)
class Structure:
    """The network as columns: column 0 holds the inputs, the last one the outputs, the others the hidden layers.

    `scaling` is the name of what is done to the inputs first.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    layers: Layers
    scaling: str = "none"

    @cached_property
    def is_scaled(self) -> bool:
        """Whether a scaling stands before the inputs."""
        return self.scaling != "none"

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many units each column has."""
        return (len(self.inputs), *(layer.units for layer in self.layers), len(self.outputs))

    def fits(self, architecture: Architecture) -> bool:
        """Tell whether a network of this architecture is the one on show."""
        hidden = tuple(layer.activation for layer in self.layers)
        return architecture.sizes == self.sizes and architecture.activations[:-1] == hidden

    def unit_name(self, column: int, unit: int) -> str:
        """Return how a unit is called within a sentence."""
        if column == 0:
            return f"input {self.inputs[unit]}"
        if column == len(self.layers) + 1:
            name = self.outputs[unit]
            return name if name == "output" else f"output {name}"
        return f"layer {column} neuron {unit + 1}"

    def off(self, column: int) -> tuple[int, ...]:
        """Return the neurons of a column that are switched off."""
        return self.layers[column - 1].off if 0 < column <= len(self.layers) else ()

    def is_off(self, column: int, unit: int) -> bool:
        """Tell whether a neuron is switched off."""
        return unit in self.off(column)

    def in_words(self) -> str:
        """Return the whole network in words, for those who do not see the picture."""
        parts = [count(len(self.inputs), "input") + ": " + ", ".join(self.inputs)]
        parts += [f"scaling: {SCALINGS[self.scaling].name}"] if self.is_scaled else []
        for place, layer in enumerate(self.layers):
            size = count(layer.units, "neuron")
            parts.append(f"layer {place + 1}: {size}, {', '.join(_extras(layer))}")
        parts.append(count(len(self.outputs), "output") + ": " + ", ".join(self.outputs))
        return "; ".join(parts) + "." + ("" if self.layers else f" {NO_HIDDEN_LAYER}")


def _extras(layer: Column) -> list[str]:
    """Return activation, dropout and how many neurons are off in words."""
    off = [f"{len(layer.off)} switched off"] if layer.off else []
    return [activation_title(layer.activation), *([dropout_text(layer.dropout)] if layer.dropout else []), *off]


def kept_columns(old: Structure, new: Structure) -> dict[int, int]:
    """Return, for each column of `new` that was there before, its place in `old`.

    With as many layers as before they are paired in order, unless one has moved to another place; after an insertion
    or a removal, equal layers are paired from both sides.
    """
    last_old, last_new = len(old.layers) + 1, len(new.layers) + 1
    kept = {0: 0} if old.inputs == new.inputs else {}
    if old.outputs == new.outputs:
        kept[last_new] = last_old
    if last_old == last_new:
        order = moved_places(old.layers, new.layers) or range(last_new - 1)
        return kept | {place + 1: before + 1 for place, before in enumerate(order)}
    shorter = min(last_old, last_new)
    front = next((i for i in range(shorter - 1) if old.layers[i] != new.layers[i]), shorter - 1)
    back = shorter - 1 - front
    kept |= {column: column for column in range(1, front + 1)}
    return kept | {last_new - i: last_old - i for i in range(1, back + 1)}
