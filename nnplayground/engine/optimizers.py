"""Optimizers: how the gradient becomes a step.

They work on the flat vectors of all parameters at once and follow the published definitions as PyTorch implements them,
so that the same start gives the same path. What an optimizer remembers is a matrix `[memories, ..., parameters]`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats


@dataclass(frozen=True)
class OptimizerSettings:
    """The numbers that an optimizer may use; which ones it does use is in its entry.

    The defaults are PyTorch's, but for the epsilon of Adagrad, which is 1e-10 there.
    """

    momentum: float = 0.9
    decay: float = 0.99
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.01


class OptimizerState:
    """What one optimizer knows of one network: its `vectors`, how many `steps` it took, and room for a calculation."""

    def __init__(self, parameters: Floats, mask: Floats, *, vectors: int, settings: OptimizerSettings) -> None:
        self.vectors = np.zeros((vectors, *parameters.shape))
        self.steps = 0
        self.mask = mask
        self.settings = settings
        self.scratch = np.empty_like(parameters)

    def take_over(self, other: OptimizerState) -> None:
        """Know what another optimizer of the same kind knows of the same parameters."""
        np.copyto(self.vectors, other.vectors)
        self.steps = other.steps


OptimizerStep = Callable[[Floats, Floats, float, OptimizerState], None]


@dataclass(frozen=True)
class Optimizer:
    """`step(parameters, gradient, learning_rate, memory)` changes the parameters; it leaves the gradient as it is.

    `vectors` is how many vectors it remembers, `settings` names the numbers that it reads. With `has_velocity` the
    first vector carries on in the direction of earlier gradients.
    """

    step: OptimizerStep
    vectors: int = 0
    settings: tuple[str, ...] = ()
    has_velocity: bool = False


def sgd(parameters: Floats, gradient: Floats, learning_rate: float, memory: OptimizerState) -> None:
    """w ← w - learning_rate · g (Robbins and Monro 1951)."""
    np.multiply(gradient, learning_rate, memory.scratch)
    np.subtract(parameters, memory.scratch, parameters)


def momentum(parameters: Floats, gradient: Floats, learning_rate: float, memory: OptimizerState) -> None:
    """v ← μ v + g, w ← w - learning_rate · v (Polyak 1964)."""
    (velocity,) = memory.vectors
    np.multiply(velocity, memory.settings.momentum, velocity)
    np.add(velocity, gradient, velocity)
    sgd(parameters, velocity, learning_rate, memory)


def nesterov(parameters: Floats, gradient: Floats, learning_rate: float, memory: OptimizerState) -> None:
    """v ← μ v + g, w ← w - learning_rate · (g + μ v) (Nesterov 1983 in the form of Sutskever et al. 2013)."""
    (velocity,), scratch = memory.vectors, memory.scratch
    np.multiply(velocity, memory.settings.momentum, velocity)
    np.add(velocity, gradient, velocity)
    np.multiply(velocity, memory.settings.momentum, scratch)
    np.add(gradient, scratch, scratch)
    sgd(parameters, scratch, learning_rate, memory)


def adagrad(parameters: Floats, gradient: Floats, learning_rate: float, memory: OptimizerState) -> None:
    """s ← s + g², w ← w - learning_rate · g / (√s + ε) (Duchi, Hazan and Singer 2011)."""
    (squares,), scratch = memory.vectors, memory.scratch
    np.multiply(gradient, gradient, scratch)
    np.add(squares, scratch, squares)
    _scaled_step(parameters, gradient, squares, learning_rate, memory)


def rmsprop(parameters: Floats, gradient: Floats, learning_rate: float, memory: OptimizerState) -> None:
    """s ← ρ s + (1 - ρ) g², w ← w - learning_rate · g / (√s + ε) (Tieleman and Hinton 2012)."""
    (squares,) = memory.vectors
    _average(squares, gradient, memory.settings.decay, memory.scratch, squared=True)
    _scaled_step(parameters, gradient, squares, learning_rate, memory)


def adam(parameters: Floats, gradient: Floats, learning_rate: float, memory: OptimizerState) -> None:
    """m and v are running means of g and g²; w ← w - learning_rate · m̂ / (√v̂ + ε) (Kingma and Ba 2015, alg. 1)."""
    settings, scratch = memory.settings, memory.scratch
    mean, squares = memory.vectors
    memory.steps += 1
    _average(mean, gradient, settings.beta1, scratch, squared=False)
    _average(squares, gradient, settings.beta2, scratch, squared=True)
    first = 1.0 - settings.beta1**memory.steps
    second = 1.0 - settings.beta2**memory.steps
    np.sqrt(squares, scratch)
    np.divide(scratch, second**0.5, scratch)
    np.add(scratch, settings.epsilon, scratch)
    np.divide(mean, scratch, scratch)
    sgd(parameters, scratch, learning_rate / first, memory)


def adamw(parameters: Floats, gradient: Floats, learning_rate: float, memory: OptimizerState) -> None:
    """Adam after w ← w - learning_rate · λ · w, for weights only (Loshchilov and Hutter 2019, alg. 2)."""
    np.multiply(parameters, memory.mask, memory.scratch)
    np.multiply(memory.scratch, learning_rate * memory.settings.weight_decay, memory.scratch)
    np.subtract(parameters, memory.scratch, parameters)
    adam(parameters, gradient, learning_rate, memory)


def _average(mean: Floats, gradient: Floats, share: float, scratch: Floats, *, squared: bool) -> None:
    """mean ← share · mean + (1 - share) · g, or · g²."""
    np.multiply(mean, share, mean)
    np.multiply(gradient, 1.0 - share, scratch)
    if squared:
        np.multiply(scratch, gradient, scratch)
    np.add(mean, scratch, mean)


def _scaled_step(
    parameters: Floats, gradient: Floats, squares: Floats, learning_rate: float, memory: OptimizerState
) -> None:
    """w ← w - learning_rate · g / (√squares + ε)."""
    scratch = memory.scratch
    np.sqrt(squares, scratch)
    np.add(scratch, memory.settings.epsilon, scratch)
    np.divide(gradient, scratch, scratch)
    sgd(parameters, scratch, learning_rate, memory)


OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": Optimizer(sgd),
    "momentum": Optimizer(momentum, 1, ("momentum",), has_velocity=True),
    "nesterov": Optimizer(nesterov, 1, ("momentum",), has_velocity=True),
    "adagrad": Optimizer(adagrad, 1, ("epsilon",)),
    "rmsprop": Optimizer(rmsprop, 1, ("decay", "epsilon")),
    "adam": Optimizer(adam, 2, ("beta1", "beta2", "epsilon"), has_velocity=True),
    "adamw": Optimizer(adamw, 2, ("beta1", "beta2", "epsilon", "weight_decay"), has_velocity=True),
}
