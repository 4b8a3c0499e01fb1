"""What network is on show: names of inputs and outputs, and the hidden layers between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from nnplayground.app.features.network.words import NO_HIDDEN_LAYER, activation_title, count, dropout_text, share
from nnplayground.app.text.titles import SCALINGS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.moving import moved_places
from nnplayground.project.blocks import Block, Stack, UnitsBlock, stack_of
from nnplayground.project.layer_edits import Layers


@dataclass(frozen=True)
class Structure:
    """The network as columns: column 0 holds the inputs, the last one the outputs, the others the hidden layers.

    `layers` are those of the document, dense layers and dropouts only; `scaling` is the name of what is done to the
    inputs first. A block counts from 0 in the order of the layers; -1 stands for the inputs, and the number behind the
    last block for the outputs.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    layers: Layers
    scaling: str = "none"

    @cached_property
    def _stack(self) -> Stack:
        stack = stack_of(self.layers)
        if stack is None:
            raise ValueError("Only dense layers and dropouts can be drawn as columns.")
        return stack

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the hidden layers: columns and lone dropouts."""
        return self._stack.blocks

    @property
    def hidden(self) -> tuple[UnitsBlock, ...]:
        """The hidden layers that are drawn as columns; `hidden[i]` is column `i + 1`."""
        return self._stack.columns

    @property
    def gaps(self) -> tuple[tuple[Block, ...], ...]:
        """The lone dropouts between each column and the next one."""
        return self._stack.gaps

    def block_of(self, column: int) -> int:
        """Return the block that a column draws."""
        if column == 0:
            return -1
        return self.hidden[column - 1].index if column <= len(self.hidden) else len(self.blocks)

    def column_of(self, block: int) -> int | None:
        """Return the column that draws a block, or `None` for a lone dropout."""
        if not 0 <= block < len(self.blocks):
            return 0 if block < 0 else len(self.hidden) + 1
        weights = self.blocks[block].weights
        return None if weights is None else weights + 1

    @cached_property
    def is_scaled(self) -> bool:
        """Whether a scaling stands before the inputs."""
        return self.scaling != "none"

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many units each column has."""
        return (len(self.inputs), *(layer.units for layer in self.hidden), len(self.outputs))

    def fits(self, architecture: Architecture) -> bool:
        """Tell whether a network of this architecture is the one on show."""
        hidden = tuple(layer.activation for layer in self.hidden)
        return architecture.sizes == self.sizes and architecture.activations[:-1] == hidden

    def unit_name(self, column: int, unit: int) -> str:
        """Return how a unit is called within a sentence."""
        if column == 0:
            return f"input {self.inputs[unit]}"
        if column == len(self.hidden) + 1:
            name = self.outputs[unit]
            return name if name == "output" else f"output {name}"
        return f"layer {column} neuron {unit + 1}"

    def off(self, column: int) -> tuple[int, ...]:
        """Return the neurons of a column that are switched off."""
        return self.hidden[column - 1].off if 0 < column <= len(self.hidden) else ()

    def is_off(self, column: int, unit: int) -> bool:
        """Tell whether a neuron is switched off."""
        return unit in self.off(column)

    def in_words(self) -> str:
        """Return the whole network in words, for those who do not see the picture."""
        parts = [count(len(self.inputs), "input") + ": " + ", ".join(self.inputs)]
        parts += [f"scaling: {SCALINGS[self.scaling].name}"] if self.is_scaled else []
        parts += [_in_words(block) for block in self.blocks]
        parts.append(count(len(self.outputs), "output") + ": " + ", ".join(self.outputs))
        return "; ".join(parts) + "." + ("" if self.hidden else f" {NO_HIDDEN_LAYER}")


def _in_words(block: Block) -> str:
    """Return a layer with its size, or how much a lone dropout drops."""
    if not isinstance(block, UnitsBlock):
        return f"dropout of {share(block.dropout)}"
    return f"layer {block.number}: {count(block.units, 'neuron')}, {', '.join(_extras(block))}"


def _extras(layer: UnitsBlock) -> list[str]:
    """Return activation, dropout and how many neurons are off in words."""
    off = [f"{len(layer.off)} switched off"] if layer.off else []
    return [activation_title(layer.activation), *([dropout_text(layer.dropout)] if layer.dropout else []), *off]


def kept_columns(old: Structure, new: Structure) -> dict[int, int]:
    """Return, for each column of `new` that was there before, its place in `old`.

    With as many layers as before they are paired in order, unless one has moved to another place; after an insertion
    or a removal, equal layers are paired from both sides.
    """
    before, after = ([block.layer for block in structure.hidden] for structure in (old, new))
    last_old, last_new = len(before) + 1, len(after) + 1
    kept = {0: 0} if old.inputs == new.inputs else {}
    if old.outputs == new.outputs:
        kept[last_new] = last_old
    if last_old == last_new:
        order = moved_places(before, after) or range(last_new - 1)
        return kept | {place + 1: source + 1 for place, source in enumerate(order)}
    shorter = min(last_old, last_new)
    front = next((i for i in range(shorter - 1) if before[i] != after[i]), shorter - 1)
    back = shorter - 1 - front
    kept |= {column: column for column in range(1, front + 1)}
    return kept | {last_new - i: last_old - i for i in range(1, back + 1)}
