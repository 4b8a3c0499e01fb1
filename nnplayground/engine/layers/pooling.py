"""Pooling layers: each window of a picture becomes one value, its largest or its mean. They have no weights."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import ClassVar

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.layers.layer import BackwardStep, LayerContext, Shape, Weightless, check_whole
from nnplayground.engine.layers.windows import Grid, Padded
from nnplayground.errors import InputError


@dataclass(frozen=True)
class _Pool2D(Weightless):
    """Windows of `pool_size` × `pool_size` that move `stride` at a time (`None`: by their own size)."""

    kind: ClassVar[str]
    reads_pictures: ClassVar[bool] = True
    pool_size: int = 2
    stride: int | None = None
    padding: int = 0

    def __post_init__(self) -> None:
        check_whole("pool_size", self.pool_size, low=1)
        check_whole("stride", self.grid.stride, low=1)
        check_whole("padding", self.padding, low=0)
        if self.padding > self.pool_size // 2:
            raise InputError(
                f"The padding of a {self.kind} layer is {self.padding}; it must be at most half its pool_size of "
                f"{self.pool_size}, so that every window holds a value."
            )

    @property
    def window(self) -> int:
        """The side of a window."""
        return self.pool_size

    @property
    def grid(self) -> Grid:
        """How the windows move."""
        return Grid(self.pool_size, self.pool_size if self.stride is None else self.stride, self.padding)

    def shape(self, below: Shape) -> Shape:
        """Return (channels, rows, columns)."""
        rows, columns = self.grid.shape(below, layer=self.kind)
        return below[0], rows, columns

    def values(self, below: Shape) -> int:
        """Return about how many numbers the work holds for each sample."""
        return prod(below) + prod(self.shape(below))


@dataclass(frozen=True)
class MaxPool2D(_Pool2D):
    """The largest value of each window; where several are largest, the first has it, and gets the whole gradient."""

    kind: ClassVar[str] = "max_pool2d"

    def make_buffers(self, context: LayerContext) -> MaxPoolBuffers:
        """Set up the work."""
        return MaxPoolBuffers(self.grid, context)


@dataclass(frozen=True)
class AveragePool2D(_Pool2D):
    """The mean of each window; the zeros of the margin count, as in PyTorch."""

    kind: ClassVar[str] = "average_pool2d"

    def make_buffers(self, context: LayerContext) -> AveragePoolBuffers:
        """Set up the work."""
        return AveragePoolBuffers(self.grid, context)


class _PoolBuffers:
    """What both kinds of pooling share: the windows, and the way back to the pictures below."""

    preactivations = None

    def __init__(self, grid: Grid, context: LayerContext, *, margin: float) -> None:
        self._grid, self._context = grid, context
        _, rows, columns = context.shape
        self._padded = Padded(grid, context, rows, columns, margin=margin)
        self._views = list(self._padded.views())
        self.outputs_with_ones = context.outputs_with_ones()
        self._pictures = self._as_pictures(self.outputs_with_ones[..., :-1, :])

    def _as_pictures(self, values: Floats) -> Floats:
        """Return a view `[..., channels, rows, columns, samples]` of values `[..., units, samples]`."""
        return values.reshape(*self._context.lead, *self._context.shape, self._context.samples)

    def _shares(self) -> Padded:
        """Return a buffer for the derivatives of the pictures below."""
        return Padded(self._grid, self._context, *self._context.shape[1:])


class MaxPoolBuffers(_PoolBuffers):
    """A max pooling layer at work on batches of one size."""

    def __init__(self, grid: Grid, context: LayerContext) -> None:
        super().__init__(grid, context, margin=-np.inf)

    def forward(self, below: Floats) -> None:
        """Find the largest value of each window."""
        self._padded.load(below)
        np.copyto(self._pictures, self._views[0])
        for view in self._views[1:]:
            np.maximum(self._pictures, view, out=self._pictures)

    def make_backward(
        self, delta: Floats, gradient: Floats | None, lower: Floats | None, *, at_sums: bool
    ) -> BackwardStep:
        """Return the function that gives each derivative to the value that was the largest."""
        deltas, pictures, shares = self._as_pictures(delta), self._pictures, self._shares()
        pairs = list(zip(self._views, shares.views(), strict=True))
        part = np.empty_like(deltas)
        hit, free = np.empty(deltas.shape, bool), np.empty(deltas.shape, bool)

        def back(seen: Floats) -> None:
            if lower is None:
                return
            shares.buffer.fill(0.0)
            free.fill(True)
            for view, share in pairs:
                np.equal(view, pictures, out=hit)
                np.logical_and(hit, free, out=hit)
                np.greater(free, hit, out=free)
                np.multiply(deltas, hit, out=part)
                np.add(share, part, share)
            shares.store(lower[..., :-1, :])

        return back


class AveragePoolBuffers(_PoolBuffers):
    """An average pooling layer at work on batches of one size."""

    def __init__(self, grid: Grid, context: LayerContext) -> None:
        super().__init__(grid, context, margin=0.0)
        self._share = 1.0 / grid.size**2

    def forward(self, below: Floats) -> None:
        """Take the mean of each window."""
        self._padded.load(below)
        np.copyto(self._pictures, self._views[0])
        for view in self._views[1:]:
            np.add(self._pictures, view, self._pictures)
        np.multiply(self._pictures, self._share, self._pictures)

    def make_backward(
        self, delta: Floats, gradient: Floats | None, lower: Floats | None, *, at_sums: bool
    ) -> BackwardStep:
        """Return the function that gives each value of a window the same share of its derivative."""
        deltas, shares, share = self._as_pictures(delta), self._shares(), self._share
        views, part = list(shares.views()), np.empty_like(deltas)

        def back(seen: Floats) -> None:
            if lower is None:
                return
            np.multiply(deltas, share, part)
            shares.buffer.fill(0.0)
            for view in views:
                np.add(view, part, view)
            shares.store(lower[..., :-1, :])

        return back
