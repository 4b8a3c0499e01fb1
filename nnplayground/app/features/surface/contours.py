"""The contours of a map of costs: the lines of equal cost, and a place on each for its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.app.features.surface.shading import CostScale
from nnplayground.app.ui.plots.contour import zero_line
from nnplayground.arrays import Floats
from nnplayground.training.observe.surface import Surface

RIM = 22.0
"""How far a number stays away from the rim of the map, in pixels."""
APART = 46.0
"""How far numbers stay away from each other and from marks, in pixels."""
BESIDE = 18.0
"""How far numbers stay away from the line of the path, in pixels."""


@dataclass(frozen=True, eq=False)
class Contour:
    """The line of one cost: its pieces `[2 * pieces, 2]`, two rows make one, and the cost as a text."""

    text: str
    line: Floats


def contours_of(surface: Surface, scale: CostScale) -> list[Contour]:
    """Return the contours of a map at the levels of a scale; there are none where costs are no numbers."""
    low, high = outer_ends(surface)
    with np.errstate(all="ignore"):
        heights = np.log(np.maximum(surface.costs, 1e-300)) if scale.log else surface.costs
        found = []
        for level, text in scale.levels():
            field = heights - (np.log(level) if scale.log else level)
            found.append(Contour(text, zero_line(np.where(np.isfinite(field), field, np.nan), low=low, high=high)))
    return [contour for contour in found if len(contour.line)]


def outer_ends(surface: Surface) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the corners (low, high) of the picture of a map: each point is the middle of a cell."""
    ends = []
    for places in (surface.across, surface.up):
        half = (places[-1] - places[0]) / (len(places) - 1) / 2.0
        ends.append((float(places[0] - half), float(places[-1] + half)))
    (left, right), (bottom, top) = ends
    return (left, bottom), (right, top)


def label_places(
    contours: Sequence[Contour], ends: tuple[Floats, Floats], size: tuple[float, float], *, marks: Floats, path: Floats
) -> list[tuple[int, float, float]]:
    """Return (place of the contour, across, up) of a number for each contour that has room for one.

    `ends` are the low and high corner of the map, `size` is its width and height in pixels. `marks` and the points of a
    `path`, `[n, 2]` in units of the map, are what the numbers should stay away from. Each goes as far as it can.
    """
    low, high = ends
    scale = np.array(size) / (high - low)
    occupied, line = [(marks - low) * scale], (path - low) * scale
    result = []
    for number, contour in enumerate(contours):
        middles = (contour.line[::2] + contour.line[1::2]) / 2.0
        pixels = (middles - low) * scale
        inside = ((pixels > RIM) & (pixels < np.array(size) - RIM)).all(axis=1)
        if not inside.any():
            continue
        middles, pixels = middles[inside], pixels[inside]
        others = np.concatenate(occupied)
        away = np.minimum(_nearest(pixels, others), _nearest(pixels, line) * (APART / BESIDE))
        best = int(away.argmax()) if len(others) + len(line) else len(pixels) // 2
        if away[best] > APART:
            occupied.append(pixels[best : best + 1])
            result.append((number, float(middles[best, 0]), float(middles[best, 1])))
    return result


def _nearest(points: Floats, others: Floats) -> Floats:
    """Return how far each point `[n, 2]` is from the nearest of the others, infinitely far where there is none."""
    away: Floats = np.full(len(points), np.inf)
    for other in others:
        np.minimum(away, np.hypot(*(points - other).T), out=away)
    return away
