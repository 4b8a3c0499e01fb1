"""How far the axes of the cost plot reach. They move in steps, so that the plot stands still while the curve grows."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10

from nnplayground.app.ui.plots.envelope import Span
from nnplayground.app.ui.plots.ticks import round_up

SHORTEST = 5
EPOCH_STEPS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
HALF = 0.5
"""Logarithmic axes begin and end at whole and half powers of ten."""
DEEPEST = 12.0
"""More powers of ten than this below the highest cost are noise of the arithmetic."""
WORST = 1.0
"""How far below zero an axis of R² goes at most."""


def epoch_range(last: int) -> tuple[float, float]:
    """Return the ends of the axis for a curve whose last epoch is `last`."""
    return 0.0, round_up(float(max(last, SHORTEST)), steps=EPOCH_STEPS)


def linear_range(spans: list[Span]) -> tuple[float, float]:
    """Return the ends of a linear cost axis: from an honest zero to a round number above the highest cost."""
    highest = max(_finite([span.highest for span in spans]))
    lowest = min(_finite([span.lowest for span in spans]))
    top = round_up(highest * 1.02) if highest > 0.0 else 1.0
    return (-round_up(-lowest * 1.02) if lowest < 0.0 else 0.0), top


def log_range(spans: list[Span]) -> tuple[float, float]:
    """Return the ends, as powers of ten, of a logarithmic cost axis; half a power below the lowest for a zero."""
    highest = max(_finite([span.highest for span in spans]))
    lowest = min(_finite([span.lowest_above_zero for span in spans]))
    if not highest > 0.0:
        return -1.0, 0.0
    top = ceil(log10(highest * 1.02) / HALF) * HALF
    bottom = floor(log10(lowest * 0.98) / HALF) * HALF
    if any(span.lowest <= 0.0 for span in spans):
        bottom -= HALF
    return max(bottom, top - DEEPEST), top


def score_range(spans: list[Span], *, whole: bool) -> tuple[float, float]:
    """Return the ends of an axis of accuracies or of R², of which 1 is the best.

    It begins at 0 while the `whole` run is in view; a part of it is shown as large as it can be. What is far worse than
    always answering the mean, an R² below -1, lies at the foot.
    """
    lowest = min(_finite([span.lowest for span in spans]))
    if lowest < 0.0:
        return -min(round_up(-lowest), WORST), 1.0
    if not spans or whole or lowest >= 1.0:
        return 0.0, 1.0
    return max(0.0, 1.0 - round_up((1.0 - lowest) * 1.02)), 1.0


def _finite(values: list[float]) -> list[float]:
    """Return the finite values, or a single 0 if there are none."""
    return [value for value in values if isfinite(value)] or [0.0]
