"""The lines along which a field has a level: marching squares (Lorensen and Cline 1987, in the plane), no loop."""

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
    return level_lines(field, np.zeros(1), low=low, high=high)[0]


def level_lines(field: Floats, levels: Floats, *, low: tuple[float, float], high: tuple[float, float]) -> list[Floats]:
    """Return the line along which a field has each of the rising `levels`, all in one go; see `zero_line`."""
    values = np.pad(field, 1, mode="edge")
    across = _places(low[0], high[0], field.shape[1])
    up = _places(low[1], high[1], field.shape[0])
    rows, columns, level = _crossed(values, levels)
    corners = _corners(values, rows, columns) - levels[level]
    above = (corners > 0.0).astype(np.int64)
    pattern = _resolved(above[0] + 2 * above[1] + 4 * above[2] + 8 * above[3], corners)
    crossings = _crossings(corners, across, up, rows, columns)
    joined = JOINED[pattern]
    cells, pieces = np.nonzero(joined[:, :, 0] >= 0)
    ends = joined[cells, pieces]
    line: Floats = crossings[cells[:, np.newaxis], ends]
    finite = np.isfinite(line).all(axis=(1, 2))
    line, of = line[finite], level[cells[finite]]
    if len(levels) == 1:
        return [line.reshape(-1, 2)]
    return [line[of == place].reshape(-1, 2) for place in range(len(levels))]


def _crossed(values: Floats, levels: Floats) -> tuple[Integers, Integers, Integers]:
    """Return row, column and level wherever a level passes between the corners of a cell."""
    if len(levels) == 1:
        passed = (values > levels[0]).view(np.int8)
    else:
        passed = np.searchsorted(levels, values, side="left").astype(np.int8)
    bottom, top = passed[:-1], passed[1:]
    least, most = np.minimum(bottom, top), np.maximum(bottom, top)
    least = np.minimum(least[:, :-1], least[:, 1:])
    count = np.maximum(most[:, :-1], most[:, 1:]) - least
    rows, columns = (index.astype(np.int64) for index in np.nonzero(count))
    first = least[rows, columns].astype(np.int64)
    if len(levels) == 1:
        return rows, columns, first
    times = count[rows, columns].astype(np.int64)
    cells = np.repeat(np.arange(len(rows)), times)
    step = np.arange(len(cells)) - np.repeat(np.cumsum(times) - times, times)
    return rows[cells], columns[cells], first[cells] + step


def _corners(values: Floats, rows: Integers, columns: Integers) -> Floats:
    """Return the values at the corners of cells `[4, cells]`: bottom left, bottom right, top right, top left."""
    corners: Floats = np.stack(
        [
            values[rows, columns],
            values[rows, columns + 1],
            values[rows + 1, columns + 1],
            values[rows + 1, columns],
        ]
    )
    return corners


def _places(low: float, high: float, count: int) -> Floats:
    """Return the cell centres with both ends of the axis."""
    centres = low + (high - low) * (np.arange(count) + 0.5) / count
    return np.concatenate([[low], centres, [high]])


def _crossings(corners: Floats, across: Floats, up: Floats, rows: Integers, columns: Integers) -> Floats:
    """Return where the line meets the four edges of each cell `[cells, 4, 2]`; nonsense where it does not."""
    left, right, bottom, top = across[columns], across[columns + 1], up[rows], up[rows + 1]
    with np.errstate(all="ignore"):
        shares = corners / (corners - np.roll(corners, -1, axis=0))
        points = [
            (left + shares[0] * (right - left), bottom),
            (right, bottom + shares[1] * (top - bottom)),
            (right + shares[2] * (left - right), top),
            (left, top + shares[3] * (bottom - top)),
        ]
    return np.stack([np.stack(point, axis=-1) for point in points], axis=1)


def _resolved(pattern: Integers, corners: Floats) -> Integers:
    """Return the patterns with the saddles turned where the middle of the cell belongs to the corners below the level.

    `corners` are the heights above the level.
    """
    saddle = (pattern == 5) | (pattern == 10)
    with np.errstate(invalid="ignore", over="ignore"):  # a network may answer infinity on both sides
        return np.where(saddle & (corners.sum(axis=0) <= 0.0), 15 - pattern, pattern)
