"""Penalties on large weights, one cure for overfitting. Biases are never penalized.

Parameters are one flat vector `[parameters]`, in training also `[runs, parameters]`; `mask` is 1 where a number is a
weight and 0 where it is a bias.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats

Mask: TypeAlias = NDArray[np.bool_]


def penalty(parameters: Floats, mask: Floats, *, l1: float, l2: float) -> float:
    """Return l1 Σ|w| + ½ l2 Σ w² of one network, whose derivative is what training adds to the gradient."""
    weights = parameters[mask == 1.0]
    with np.errstate(over="ignore", invalid="ignore"):  # the sum may be infinite
        total = l1 * float(np.abs(weights).sum()) if l1 else 0.0
        return total + (0.5 * l2 * float(np.square(weights).sum()) if l2 else 0.0)


def add_l2(gradient: Floats, parameters: Floats, mask: Floats, l2: float, scratch: Floats) -> None:
    """Add l2·w to the gradient."""
    np.multiply(parameters, mask, scratch)
    np.multiply(scratch, l2, scratch)
    np.add(gradient, scratch, gradient)


class L1:
    """Adds l1·sign(w) to the gradient; a weight that this carries across zero becomes exactly zero and rests there.

    A weight is carried across by l1 when it changes its sign in a step and would not have done so by the share that the
    rest of the gradient has in the step. For plain gradient descent that share is exact. A weight that is zero stays so
    as long as the rest of the gradient is not larger than l1: of all subgradients the shortest is taken.
    """

    def __init__(self, parameters: Floats, mask: Floats) -> None:
        self._mask = mask
        self._before, self._share, self._pull = (np.empty_like(parameters) for _ in range(3))
        self._crossed, self._alone = (np.empty(parameters.shape, bool) for _ in range(2))

    def add(self, gradient: Floats, parameters: Floats, l1: float) -> None:
        """Add l1·sign(w) to the gradient, and keep in mind what share of it was there before."""
        pull, share = self._pull, self._share
        np.copyto(self._before, parameters)
        np.sign(parameters, pull)
        np.multiply(pull, self._mask, pull)
        np.multiply(pull, l1, pull)
        np.equal(parameters, 0.0, out=self._crossed)
        np.clip(gradient, -l1, l1, out=share)
        np.negative(share, share)
        np.multiply(share, self._mask, share)
        np.copyto(pull, share, where=self._crossed)
        np.copyto(share, gradient)
        np.add(gradient, pull, gradient)
        np.divide(share, gradient, share)  # not a number where both are 0: nothing but l1 is then to blame

    def stop_at_zero(self, parameters: Floats, velocity: Floats | None) -> None:
        """After the step, make those weights zero that l1 alone carried across, and take their `velocity` away."""
        before, share, scratch, crossed, alone = self._before, self._share, self._pull, self._crossed, self._alone
        np.subtract(parameters, before, scratch)
        np.multiply(share, scratch, share)
        np.add(share, before, share)  # where the weight would be without l1
        np.sign(before, before)
        np.multiply(before, self._mask, before)
        _have_other_signs(before, parameters, scratch, crossed)
        _have_other_signs(before, share, scratch, alone)
        np.greater(crossed, alone, out=crossed)
        np.copyto(parameters, 0.0, where=crossed)
        if velocity is not None:
            np.copyto(velocity, 0.0, where=crossed)


def _have_other_signs(sign: Floats, other: Floats, scratch: Floats, out: Mask) -> None:
    """Tell where the sign of one number is 1 and that of the other -1, or the other way round."""
    np.sign(other, scratch)
    np.multiply(scratch, sign, scratch)
    np.less(scratch, 0.0, out=out)
