"""Points that somebody drew, or that stand in a project file, as data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.samples import PLANE, Samples
from nnplayground.errors import InputError

MARGIN = 0.05
"""The part of the points' width that is added when they stick out of the usual square."""


def from_points(points: Sequence[tuple[float, float, float]], *, classes: tuple[str, ...]) -> Samples:
    """Return the points `(x1, x2, class index or value)` as samples, in their order.

    Without `classes` the third number is a value (regression). Raises `InputError` when there is no point,
    a number is not finite, or a class index does not fit.
    """
    if not points:
        raise InputError("There are no points; draw at least one.")
    table = np.array(points, dtype=np.float64).reshape(len(points), 3)
    inputs, targets = table[:, :2], table[:, 2]
    target_name = "class" if classes else "value"
    bounds = bounds_around(inputs) if np.isfinite(inputs).all() else np.array(PLANE)
    return Samples(inputs, targets, ("x1", "x2"), target_name, classes, bounds)


def bounds_around(inputs: Floats) -> Floats:
    """Return the usual square `[2, 2]`, each end moved out to hold all points `[points, 2]` and a margin."""
    usual_low, usual_high = np.array(PLANE).T
    if not len(inputs):
        return np.array(PLANE)
    low, high = np.minimum(inputs.min(axis=0), usual_low), np.maximum(inputs.max(axis=0), usual_high)
    margin = MARGIN * (high - low)
    low, high = low - margin * (low < usual_low), high + margin * (high > usual_high)
    return np.column_stack((low, high))
