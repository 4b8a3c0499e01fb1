"""Forward and backward through the layers of a network, without allocating anything per step.

The samples of a batch stand side by side as columns, `[units, samples]`, with a row of ones under every layer's
activations: the bias is then just one more weight, and z = W a + b is a single matrix product. A leading axis `[runs,
...]` in front of everything trains several networks at once, with the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.costs import COSTS, cost_value, difference
from nnplayground.engine.layers.layer import LayerBuffers, LayerContext, Product
from nnplayground.errors import InputError

# Work on all samples at once is cut so that the values of a chunk take about 4 MB, which stays near the processor.
MOST_VALUES = 500_000
LEAST_CHUNK = 16


def tied_product(left: Floats, right: Floats, out: Floats) -> None:
    """Write left @ right so that equal rows give equal rows and equal columns give equal columns, to the last bit.

    A BLAS does not promise that: it computes the columns at the edge of a block with another kernel, and neurons
    that must stay identical drift apart from rounding alone.
    """
    np.einsum("...ij,...jk->...ik", left, right, out=out)


def with_ones(inputs: Floats) -> Floats:
    """Return inputs `[samples, features]` with a column of ones behind, `[samples, features + 1]`."""
    return np.concatenate([inputs, np.ones((*inputs.shape[:-1], 1))], axis=-1)


class Forward:
    """The layers of a network at work on `samples` samples at a time.

    `parameters` is the flat vector of `architecture`; the views stay valid while it is changed in place. With
    `generators`, one per run, layers that draw at random (dropout) do so; without, they hand on what they get.
    `layers` holds the buffers of each layer by its place in the architecture, `None` for one that hands on what it
    gets; `working` holds those that there are.
    """

    def __init__(
        self,
        architecture: Architecture,
        parameters: Floats,
        *,
        samples: int,
        product: Product,
        generators: Sequence[np.random.Generator] = (),
    ) -> None:
        lead = parameters.shape[:-1]
        matrices = iter(architecture.matrices(parameters))
        layers: list[LayerBuffers | None] = []
        for layer, below, shape in zip(architecture.layers, architecture.steps, architecture.steps[1:], strict=False):
            matrix = next(matrices) if layer.matrix_shape(below) else None
            context = LayerContext(below, shape, samples, lead, matrix, product, generators, parameters.dtype)
            layers.append(layer.make_buffers(context))
        self.layers = tuple(layers)
        self.working = [buffers for buffers in layers if buffers is not None]
        self.outputs: Floats = self.working[-1].outputs_with_ones[..., :-1, :]
        self._plan = [(buffers.forward, buffers.outputs_with_ones) for buffers in self.working]

    @property
    def preactivations(self) -> list[Floats]:
        """The weighted sums z `[..., units, samples]` of each layer with weights."""
        return [buffers.preactivations for buffers in self.working if buffers.preactivations is not None]

    @property
    def activations(self) -> list[Floats]:
        """The activations a `[..., units, samples]` of each layer with weights."""
        with_weights = (buffers for buffers in self.working if buffers.preactivations is not None)
        return [buffers.outputs_with_ones[..., :-1, :] for buffers in with_weights]

    def __call__(self, inputs: Floats) -> Floats:
        """Return the outputs `[..., outputs, samples]` for `inputs` `[..., inputs + 1, samples]`, the last row ones.

        The result is a view of a buffer that the next call overwrites; so are `preactivations` and `activations`.
        """
        for forward, outputs_with_ones in self._plan:
            forward(inputs)
            inputs = outputs_with_ones
        return self.outputs


class Backward:
    """Backpropagation: from the outputs back to the gradient of every parameter (Rumelhart et al. 1986).

    Works on the buffers of one `Forward`. `gradient` has the layout of the parameters. After a call, `deltas` holds for
    each layer by its place, `[..., units, samples]`, the derivative of the mean cost for its preactivations, dC/dz; for
    a layer without weights that for its outputs, dC/da, and `None` for one that hands on what it gets. The next call
    overwrites them.
    """

    def __init__(self, forward: Forward, architecture: Architecture, gradient: Floats, *, cost: str) -> None:
        entry = COSTS[cost]
        fused = architecture.activations[-1] in entry.fused
        working = forward.working
        # One row more than a layer has units: the product with the transposed matrix fills it for the column of biases.
        with_spare_row = [np.empty_like(buffers.outputs_with_ones) for buffers in working]
        deltas = [values[..., :-1, :] for values in with_spare_row]
        gradients = list(architecture.matrices(gradient))
        steps = []
        for number in reversed(range(len(working))):
            buffers = working[number]
            steps.append(
                buffers.make_backward(
                    deltas[number],
                    gradients.pop() if buffers.preactivations is not None else None,
                    with_spare_row[number - 1] if number else None,
                    at_sums=fused and number == len(working) - 1,
                )
            )
        seen = [buffers.outputs_with_ones.swapaxes(-1, -2) for buffers in reversed(working[:-1])]
        self._plan, self._first = list(zip(steps[:-1], seen, strict=True)), steps[-1]
        self._outputs, self._delta = forward.outputs, deltas[-1]
        shown = iter(deltas)
        self.deltas = tuple(None if buffers is None else read_only(next(shown)) for buffers in forward.layers)
        self._share = 1.0 / forward.outputs.shape[-1]
        self._derivative = difference if fused else entry.derivative

    def __call__(self, inputs: Floats, targets: Floats) -> None:
        """Fill the gradient with the mean over the samples for the inputs that `Forward` has just seen.

        `inputs` is `[..., samples, inputs + 1]` (the transpose of what went forward), `targets`
        `[..., outputs, samples]`.
        """
        delta = self._delta
        self._derivative(self._outputs, targets, delta)
        np.multiply(delta, self._share, delta)
        for back, seen in self._plan:
            back(seen)
        self._first(inputs)


class Network:
    """An architecture with its parameters, all in one flat vector `parameters`, and their `gradient`.

    `parameters` is `[parameters]`, or `[runs, parameters]` for several networks of the same shape at once; a contiguous
    array of float64 is not copied, so training changes the caller's. With `keep_ties`, products treat equal neurons
    alike to the last bit (see `tied_product`).
    """

    def __init__(self, architecture: Architecture, parameters: Floats, *, keep_ties: bool = False) -> None:
        if parameters.shape[-1:] != (architecture.parameter_count,) or not parameters.size:
            raise InputError(
                f"The network has {architecture.parameter_count:,} weights and biases, but the vector of parameters "
                f"has the shape {parameters.shape}; its last axis must hold one number for each."
            )
        self.architecture = architecture
        self.parameters = np.ascontiguousarray(parameters, dtype=np.float64)
        self.gradient = np.zeros_like(self.parameters)
        # For one network np.dot does the same as np.matmul with less overhead; only matmul knows a leading axis.
        self.product: Product = tied_product if keep_ties else (np.dot if parameters.ndim == 1 else np.matmul)

    @property
    def lead(self) -> tuple[int, ...]:
        """`()` for one network, `(runs,)` for several."""
        return self.parameters.shape[:-1]

    @property
    def chunk(self) -> int:
        """How many samples at a time fit into a moderate amount of memory, for work on all of them."""
        return max(LEAST_CHUNK, MOST_VALUES // (self.architecture.values_per_sample * prod(self.lead)))

    def check_inputs(self, inputs: Floats) -> None:
        """Raise `InputError` unless these are inputs `[..., samples, inputs]` of this network."""
        wanted = prod(self.architecture.input_shape)
        fits = inputs.ndim >= 2 and inputs.shape[-1] == wanted and inputs.shape[:-2] in ((), self.lead)
        if not fits:
            runs = "".join(f"{count:,} runs, " for count in self.lead)
            raise InputError(
                f"The inputs have the shape {inputs.shape}; the network needs ({runs}samples, {wanted:,})."
            )

    def forward(self, samples: int, *, generators: Sequence[np.random.Generator] = ()) -> Forward:
        """Return the layers at work on `samples` samples at a time; with `generators`, as while training."""
        return Forward(self.architecture, self.parameters, samples=samples, product=self.product, generators=generators)

    def backward(self, forward: Forward, *, cost: str) -> Backward:
        """Return the way back for the buffers of `forward`."""
        return Backward(forward, self.architecture, self.gradient, cost=cost)

    def layer_outputs(self, inputs: Floats) -> list[Floats]:
        """Return the activations `[..., units, samples]` of each layer with weights, for inputs `[samples, inputs]`.

        Raises `InputError` for inputs of another shape.
        """
        self.check_inputs(inputs)
        forward = self.forward(inputs.shape[-2])
        with np.errstate(all="ignore"):
            forward(with_ones(inputs).swapaxes(-1, -2))
        return forward.activations

    def outputs(self, inputs: Floats) -> Floats:
        """Return the outputs `[..., samples, outputs]` for inputs `[samples, inputs]`."""
        return self.layer_outputs(inputs)[-1].swapaxes(-1, -2)

    def cost(self, inputs: Floats, targets: Floats, *, cost: str) -> float:
        """Return the mean cost of one network for inputs `[samples, inputs]` and targets `[samples, outputs]`."""
        return float(Evaluation(self, inputs, targets, cost=cost).cost())


class Evaluation:
    """The cost and the outputs on a fixed set of samples, again and again while the parameters change.

    `inputs` is `[..., samples, inputs]`, `targets` `[..., samples, outputs]`. Raises `InputError` where the shapes do
    not fit each other or the network, and for an unknown cost or one that is not defined for the outputs.
    """

    def __init__(self, network: Network, inputs: Floats, targets: Floats, *, cost: str) -> None:
        network.check_inputs(inputs)
        if not inputs.size:
            raise InputError("There are no samples to measure; give at least one.")
        wanted = (*inputs.shape[:-1], network.architecture.outputs)
        if targets.shape != wanted:
            raise InputError(
                f"The targets have the shape {targets.shape}; for inputs of the shape {inputs.shape} they must be "
                f"{wanted}: samples and outputs."
            )
        if not (np.isfinite(inputs).all() and np.isfinite(targets).all()):
            raise InputError("The inputs or the targets hold infinity or what is no number; give finite numbers only.")
        self._network, self._cost = network, cost
        self._value = cost_value(cost, output_activation=network.architecture.activations[-1])
        self._inputs = with_ones(inputs).swapaxes(-1, -2)
        self._targets = np.ascontiguousarray(targets.swapaxes(-1, -2))
        samples = inputs.shape[-2]
        size = min(network.chunk, samples)
        self._parts = [slice(start, min(start + size, samples)) for start in range(0, samples, size)]
        sizes = {part.stop - part.start for part in self._parts}
        self._forwards = {size: network.forward(size) for size in sizes}
        self._backwards: dict[int, Backward] = {}
        self._part_gradient = np.zeros(network.parameters.shape)
        self._logits = {size: forward.preactivations[-1] for size, forward in self._forwards.items()}
        self.outputs = np.empty((*network.lead, network.architecture.outputs, samples))

    def cost(self, between: Callable[[], object] | None = None) -> Floats:
        """Push the samples through and return the mean cost of each network `[...]`; not finite on overflow.

        The outputs `[..., outputs, samples]` are then in `outputs`, until the next call. Many samples go through in
        parts; between them `between` is called, for whom all of them would take too long.
        """
        total: Floats = np.zeros(self.outputs.shape[:-2])
        with np.errstate(all="ignore"):
            for part in self._parts:
                if between is not None and part.start:
                    between()
                count = part.stop - part.start
                forward = self._forwards[count]
                self.outputs[..., part] = forward(self._inputs[..., part])
                values = self._value(self._logits[count], forward.outputs, self._targets[..., part])
                total = total + values * (count / self._targets.shape[-1])
        return total

    def gradient(self) -> Floats:
        """Return the gradient `[..., parameters]` of the mean cost of all samples, as it is without dropout.

        The gradient of the network, that of its last batch, stays as it is.
        """
        network, part_gradient = self._network, self._part_gradient
        total = np.zeros_like(network.parameters)
        with np.errstate(all="ignore"):
            for part in self._parts:
                count, inputs = part.stop - part.start, self._inputs[..., part]
                forward = self._forwards[count]
                if count not in self._backwards:
                    self._backwards[count] = Backward(forward, network.architecture, part_gradient, cost=self._cost)
                forward(inputs)
                self._backwards[count](inputs.swapaxes(-1, -2), self._targets[..., part])
                total += part_gradient * (count / self._targets.shape[-1])
        return total
