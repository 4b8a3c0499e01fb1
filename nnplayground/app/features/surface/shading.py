"""From costs to colours: which costs the scale spans, what lies beyond it, and how a relief is lit."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.app.ui.plots.ticks import Ticks, linear_ticks, log_ticks
from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats

Picture: TypeAlias = NDArray[np.uint8]

LINEAR_SPAN = 8.0
"""A linear scale ends at so many times the distance from the lowest cost to the median; a bowl is mostly below that."""
LOG_SPAN = 1e3
"""A logarithmic scale ends at so many times the median."""
DEEPEST = 1e-6
"""A logarithmic scale begins at this share of its end at the lowest; a cost of 0 has no place on it."""
MOST_LEVELS, FEWEST_LEVELS = 9, 4
STEEPNESS = 0.9
"""How high the relief of the whole scale is, in widths of the map."""
SUN = (-0.5, 0.5, 0.7071067811865476)
"""Where the light comes from: above, from the upper left, as maps have it."""
DARKEST, BRIGHTEST = 0.38, 0.3
"""How far a slope turned away from the light goes towards black, and one turned to it towards white."""


@dataclass(frozen=True)
class CostScale:
    """The costs from `low` to `high` that have a colour of their own.

    `above` is the share of the points whose cost is higher, `beyond` that of those whose cost is no number.
    """

    low: float
    high: float
    log: bool
    above: float = 0.0
    beyond: float = 0.0

    def places(self, costs: Floats) -> Floats:
        """Return costs as places on the scale, 0 at its lower and 1 at its upper end; NaN for what is no number."""
        with np.errstate(all="ignore"):
            if self.log:
                places = np.log(np.maximum(costs, self.low) / self.low) / np.log(self.high / self.low)
            else:
                places = (costs - self.low) / (self.high - self.low)
        result: Floats = np.where(np.isfinite(costs), np.clip(places, 0.0, 1.0), np.nan)
        return result

    def levels(self) -> Ticks:
        """Return the round costs at which contours are drawn, with their texts."""
        found: Ticks = []
        if self.log:
            ticks = log_ticks(log10(self.low), log10(self.high), most=MOST_LEVELS)
            found = [(10.0**place, text) for place, text in ticks]
        if len(found) < FEWEST_LEVELS:
            found = linear_ticks(self.low, self.high, most=MOST_LEVELS)
        return [(level, text) for level, text in found if self.low < level < self.high]


def scale_of(costs: Floats, *, log: bool) -> CostScale:
    """Return the scale for costs; huge ones are left out, so that they do not take all colours for themselves."""
    finite = costs[np.isfinite(costs)]
    beyond = 1.0 - finite.size / costs.size
    if not finite.size:
        return CostScale(0.1 if log else 0.0, 1.0, log, beyond=beyond)
    low, median, high = float(finite.min()), float(np.median(finite)), float(finite.max())
    if log:
        high = min(high, LOG_SPAN * median) if median > 0.0 else high
        low = max(low, DEEPEST * high) if high > 0.0 else DEEPEST
    elif median > low:
        high = min(high, low + LINEAR_SPAN * (median - low))
    high = high if high > low * (1.0 + 1e-9) else low + max(abs(low), 1e-6)
    return CostScale(low, high, log, above=float(np.mean(finite > high)) * (1.0 - beyond), beyond=beyond)


def cost_picture(costs: Floats, scale: CostScale, theme: Theme, *, relief: bool) -> Picture:
    """Return the colours `[rows, columns, 4]` of costs; those that are no number have that of a border."""
    places = scale.places(costs)
    known = np.nan_to_num(places, nan=1.0)
    colors = theme.cost_table()[(known * 255.0).astype(np.uint8), :3].astype(np.float64)
    if relief:
        colors = _lit(colors, hillshade(known))
    colors[np.isnan(places)] = _rgb(theme.border)
    picture = np.full((*costs.shape, 4), 255, dtype=np.uint8)
    picture[..., :3] = colors.round()
    return picture


def hillshade(heights: Floats) -> Floats:
    """Return how much more, or less, light than a plain gets each point of heights `[rows, columns]` from 0 to 1.

    The light that falls on a surface is the cosine between its normal and the direction of the light (Lambert 1760).
    """
    rows, columns = heights.shape
    up, across = np.gradient(heights * STEEPNESS, 1.0 / max(rows - 1, 1), 1.0 / max(columns - 1, 1))
    light = (SUN[2] - SUN[0] * across - SUN[1] * up) / np.sqrt(1.0 + across**2 + up**2)
    result: Floats = np.maximum(light, 0.0) - SUN[2]
    return result


def _lit(colors: Floats, light: Floats) -> Floats:
    """Return colours `[rows, columns, 3]` darkened where light is missing, and lightened where there is more."""
    light = light[..., np.newaxis]
    darker = colors * (1.0 + DARKEST * np.minimum(light, 0.0) / SUN[2])
    result: Floats = darker + (255.0 - darker) * BRIGHTEST * np.maximum(light, 0.0) / (1.0 - SUN[2])
    return result


def _rgb(color: str) -> NDArray[Any]:
    """Return red, green and blue of `#RRGGBB`, 0 to 255."""
    return np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)], dtype=np.float64)
