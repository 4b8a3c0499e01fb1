"""The dense layer: every neuron sees every value below, a = f(W a_below + b)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.layers.layer import BackwardStep, LayerContext, Shape, check_activation, check_whole, words
from nnplayground.errors import InputError


@dataclass(frozen=True)
class Dense:
    """`units` neurons with weights `W[units, values below]` and one bias each.

    The neurons `off` are switched off: they answer 0 to everything, and nothing is learned through them.
    """

    kind: ClassVar[str] = "dense"
    unit_name: ClassVar[str] = "neuron"
    can_switch_units: ClassVar[bool] = True
    window: ClassVar[int] = 0
    dropped: ClassVar[float] = 0.0
    is_counted: ClassVar[bool] = True
    hands_on: ClassVar[bool] = False
    reads_pictures: ClassVar[bool] = False
    units: int
    activation: str
    off: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        check_whole("units", self.units, low=1)
        check_activation(self.activation)
        for unit in self.off:
            if unit not in range(self.units):
                raise InputError(f"Neuron {unit} cannot be off; the layer has the neurons 0 to {self.units - 1}.")

    @property
    def fan_out(self) -> int:
        """Each value below goes to every neuron."""
        return self.units

    def shape(self, below: Shape) -> Shape:
        """Return (units,)."""
        if len(below) != 1:
            raise InputError(f"A dense layer cannot stand on {words(below)}; put a flatten layer between them.")
        return (self.units,)

    def matrix_shape(self, below: Shape) -> tuple[int, int]:
        """Return (units, values below)."""
        return self.units, below[0]

    def make_buffers(self, context: LayerContext) -> DenseBuffers:
        """Set up the work."""
        return DenseBuffers(self, context)

    def values(self, below: Shape) -> int:
        """Return about how many numbers the work holds for each sample."""
        return self.units


class DenseBuffers:
    """A dense layer at work on batches of one size."""

    def __init__(self, layer: Dense, context: LayerContext) -> None:
        self.preactivations = context.empty(layer.units)
        self.outputs_with_ones = context.outputs_with_ones()
        self._outputs = self.outputs_with_ones[..., :-1, :]
        self._matrix, self._product = context.weights(), context.product
        self._activation = ACTIVATIONS[layer.activation]
        self._value = self._activation.value
        self._off = list(layer.off)

    def forward(self, below: Floats) -> None:
        """z = W a_below + b, a = f(z)."""
        self._product(self._matrix, below, self.preactivations)
        self._value(self.preactivations, self._outputs)
        if self._off:
            self._outputs[..., self._off, :] = 0.0

    def make_backward(
        self, delta: Floats, gradient: Floats | None, lower: Floats | None, *, at_sums: bool
    ) -> BackwardStep:
        """Return δ = dC/da · f'(z), dC/dW = δ a_belowᵀ and dC/da_below = Wᵀ δ as one function."""
        product, preactivations, outputs = self._product, self.preactivations, self._outputs
        derive, scratch, off = self._activation.backward, self._activation.scratch_for(delta), self._off
        # The column of biases stays: without it NumPy would copy the matrix for every product.
        transposed = self._matrix.swapaxes(-1, -2)

        def back(seen: Floats) -> None:
            if not at_sums:
                derive(delta, preactivations, outputs, scratch)
            if off:
                delta[..., off, :] = 0.0
            product(delta, seen, gradient)
            if lower is not None:
                product(transposed, delta, lower)

        return back
