"""Lines of equal height on a map of values: at few round values, each with its number where there is room for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.app.ui.plots.ticks import linear_ticks
from nnplayground.app.ui.samples.shading import to_unit, value_range
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.prepare import Prepared

MOST_LEVELS = 11
INSIDE = 0.07
"""How far from the rim of the map a number stands at least, as a share of its side."""
APART = 0.16
"""How far from each other two numbers stand at least, as a share of the side of the map."""
STAYS = 0.12
"""A number stays near where it was while its line is not further away than this share of the side."""
TRIED = 60


@dataclass(frozen=True)
class Level:
    """A round value, its `place` on the scale from -1 to +1, and how it is written."""

    value: float
    place: float
    text: str


@dataclass(frozen=True)
class Number:
    """A number on the map: its text, and the middle of it as (across, up)."""

    text: str
    across: float
    up: float


def round_levels(data: Prepared) -> tuple[Level, ...]:
    """Return the levels of data with values: round ones inside the fixed scale of their targets; of classes none."""
    if data.samples.classes:
        return ()
    ends = value_range(data.samples.targets)
    ticks = linear_ticks(*ends, most=MOST_LEVELS)
    places = to_unit(np.array([value for value, _ in ticks]), ends).tolist()
    levels = (Level(value, place, text) for (value, text), place in zip(ticks, places, strict=True))
    return tuple(level for level in levels if abs(level.place) < 1.0 - 1e-9)


def numbers_on(
    lines: list[Floats], levels: tuple[Level, ...], maps: Maps, before: tuple[Number, ...] = ()
) -> tuple[Number, ...]:
    """Return a number for each line that has room for it: near the one of `before`, otherwise away from all others."""
    low, side = np.array(maps.low), np.array(maps.high) - np.array(maps.low)
    old = {number.text: (np.array([number.across, number.up]) - low) / side for number in before}
    taken: list[Floats] = []
    found = []
    for line, level in zip(lines, levels, strict=True):
        middles = (line.reshape(-1, 2, 2).mean(axis=1) - low) / side
        place = _free_place(middles, taken, old.get(level.text))
        if place is not None:
            taken.append(place)
            across, up = (low + place * side).tolist()
            found.append(Number(level.text, across, up))
    return tuple(found)


def _free_place(middles: Floats, taken: list[Floats], old: Floats | None) -> Floats | None:
    """Return one of the `middles` `[pieces, 2]`, as shares of the side, where a number can stand, if there is any."""
    inside = middles[((middles > INSIDE) & (middles < 1.0 - INSIDE)).all(axis=1)]
    inside = inside[:: max(1, len(inside) // TRIED)]
    if not len(inside):
        return None
    room = np.full(len(inside), 1.0)
    for other in taken:
        room = np.minimum(room, np.hypot(*(inside - other).T))
    free = inside[room >= APART]
    if not len(free):
        return None
    if old is not None:
        away = np.hypot(*(free - old).T)
        if away.min() < STAYS:
            kept: Floats = free[int(np.argmin(away))]
            return kept
    best: Floats = inside[int(np.argmax(room - 0.2 * np.hypot(*(inside - 0.5).T)))]
    return best
