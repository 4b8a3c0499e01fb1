"""Optimizers: how the gradient becomes a step. They work on the flat vectors of all parameters at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats


@dataclass(frozen=True)
class Optimizer:
    """`step(parameters, gradient, learning_rate)` changes the parameters; it may use up the gradient."""

    step: Callable[[Floats, Floats, float], None]


def sgd(parameters: Floats, gradient: Floats, learning_rate: float) -> None:
    """w ← w - learning_rate · gradient (Robbins and Monro 1951)."""
    np.multiply(gradient, learning_rate, gradient)
    np.subtract(parameters, gradient, parameters)


OPTIMIZERS: dict[str, Optimizer] = {"sgd": Optimizer(sgd)}
