"""What lies under the pointer: pure geometry over a layout, so that it is tested without a window."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from nnplayground.app.features.network.layout import HIT, Box, Column, Head, Layout
from nnplayground.app.features.network.pictures import UNKNOWN, Steps
from nnplayground.arrays import Floats

# How near to a line, in pixels, the pointer must be to mean it; of lines that are about as near it means the strongest.
EDGE_REACH, EDGE_DOUBT = 5.0, 2.5
# The dot of a bias: its area is this share of a neuron, but never smaller than can be hit.
DOT_SHARE, LEAST_DOT = 0.42, 16


class Part(Enum):
    """The kinds of things that the pointer can be on."""

    NOTHING = auto()
    NODE = auto()
    BIAS = auto()
    EMPTY_SLOT = auto()
    MARKER = auto()
    NAME = auto()
    REMOVE = auto()
    SMALLER = auto()
    COUNT = auto()
    LARGER = auto()
    ACTIVATION = auto()
    DROPOUT = auto()
    INSERT = auto()
    LONE_DROPOUT = auto()
    EDGE = auto()


# Things that stand between two columns.
BETWEEN = frozenset({Part.NOTHING, Part.INSERT, Part.LONE_DROPOUT, Part.EDGE})


@dataclass(frozen=True)
class Target:
    """One thing under the pointer.

    `column` is its column; for an edge or a lone dropout the column left of it. `row` is the row of a slot or node, and
    `unit` the unit that a node shows. For an edge `row` and `unit` are the units it leads to and comes from. `block` is
    that of a lone dropout, and for an insertion the one that the new layer will be.
    """

    part: Part
    column: int = -1
    row: int = -1
    unit: int = -1
    block: int = -1


NOTHING = Target(Part.NOTHING)


def target_at(
    layout: Layout,
    x: float,
    y: float,
    *,
    can_insert: bool = True,
    dropping: Collection[int] = (),
    has_biases: bool = False,
    strengths: Sequence[Steps] = (),
) -> Target:
    """Return what lies under the point; buttons go before slots, slots before edges.

    `dropping` are the columns whose heads tell of a dropout. With `has_biases` the neurons have dots for them.
    `strengths` are the steps `[out, in]` of the edges that are drawn, by bundle.
    """
    if can_insert:
        for place, box in enumerate(layout.inserts):
            if box.contains(x, y):
                return Target(Part.INSERT, block=place)
    for place in range(len(layout.columns)):
        found = _dot_at(layout, place, x, y) if has_biases else None
        found = found or _in_column(layout, place, x, y, drops=place in dropping)
        if found is not None:
            return found
    for bar in layout.bars:
        if bar.box.contains(x, y):
            return Target(Part.LONE_DROPOUT, bar.column, block=bar.block)
    return _edge_at(layout, x, y, strengths) if layout.top <= y < layout.bottom else NOTHING


def dot_box(layout: Layout, place: int, row: int) -> Box:
    """Return where a press means the bias of a neuron: the dot at its lower left, and a little around it."""
    cell = layout.cell(place, row)
    side = min(max(round(cell.width * DOT_SHARE), LEAST_DOT), HIT)
    return Box(cell.x + 2 - side // 2, cell.bottom - 2 - side // 2, side, side)


def _dot_at(layout: Layout, place: int, x: float, y: float) -> Target | None:
    """Return the bias under the point; a dot reaches a little into the row below."""
    column = layout.columns[place]
    if place == 0 or not layout.top <= y < layout.bottom + HIT:
        return None
    for row in (layout.row_at(y), layout.row_at(y) - 1):
        unit = unit_in_row(column, row)
        if unit >= 0 and dot_box(layout, place, row).contains(x, y):
            return Target(Part.BIAS, place, row, unit)
    return None


def is_drawn(layout: Layout, target: Target) -> bool:
    """Tell whether the edge or bias has a place in the picture."""
    last = target.column + (target.part is Part.EDGE)
    if not 0 <= target.column <= last < len(layout.columns):
        return False
    is_end_drawn = target.part is not Part.EDGE or target.row in layout.columns[last].shown
    return is_end_drawn and target.unit in layout.columns[target.column].shown


def nearest_column(layout: Layout, x: float) -> int:
    """Return the column whose centre is nearest."""
    return min(range(len(layout.columns)), key=lambda place: abs(layout.columns[place].center - x))


def _in_column(layout: Layout, place: int, x: float, y: float, *, drops: bool) -> Target | None:
    """Return the thing of this column under the point."""
    if layout.is_hidden(place):
        button = _button_at(layout.head(place), x, y, drops=drops)
        if button is not None:
            return Target(button, place)
    if not layout.slots(place).contains(x, y):
        return None
    column, row = layout.columns[place], layout.row_at(y)
    if row == column.marker:
        return Target(Part.MARKER, place, row)
    unit = unit_in_row(column, row)
    if unit >= 0:
        return Target(Part.NODE, place, row, unit)
    return Target(Part.EMPTY_SLOT, place, row) if layout.is_hidden(place) else None


def unit_in_row(column: Column, row: int) -> int:
    """Return the unit that a row shows, or -1."""
    return column.shown[column.rows.index(row)] if row in column.rows else -1


def _button_at(head: Head, x: float, y: float, *, drops: bool) -> Part | None:
    """Return the control in the head of a hidden layer under the point; a dropout lies over the activation's foot."""
    places = (
        *(((Part.DROPOUT, head.dropout),) if drops else ()),
        (Part.REMOVE, head.remove),
        (Part.SMALLER, head.smaller),
        (Part.LARGER, head.larger),
        (Part.COUNT, head.count),
        (Part.ACTIVATION, head.activation),
        (Part.NAME, head.name),
    )
    return next((part for part, box in places if box.contains(x, y)), None)


def _edge_at(layout: Layout, x: float, y: float, strengths: Sequence[Steps]) -> Target:
    """Return the edge that passes the point most closely, or the strongest of those that do, if there is one."""
    for bundle, (source, target) in enumerate(zip(layout.columns, layout.columns[1:], strict=False)):
        lines = layout.edges(bundle)
        if not lines[0, 0, 0] <= x <= lines[0, 0, 2]:
            continue
        x1, y1, x2, y2 = np.moveaxis(lines, -1, 0)
        # The distance of a point from a line that is not upright: vertical distance times cosine.
        away = np.abs(y1 + (y2 - y1) * (x - x1) / (x2 - x1) - y) * (x2 - x1) / np.hypot(x2 - x1, y2 - y1)
        if away.min() > EDGE_REACH:
            return NOTHING
        out, below = _meant(away, strengths[bundle] if bundle < len(strengths) else None)
        return Target(Part.EDGE, bundle, target.shown[out], source.shown[below])
    return NOTHING


def _meant(away: Floats, steps: Steps | None) -> tuple[int, int]:
    """Return the place of the edge that is meant, of edges that are so far `away` `[out, in]`."""
    strength = np.zeros(away.shape) if steps is None else np.abs(steps) % UNKNOWN
    is_near = away <= min(float(away.min()) + EDGE_DOUBT, EDGE_REACH)
    # The strongest of the near ones; of equally strong ones the nearest.
    best = np.lexsort((away.ravel(), -strength.ravel(), ~is_near.ravel()))[0]
    out, below = divmod(int(best), away.shape[1])
    return out, below
