"""How good the outputs are, in words that a person uses: accuracy for classes, R² for numbers."""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Floats, Integers


def accuracy(predicted: Integers, true: Integers) -> float:
    """Return the share of samples whose class was predicted right, 0 to 1."""
    return float(np.count_nonzero(predicted == true)) / len(true)


def r_squared(outputs: Floats, targets: Floats) -> float:
    """Return 1 - Σ(t - o)² / Σ(t - mean t)²; NaN when all targets are equal."""
    spread = float(np.square(targets - targets.mean(axis=-1, keepdims=True)).sum())
    if spread == 0.0:
        return float("nan")
    return 1.0 - float(np.square(targets - outputs).sum()) / spread


def distinct_neurons(matrix: Floats) -> int:
    """Return how many rows of `[out, in + 1]` differ from all rows before them."""
    plain = matrix + 0.0  # turns -0.0 into 0.0, so that equal numbers have equal bytes
    return len({row.tobytes() for row in plain})
