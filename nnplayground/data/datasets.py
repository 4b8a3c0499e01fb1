"""The generated data sets: points of two classes in the plane, as hard as the noise makes them.

A point is first placed without noise, inside the shape of its class, and keeps that class whatever the noise
then does to it. The noise adds `noise * spread * (a fixed normal draw)`; a point that would leave the square
from -6 to 6 is reflected at its edge. So the points move smoothly while somebody drags the noise slider, and
all of them stay in the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats
from nnplayground.data.samples import PLANE, Samples
from nnplayground.errors import InputError

CLASSES = ("orange", "blue")
EDGE = PLANE[0][1]

Placing: TypeAlias = Callable[[Floats, NDArray[np.bool_]], Floats]


@dataclass(frozen=True)
class Generator:
    """How one data set is made.

    `place(draws, blue)` turns uniform draws from 0 to 1, `[samples, 2]`, and the wanted class of each point
    into noise-free positions, `[samples, 2]`. `spread` is the standard deviation of the offset at noise 1.
    """

    place: Placing
    spread: float


def generate(name: str, *, samples: int, noise: float, rng: np.random.Generator) -> Samples:
    """Return `samples` points of the data set `name`, orange and blue in turn, orange one more when odd.

    `noise` runs from 0 (none) to 1; 0.5 is about what browser playgrounds call 50 %. Each sample takes four
    draws, with noise or without, so that neither the noise nor the number of samples changes the draws of the
    points that are there already. Raises `InputError` for an unknown name or a number outside its range.
    """
    generator = GENERATORS.get(name)
    if generator is None:
        raise InputError(f'There is no generated data set "{name}"; choose one of {", ".join(GENERATORS)}.')
    if samples < 2:
        raise InputError(f"The number of samples is {samples}; it must be at least 2, one of each class.")
    if not 0.0 <= noise <= 1.0:
        raise InputError(f"The noise is {noise}; it must lie between 0 and 1.")
    draws = rng.random((samples, 4))
    blue = np.arange(samples) % 2 == 1
    offsets = noise * generator.spread * _normal(draws[:, 2:])
    inputs = _reflected(generator.place(draws[:, :2], blue) + offsets)
    return Samples(inputs, blue.astype(np.float64), ("x1", "x2"), "class", CLASSES, np.array(PLANE))


def _normal(draws: Floats) -> Floats:
    """Turn two uniform draws into two standard normal ones, `[samples, 2]` each (Box and Muller, 1958).

    A generator's own normal draws take a varying number of random bits, which would move all later points.
    """
    radius = np.sqrt(-2.0 * np.log1p(-draws[:, 0]))
    return _polar(radius, 2.0 * np.pi * draws[:, 1])


def _polar(radius: Floats, angle: Floats) -> Floats:
    """Return the points at `radius` and `angle` (radians, from the x1 axis), `[samples, 2]`."""
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def _reflected(positions: Floats) -> Floats:
    """Fold what lies outside the square back into it, as mirrors along its edges would."""
    folded = EDGE - np.abs((positions + EDGE) % (4.0 * EDGE) - 2.0 * EDGE)
    return np.where(np.abs(positions) <= EDGE, positions, folded)


def _circle(draws: Floats, blue: NDArray[np.bool_]) -> Floats:
    """Place blue points up to 2.5 from the origin, and orange ones on a ring around them from 3.5 to 5."""
    low, high = np.where(blue, 0.0, 3.5), np.where(blue, 2.5, 5.0)
    return _polar(low + (high - low) * draws[:, 0], 2.0 * np.pi * draws[:, 1])


def _xor(draws: Floats, blue: NDArray[np.bool_]) -> Floats:
    """Place blue points where x1 and x2 have the same sign, orange ones where not, 0.3 to 5 off both axes."""
    signed = 2.0 * draws - 1.0
    distance = 0.3 + 4.7 * np.abs(signed)
    first = np.where(signed[:, 0] < 0.0, -1.0, 1.0)
    positions: Floats = distance * np.column_stack((first, np.where(blue, first, -first)))
    return positions


def _gauss(draws: Floats, blue: NDArray[np.bool_]) -> Floats:
    """Place two normal clusters of standard deviation 0.7, blue around (2, 2) and orange around (-2, -2)."""
    positions: Floats = np.where(blue, 2.0, -2.0)[:, np.newaxis] + 0.7 * _normal(draws)
    return positions


def _spiral(draws: Floats, blue: NDArray[np.bool_]) -> Floats:
    """Place two arms of 1.75 turns clockwise, radius 0 to 5; blue starts upwards, orange downwards."""
    turn = np.where(blue, 0.25, 0.75) - 1.75 * draws[:, 0]
    return _polar(5.0 * draws[:, 0], 2.0 * np.pi * turn)


# The spreads make noise 0.5 as hard as a browser playground's 50 %: there, circle and xor shift points evenly
# within ±5 and spirals within ±1 (which deviates by 5/√3 and 1/√3), and clusters reach a deviation of 2.
GENERATORS: dict[str, Generator] = {
    "circle": Generator(_circle, 5.0 / math.sqrt(3.0)),
    "xor": Generator(_xor, 5.0 / math.sqrt(3.0)),
    "gauss": Generator(_gauss, 3.75),
    "spiral": Generator(_spiral, 1.0 / math.sqrt(3.0)),
}
