"""The shape of a network and how its parameters lie in one flat vector.

A dense layer with `in` inputs and `out` neurons is one matrix `[out, in + 1]`: the weights `W[out, in]` and, as the
last column, the biases. The matrices of all layers lie one after the other in the flat vector, so that
an optimizer, a checkpoint or an export is a single pass over it. A leading axis (several runs at once)
stays in front: `[runs, parameters]` gives matrices `[runs, out, in + 1]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.errors import InputError

MAX_PARAMETERS = 5_000_000


@dataclass(frozen=True)
class Architecture:
    """Layer sizes, inputs first, and one activation for each layer after the inputs.

    Raises `InputError` for fewer than one input or output, an empty layer, an unknown activation,
    or more than `MAX_PARAMETERS` parameters.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.sizes) != len(self.activations) + 1 or len(self.sizes) < 2:
            raise InputError(
                f"A network of {len(self.sizes)} layers (inputs included) needs one activation fewer, "
                f"and at least one; it has {len(self.activations)}."
            )
        if min(self.sizes) < 1:
            raise InputError(f"The layer sizes {self.sizes} hold a layer without neurons; each needs at least 1.")
        for name in self.activations:
            if name not in ACTIVATIONS:
                raise InputError(f'There is no activation "{name}"; there are {", ".join(ACTIVATIONS)}.')
        if self.parameter_count > MAX_PARAMETERS:
            raise InputError(
                f"The network would have {self.parameter_count:,} weights and biases; "
                f"up to {MAX_PARAMETERS:,} are possible, so make its layers smaller."
            )

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """The shape (out, in) of each weight matrix."""
        return tuple((out, below) for below, out in pairwise(self.sizes))

    @property
    def parameter_count(self) -> int:
        """How many weights and biases there are."""
        return sum(out * (below + 1) for out, below in self.shapes)

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

    def flatten(self, weights: Sequence[Floats], biases: Sequence[Floats]) -> Floats:
        """Return the flat vector that holds these matrices `W[out, in]` and vectors `b[out]`."""
        flat = np.empty(self.parameter_count)
        for matrix, weight, bias in zip(self.matrices(flat), weights, biases, strict=True):
            matrix[:, :-1] = weight
            matrix[:, -1] = bias
        return flat


def carry_over(
    old: Architecture,
    old_flat: Floats,
    new: Architecture,
    new_flat: Floats,
    *,
    inputs: Sequence[tuple[int, int]],
) -> None:
    """Copy into `new_flat` every weight and bias of the old network that still has a place.

    Layers are paired from the inputs on while the number of layers is the same; after an insertion or a removal the
    layers of equal shape at both ends are paired. `inputs` pairs the places of the inputs that both networks have.
    """
    before, after = old.matrices(old_flat), new.matrices(new_flat)
    for source, target in _paired_layers(old.shapes, new.shapes):
        rows = min(before[source].shape[0], after[target].shape[0])
        shared = min(before[source].shape[1], after[target].shape[1]) - 1
        pairs = inputs if source == target == 0 else [(column, column) for column in range(shared)]
        columns = [*pairs, (-1, -1)]  # the biases are the last column
        old_columns, new_columns = ([pair[side] for pair in columns] for side in (0, 1))
        after[target][:rows, new_columns] = before[source][:rows, old_columns]


def _paired_layers(old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs (old layer, new layer) that correspond."""
    if len(old) == len(new):
        return [(layer, layer) for layer in range(len(old))]
    shorter = min(len(old), len(new))
    front = 0
    while front < shorter and old[front] == new[front]:
        front += 1
    back = 0
    while back < shorter - front and old[-1 - back] == new[-1 - back]:
        back += 1
    pairs = [(layer, layer) for layer in range(front)]
    return pairs + [(len(old) - 1 - step, len(new) - 1 - step) for step in range(back)]
