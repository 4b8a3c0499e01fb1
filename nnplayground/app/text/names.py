"""What the layers, neurons and inputs of a network are called in the inspector; as everywhere in the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from nnplayground.app.text.titles import FEATURES
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers.layer import Shape
from nnplayground.project.blocks import layer_numbers
from nnplayground.project.layer_specs import LayerSpec
from nnplayground.project.parameter_index import ParameterIndex, Selection

INPUTS = -1
BIAS = "bias"


def input_title(name: str) -> str:
    """Return what an input is called: a feature of the plane by its formula, a column of a table by its own name."""
    return FEATURES[name].name if name in FEATURES else name


@dataclass(frozen=True)
class Names:
    """The names within one network; layers are those with weights, counted from 0, and -1 are the inputs."""

    architecture: Architecture
    hidden: tuple[LayerSpec, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """Where each layer with weights stands among all layers."""
        return self.architecture.weighted_places

    @property
    def last(self) -> int:
        """The output layer."""
        return len(self.places) - 1

    def has(self, selection: Selection) -> bool:
        """Tell whether the network has what is selected."""
        layer, unit, source = selection.layer, selection.unit, selection.source
        if not INPUTS <= layer <= self.last:
            return False
        if layer == INPUTS:
            return source is None and (unit is None or 0 <= unit < self.inputs_count)
        out, below = self.architecture.shapes[layer]
        return (unit is None or 0 <= unit < out) and (source is None or (unit is not None and 0 <= source < below))

    @property
    def inputs_count(self) -> int:
        """How many inputs the network has."""
        return prod(self.architecture.input_shape)

    def window(self, layer: int) -> int:
        """Return how many pixels high and wide the windows are that a layer sees; 0 where it sees all values below."""
        return self.architecture.weighted[layer].window if layer >= 0 else 0

    def thing(self, layer: int) -> str:
        """Return the word for one unit of a layer."""
        return "input" if layer == INPUTS else self.architecture.weighted[layer].unit_name

    def layer(self, layer: int) -> str:
        """Return the title of a layer."""
        if layer == INPUTS:
            return "Inputs"
        return "Output" if layer == self.last else f"Layer {self._number(layer)}"

    def unit(self, layer: int, unit: int) -> str:
        """Return how a unit is called within a sentence, such as "layer 1 neuron 3"."""
        if layer == INPUTS:
            return f"input {self.input(unit)}"
        if layer == self.last:
            name = self._output(unit)
            return name if name == "output" else f"output {name}"
        return f"layer {self._number(layer)} {self.thing(layer)} {unit + 1}"

    def title(self, layer: int, unit: int) -> str:
        """Return how a unit is called in a title, such as "Layer 1, neuron 3"."""
        text = self.unit(layer, unit).replace(f" {self.thing(layer)} ", f", {self.thing(layer)} ")
        return text[0].upper() + text[1:]

    def short(self, layer: int, unit: int) -> str:
        """Return how a unit is called where its layer is plain: "neuron 3", or the name of an input or a class."""
        if layer == INPUTS:
            return self.input(unit)
        return self._output(unit) if layer == self.last else f"{self.thing(layer)} {unit + 1}"

    def input(self, place: int) -> str:
        """Return the name of an input."""
        return input_title(self.inputs[place]) if place < len(self.inputs) else f"{place + 1}"

    def source(self, layer: int, source: int) -> str:
        """Return from where a weight comes, such as "x₁", "layer 1 neuron 2" or "channel 1, row 2, column 3"."""
        before = self.below(layer, source)
        if before is not None:
            return self.input(source) if before.layer == INPUTS else self.unit(before.layer, source)
        if window := self.window(layer):
            return f"channel {_in_picture((0, window, window), source)}"
        place, shape = self._under(self.places[layer])
        if place < 0:
            return f"channel {_in_picture(shape, source)}"
        number = layer_numbers(self.hidden)[place]
        return f"layer {number} filter {_in_picture(shape, source)}"

    def short_source(self, layer: int, source: int) -> str:
        """Return the same where the layer below is plain, as over a column of the matrix."""
        before = self.below(layer, source)
        if before is not None:
            return self.short(before.layer, source)
        shape = self._under(self.places[layer])[1]
        if window := self.window(layer):
            shape = (shape[0], window, window)
        return "·".join(map(str, _counted(shape, source)))

    def below(self, layer: int, source: int) -> Selection | None:
        """Return the one unit from which a weight comes; `None` where that is a place in a picture."""
        if self.window(layer):
            return None
        place, shape = self._under(self.places[layer])
        if place < 0:
            return Selection(INPUTS, source) if len(shape) == 1 else None
        return Selection(layer - 1, source) if len(shape) == 1 else None

    def weight(self, place: ParameterIndex) -> str:
        """Return how a weight or a bias is called within a sentence."""
        unit = self.unit(place.layer, place.unit)
        if place.source is None:
            return f"bias of {unit}"
        before = self.below(place.layer, place.source)
        source = self.source(place.layer, place.source)
        if before is not None and before.layer == INPUTS:
            source = f"input {source}"
        return f"{source} → {unit}"

    def _number(self, layer: int) -> int:
        number = layer_numbers(self.hidden)[self.places[layer]]
        return layer + 1 if number is None else number

    def _output(self, unit: int) -> str:
        return self.outputs[unit] if unit < len(self.outputs) else f"{unit + 1}"

    def _under(self, place: int) -> tuple[int, Shape]:
        """Return which layer gives the values below one, -1 for the inputs, and their shape before they are laid flat.

        A layer that only hands on what it gets is looked through.
        """
        below = place - 1
        while below >= 0 and self.architecture.layers[below].hands_on:
            below -= 1
        return below, self.architecture.steps[below + 1]


def _counted(shape: Sequence[int], place: int) -> tuple[int, int, int]:
    """Return channel, row and column, counted from 1, of a place among values that lie in this order."""
    _, height, width = shape
    return place // (height * width) + 1, place // width % height + 1, place % width + 1


def _in_picture(shape: Sequence[int], place: int) -> str:
    channel, row, column = _counted(shape, place)
    return f"{channel}, row {row}, column {column}"
