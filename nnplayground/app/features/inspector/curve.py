"""The shape of an activation function over the sums that a neuron gets: pure numbers, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from nnplayground.app.ui.plots.ticks import round_up
from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.statistics import Histogram

POINTS = 241
LEAST_SIDE = 3.0
"""So far to each side of 0 the curve is always shown: there every function has its bend."""

MARGIN = 0.08
BAR_SHARE = 0.4
"""How high the highest bar of the histogram is, as a share of the plot."""


@dataclass(frozen=True, eq=False)
class Curve:
    """The points (z, f(z)) of a curve, and the ranges in which it is shown."""

    z: Floats
    a: Floats
    across: tuple[float, float]
    up: tuple[float, float]


def curve_of(activation: str, low: float, high: float) -> Curve:
    """Return the curve over all sums from `low` to `high`, a little more to both sides, so that it seldom changes.

    That of softmax is the sigmoid of the lead over the other outputs.
    """
    name = "sigmoid" if activation == "softmax" else activation
    across = -round_up(max(-low, LEAST_SIDE)), round_up(max(high, LEAST_SIDE))
    z = np.linspace(*across, POINTS)
    a = np.empty_like(z)
    with np.errstate(all="ignore"):
        ACTIVATIONS[name].value(z, a)
    bottom, top = min(float(a.min()), 0.0), max(float(a.max()), 0.0)
    margin = MARGIN * ((top - bottom) or 1.0)
    return Curve(z, a, across, (bottom - margin, top + margin))


def ends_of(histogram: Histogram) -> tuple[float, float]:
    """Return the smallest and the largest sum; 0 and 0 where there is none, and not more than can be drawn."""
    low, high = float(histogram.edges[0]), float(histogram.edges[-1])
    if not histogram.counts.any() or not (isfinite(low) and isfinite(high)):
        return 0.0, 0.0
    return max(low, -1e12), min(high, 1e12)


def bars_of(histogram: Histogram, up: tuple[float, float]) -> tuple[Floats, Floats]:
    """Return the edges `[bins + 1]` and the tops `[bins]` of bars that stand on the bottom of a plot.

    Heights are square roots, as a few samples would not be seen beside many.
    """
    bottom, top = up
    heights = np.sqrt(histogram.counts / max(int(histogram.counts.max()), 1))
    return histogram.edges, bottom + BAR_SHARE * (top - bottom) * heights
