"""Small windows that move over pictures: the part that convolution and pooling have in common.

The pictures of a batch are copied once into a buffer with a margin; the windows are views of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.layers.layer import LayerContext, Shape, words
from nnplayground.errors import InputError

NAMES = {
    "conv2d": "a convolution layer",
    "max_pool2d": "a max pooling layer",
    "average_pool2d": "an average pooling layer",
}
"""What a message calls a layer of each kind that has windows."""


@dataclass(frozen=True)
class Grid:
    """Windows of `size` × `size` that move `stride` at a time over pictures with a margin of `padding`."""

    size: int
    stride: int
    padding: int

    def shape(self, below: Shape, *, layer: str) -> tuple[int, int]:
        """Return how many windows a layer of this kind has: (rows, columns); raises `InputError` where none fits.

        The number is ⌊(length + 2 padding - size) / stride⌋ + 1 (Dumoulin and Visin 2016, relationship 6).
        """
        if len(below) != 3:
            raise InputError(
                f"{NAMES[layer].capitalize()} cannot stand on {words(below)}; "
                "it needs pictures (channels × height × width)."
            )
        height, width = (length + 2 * self.padding for length in below[1:])
        if min(height, width) < self.size:
            raise InputError(
                f"The windows of {NAMES[layer]} are {self.size} × {self.size}, larger than its pictures of "
                f"{height} × {width} with their margin; they must not be larger."
            )
        return (height - self.size) // self.stride + 1, (width - self.size) // self.stride + 1


class Padded:
    """A buffer `[..., channels, height, width, samples]` with a margin around the pictures, and windows into it."""

    def __init__(self, grid: Grid, context: LayerContext, rows: int, columns: int, *, margin: float = 0.0) -> None:
        channels, height, width = context.below
        self._shape = (*context.lead, channels, height, width, context.samples)
        edge = grid.padding
        size = (*context.lead, channels, height + 2 * edge, width + 2 * edge, context.samples)
        self.buffer = np.full(size, margin, context.dtype)
        self._inner = self.buffer[..., edge : edge + height, edge : edge + width, :]
        self._grid, self._rows, self._columns = grid, rows, columns

    def load(self, below: Floats) -> None:
        """Copy the pictures `[..., units + 1, samples]` into the middle."""
        np.copyto(self._inner, below[..., :-1, :].reshape(self._shape))

    def store(self, lower: Floats) -> None:
        """Copy the middle into an array `[..., units, samples]`."""
        np.copyto(lower.reshape(self._shape), self._inner)

    def views(self) -> Iterator[Floats]:
        """Yield, for each place in a window, its values in all windows `[..., channels, rows, columns, samples]`."""
        stride = self._grid.stride
        for row in range(self._grid.size):
            for column in range(self._grid.size):
                down = slice(row, row + stride * (self._rows - 1) + 1, stride)
                across = slice(column, column + stride * (self._columns - 1) + 1, stride)
                yield self.buffer[..., down, across, :]
