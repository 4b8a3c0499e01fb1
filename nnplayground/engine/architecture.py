"""The shape of a network and how its parameters lie in one flat vector.

A layer with weights is one matrix `[out, in + 1]`: the weights `W[out, in]` and, as the last column, the biases. The
matrices of all these layers lie one after the other in the flat vector, so that an optimizer, a checkpoint or an
export is a single pass over it. A leading axis (several runs at once) stays in front: `[runs, parameters]` gives
matrices `[runs, out, in + 1]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from numbers import Integral
from typing import Any

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.layers import Dense, Layer, Shape, counts_of
from nnplayground.errors import InputError

MAX_PARAMETERS = 5_000_000


@dataclass(frozen=True)
class Architecture:
    """What one sample looks like, (inputs,) or (channels, height, width), and the layers it passes; the last is dense.

    Raises `InputError` where a layer cannot stand on the one below, and for no layer, no input or more than
    `MAX_PARAMETERS` parameters. What is called `shapes`, `sizes` or `activations` leaves out layers without weights.
    """

    input_shape: Shape
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if not self.layers or self.layers[-1].activation is None or self.layers[-1].reads_pictures:
            raise InputError("A network ends in a dense layer, its outputs; put one at the end of its layers.")
        if not is_shape(self.input_shape):
            raise InputError(
                f"A sample has the shape {self.input_shape}; it must be of whole numbers, with at least 1 input."
            )
        for activation in self.activations[:-1]:
            if not ACTIVATIONS[activation].hidden:
                raise InputError(f"The activation {activation} is for the outputs only; take another one inside.")
        count = self.parameter_count
        if count > MAX_PARAMETERS:
            raise InputError(
                f"The network would have {count:,} weights and biases; "
                f"up to {MAX_PARAMETERS:,} are possible, so make its layers smaller."
            )

    @classmethod
    def dense(cls, sizes: Sequence[int], activations: Sequence[str]) -> Architecture:
        """Return a stack of dense layers; `sizes` starts with the inputs, so it is one longer than `activations`."""
        if len(sizes) != len(activations) + 1:
            raise InputError(
                f"A network of {len(sizes)} layers (inputs included) needs one activation fewer; "
                f"it has {len(activations)}."
            )
        layers = zip(sizes[1:], activations, strict=True)
        return cls((sizes[0],), tuple(Dense(units, activation) for units, activation in layers))

    @cached_property
    def steps(self) -> tuple[Shape, ...]:
        """The shape of a sample at the input and after each layer, those without weights included."""
        result = [self.input_shape]
        for place, layer in enumerate(self.layers):
            try:
                result.append(layer.shape(result[-1]))
            except InputError as error:
                raise InputError(f"Layer {self.numbers[place]} of {self.numbers[-1]}: {error}") from None
        return tuple(result)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The number of each layer as people count them, from 1 on; a dropout has that of the layer before it."""
        return counts_of(self.layers)

    @cached_property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """The shape (out, in) of each weight matrix."""
        pairs = zip(self.layers, self.steps, strict=False)
        shapes = (layer.matrix_shape(below) for layer, below in pairs)
        return tuple(shape for shape in shapes if shape is not None)

    @property
    def weighted(self) -> tuple[Layer, ...]:
        """The layers that have weights."""
        return tuple(self.layers[place] for place in self.weighted_places)

    @cached_property
    def weighted_places(self) -> tuple[int, ...]:
        """Where each layer with weights stands among all layers."""
        return tuple(place for place, layer in enumerate(self.layers) if layer.activation is not None)

    @property
    def activations(self) -> tuple[str, ...]:
        """The activation of each layer with weights."""
        return tuple(layer.activation for layer in self.layers if layer.activation is not None)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many inputs a sample has, and how many values each layer with weights makes of it."""
        return (prod(self.input_shape), *(prod(self.steps[place + 1]) for place in self.weighted_places))

    @property
    def outputs(self) -> int:
        """How many outputs there are."""
        return self.steps[-1][0]

    @property
    def parameter_count(self) -> int:
        """How many weights and biases there are."""
        return sum(out * (below + 1) for out, below in self.shapes)

    @cached_property
    def values_per_sample(self) -> int:
        """About how many numbers a forward pass holds for each sample."""
        pairs = zip(self.layers, self.steps, strict=False)
        return prod(self.input_shape) + sum(layer.values(below) for layer, below in pairs)

    @cached_property
    def weight_mask(self) -> Floats:
        """A flat vector with 1 at every weight and 0 at every bias."""
        mask = np.ones(self.parameter_count)
        for matrix in self.matrices(mask):
            matrix[:, -1] = 0.0
        return mask

    def matrices(self, flat: Floats) -> tuple[Floats, ...]:
        """Return views `[..., out, in + 1]` into the flat vector, biases in the last column."""
        views, start = [], 0
        for out, below in self.shapes:
            stop = start + out * (below + 1)
            views.append(flat[..., start:stop].reshape(*flat.shape[:-1], out, below + 1))
            start = stop
        return tuple(views)

    def weights(self, flat: Floats) -> tuple[Floats, ...]:
        """Return the views `W[..., out, in]`."""
        return tuple(matrix[..., :-1] for matrix in self.matrices(flat))

    def biases(self, flat: Floats) -> tuple[Floats, ...]:
        """Return the views `b[..., out]`."""
        return tuple(matrix[..., -1] for matrix in self.matrices(flat))

    def place(self, layer: int, unit: int, source: int | None) -> int | None:
        """Return where the weight `W[unit, source]` of a layer, or its bias, lies in the flat vector.

        The layers are those with weights, counted from 0. `None` where there is no such weight or bias.
        """
        if not 0 <= layer < len(self.shapes):
            return None
        out, below = self.shapes[layer]
        if not 0 <= unit < out or not (source is None or 0 <= source < below):
            return None
        start = sum(rows * (columns + 1) for rows, columns in self.shapes[:layer])
        return start + unit * (below + 1) + (below if source is None else source)

    @cached_property
    def off(self) -> tuple[int, ...]:
        """Where the weights and biases of neurons that are switched off lie, up to the next layer."""
        places = np.arange(self.parameter_count, dtype=np.float64)
        found: list[float] = []
        matrices = self.matrices(places)
        for number, layer in enumerate(self.weighted):
            for unit in layer.off:
                found += matrices[number][unit].tolist()
                found += matrices[number + 1][:, unit].tolist() if number + 1 < len(matrices) else []
        return tuple(sorted(map(int, set(found))))

    def without_off(self, flat: Floats) -> Floats:
        """Return a copy in which no weight leads from a neuron that is switched off: the same network without `off`."""
        result = flat.copy()
        matrices = self.matrices(result)
        for layer, above in zip(self.weighted, matrices[1:], strict=False):
            above[..., list(layer.off)] = 0.0
        return result

    def flatten(self, weights: Sequence[Floats], biases: Sequence[Floats]) -> Floats:
        """Return the flat vector that holds these matrices `W[out, in]` and vectors `b[out]`.

        Raises `InputError` where their number or a shape is another one.
        """
        found = [weight.shape for weight in weights], [bias.shape for bias in biases]
        wanted = list(self.shapes), [(out,) for out, _ in self.shapes]
        if found != wanted:
            raise InputError(
                f"The weights have the shapes {found[0]} and the biases {found[1]}; they must be {wanted[0]} and "
                f"{wanted[1]}."
            )
        flat = np.empty(self.parameter_count)
        for matrix, weight, bias in zip(self.matrices(flat), weights, biases, strict=True):
            matrix[:, :-1] = weight
            matrix[:, -1] = bias
        return flat


def is_shape(shape: Any) -> bool:
    """Tell whether this is a tuple of whole numbers of at least 1, and not empty."""
    return bool(shape) and all(isinstance(size, Integral) and int(size) >= 1 for size in shape)
