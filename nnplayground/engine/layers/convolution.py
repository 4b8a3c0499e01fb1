"""The convolution layer: small filters that move over the pictures, the same weights at every place.

All windows of all pictures of a batch are laid side by side as columns, with a row of ones below; the convolution is
then the same matrix product as in a dense layer (Chellapilla, Puri and Simard 2006).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import ClassVar

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.layers.layer import BackwardStep, LayerContext, Shape, check_activation, check_whole
from nnplayground.engine.layers.windows import Grid, Padded


@dataclass(frozen=True)
class Conv2D:
    """`filters` filters of `kernel_size` × `kernel_size` over all channels, each with one bias.

    The weights are `W[filters, channels · kernel_size²]`, the places of a filter in the order channel, row, column. A
    filter is not turned around (as in PyTorch and Keras, this is the cross-correlation).
    """

    kind: ClassVar[str] = "conv2d"
    unit_name: ClassVar[str] = "filter"
    can_switch_units: ClassVar[bool] = False
    off: ClassVar[tuple[int, ...]] = ()
    dropped: ClassVar[float] = 0.0
    is_counted: ClassVar[bool] = True
    hands_on: ClassVar[bool] = False
    reads_pictures: ClassVar[bool] = True
    filters: int
    kernel_size: int
    activation: str
    stride: int = 1
    padding: int = 0

    def __post_init__(self) -> None:
        for name, low in (("filters", 1), ("kernel_size", 1), ("stride", 1), ("padding", 0)):
            check_whole(name, getattr(self, name), low=low)
        check_activation(self.activation)

    @property
    def window(self) -> int:
        """The side of a filter."""
        return self.kernel_size

    @property
    def fan_out(self) -> int:
        """Each pixel goes to every filter, once for each place in the kernel."""
        return self.filters * self.kernel_size**2

    @property
    def grid(self) -> Grid:
        """How the filters move."""
        return Grid(self.kernel_size, self.stride, self.padding)

    def shape(self, below: Shape) -> Shape:
        """Return (filters, rows, columns)."""
        return self.filters, *self.grid.shape(below, layer=self.kind)

    def matrix_shape(self, below: Shape) -> tuple[int, int]:
        """Return (filters, channels · kernel_size²)."""
        return self.filters, below[0] * self.kernel_size**2

    def make_buffers(self, context: LayerContext) -> ConvolutionBuffers:
        """Set up the work."""
        return ConvolutionBuffers(self, context)

    def values(self, below: Shape) -> int:
        """Return about how many numbers the work holds for each sample."""
        _, rows, columns = self.shape(below)
        return rows * columns * (self.filters + below[0] * self.kernel_size**2)


class ConvolutionBuffers:
    """A convolution layer at work on batches of one size."""

    def __init__(self, layer: Conv2D, context: LayerContext) -> None:
        filters, rows, columns = context.shape
        self._context, self._grid, self._windows = context, layer.grid, (rows, columns)
        self.preactivations = context.empty(prod(context.shape))
        self.outputs_with_ones = context.outputs_with_ones()
        self._outputs = self.outputs_with_ones[..., :-1, :]
        self._matrix, self._product = context.weights(), context.product
        self._activation = ACTIVATIONS[layer.activation]
        places = rows * columns * context.samples
        self._filter_sums = self.preactivations.reshape(*context.lead, filters, places)
        self._seen = np.ones((*context.lead, self._matrix.shape[-1], places), context.dtype)
        self._padded = Padded(layer.grid, context, rows, columns)
        self._copies = list(zip(self._split(self._seen[..., :-1, :]), self._padded.views(), strict=True))

    def _split(self, columns: Floats) -> list[Floats]:
        """Return views `[..., channels, rows, columns, samples]` of columns `[..., in, places]`, one per place."""
        context, size = self._context, self._grid.size**2
        parts = columns.reshape(*context.lead, context.below[0], size, *self._windows, context.samples)
        return [parts[..., :, place, :, :, :] for place in range(size)]

    def forward(self, below: Floats) -> None:
        """z = W · windows + b, a = f(z)."""
        self._padded.load(below)
        for column, view in self._copies:
            np.copyto(column, view)
        self._product(self._matrix, self._seen, self._filter_sums)
        self._activation.value(self.preactivations, self._outputs)

    def make_backward(
        self, delta: Floats, gradient: Floats | None, lower: Floats | None, *, at_sums: bool
    ) -> BackwardStep:
        """Return dC/dW = δ windowsᵀ, and dC/da_below as Wᵀ δ added up where windows overlap, as one function."""
        product, derive, preactivations, outputs = (
            self._product,
            self._activation.backward,
            self.preactivations,
            self._outputs,
        )
        scratch = self._activation.scratch_for(delta)
        deltas = delta.reshape(self._filter_sums.shape)
        seen_transposed = self._seen.swapaxes(-1, -2)
        spread = None if lower is None else self._spread(deltas, lower)

        def back(seen: Floats) -> None:
            if not at_sums:
                derive(delta, preactivations, outputs, scratch)
            product(deltas, seen_transposed, gradient)
            if spread is not None:
                spread()

        return back

    def _spread(self, deltas: Floats, lower: Floats) -> Callable[[], None]:
        """Return the function that gives every value below its share of the deltas of the windows that saw it."""
        product, transposed = self._product, self._matrix.swapaxes(-1, -2)
        columns = np.empty_like(self._seen)
        shares = Padded(self._grid, self._context, *self._windows)
        pairs = list(zip(self._split(columns[..., :-1, :]), shares.views(), strict=True))

        def spread() -> None:
            product(transposed, deltas, columns)
            shares.buffer.fill(0.0)
            for column, view in pairs:
                np.add(view, column, view)
            shares.store(lower[..., :-1, :])

        return spread
