"""Where everything in the network editor stands: pure geometry, in pixels, without Qt.

The picture is laid out anew for every size of the window instead of being scaled, so text stays legible and
lines stay crisp. All hidden layers share one grid of rows, so that a slot is at the same height in every column. A
dropout that stands alone is a bar between two columns, which are so much farther apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np

from nnplayground.arrays import Floats

MARGIN = 8
# The smallest area that a pointer hits with ease; `theme.HIT_AREA` says the same.
HIT = 24
HEAD = 3 * HIT
FOOT = 28
HEAD_WIDTH = 136

LEAST_ROWS = 8
SPARE_ROWS = 2
ROWS_TO_FILL = 12
# Up to this many neurons a layer asks for a row each; a larger one is condensed into fewer rows.
WHOLE = 12
CONDENSED_ROWS = 10

LEAST_ROW, FILLING_ROW, LARGEST_ROW = 26, 50, 74
LARGEST_SIDE = 60
LEAST_PITCH, LARGEST_PITCH = 64, 240
LEAST_END = 36
# How much farther apart a bar keeps two columns: with room for the button that inserts a layer on each side of it.
BAR_STEP, BAR_WIDTH, LEAST_BAR_ROWS = HIT + 4, 18, 3
NAME_GAP = 8


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first pixel right of it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first pixel below it."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The centre (x, y)."""
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, x: float, y: float) -> bool:
        """Tell whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True)
class Column:
    """One column: the inputs, a hidden layer, or the outputs.

    `shown` are the units that have a place, in order, and `rows` their places in the grid. A column with more units
    than rows is condensed: its row `marker` says how many there are, and the last unit stands below it.
    """

    center: int
    units: int
    shown: tuple[int, ...]
    rows: tuple[int, ...]
    marker: int | None


@dataclass(frozen=True)
class Bar:
    """A lone dropout: its block, the column left of it, and where it stands."""

    block: int
    column: int
    box: Box


@dataclass(frozen=True)
class Head:
    """The controls above a hidden layer, each at least `HIT` pixels high and, for buttons, wide.

    `dropout` is there only where something is dropped. The activation and it then share the height of the activation
    and the margin below, so that nothing moves when a layer gets a dropout.
    """

    name: Box
    remove: Box
    smaller: Box
    count: Box
    larger: Box
    activation: Box
    dropout: Box


@dataclass(frozen=True)
class Layout:
    """The finished picture: column 0 holds the inputs, the last one the outputs, the others the hidden layers.

    `gaps` tells how many bars stand between each column and the next one. Blocks are hidden columns and bars, counted
    from 0 from left to right.
    """

    width: int
    height: int
    rows: int
    row_height: int
    side: int
    pitch: float
    columns: tuple[Column, ...]
    gaps: tuple[int, ...]

    @property
    def top(self) -> int:
        """Where the rows begin."""
        return MARGIN + HEAD + MARGIN

    @property
    def bottom(self) -> int:
        """Where the rows end."""
        return self.top + self.rows * self.row_height

    @property
    def reach(self) -> int:
        """How far left and right of its centre a column of slots can be hit."""
        return min(max(HIT // 2 + 2, self.side // 2 + 6), int(self.pitch / 2))

    def is_hidden(self, column: int) -> bool:
        """Tell whether the column is a hidden layer."""
        return 0 < column < len(self.columns) - 1

    def cell(self, column: int, row: int) -> Box:
        """Return the square of a neuron."""
        x = self.columns[column].center - self.side // 2
        y = self.top + row * self.row_height + (self.row_height - self.side) // 2
        return Box(x, y, self.side, self.side)

    def slot(self, column: int, row: int) -> Box:
        """Return the area in which a click means this row of a hidden layer."""
        x = self.columns[column].center - self.reach
        return Box(x, self.top + row * self.row_height, 2 * self.reach, self.row_height)

    def slots(self, column: int) -> Box:
        """Return the area of all slots of a column."""
        first = self.slot(column, 0)
        return Box(first.x, first.y, first.width, self.rows * self.row_height)

    def row_at(self, y: float) -> int:
        """Return the row at this height; above the first and below the last, that one."""
        return int(min(max((y - self.top) // self.row_height, 0), self.rows - 1))

    def head(self, column: int) -> Head:
        """Return the places of the controls above a column."""
        width = min(HEAD_WIDTH, int(self.pitch) - 4)
        left, center = self.columns[column].center - width // 2, self.columns[column].center
        reach = min(width, int(self.pitch) - HIT - 2) // 2
        first, second, third = (MARGIN + line * HIT for line in range(3))
        return Head(
            name=Box(left, first, width - HIT, HIT),
            remove=Box(left + width - HIT, first, HIT, HIT),
            smaller=Box(left, second, HIT, HIT),
            count=Box(left + HIT, second, width - 2 * HIT, HIT),
            larger=Box(left + width - HIT, second, HIT, HIT),
            activation=Box(center - reach, third, 2 * reach, HIT),
            dropout=Box(left, third + HIT - MARGIN, width, 2 * MARGIN),
        )

    @cached_property
    def inserts(self) -> tuple[Box, ...]:
        """The buttons that insert a layer: the first one before block 0, and so on to the one behind the last block."""
        y = MARGIN + 2 * HIT
        middles = [
            round(self._first_insert(gap) + place * BAR_STEP)
            for gap, bars in enumerate(self.gaps)
            for place in range(bars + 1)
        ]
        return tuple(Box(x - HIT // 2, y, HIT, HIT) for x in middles)

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """The lone dropouts, from left to right; they are as high as the largest column, and their text finds room."""
        found: list[Bar] = []
        rows = max(LEAST_BAR_ROWS, *(column.rows[-1] + 1 for column in self.columns))
        for gap, bars in enumerate(self.gaps):
            for place in range(bars):
                x = round(self._first_insert(gap) + (place + 0.5) * BAR_STEP - BAR_WIDTH / 2)
                box = Box(x, self.top, BAR_WIDTH, min(rows, self.rows) * self.row_height)
                found.append(Bar(gap + len(found), gap, box))
        return tuple(found)

    @cached_property
    def centers(self) -> tuple[float, ...]:
        """The middle of each block."""
        columns = [float(column.center) for column in self.columns[1:-1]]
        return tuple(sorted([*columns, *(bar.box.middle[0] for bar in self.bars)]))

    def bar_of(self, block: int) -> Bar | None:
        """Return the bar that stands for a block, if it is one."""
        return next((bar for bar in self.bars if bar.block == block), None)

    def frame(self, column: int) -> Box:
        """Return the area of a column with its head."""
        slots, head = self.slots(column), self.head(column)
        left, right = slots.x, slots.right
        if self.is_hidden(column):
            left, right = min(left, head.name.x), max(right, head.remove.right)
        return Box(left, head.name.y, right - left, slots.bottom - head.name.y)

    def _first_insert(self, gap: int) -> float:
        """Return where the first button that inserts a layer stands between a column and the next one."""
        one, other = self.columns[gap].center, self.columns[gap + 1].center
        return (one + other - self.gaps[gap] * BAR_STEP) / 2

    def edges(self, bundle: int) -> Floats:
        """Return the lines from column `bundle` to the next, `[out, in, 4]` as x1, y1, x2, y2, shown units only."""
        source, target = self.columns[bundle], self.columns[bundle + 1]
        lines = np.empty((len(target.rows), len(source.rows), 4))
        half = self.side // 2
        lines[:, :, 0] = source.center - half + self.side
        lines[:, :, 2] = target.center - half
        lines[:, :, 1] = self._middles(source)[None, :]
        lines[:, :, 3] = self._middles(target)[:, None]
        return lines

    def _middles(self, column: Column) -> Floats:
        """Return the heights of the middles of the shown units of a column."""
        offset = self.top + (self.row_height - self.side) // 2 + self.side / 2
        return offset + self.row_height * np.array(column.rows, dtype=np.float64)


def lay_out(
    sizes: Sequence[int],
    *,
    width: int,
    height: int,
    before: int = 0,
    after: int = 0,
    rows: int | None = None,
    gaps: Sequence[int] = (),
) -> Layout:
    """Place columns of these sizes (inputs first, outputs last) in a picture of at least this width and height.

    `gaps` tells how many bars stand between each column and the next one, by default none.
    `before` and `after` are the widths of the names left of the inputs and right of the outputs. `rows` keeps the
    grid of a drag that is under way. The picture becomes larger than asked for when it cannot be legible otherwise.
    """
    height = max(height, 2 * MARGIN + HEAD + LEAST_ROWS * LEAST_ROW + FOOT)
    room = height - 2 * MARGIN - HEAD - FOOT
    rows = _count_rows(sizes, room) if rows is None else rows
    row_height = min(LARGEST_ROW, room // rows)
    side = min(LARGEST_SIDE, row_height - max(4, row_height // 6))
    gaps = tuple(gaps) or (0,) * (len(sizes) - 1)
    centers, pitch, width = _place(gaps, width, _end(before, side), _end(after, side))
    columns = tuple(_column(units, center, rows) for units, center in zip(sizes, centers, strict=True))
    return Layout(width, height, rows, row_height, min(side, int(pitch) - HIT), pitch, columns, gaps)


def _count_rows(sizes: Sequence[int], room: int) -> int:
    """Return how many rows the grid gets: empty ones above every layer, as long as they can be hit with ease."""
    wanted = max(LEAST_ROWS, min(ROWS_TO_FILL, room // FILLING_ROW))
    for place, units in enumerate(sizes):
        spare = SPARE_ROWS if 0 < place < len(sizes) - 1 else 0
        wanted = max(wanted, units + spare if units <= WHOLE else CONDENSED_ROWS)
    return min(wanted, room // LEAST_ROW)


def _end(name_width: int, side: int) -> int:
    """Return how far the centre of an outer column stays away from the border of the picture."""
    beside = name_width + NAME_GAP if name_width else 0
    return MARGIN + max(LEAST_END, beside + side // 2)


def _place(gaps: Sequence[int], width: int, before: int, after: int) -> tuple[list[int], float, int]:
    """Return the centres of the columns, their distance without bars, and how wide the picture becomes."""
    bars = BAR_STEP * sum(gaps)
    pitch = min(max((width - before - after - bars) / len(gaps), LEAST_PITCH), LARGEST_PITCH)
    needed = round(before + after + bars + pitch * len(gaps))
    left = before + max(0, width - needed) // 2
    passed = accumulate(gaps, initial=0)
    centers = [left + round(place * pitch) + BAR_STEP * count for place, count in enumerate(passed)]
    return centers, pitch, max(width, needed)


def _column(units: int, center: int, rows: int) -> Column:
    """Return a column, condensed when it has more units than there are rows."""
    if units <= rows:
        return Column(center, units, tuple(range(units)), tuple(range(units)), None)
    first = tuple(range(rows - 2))
    return Column(center, units, (*first, units - 1), (*first, rows - 1), rows - 2)
