"""Data with one input as a curve: which lines are drawn over it, where the points lie, and which heights are shown.

Numbers: the target upwards, with the network's answer as a line. Two classes: upwards the probability of the second,
with the points at 0 or 1. More classes: a line for the probability of each, and the points in lanes below.
"""

from __future__ import annotations

import numpy as np

from nnplayground.app.ui.plots.ticks import Ticks, linear_ticks, round_up
from nnplayground.arrays import Floats
from nnplayground.training.run.outputs import OutputRule
from nnplayground.training.run.prepare import Prepared

SCATTER = 0.05
"""How far points of a class lie above or below its height, so that they do not hide each other."""
LANE = 0.09
"""The height of the lane of a class, where there are more than two."""
MARGIN = 0.08
BEYOND = 10.0
"""Lines end so many plots away; Qt cannot draw where numbers overflow."""


def height_range(data: Prepared) -> tuple[float, float]:
    """Return the lowest and highest place that the plot shows."""
    classes, targets = data.samples.classes, data.samples.targets
    if not classes:
        low, high = float(targets.min()), float(targets.max())
        margin = MARGIN * (high - low) or 1.0
        return low - margin, high + margin
    below = 2.0 * SCATTER if len(classes) == 2 else LANE * (len(classes) + 0.5)
    return -below, 1.0 + (below if len(classes) == 2 else SCATTER)


def height_name(data: Prepared) -> str:
    """Return what the axis upwards is called."""
    classes = data.samples.classes
    if not classes:
        return data.samples.target_name
    return f"Probability of {classes[1]}" if len(classes) == 2 else "Probability of each class"


def height_ticks(data: Prepared, *, most: int) -> Ticks:
    """Return the marks of the axis upwards; below 0 and above 1 there are no probabilities."""
    low, high = (0.0, 1.0) if data.samples.classes else height_range(data)
    return linear_ticks(low, high, most=most)


def point_places(data: Prepared) -> Floats:
    """Return the place of each sample on the plot `[samples, 2]`; classes are scattered a little, always the same."""
    inputs, targets, classes = data.samples.inputs[:, 0], data.samples.targets, data.samples.classes
    if not classes:
        return np.column_stack((inputs, targets))
    scatter = np.random.default_rng(0).uniform(-SCATTER, SCATTER, size=len(inputs))
    if len(classes) == 2:
        return np.column_stack((inputs, targets + scatter))
    return np.column_stack((inputs, -LANE * (targets + 0.75) + scatter * LANE * 6.0))


def answer_heights(outputs: Floats, rule: OutputRule) -> Floats:
    """Return the heights of the lines `[lines, columns]` for outputs `[outputs, columns]`."""
    with np.errstate(all="ignore"):
        if not rule.classes:
            return outputs
        if len(rule.classes) == 2:
            heights: Floats = (rule.leaning(outputs)[np.newaxis] + 1.0) / 2.0
            return heights
        shares: Floats = (outputs - rule.off) / (1.0 - rule.off)
        return shares


def drawable(heights: Floats, low: float, high: float) -> Floats:
    """Return heights that Qt can draw: far outside the plot they end, and what is no number is left out as it is."""
    reach = BEYOND * (high - low)
    cut: Floats = np.clip(heights, low - reach, high + reach)
    return cut


def unit_range(values: Floats) -> tuple[float, float]:
    """Return the heights shown of one neuron's answers: −1 to +1, and more where it goes beyond, in round steps.

    Round steps keep the axis still while the network trains.
    """
    finite = values[np.isfinite(values)]
    largest = float(np.abs(finite).max()) if len(finite) else 1.0
    end = 1.0 if largest <= 1.0 else round_up(min(largest, 1e30), steps=(1.0, 2.0, 5.0))
    return -end * (1.0 + MARGIN), end * (1.0 + MARGIN)
