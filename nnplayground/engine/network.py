"""Forward and backward through a stack of dense layers, without allocating anything per step.

The samples of a batch stand side by side as columns, `[units, samples]`, with a row of ones under every layer's
activations: the bias is then just one more weight, and z = W a + b is a single matrix product.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.costs import COSTS, cost_value, difference
from nnplayground.engine.layers import Architecture

# Work on all samples at once is cut so that the activations of a chunk take about 16 MB.
MOST_VALUES = 2_000_000
LEAST_CHUNK = 64

Product = Callable[[Any, Any, Any], object]


def even_product(left: Floats, right: Floats, out: Floats) -> None:
    """Write left @ right so that equal rows give equal rows and equal columns give equal columns, to the last bit.

    A BLAS does not promise that: it computes the columns at the edge of a block with another kernel, and neurons
    that must stay identical drift apart from rounding alone.
    """
    np.einsum("...ij,...jk->...ik", left, right, out=out)


def with_ones(inputs: Floats) -> Floats:
    """Return inputs `[samples, features]` with a column of ones behind, `[samples, features + 1]`."""
    return np.concatenate([inputs, np.ones((*inputs.shape[:-1], 1))], axis=-1)


class Forward:
    """Buffers and views to push `samples` samples at a time through a network.

    `parameters` is the flat vector of `architecture`; the views stay valid while it is changed in place.
    """

    def __init__(self, architecture: Architecture, parameters: Floats, *, samples: int, product: Product) -> None:
        lead = parameters.shape[:-1]
        self.product = product
        self.matrices = architecture.matrices(parameters)
        self.sums = [np.empty((*lead, out, samples)) for out in architecture.sizes[1:]]
        self.wholes = [np.ones((*lead, out + 1, samples)) for out in architecture.sizes[1:]]
        self.activations = [whole[..., :-1, :] for whole in self.wholes]
        functions = [ACTIVATIONS[name].value for name in architecture.activations]
        self._plan = list(zip(self.matrices, self.sums, functions, self.activations, self.wholes, strict=True))

    def __call__(self, inputs: Floats) -> Floats:
        """Return the outputs `[outputs, samples]` for `inputs` `[features + 1, samples]`, the last row ones.

        The result is a view of a buffer that the next call overwrites; so are `sums` (z) and `activations` (a).
        """
        product = self.product
        for matrix, sums, function, activation, whole in self._plan:
            product(matrix, inputs, sums)
            function(sums, activation)
            inputs = whole
        return self.activations[-1]


class Backward:
    """Backpropagation: from the outputs back to the gradient of every parameter (Rumelhart et al. 1986).

    Works on the buffers of one `Forward`. `gradient` has the layout of the parameters.
    """

    def __init__(self, forward: Forward, architecture: Architecture, gradient: Floats, *, cost: str) -> None:
        output = architecture.activations[-1]
        entry = COSTS[cost]
        self._forward = forward
        self._share = 1.0 / forward.sums[-1].shape[-1]
        self._fused = output in entry.fused
        self._derivative = difference if self._fused else entry.derivative
        self._output_backward = ACTIVATIONS[output].backward
        deltas = [np.empty_like(sums) for sums in forward.sums]
        scratch = [np.empty_like(sums) for sums in forward.sums]
        gradients = architecture.matrices(gradient)
        self._last = (forward.sums[-1], forward.activations[-1], deltas[-1], scratch[-1])
        self._first = (deltas[0], gradients[0])
        # One row per hidden layer, from the last to the first: what its upper neighbour's delta needs and gives.
        self._plan = [
            (
                deltas[layer + 1],
                forward.wholes[layer].swapaxes(-1, -2),
                gradients[layer + 1],
                forward.matrices[layer + 1][..., :-1].swapaxes(-1, -2),
                deltas[layer],
                ACTIVATIONS[architecture.activations[layer]].backward,
                forward.sums[layer],
                forward.activations[layer],
                scratch[layer],
            )
            for layer in reversed(range(len(deltas) - 1))
        ]

    def __call__(self, inputs: Floats, targets: Floats) -> None:
        """Fill the gradient with the mean over the samples for the inputs that `Forward` has just seen.

        `inputs` is `[samples, features + 1]` (the transpose of what went forward), `targets` `[outputs, samples]`.
        """
        product = self._forward.product
        sums, outputs, delta, scratch = self._last
        self._derivative(outputs, targets, delta)
        np.multiply(delta, self._share, delta)
        if not self._fused:
            self._output_backward(delta, sums, outputs, scratch)
        for upper, below, gradient, transposed, delta, backward, sums, activation, scratch in self._plan:
            product(upper, below, gradient)
            product(transposed, upper, delta)
            backward(delta, sums, activation, scratch)
        delta, gradient = self._first
        product(delta, inputs, gradient)


class Network:
    """An architecture with its parameters, all in one flat vector `parameters`, and their `gradient`.

    With `even` set, products treat equal neurons alike to the last bit (see `even_product`).
    """

    def __init__(self, architecture: Architecture, parameters: Floats, *, even: bool = False) -> None:
        self.architecture = architecture
        self.parameters = np.ascontiguousarray(parameters, dtype=np.float64)
        self.gradient = np.zeros_like(self.parameters)
        # For one network np.dot does the same as np.matmul with less overhead; only matmul knows a leading axis.
        self.product: Product = even_product if even else (np.dot if parameters.ndim == 1 else np.matmul)

    @property
    def chunk(self) -> int:
        """How many samples at a time fit into a moderate amount of memory, for work on all of them."""
        return max(LEAST_CHUNK, MOST_VALUES // sum(self.architecture.sizes))

    def forward(self, samples: int) -> Forward:
        """Return buffers for `samples` samples at a time."""
        return Forward(self.architecture, self.parameters, samples=samples, product=self.product)

    def backward(self, forward: Forward, *, cost: str) -> Backward:
        """Return the way back for the buffers of `forward`."""
        return Backward(forward, self.architecture, self.gradient, cost=cost)

    def layer_outputs(self, inputs: Floats) -> list[Floats]:
        """Return each layer's activations `[units, samples]` for inputs `[samples, features]`."""
        forward = self.forward(len(inputs))
        with np.errstate(all="ignore"):
            forward(with_ones(inputs).T)
        return list(forward.activations)

    def outputs(self, inputs: Floats) -> Floats:
        """Return the outputs `[samples, outputs]` for inputs `[samples, features]`."""
        return self.layer_outputs(inputs)[-1].swapaxes(-1, -2)

    def cost(self, inputs: Floats, targets: Floats, *, cost: str) -> float:
        """Return the mean cost for inputs `[samples, features]` and targets `[samples, outputs]`."""
        return Evaluation(self, inputs, targets, cost=cost).cost()


class Evaluation:
    """The cost and the outputs on a fixed set of samples, again and again while the parameters change."""

    def __init__(self, network: Network, inputs: Floats, targets: Floats, *, cost: str) -> None:
        self._value = cost_value(cost, output_activation=network.architecture.activations[-1])
        self._inputs = with_ones(inputs).T
        self._targets = np.ascontiguousarray(targets.T)
        samples, size = len(inputs), min(network.chunk, len(inputs))
        self._parts = [slice(start, min(start + size, samples)) for start in range(0, samples, size)]
        sizes = {part.stop - part.start for part in self._parts}
        self._forwards = {size: network.forward(size) for size in sizes}
        self.outputs = np.empty((network.architecture.sizes[-1], samples))

    def cost(self) -> float:
        """Push the samples through and return the mean cost; infinite or NaN when the numbers overflow.

        The outputs `[outputs, samples]` are then in `outputs`, until the next call.
        """
        total = 0.0
        with np.errstate(all="ignore"):
            for part in self._parts:
                count = part.stop - part.start
                forward = self._forwards[count]
                self.outputs[:, part] = forward(self._inputs[:, part])
                total += count * self._value(forward.sums[-1], forward.activations[-1], self._targets[:, part])
        return total / int(self._targets.shape[-1])
