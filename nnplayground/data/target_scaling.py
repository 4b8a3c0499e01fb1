"""Bringing targets that are numbers to a usual size, and the decision whether that is needed.

A network starts with answers of about the size of 1. Targets of another size, such as prices, make the first gradients
thousands of times too long, or too short to be seen.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats
from nnplayground.data.scaling import AS_THEY_ARE, Scaling, fit_scaling

SMALLEST_DEVIATION, LARGEST_DEVIATION = 0.1, 10.0
"""A target whose standard deviation lies between these is learned as it is."""
FARTHEST_MEAN = 10.0
"""A target whose mean is more than so many deviations from 0 is not: the bias alone would have a long way to go."""


ROUNDING = 1e-14
"""Values that differ by a smaller share of their size differ by rounding only."""


def needs_scaling(targets: Floats) -> NDArray[np.bool_]:
    """Tell which of the targets `[samples, targets]` are too large, too small or too far from 0 to be learned well.

    A target that never changes, but for rounding, has no deviation; it counts as one with the deviation 1.
    """
    deviation, mean = np.where(_varies(targets), targets.std(axis=0), 1.0), targets.mean(axis=0)
    is_usual = (deviation >= SMALLEST_DEVIATION) & (deviation <= LARGEST_DEVIATION)
    result: NDArray[np.bool_] = ~is_usual | (np.abs(mean) > FARTHEST_MEAN * deviation)
    return result


def fit_target_scaling(name: str, train_targets: Floats, *, coarsely: bool = False) -> Scaling:
    """Return the scaling of targets `[samples, targets]`: `auto`, `none` or `standardize`; "none" has no numbers.

    Where auto finds one target that needs it, all are standardized: the cost adds up over the targets, and only those
    of one size weigh alike in it. A `coarsely` fitted one has rounded numbers, which hardly ever change when a few
    samples come or go: a scale that is a power of 2 and a shift of whole scales.
    """
    if name == "none" or (name == "auto" and not needs_scaling(train_targets).any()):
        return AS_THEY_ARE
    fitted = fit_scaling("standardize", train_targets)
    scale = np.where(_varies(train_targets), fitted.scale, 1.0)
    fitted = replace(fitted, scale=tuple(map(float, scale)))
    return _rounded(fitted) if coarsely else fitted


def _varies(targets: Floats) -> NDArray[np.bool_]:
    """Tell which of the targets `[samples, targets]` have values that differ by more than rounding."""
    low, high = targets.min(axis=0), targets.max(axis=0)
    result: NDArray[np.bool_] = high - low > ROUNDING * np.maximum(np.abs(low), np.abs(high))
    return result


def _rounded(scaling: Scaling) -> Scaling:
    """Return a scaling with the nearest powers of 2 as scales, and shifts that are whole multiples of these."""
    scale = np.exp2(np.rint(np.log2(np.array(scaling.scale))))
    shift = np.rint(np.array(scaling.shift) / scale) * scale
    return Scaling(scaling.name, tuple(map(float, shift)), tuple(map(float, scale)))
