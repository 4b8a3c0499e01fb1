"""The line along which a field is zero: marching squares (Lorensen and Cline 1987, in the plane), without a loop."""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Floats, Integers

# Which edges (0 bottom, 1 right, 2 top, 3 left) the line joins, for each pattern of corners above zero, counted
# 1 bottom left, 2 bottom right, 4 top right, 8 top left. Patterns 5 and 10 are saddles with two lines.
JOINED = np.full((16, 2, 2), -1)
for _pattern, _edges in {1: (3, 0), 2: (0, 1), 3: (3, 1), 4: (1, 2), 6: (0, 2), 7: (3, 2)}.items():
    JOINED[[_pattern, 15 - _pattern], 0] = _edges
JOINED[5] = [(3, 2), (0, 1)]
JOINED[10] = [(3, 0), (1, 2)]


def zero_line(field: Floats, *, low: tuple[float, float], high: tuple[float, float]) -> Floats:
    """Return the ends of the pieces of the line `[2 * pieces, 2]` as (across, up); two rows make one piece.

    `field` is `[rows, columns]` at the centres of cells between `low` and `high`; the line is drawn out to the rim.
    """
    values = np.pad(field, 1, mode="edge")
    across = _places(low[0], high[0], field.shape[1])
    up = _places(low[1], high[1], field.shape[0])
    above = (values > 0.0).astype(np.int64)
    pattern = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    rows, columns = (index.astype(np.int64) for index in np.nonzero((pattern > 0) & (pattern < 15)))
    crossings = _crossings(values, across, up, rows, columns)
    joined = JOINED[_resolved(pattern[rows, columns], values, rows, columns)]
    cells, pieces = np.nonzero(joined[:, :, 0] >= 0)
    ends = joined[cells, pieces]
    line: Floats = crossings[cells[:, np.newaxis], ends]
    return line[np.isfinite(line).all(axis=(1, 2))].reshape(-1, 2)


def _places(low: float, high: float, count: int) -> Floats:
    """Return the cell centres with both ends of the axis."""
    centres = low + (high - low) * (np.arange(count) + 0.5) / count
    return np.concatenate([[low], centres, [high]])


def _crossings(values: Floats, across: Floats, up: Floats, rows: Integers, columns: Integers) -> Floats:
    """Return where the line meets the four edges of each cell `[cells, 4, 2]`; nonsense where it does not."""
    left, right, bottom, top = across[columns], across[columns + 1], up[rows], up[rows + 1]
    corners = values[rows, columns], values[rows, columns + 1], values[rows + 1, columns + 1], values[rows + 1, columns]
    with np.errstate(all="ignore"):
        shares = [first / (first - second) for first, second in zip(corners, (*corners[1:], corners[0]), strict=True)]
        points = [
            (left + shares[0] * (right - left), bottom),
            (right, bottom + shares[1] * (top - bottom)),
            (right + shares[2] * (left - right), top),
            (left, top + shares[3] * (bottom - top)),
        ]
    return np.stack([np.stack(point, axis=-1) for point in points], axis=1)


def _resolved(pattern: Integers, values: Floats, rows: Integers, columns: Integers) -> Integers:
    """Return the patterns with the saddles turned where the middle of the cell belongs to the corners below zero."""
    middle = (
        values[rows, columns] + values[rows, columns + 1] + values[rows + 1, columns] + values[rows + 1, columns + 1]
    )
    saddle = (pattern == 5) | (pattern == 10)
    return np.where(saddle & (middle <= 0.0), 15 - pattern, pattern)
