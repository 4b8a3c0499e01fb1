"""Thousands of marks in one go: NumPy stamps them into a picture, as so many calls into Qt would take seconds.

While the network trains, every call into Qt may have to wait for the interpreter; stamping needs one for the picture.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, Integers

Canvas: TypeAlias = NDArray[np.float32]
"""A picture `[rows, columns, 3]` of red, green and blue from 0 to 255, row 0 at the top."""


def blank(width: int, height: int, color: tuple[int, int, int]) -> Canvas:
    """Return a picture of one colour."""
    return np.full((height, width, 3), color, dtype=np.float32)


def stamp(canvas: Canvas, across: Integers, down: Integers, colors: Floats, mask: Floats) -> None:
    """Put a mark of the shape `mask` `[side, side]`, from 0 for nothing to 1, at each place, in its own colour.

    `across` and `down` `[marks]` are the pixels of the middles, `colors` is `[marks, 3]`. Where marks meet the later
    one is seen. What lies outside the picture is left out.
    """
    rows, columns = canvas.shape[:2]
    middle = len(mask) // 2
    shades = colors.astype(np.float32)
    for row, column in np.argwhere(mask > 0.0).tolist():
        share = np.float32(mask[row, column])
        y, x = down + row - middle, across + column - middle
        inside = (y >= 0) & (y < rows) & (x >= 0) & (x < columns)
        y, x = y[inside], x[inside]
        canvas[y, x] += share * (shades[inside] - canvas[y, x])


def stacked_counts(values: Floats, groups: Integers, *, count: int, ends: tuple[float, float], bins: int) -> Integers:
    """Return how many values of each group and all groups before it fall into each bin `[groups + 1, bins]`.

    The first row is 0, so that two rows that follow each other are the lower and upper ends of the bars of a group.
    """
    counts = [np.histogram(values[groups == group], bins=bins, range=ends)[0] for group in range(count)]
    stacked: Integers = np.cumsum([np.zeros(bins, dtype=np.int64), *counts], axis=0)
    return stacked


def fill_bars(canvas: Canvas, box: tuple[int, int, int, int], stacked: Integers, colors: Floats) -> None:
    """Draw stacked bars into a box (left, top, right, bottom) of the picture, the tallest as high as the box."""
    left, top, right, bottom = box
    tallest = max(int(stacked[-1].max()), 1)
    heights = np.rint(stacked * ((bottom - top) / tallest)).astype(int)
    edges = np.rint(np.linspace(left, right, stacked.shape[1] + 1)).astype(int)
    for group, color in enumerate(colors):
        for place in range(stacked.shape[1]):
            low, high = bottom - heights[group + 1, place], bottom - heights[group, place]
            canvas[low:high, edges[place] : edges[place + 1] - 1] = color
