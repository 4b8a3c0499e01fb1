"""Initial weights: where the search for good weights starts.

Each entry of `INITIALIZERS` draws one matrix `W[out, in]`. All but `constant` and `zeros` draw different numbers for
different neurons, and that is the point: neurons that start equal receive equal gradients and stay equal for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats

Draw = Callable[[np.random.Generator, tuple[int, int], "InitializerSettings"], Floats]


@dataclass(frozen=True)
class InitializerSettings:
    """The numbers that an initializer may use; which ones it does use is in its entry.

    `fan_out` is how many sums each input takes part in: the neurons of a dense layer (`None`), and for a
    convolution its filters times the places of a filter.
    """

    low: float = -0.5
    high: float = 0.5
    std: float = 0.5
    value: float = 0.0
    fan_out: int | None = None


@dataclass(frozen=True)
class Initializer:
    """`draw(rng, (out, in), settings)` gives the matrix; `settings` names the numbers that it reads."""

    draw: Draw
    settings: tuple[str, ...] = ()


def uniform(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """Every number between `low` and `high` is equally likely."""
    return rng.uniform(settings.low, settings.high, shape)


def normal(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """A bell curve around zero with standard deviation `std`."""
    return rng.normal(0.0, settings.std, shape)


def constant(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """The same `value` everywhere."""
    return np.full(shape, settings.value)


def xavier_uniform(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """Uniform in ±√(6 / (in + out)) (Glorot and Bengio 2010, eq. 16)."""
    limit = np.sqrt(6.0 / (_fan_out(shape, settings) + shape[1]))
    return rng.uniform(-limit, limit, shape)


def xavier_normal(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """Normal with variance 2 / (in + out) (Glorot and Bengio 2010, eq. 12)."""
    return rng.normal(0.0, np.sqrt(2.0 / (_fan_out(shape, settings) + shape[1])), shape)


def he_uniform(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """Uniform in ±√(6 / in): the variance of He et al. 2015, eq. 10."""
    limit = np.sqrt(6.0 / shape[1])
    return rng.uniform(-limit, limit, shape)


def he_normal(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """Normal with variance 2 / in (He et al. 2015, eq. 10)."""
    return rng.normal(0.0, np.sqrt(2.0 / shape[1]), shape)


def lecun_uniform(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """Uniform in ±√(3 / in): the variance 1 / in of LeCun et al. 1998, eq. 16."""
    limit = np.sqrt(3.0 / shape[1])
    return rng.uniform(-limit, limit, shape)


def lecun_normal(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """Normal with variance 1 / in (LeCun et al. 1998, eq. 16); goes with SELU."""
    return rng.normal(0.0, np.sqrt(1.0 / shape[1]), shape)


def orthogonal(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """Rows (or, of a tall matrix, columns) of length 1 at right angles to each other (Saxe et al. 2014)."""
    tall = rng.normal(size=(max(shape), min(shape)))
    directions, triangle = np.linalg.qr(tall)
    directions *= np.sign(np.diag(triangle))  # makes the draw uniform over all rotations
    matrix: Floats = directions if shape[0] >= shape[1] else directions.T
    return np.ascontiguousarray(matrix)


def zeros(rng: np.random.Generator, shape: tuple[int, int], settings: InitializerSettings) -> Floats:
    """Nothing but zeros; behind tanh or ReLU no weight ever gets a gradient."""
    return np.zeros(shape)


def _fan_out(shape: tuple[int, int], settings: InitializerSettings) -> int:
    """Return how many sums each input takes part in."""
    return shape[0] if settings.fan_out is None else settings.fan_out


INITIALIZERS: dict[str, Initializer] = {
    "xavier_uniform": Initializer(xavier_uniform),
    "xavier_normal": Initializer(xavier_normal),
    "he_uniform": Initializer(he_uniform),
    "he_normal": Initializer(he_normal),
    "lecun_uniform": Initializer(lecun_uniform),
    "lecun_normal": Initializer(lecun_normal),
    "orthogonal": Initializer(orthogonal),
    "uniform": Initializer(uniform, ("low", "high")),
    "normal": Initializer(normal, ("std",)),
    "constant": Initializer(constant, ("value",)),
    "zeros": Initializer(zeros),
}
