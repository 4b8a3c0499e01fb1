"""Penalties on large weights, one cure for overfitting. Biases are never penalized.

Parameters are one flat vector `[..., parameters]`; `mask` is 1 where a number is a weight and 0 where it is a bias.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from nnplayground.arrays import Floats

Amount: TypeAlias = float | Floats
"""One number, or one for each run `[runs, 1]`."""


def penalty(parameters: Floats, mask: Floats, *, l1: float, l2: float) -> float:
    """Return l1 Σ|w| + ½ l2 Σ w², whose derivative is what training adds to the gradient."""
    weights = parameters * mask
    return l1 * float(np.abs(weights).sum()) + 0.5 * l2 * float(np.square(weights).sum())


def add_l2(gradient: Floats, parameters: Floats, mask: Floats, l2: float, scratch: Floats) -> None:
    """Add l2·w to the gradient."""
    np.multiply(parameters, mask, scratch)
    np.multiply(scratch, l2, scratch)
    np.add(gradient, scratch, gradient)


def l1_pull(parameters: Floats, mask: Floats, amount: Amount, pull: Floats) -> None:
    """Write amount·sign(w) to `pull`, taken from the weights before the step."""
    np.sign(parameters, pull)
    np.multiply(pull, mask, pull)
    np.multiply(pull, amount, pull)


def apply_l1(parameters: Floats, pull: Floats) -> None:
    """Move every weight by -pull; one that would be carried across zero becomes exactly zero. `pull` is used up."""
    np.subtract(parameters, pull, pull)
    np.multiply(parameters, pull, parameters)  # below zero where zero lies between before and after
    np.greater_equal(parameters, 0.0, parameters)
    np.multiply(parameters, pull, parameters)
